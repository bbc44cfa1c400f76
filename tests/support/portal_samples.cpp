#include "support/portal_samples.h"

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

namespace silta::test {

using namespace portal;

namespace {

constexpr auto kToken = "mF9s2kQvT0uXr7cYb1nLwA";
using Names = std::array<const char*, 4>;

std::string in(const Names& names, Lang lang) {
    return names[static_cast<std::size_t>(lang)];
}

Money euros(std::int64_t cents) {
    return {cents, *Currency::parse("EUR")};
}

struct Ware {
    Names names;
    const char* brand;
    const char* picture;
    std::int64_t cents, regularCents;
    int here;
    const char* aisle;
};

constexpr Ware kWares[] = {
    {{"Dębnik Salon armchair, navy blue", "Dębnik Salon nojatuoli, laivastonsininen",
      "Dębnik Salon fåtölj, marinblå", "Fotel Dębnik Salon, granatowy"},
     "Dębnik",
     "/pictures/armchair-salon-navy.jpg",
     34900,
     44900,
     3,
     "K4"},
    {{"Havsglimt Dimma teapot 1.1 l, sea blue", "Havsglimt Dimma teekannu 1,1 l, merensininen",
      "Havsglimt Dimma tekanna 1,1 l, havsblå", "Dzbanek do herbaty Havsglimt Dimma 1,1 l, morski"},
     "Havsglimt",
     "/pictures/teapot-dimma-sea.jpg",
     3990,
     5490,
     12,
     "C9"},
    {{"Kaszubek Mniam silicone bib, sunny yellow", "Kaszubek Mniam silikoniruokalappu, auringonkeltainen",
      "Kaszubek Mniam silikonhaklapp, solgul", "Śliniak silikonowy Kaszubek Mniam, słoneczny żółty"},
     "Kaszubek",
     "/pictures/bib-mniam-sun.jpg",
     650,
     990,
     41,
     "N7"},
    {{"Łąkowa Lipa honey 350 g", "Łąkowa Lipa hunaja 350 g", "Łąkowa Lipa honung 350 g",
      "Miód Łąkowa Lipa 350 g"},
     "Łąkowa",
     "/pictures/honey-lipa-sun.jpg",
     650,
     795,
     28,
     "E2"},
    {{"Lugnvind Fjäll wool throw 130 × 180 cm, graphite grey",
      "Lugnvind Fjäll villatorkkupeitto 130 × 180 cm, grafiitinharmaa",
      "Lugnvind Fjäll ullpläd 130 × 180 cm, grafitgrå",
      "Pled wełniany Lugnvind Fjäll 130 × 180 cm, grafitowy"},
     "Lugnvind",
     "/pictures/throw-fjall-graphite.jpg",
     5990,
     7990,
     2,
     "H1"},
    {{"Silta gift card, any amount", "Silta-lahjakortti, vapaavalintainen summa",
      "Silta presentkort, valfritt belopp", "Karta podarunkowa Silta, dowolna kwota"},
     "Silta",
     "",
     2000,
     2500,
     60,
     ""},
    {{"Klangö Holme portable speaker, black", "Klangö Holme kannettava kaiutin, musta",
      "Klangö Holme bärbar högtalare, svart", "Głośnik przenośny Klangö Holme, czarny"},
     "Klangö",
     "/pictures/speaker-holme-black.jpg",
     7490,
     8990,
     0,
     ""},
};

QrCode sampleQr(std::size_t side) {
    QrCode qr{side, std::vector<bool>(side * side)};
    std::uint32_t state = 12345;
    for (std::size_t i = 0; i < qr.dark.size(); ++i) {
        state = state * 1664525u + 1013904223u;
        qr.dark[i] = (state >> 24 & 1u) != 0;
    }
    for (const auto& [top, left] : {std::pair<std::size_t, std::size_t>{0, 0}, {0, side - 7}, {side - 7, 0}})
        for (std::size_t y = 0; y < 7; ++y)
            for (std::size_t x = 0; x < 7; ++x)
                qr.dark[(top + y) * side + left + x] =
                    x == 0 || x == 6 || y == 0 || y == 6 || (x > 1 && x < 5 && y > 1 && y < 5);
    return qr;
}

CodeEntry sampleCode() {
    CodeEntry entry;
    entry.token = kToken;
    entry.sentTo = "•••\u00a04567";
    entry.validSec = 600;
    return entry;
}

class Collection {
public:
    void add(std::string name, std::string html, bool hasForm) {
        pages_.push_back({std::move(name), std::move(html), hasForm});
    }
    std::vector<SamplePage> take() { return std::move(pages_); }

private:
    std::vector<SamplePage> pages_;
};

void addMessages(Collection& pages, const Visit& visit) {
    auto closed = visit;
    closed.hours = StoreHours{{false, std::nullopt, 600, 1}, 7};
    MessagePage page;
    page.token = kToken;
    page.canSignIn = true;
    page.message = Message::WelcomeBack;
    pages.add("welcome-back", renderMessage(visit, page), true);
    page.message = Message::TimeUp;
    page.usedSec = 7200;
    page.extendMinutes = 5;
    pages.add("time-up", renderMessage(visit, page), true);
    page.extendMinutes = 0;
    pages.add("time-up-for-good", renderMessage(visit, page), false);
    page.message = Message::TooManyAttempts;
    page.waitSec = 900;
    pages.add("too-many-attempts", renderMessage(visit, page), false);
    page.message = Message::DeviceLimit;
    page.devices = 3;
    pages.add("device-limit", renderMessage(visit, page), false);
    page.message = Message::SignedOut;
    pages.add("signed-out", renderMessage(visit, page), false);
    page.canSignIn = false;
    page.message = Message::OutsideHours;
    pages.add("outside-hours", renderMessage(closed, page), false);
    page.message = Message::QuotaSpent;
    page.bytes = 1'500'000'000;
    pages.add("quota-spent", renderMessage(visit, page), false);
    page.message = Message::UplinkDown;
    pages.add("uplink-down", renderMessage(visit, page), false);
}

void addServices(Collection& pages, const Visit& visit, const Login& base) {
    pages.add("collect", renderCollect(visit), false);
    Find find;
    pages.add("find", renderFind(visit, find), false);
    find.words = base.email.empty() ? "lipa" : base.email;
    pages.add("find-nothing", renderFind(visit, find), false);
    find.found = base.offers;
    pages.add("find-found", renderFind(visit, find), false);
    find.isUnavailable = true;
    pages.add("find-unavailable", renderFind(visit, find), false);
    Join join;
    join.token = base.token;
    pages.add("join", renderJoin(visit, join), true);
    join.name = join.email = join.phone = base.email.empty() ? "Ada" : base.email;
    join.problems = {Problem::EmailMalformed, Problem::PhoneMalformed, Problem::MembershipMissing};
    pages.add("join-error", renderJoin(visit, join), true);
    join = {.token = base.token,
            .name = {},
            .email = {},
            .phone = {},
            .ticked = {},
            .problems = {},
            .notice = Notice::FormExpired};
    join.problems = {Problem::ContactMissing};
    pages.add("join-form-expired", renderJoin(visit, join), true);
    pages.add("joined", renderJoined(visit, base.email.empty() ? "9246000100015" : base.email), false);
}

std::vector<SamplePage> allPages(const Visit& visit, const Login& base, const Landing& landing) {
    Collection pages;
    pages.add("login", renderLogin(visit, base), true);
    auto login = base;
    login.chosen = WayKind::Phone;
    pages.add("login-phone", renderLogin(visit, login), true);
    login.problems = {Problem::PhoneMalformed, Problem::TermsMissing};
    login.phone = base.phone.empty() ? "12 34" : base.phone;
    pages.add("login-error", renderLogin(visit, login), true);
    for (const auto& [problem, name] : {std::pair{Problem::VoucherUnknown, "voucher-unknown"},
                                        {Problem::VoucherExpired, "voucher-expired"},
                                        {Problem::VoucherUsed, "voucher-used"}}) {
        login.chosen = WayKind::Voucher;
        login.problems = {problem};
        login.ticked = {ConsentId::WifiTerms};
        pages.add(name, renderLogin(visit, login), true);
    }
    login = base;
    login.notice = Notice::NoCodes;
    pages.add("login-no-codes", renderLogin(visit, login), true);
    login.notice = Notice::FormExpired;
    login.chosen = WayKind::Terms;
    pages.add("login-form-expired", renderLogin(visit, login), true);
    login = base;
    login.offers.clear();
    login.ways = {{WayKind::Terms, 60}};
    pages.add("login-terms-only", renderLogin(visit, login), true);
    login.ways = {{WayKind::Email, 0}};
    login.offers = base.offers;
    pages.add("login-email-only", renderLogin(visit, login), true);

    auto code = sampleCode();
    pages.add("code", renderCode(visit, code), true);
    code.problem = Problem::CodeWrong;
    code.attemptsLeft = 2;
    code.resendInSec = 40;
    pages.add("code-error", renderCode(visit, code), true);

    pages.add("landing", renderLanding(visit, landing), true);
    auto ending = landing;
    ending.secondsLeft = 240;
    ending.extendMinutes = 5;
    pages.add("landing-ending", renderLanding(visit, ending), true);
    auto bare = landing;
    bare.coupon.reset();
    bare.wishlist = {};
    bare.secondsLeft.reset();
    bare.bytesLeft.reset();
    bare.wantedUrl = "ftp://files.example/pub";
    pages.add("landing-bare", renderLanding(visit, bare), true);

    addMessages(pages, visit);
    addServices(pages, visit, base);
    for (const int status : {400, 404, 405, 413, 414, 429, 431, 500, 503, 511})
        pages.add("status-" + std::to_string(status), renderStatus(visit, status), false);
    pages.add("terms", renderTerms(visit), false);
    pages.add("privacy", renderPrivacy(visit, false), false);
    pages.add("privacy-logs", renderPrivacy(visit, true), false);
    return pages.take();
}

} // namespace

Visit sampleVisit(Lang lang) {
    Visit visit;
    visit.lang = lang;
    visit.chain = "Silta Demo";
    visit.store = "Silta Demo Helsinki Kamppi";
    visit.company = "Silta Demo Oy";
    visit.contact = "privacy@demo.silta.example";
    visit.hours = StoreHours{{true, 1260, std::nullopt, 0}, 7};
    visit.services = {{Service::CollectOrder, std::string(kCollectPath)},
                      {Service::FindProduct, std::string(kFindPath)},
                      {Service::JoinClub, std::string(kJoinPath)}};
    return visit;
}

Login sampleLogin(Lang lang) {
    Login login;
    login.token = kToken;
    login.ways = {{WayKind::Email, 240},
                  {WayKind::Phone, 240},
                  {WayKind::Loyalty, 480},
                  {WayKind::Voucher, 120},
                  {WayKind::Terms, 30}};
    for (const auto& ware : kWares) {
        Offer offer{in(ware.names, lang),
                    ware.brand,
                    Picture{{}, ware.picture, 2'000},
                    euros(ware.cents),
                    euros(ware.regularCents),
                    std::nullopt,
                    std::nullopt,
                    ware.here,
                    ware.aisle};
        login.offers.push_back(offer);
    }
    login.offers[0].lowest30Days = euros(39900);
    login.offers[3].perUnit = UnitPrice{euros(1857), "kg"};
    return login;
}

Landing sampleLanding(Lang lang) {
    Landing landing;
    landing.token = kToken;
    landing.secondsLeft = 14'100;
    landing.bytesLeft = 1'480'000'000;
    landing.wantedUrl = "https://www.helsinki.example/fi/tapahtumat/joulumarkkinat?from=news";
    landing.coupon = Coupon{in({"10 % off one item of your choice", "10 % alennus valitsemastasi tuotteesta",
                                "10 % rabatt på en valfri vara", "10 % zniżki na jeden wybrany produkt"},
                               lang),
                            "SLT-7Q4M-X2KD", "2026-11-29", sampleQr(33)};
    for (const auto& index : {1, 4, 5}) {
        const auto& ware = kWares[index];
        landing.wishlist.lines.push_back({in(ware.names, lang), ware.brand, Picture{{}, ware.picture, 1'500},
                                          euros(ware.cents), index == 1 ? 2 : 1, ware.here});
    }
    landing.wishlist.count = 5;
    landing.wishlist.url = "https://hub.silta.example/w/0193e0c1-7b1a-7000-8000-000000000001";
    return landing;
}

std::vector<SamplePage> samplePages(Lang lang) {
    return allPages(sampleVisit(lang), sampleLogin(lang), sampleLanding(lang));
}

std::vector<SamplePage> fullestPages(Lang lang) {
    // A quotation mark takes the most bytes once it is escaped.
    const std::string words(400, '"');
    const std::string path = "/" + std::string(kPathBytesMax - 1, 'p');
    auto visit = sampleVisit(lang);
    visit.path = path;
    visit.chain = visit.store = visit.company = visit.contact = words;
    visit.services.assign(10, {Service::FindProduct, path});
    auto login = sampleLogin(lang);
    login.token.assign(kTokenBytesMax, 't');
    login.email = login.phone = login.loyalty = words;
    login.voucherFromLink.assign(kCodeBytesMax, 'v');
    const auto price = euros(std::numeric_limits<std::int64_t>::min());
    const Offer offer{words,
                      words,
                      {{}, path, 1'000},
                      price,
                      euros(std::numeric_limits<std::int64_t>::max()),
                      price,
                      UnitPrice{price, words},
                      kQuantityMax,
                      words};
    login.offers.assign(40, offer);
    auto landing = sampleLanding(lang);
    landing.token = login.token;
    landing.wantedUrl = "https://example.com/" + std::string(kUrlBytesMax - 20, '&');
    landing.coupon = Coupon{words, std::string(kCodeBytesMax, 'c'), "2026-11-29", {}};
    landing.coupon->qr = QrCode{kQrSideMax, {}};
    for (std::size_t i = 0; i < kQrSideMax * kQrSideMax; ++i)
        landing.coupon->qr.dark.push_back(i % 2 == 0); // the most pieces
    landing.wishlist.lines.assign(400, {words, words, {{}, path, 1'000}, price, 1'000'000, kQuantityMax});
    landing.wishlist.url = "https://example.com/" + std::string(kListUrlBytesMax - 20, '&');
    return allPages(visit, login, landing);
}

std::vector<SamplePage> pagesThatSay(const std::string& text) {
    Visit visit;
    visit.path = visit.chain = visit.store = visit.company = visit.contact = text;
    visit.services = {{Service::CollectOrder, text}};
    Login login;
    login.token = login.email = login.phone = login.loyalty = login.voucherFromLink = text;
    login.ways = sampleLogin(Lang::En).ways;
    login.offers = {{text,
                     text + "!",
                     {text, text, 1},
                     euros(100),
                     std::nullopt,
                     std::nullopt,
                     UnitPrice{euros(1), text},
                     5,
                     text}};
    Landing landing;
    landing.token = landing.wantedUrl = text;
    landing.coupon = Coupon{text, text, text, {}};
    landing.wishlist = {{{text, text + "!", {text, text, 1}, euros(100), 2, 1}}, 2, text};
    auto pages = allPages(visit, login, landing);
    auto code = sampleCode();
    code.token = code.sentTo = text;
    pages.push_back({"code", renderCode(visit, code), true});
    MessagePage back;
    back.message = Message::WelcomeBack;
    back.token = text;
    pages.push_back({"welcome-back", renderMessage(visit, back), true});
    return pages;
}

} // namespace silta::test

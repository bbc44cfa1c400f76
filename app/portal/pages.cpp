#include "portal/pages.h"

#include "portal/page_fields.h"
#include "portal/page_parts.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace silta::portal {

namespace {

constexpr FieldForm kPhoneField = {"phone", Word::LabelPhone, Word::HintPhone,
                                   "type=tel inputmode=tel autocomplete=tel", 32};
constexpr FieldForm kLoyaltyField = {"loyalty", Word::LabelLoyalty, Word::HintLoyalty,
                                     "type=text inputmode=numeric autocomplete=off", 32};
constexpr FieldForm kVoucherField = {
    "voucher", Word::LabelVoucher, Word::HintVoucher,
    "type=text autocomplete=off autocapitalize=characters spellcheck=false class=code", kVoucherBytesMax};

struct WayWords {
    Word label;
    Icon icon;
};

WayWords wordsOf(WayKind kind) {
    switch (kind) {
    case WayKind::Email:
        return {Word::WayEmail, Icon::Mail};
    case WayKind::Phone:
        return {Word::WayPhone, Icon::Phone};
    case WayKind::Loyalty:
        return {Word::WayLoyalty, Icon::Card};
    case WayKind::Voucher:
        return {Word::WayVoucher, Icon::Ticket};
    case WayKind::Terms:
        break;
    }
    return {Word::WayTerms, Icon::Check};
}

std::string bodyOf(const Login& login, WayKind kind, Lang lang) {
    switch (kind) {
    case WayKind::Email:
        return inputOf(kEmailField, escaped(login.email, kAddressBytesMax), login.problems, lang) +
               consentOf(ConsentId::EmailMarketing, login.ticked, login.problems, lang);
    case WayKind::Phone:
        return inputOf(kPhoneField, escaped(login.phone, kAddressBytesMax), login.problems, lang) +
               consentOf(ConsentId::SmsMarketing, login.ticked, login.problems, lang);
    case WayKind::Loyalty:
        return inputOf(kLoyaltyField, escaped(login.loyalty, kAddressBytesMax), login.problems, lang);
    case WayKind::Voucher:
        if (const auto scanned = escapedCode(login.voucherFromLink, kVoucherBytesMax); !scanned.empty())
            return fmt::format("<input type=hidden name={} value=\"{}\"><p class=hint>{}</p>",
                               kVoucherField.id, scanned, word(Word::VoucherScanned, lang));
        return inputOf(kVoucherField, {}, login.problems, lang);
    case WayKind::Terms:
        break;
    }
    return fmt::format("<p class=hint>{}</p>", word(Word::HintTerms, lang));
}

std::vector<Way> waysToShow(const Login& login) {
    std::vector<Way> ways;
    for (const auto& way : login.ways) {
        const bool isKnown =
            std::any_of(ways.begin(), ways.end(), [&way](const Way& w) { return w.kind == way.kind; });
        if (isKnown || ways.size() == kWaysMax) continue;
        if (way.kind == WayKind::Phone && login.notice == Notice::NoCodes) continue;
        ways.push_back(way);
    }
    return ways;
}

std::string waysOf(const Login& login, const std::vector<Way>& ways, Lang lang) {
    if (ways.empty()) return {};
    if (ways.size() == 1)
        return fmt::format("<input type=hidden name=way value={}>{}", nameOf(ways[0].kind),
                           ways[0].kind == WayKind::Terms
                               ? std::string()
                               : fmt::format("<div class=only>{}</div>", bodyOf(login, ways[0].kind, lang)));
    const auto isChosen = [&login](const Way& way) { return login.chosen == way.kind; };
    const auto found = std::find_if(ways.begin(), ways.end(), isChosen);
    const auto open = found == ways.end() ? ways[0].kind : found->kind;
    std::string rows;
    for (const auto& way : ways) {
        const auto words = wordsOf(way.kind);
        const auto earned = way.minutes > 0
                                ? fmt::format("<small>{}</small>", durationText(way.minutes * 60L, lang))
                                : std::string();
        rows += fmt::format("<div class=way><input type=radio name=way value={0} id={1}{2}><label for={1}>{3}"
                            "<span>{4}</span>{5}</label><div class=body>{6}</div></div>",
                            nameOf(way.kind), rows.empty() ? "way" : fmt::format("way-{}", nameOf(way.kind)),
                            way.kind == open ? " checked" : "", iconOf(words.icon), word(words.label, lang),
                            earned, bodyOf(login, way.kind, lang));
    }
    return fmt::format("<fieldset class=ways><legend>{}</legend>{}</fieldset>", word(Word::HowToSignIn, lang),
                       rows);
}

/// One thing to say and one thing to do about it.
struct Saying {
    Icon icon = Icon::Alert;
    std::string_view title;
    std::string text;
    std::string action; ///< HTML, below the text
};

std::string pageOf(const Visit& visit, const Saying& saying, const std::string& below) {
    return documentOf(
        visit, {Sheet::Message, "message", std::string(saying.title),
                fmt::format("<section class=card><div class=badge>{}</div><p class=store>{}</p><h1>{}</h1><p "
                            "class=lead>{}</p>{}</section>{}",
                            iconOf(saying.icon), isolated(visit.store, kNameBytesMax), saying.title,
                            saying.text, saying.action, below)});
}

std::string legalPage(const Visit& visit, Word title, const std::vector<LegalSection>& sections,
                      const std::string& below) {
    const auto lang = static_cast<std::size_t>(visit.lang);
    const auto company = isolated(visit.company.empty() ? visit.chain : visit.company, kNameBytesMax);
    std::string text;
    for (const auto& section : sections)
        text += fmt::format("<section><h2>{}</h2><p>{}</p></section>", section.headings[lang],
                            filled(section.texts[lang], company));
    return documentOf(visit, {Sheet::Message, "legal", std::string(word(title, visit.lang)),
                              fmt::format("<article><h1>{}</h1><p class=small>{} · {}</p>{}{}{}</article>",
                                          word(title, visit.lang), isolated(visit.store, kNameBytesMax),
                                          filled(word(Word::Version, visit.lang), kTermsVersion), text, below,
                                          toSignIn(visit.lang, "go"))});
}

} // namespace

std::string_view nameOf(WayKind kind) {
    switch (kind) {
    case WayKind::Email:
        return "email";
    case WayKind::Phone:
        return "phone";
    case WayKind::Loyalty:
        return "loyalty";
    case WayKind::Voucher:
        return "voucher";
    case WayKind::Terms:
        break;
    }
    return "terms";
}

std::optional<WayKind> wayNamed(std::string_view name) {
    using enum WayKind;
    for (const auto kind : {Email, Phone, Loyalty, Voucher, Terms})
        if (nameOf(kind) == name) return kind;
    return std::nullopt;
}

bool asksFor(WayKind kind, ConsentId id) {
    switch (id) {
    case ConsentId::WifiTerms:
        return true;
    case ConsentId::EmailMarketing:
        return kind == WayKind::Email;
    case ConsentId::SmsMarketing:
        return kind == WayKind::Phone;
    case ConsentId::Membership:
        break;
    }
    return false;
}

std::string renderLogin(const Visit& visit, const Login& login) {
    const auto lang = visit.lang;
    const auto ways = waysToShow(login);
    const bool asksNothing =
        std::all_of(ways.begin(), ways.end(), [](const Way& w) { return w.kind == WayKind::Terms; });
    const auto form = fmt::format(
        "{}{}{}<div class=only>{}</div><button class=go>{}{}</button><p class=seal>{}<span>{} <a "
        "href=\"{}?lang={}\">{}</a></span></p></form>",
        formOpening(kLoginPath, login.token, lang), problemSummary(login.problems, lang),
        waysOf(login, ways, lang), consentOf(ConsentId::WifiTerms, login.ticked, login.problems, lang),
        word(Word::Connect, lang), iconOf(Icon::Arrow), iconOf(Icon::Lock),
        word(asksNothing ? Word::HintTerms : Word::DataNote, lang), kPrivacyPath, codeOf(lang),
        word(Word::Privacy, lang));
    const bool isPlain = asksNothing && login.problems.empty() && login.notice == Notice::None;
    const auto sheet = !login.offers.empty() ? Sheet::LoginWithOffers
                       : isPlain             ? Sheet::LoginByTerms
                                             : Sheet::Login;
    std::vector<Picture> pictures;
    for (const auto& offer : std::span(login.offers).first(std::min(login.offers.size(), kOffersMax)))
        pictures.push_back(offer.picture);
    return drawnWithin(pictures, [&](std::size_t shown) {
        const auto main = fmt::format(
            "<div class=first>{}<section class=join>{}{}</section></div><div class=second>{}{}</div>",
            heroOf(visit, Word::FreeWifi), noticeOf(login.notice, lang), form,
            offersOf(login.offers, shown, lang), servicesOf(visit));
        return documentOf(visit, {sheet, login.offers.empty() ? "plain" : "wide",
                                  titleOf(word(Word::FreeWifi, lang), !login.problems.empty(), lang), main});
    });
}

std::string renderCode(const Visit& visit, const CodeEntry& entry) {
    const auto lang = visit.lang;
    std::vector<Problem> problems;
    if (entry.problem) problems.push_back(*entry.problem);
    const auto wrong = problemOfField(problems, "code", lang);
    const auto digits = std::clamp(entry.digits, 4, 10);
    const auto hint =
        filled(word(Word::CodeHint, lang), std::to_string(digits), durationText(entry.validSec, lang));
    const auto left = entry.attemptsLeft
                          ? fmt::format("<p class=hint>{}</p>", filled(word(Word::AttemptsLeft, lang),
                                                                       std::to_string(*entry.attemptsLeft)))
                          : std::string();
    const auto form = fmt::format(
        "{}{}<div class=field><label for=code>{}</label><p class=hint id=code-hint>{}</p>{}<input id=code "
        "name=code "
        "type=text class=digits inputmode=numeric pattern=\"[0-9]*\" autocomplete=one-time-code maxlength={} "
        "aria-describedby=\"{}code-hint\"{}{}>{}</div><button class=go>{}{}</button></form>",
        formOpening(kCodePath, entry.token, lang), problemSummary(problems, lang),
        word(Word::CodeLabel, lang), hint, wrong, digits, wrong.empty() ? "" : "code-wrong ",
        wrong.empty() ? "" : " aria-invalid=true", problems.empty() ? " autofocus" : "", left,
        word(Word::Connect, lang), iconOf(Icon::Arrow));
    const auto again =
        entry.resendInSec > 0
            ? fmt::format("<p class=hint>{}</p>",
                          filled(word(Word::ResendIn, lang), durationText(entry.resendInSec, lang)))
            : buttonForm(kResendPath, entry.token, lang, word(Word::Resend, lang), "quiet");
    const auto main =
        fmt::format("<section class=card><div class=badge>{}</div><p class=store>{}</p><h1>{}</h1><p "
                    "class=lead>{}</p>{}</section><section "
                    "class=aside><h2>{}</h2>{}<p class=links><a href=\"{}?way=phone&amp;lang={}\">{}</a><a "
                    "href=\"{}?lang={}\">{}</a></p></section>",
                    iconOf(Icon::Phone), isolated(visit.store, kNameBytesMax), word(Word::CodeTitle, lang),
                    filled(word(Word::CodeSent, lang), isolated(entry.sentTo, kShortBytesMax)), form,
                    word(Word::CodeMissingTitle, lang), again, kHomePath, codeOf(lang),
                    word(Word::ChangeNumber, lang), kHomePath, codeOf(lang), word(Word::OtherWay, lang));
    return documentOf(visit, {Sheet::Message, "message",
                              titleOf(word(Word::CodeTitle, lang), !problems.empty(), lang), main});
}

std::string renderMessage(const Visit& visit, const MessagePage& page) {
    const auto lang = visit.lang;
    const auto say = [lang](Word id) { return word(id, lang); };
    Saying saying;
    if (page.canSignIn) saying.action = toSignIn(lang, "go");
    switch (page.message) {
    case Message::WelcomeBack:
        saying = {Icon::Check, say(Word::WelcomeBackTitle), std::string(say(Word::WelcomeBackText)),
                  buttonForm(kReturnPath, page.token, lang, say(Word::Connect), "go")};
        if (page.canSignIn)
            saying.action += fmt::format("<p class=links><a href=\"{}?way=other&amp;lang={}\">{}</a></p>",
                                         kHomePath, codeOf(lang), say(Word::OtherWay));
        break;
    case Message::TooManyAttempts:
        saying.icon = Icon::Clock;
        saying.title = say(Word::TooManyTitle);
        saying.text = filled(say(Word::TooManyText), durationText(page.waitSec, lang));
        break;
    case Message::OutsideHours:
        saying.icon = Icon::Clock;
        saying.title = say(Word::ClosedTitle);
        saying.text = say(Word::ClosedText);
        saying.action += hoursBadge(visit);
        break;
    case Message::QuotaSpent:
        saying.title = say(Word::QuotaTitle);
        saying.text = filled(say(Word::QuotaText), bytesText(page.bytes, lang));
        break;
    case Message::TimeUp:
        saying.icon = Icon::Clock;
        saying.title = say(Word::TimeUpTitle);
        saying.text = filled(say(page.extendMinutes > 0 ? Word::TimeUpExtendText : Word::TimeUpText),
                             durationText(page.usedSec, lang));
        if (page.extendMinutes > 0)
            saying.action =
                buttonForm(kExtendPath, page.token, lang,
                           filled(say(Word::MoreMinutes), std::to_string(page.extendMinutes)), "go") +
                (page.canSignIn ? "<p class=links>" + toSignIn(lang, "link") + "</p>" : "");
        break;
    case Message::DeviceLimit:
        saying.icon = Icon::Devices;
        saying.title = say(Word::DevicesTitle);
        saying.text = filled(say(Word::DevicesText), std::to_string(page.devices));
        break;
    case Message::UplinkDown:
        saying.icon = Icon::Cloud;
        saying.title = say(Word::UplinkTitle);
        saying.text = say(Word::UplinkText);
        break;
    case Message::SignedOut:
        saying.icon = Icon::Check;
        saying.title = say(Word::SignedOutTitle);
        saying.text = say(Word::SignedOutText);
        break;
    }
    // A closed store has nothing to offer but its hours.
    return pageOf(visit, saying, page.message == Message::OutsideHours ? std::string() : servicesOf(visit));
}

std::string renderStatus(const Visit& visit, int status) {
    struct Words {
        Word title, text;
        Icon icon;
    };
    const auto words = [status]() -> Words {
        switch (status) {
        case 404:
            return {Word::NotFoundTitle, Word::NotFoundText, Icon::Search};
        case 405:
            return {Word::MethodTitle, Word::MethodText, Icon::Alert};
        case 413:
        case 414:
        case 431:
            return {Word::TooLargeTitle, Word::TooLargeText, Icon::Alert};
        case 429:
        case 503:
            return {Word::BusyTitle, Word::BusyText, Icon::Clock};
        case 511:
            return {Word::LoginFirstTitle, Word::LoginFirstText, Icon::Lock};
        default:
            return status >= 500 ? Words{Word::BrokenTitle, Word::BrokenText, Icon::Alert}
                                 : Words{Word::BadTitle, Word::BadText, Icon::Alert};
        }
    }();
    return pageOf(visit,
                  {words.icon, word(words.title, visit.lang), std::string(word(words.text, visit.lang)),
                   toSignIn(visit.lang, "go")},
                  servicesOf(visit));
}

std::string renderTerms(const Visit& visit) {
    return legalPage(visit, Word::Terms, termsSections(), {});
}

std::string renderPrivacy(const Visit& visit, bool logsConnections) {
    const auto contact = visit.contact.empty() ? std::string()
                                               : fmt::format("<p class=contact>{}</p>",
                                                             isolated(visit.contact, kAddressBytesMax));
    return legalPage(visit, Word::Privacy, privacySections(logsConnections), contact);
}

} // namespace silta::portal

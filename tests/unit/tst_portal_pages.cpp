#include "portal/page_style.h"
#include "support/html_reader.h"
#include "support/portal_samples.h"
#include "web/page_text.h"

#include <silta/crypto.h>

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>
#include <cmath>
#include <set>

using namespace silta;
using namespace silta::portal;
using silta::test::HtmlTag;
using silta::test::SamplePage;

namespace {

std::vector<SamplePage> everyPage() {
    std::vector<SamplePage> pages;
    for (const auto lang : kLangs)
        for (auto& page : test::samplePages(lang)) {
            page.name += "." + std::string(codeOf(lang));
            pages.push_back(std::move(page));
        }
    return pages;
}

std::vector<HtmlTag> tagsOf(const SamplePage& page) {
    auto tags = test::readHtml(page.html);
    if (!tags) qFatal("%s: %s", page.name.c_str(), tags.error().what.c_str());
    return std::move(*tags);
}

std::string attributeOf(const HtmlTag& tag, const char* name) {
    const auto found = tag.attributes.find(name);
    return found == tag.attributes.end() ? std::string() : found->second;
}

bool has(const HtmlTag& tag, const char* name) {
    return tag.attributes.contains(name);
}

std::vector<HtmlTag> elements(const std::vector<HtmlTag>& tags, const std::string& name) {
    std::vector<HtmlTag> found;
    for (const auto& tag : tags)
        if (!tag.isEnd && tag.name == name) found.push_back(tag);
    return found;
}

/// The checkboxes that are ticked.
std::set<std::string> tickedOf(const std::string& html) {
    std::set<std::string> ticked;
    for (const auto& input : elements(tagsOf({"", html, true}), "input"))
        if (attributeOf(input, "type") == "checkbox" && has(input, "checked"))
            ticked.insert(attributeOf(input, "name"));
    return ticked;
}

std::string styleIn(const std::string& html) {
    const auto begin = html.find("<style>") + 7;
    return html.substr(begin, html.find("</style>") - begin);
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// What a path of broken lines draws, four modules from the edge: "M4 4.5h7m1 0h1…".
std::vector<bool> modulesOf(const QString& path, std::size_t side) {
    std::vector<bool> dark(side * side);
    static const QRegularExpression step("M(\\d+) (\\d+)\\.5|h(\\d+)|m(\\d+) 0");
    std::size_t x = 0;
    std::size_t y = 0;
    auto steps = step.globalMatch(path);
    while (steps.hasNext()) {
        const auto match = steps.next();
        if (match.hasCaptured(1)) {
            x = match.captured(1).toUInt() - 4;
            y = match.captured(2).toUInt() - 4;
        }
        for (unsigned i = match.captured(3).toUInt(); i > 0; --i)
            dark.at(y * side + x++) = true;
        x += match.captured(4).toUInt();
    }
    return dark;
}

/// Relative luminance. Source: WCAG 2.2, definition of relative luminance.
double luminance(const QString& hex) {
    const auto digits =
        hex.size() == 4 ? QString("%1%1%2%2%3%3").arg(hex[1]).arg(hex[2]).arg(hex[3]) : hex.mid(1);
    double sum = 0;
    constexpr double kShares[3] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; ++i) {
        const double c = digits.mid(2 * i, 2).toInt(nullptr, 16) / 255.0;
        sum += kShares[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double contrast(const QString& a, const QString& b) {
    const auto [dark, light] = std::minmax(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

} // namespace

class TestPortalPages : public QObject {
    Q_OBJECT

private slots:
    void isWholeAndSmall() {
        for (const auto lang : kLangs)
            for (const auto& pages : {test::samplePages(lang), test::fullestPages(lang)})
                for (const auto& page : pages) {
                    QVERIFY2(page.html.size() < kPageBytesMax,
                             qPrintable(QString("%1: %2").arg(page.name.c_str()).arg(page.html.size())));
                    const auto tags = tagsOf(page);
                    QCOMPARE(elements(tags, "h1").size(), std::size_t(1));
                    QCOMPARE(attributeOf(elements(tags, "html").front(), "lang"), std::string(codeOf(lang)));
                    QVERIFY(page.html.starts_with("<!doctype html><html lang="));
                    QVERIFY(page.html.ends_with("</html>"));
                }
    }

    void sendsTheTermsAloneInOneFlight() {
        for (const auto lang : kLangs) {
            Login login;
            login.ways = {{WayKind::Terms, 60}};
            login.token = std::string(32, 'a');
            const auto html = renderLogin(test::sampleVisit(lang), login);
            QVERIFY2(html.size() + kPageHeadBytesMax <= kFirstFlightBytesMax,
                     qPrintable(QString::number(html.size())));
            QVERIFY(styleIn(html) == styleOf(Sheet::LoginByTerms));
            login.problems = {Problem::TermsMissing};
            QVERIFY(styleIn(renderLogin(test::sampleVisit(lang), login)) == styleOf(Sheet::Login));
        }
    }

    void showsThePicturesThatThereIsRoomFor() {
        const auto count = [](const std::string& html) {
            return QString::fromStdString(html).count("<img ");
        };
        auto login = test::sampleLogin(Lang::En);
        auto landing = test::sampleLanding(Lang::En);
        const auto visit = test::sampleVisit(Lang::En);
        for (auto& offer : login.offers)
            offer.picture = {{}, "/pictures/x.webp", 2'000};
        landing.wishlist.lines.assign(10, landing.wishlist.lines.front());
        for (auto& line : landing.wishlist.lines)
            line.picture = {{}, "/pictures/x.webp", 1'000};
        const auto loginBytes = renderLogin(visit, login).size();
        const auto landingBytes = renderLanding(visit, landing).size();
        QCOMPARE(count(renderLogin(visit, login)), 7);
        QCOMPARE(count(renderLanding(visit, landing)), 10);
        // The first takes all that there is but for two of the others.
        const auto room = [](std::size_t document) {
            return kPageBytesMax - kPageHeadBytesMax - document - 3 * kPictureHeadBytesMax;
        };
        login.offers[0].picture.bytes = room(loginBytes) - 2 * 2'000 - 200;
        landing.wishlist.lines[0].picture.bytes = room(landingBytes) - 2 * 1'000 - 200;
        QCOMPARE(count(renderLogin(visit, login)), 3);
        QCOMPARE(count(renderLanding(visit, landing)), 3);
        login.offers[0].picture.bytes = kPageBytesMax;
        QCOMPARE(count(renderLogin(visit, login)), 0);
    }

    void needsNoScriptAndNoOtherPlace() {
        for (const auto& page : everyPage()) {
            for (const auto& tag : tagsOf(page)) {
                for (const auto* banned : {"script", "iframe", "object", "embed", "base", "video", "audio"})
                    QVERIFY2(tag.name != banned, page.name.c_str());
                for (const auto& [name, value] : tag.attributes) {
                    QVERIFY2(!name.starts_with("on") && name != "style", page.name.c_str());
                    if (name == "src" || name == "action")
                        QVERIFY2(value.starts_with('/') && !value.starts_with("//"), value.c_str());
                    if (name == "href" && tag.name == "link") QCOMPARE(value, std::string("data:,"));
                    if (name == "href" && tag.name == "a")
                        QVERIFY2((value.starts_with('/') && !value.starts_with("//")) ||
                                     value.starts_with('#') ||
                                     value.starts_with("https://www.helsinki.example/") ||
                                     value.starts_with("https://hub.silta.example/w/"),
                                 value.c_str());
                }
            }
        }
    }

    void namesItsStyleInThePolicy() {
        std::string hashes;
        for (const auto sheet : kSheets) {
            const auto& style = styleOf(sheet);
            hashes += " 'sha256-" +
                      QCryptographicHash::hash(QByteArray::fromStdString(style), QCryptographicHash::Sha256)
                          .toBase64()
                          .toStdString() +
                      "'";
            QVERIFY(!contains(style, "url(") && !contains(style, "@import"));
        }
        QCOMPARE(contentSecurityPolicy(),
                 "default-src 'none'; style-src" + hashes +
                     "; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        for (const auto& page : everyPage()) {
            const auto style = styleIn(page.html);
            QVERIFY2(std::ranges::any_of(kSheets, [&](Sheet sheet) { return styleOf(sheet) == style; }),
                     page.name.c_str());
            QCOMPARE(page.html.find("<style", page.html.find("</style>")), std::string::npos);
        }
    }

    void carriesTheStyleOfWhatItShows() {
        std::string all;
        for (const auto sheet : kSheets)
            all += styleOf(sheet);
        static const QRegularExpression attribute("class=(?:\"([^\"]*)\"|([^ >]+))");
        for (const auto& page : everyPage()) {
            const auto style = styleIn(page.html);
            auto matches = attribute.globalMatch(QString::fromStdString(page.html));
            while (matches.hasNext()) {
                const auto match = matches.next();
                for (const auto& name :
                     (match.captured(1) + match.captured(2)).split(' ', Qt::SkipEmptyParts)) {
                    const QRegularExpression rule("\\." + QRegularExpression::escape(name) + "(?![a-z-])");
                    const bool isStyled = QString::fromStdString(all).contains(rule);
                    QVERIFY2(!isStyled || QString::fromStdString(style).contains(rule),
                             (page.name + ": " + name.toStdString()).c_str());
                }
            }
            // Rules of elements: outside of @media, which only moves what is there.
            for (const std::string element : {"footer", "dt", "dd", "code"}) {
                if (elements(tagsOf(page), element).empty()) continue;
                QVERIFY2(style.find("\n" + element + "{") != std::string::npos,
                         (page.name + ": " + element).c_str());
            }
        }
    }

    void postsEachFormWithItsToken() {
        for (const auto& page : everyPage()) {
            const auto tags = tagsOf(page);
            auto forms = elements(tags, "form");
            // To look for something changes nothing: that form alone is GET, and has no token.
            std::erase_if(forms,
                          [](const HtmlTag& form) { return attributeOf(form, "action") == kFindPath; });
            QVERIFY2(page.hasForm == !forms.empty(), page.name.c_str());
            std::size_t tokens = 0;
            for (const auto& input : elements(tags, "input"))
                if (attributeOf(input, "name") == "token") {
                    QCOMPARE(attributeOf(input, "type"), std::string("hidden"));
                    QCOMPARE(attributeOf(input, "value"), std::string("mF9s2kQvT0uXr7cYb1nLwA"));
                    ++tokens;
                }
            QCOMPARE(tokens, forms.size());
            for (const auto& form : forms)
                QCOMPARE(attributeOf(form, "method"), std::string("post"));
        }
    }

    void labelsEveryFieldAndKeepsHeadingsInOrder() {
        for (const auto& page : everyPage()) {
            std::set<std::string> ids;
            std::set<std::string> labels;
            int level = 0;
            const auto tags = tagsOf(page);
            for (const auto& tag : tags) {
                if (tag.isEnd) continue;
                if (has(tag, "id")) QVERIFY2(ids.insert(attributeOf(tag, "id")).second, page.name.c_str());
                if (tag.name == "label") labels.insert(attributeOf(tag, "for"));
                if (tag.name.size() != 2 || tag.name[0] != 'h' || tag.name == "hr") continue;
                const int next = tag.name[1] - '0';
                QVERIFY2(next <= level + 1, page.name.c_str());
                level = next;
            }
            for (const auto& tag : tags) {
                for (const auto& id : QString::fromStdString(attributeOf(tag, "aria-describedby"))
                                          .split(' ', Qt::SkipEmptyParts))
                    QVERIFY2(ids.contains(id.toStdString()), qPrintable(id));
                if (tag.name == "a" && attributeOf(tag, "href").starts_with('#'))
                    QVERIFY2(ids.contains(attributeOf(tag, "href").substr(1)),
                             attributeOf(tag, "href").c_str());
                if (tag.name == "input" && attributeOf(tag, "type") != "hidden")
                    QVERIFY2(labels.contains(attributeOf(tag, "id")), attributeOf(tag, "id").c_str());
                if (tag.name == "img" && !tag.isEnd) QVERIFY(has(tag, "alt"));
            }
        }
    }

    void ticksNoConsentBeforehand() {
        for (const auto lang : kLangs) {
            auto login = test::sampleLogin(lang);
            QVERIFY(tickedOf(renderLogin(test::sampleVisit(lang), login)).empty());
            login.problems = {Problem::TermsMissing};
            QVERIFY(tickedOf(renderLogin(test::sampleVisit(lang), login)).empty());
            login.ticked = {ConsentId::SmsMarketing};
            QCOMPARE(tickedOf(renderLogin(test::sampleVisit(lang), login)),
                     std::set<std::string>{"news_sms"});
        }
    }

    void showsEachConsentInItsExactWordsAndVersion() {
        for (const auto lang : kLangs) {
            const auto html = renderLogin(test::sampleVisit(lang), test::sampleLogin(lang));
            for (const auto id : kConsentIds) {
                QVERIFY(contains(html, "<span>" + std::string(consentText(id, lang)) + "</span>"));
                QVERIFY(contains(html, fmt::format("name={} value=\"{}\"", consentWording(id).field,
                                                   consentWording(id).version)));
            }
        }
    }

    void knowsItsWaysByName() {
        for (const auto kind :
             {WayKind::Email, WayKind::Phone, WayKind::Loyalty, WayKind::Voucher, WayKind::Terms})
            QCOMPARE(wayNamed(nameOf(kind)), std::optional(kind));
        QCOMPARE(wayNamed(""), std::optional<WayKind>());
        QCOMPARE(wayNamed("EMAIL"), std::optional<WayKind>());
    }

    void letsFormsTellTheirOrigin() {
        for (const auto& page : everyPage())
            QVERIFY(contains(page.html, "<meta name=referrer content=same-origin>"));
    }

    void asksForMarketingOnlyWhereItCanReach() {
        auto login = test::sampleLogin(Lang::En);
        for (const auto kind :
             {WayKind::Email, WayKind::Phone, WayKind::Loyalty, WayKind::Voucher, WayKind::Terms}) {
            login.ways = {{kind, 0}};
            const auto html = renderLogin(test::sampleVisit(Lang::En), login);
            for (const auto id : kConsentIds)
                QCOMPARE(contains(html, fmt::format("id={} ", consentWording(id).field)), asksFor(kind, id));
        }
    }

    void showsTheWaysThatAreOn() {
        auto login = test::sampleLogin(Lang::En);
        const auto visit = test::sampleVisit(Lang::En);
        login.ways = {{WayKind::Voucher, 0}, {WayKind::Voucher, 0}, {WayKind::Terms, 0}};
        auto html = renderLogin(visit, login);
        QVERIFY(contains(html, "value=voucher id=way checked"));
        QVERIFY(contains(html, "value=terms id=way-terms>"));
        QVERIFY(!contains(html, "name=email") && !contains(html, "news_email"));
        login.chosen = WayKind::Terms;
        QVERIFY(contains(renderLogin(visit, login), "value=terms id=way-terms checked"));
        login.chosen = WayKind::Phone; // not on
        QVERIFY(contains(renderLogin(visit, login), "value=voucher id=way checked"));
        login.ways = {{WayKind::Phone, 0}, {WayKind::Email, 0}};
        login.notice = Notice::NoCodes;
        html = renderLogin(visit, login);
        QVERIFY(!contains(html, "name=phone"));
        QVERIFY(contains(html, "<input type=hidden name=way value=email>"));
        QVERIFY(contains(html, std::string(word(Word::NoticeNoCodes, Lang::En)).substr(0, 20)));
    }

    void saysWhatIsWrongAndKeepsWhatWasTyped() {
        auto login = test::sampleLogin(Lang::En);
        login.chosen = WayKind::Email;
        login.email = "mikko@example";
        login.problems = {Problem::EmailMalformed, Problem::TermsMissing};
        const auto html = renderLogin(test::sampleVisit(Lang::En), login);
        QVERIFY(contains(html, "<title>Error: "));
        QVERIFY(contains(html, "role=alert tabindex=-1 autofocus"));
        QVERIFY(contains(html, "<a href=\"#email\">"));
        QVERIFY(contains(html, "<a href=\"#terms\">"));
        QVERIFY(contains(html, "value=\"mikko@example\""));
        const auto tags = tagsOf({"", html, true});
        for (const auto& input : elements(tags, "input")) {
            if (attributeOf(input, "id") != "email") continue;
            QCOMPARE(attributeOf(input, "aria-invalid"), std::string("true"));
            QCOMPARE(attributeOf(input, "aria-describedby"), std::string("email-wrong email-hint"));
            QCOMPARE(attributeOf(input, "autocomplete"), std::string("email"));
        }
    }

    void takesAScannedVoucherWhole() {
        auto login = test::sampleLogin(Lang::Fi);
        login.chosen = WayKind::Voucher;
        login.voucherFromLink = "SW1." + std::string(200, 'a') + "." + std::string(86, 'b');
        const auto html = renderLogin(test::sampleVisit(Lang::Fi), login);
        QVERIFY(contains(html, "<input type=hidden name=voucher value=\"" + login.voucherFromLink + "\">"));
        QVERIFY(!contains(html, "id=voucher "));
        login.voucherFromLink = "SW1." + std::string(kVoucherBytesMax, 'a'); // no voucher is so long
        QVERIFY(contains(renderLogin(test::sampleVisit(Lang::Fi), login), "id=voucher "));
    }
    void asksForTheCodeAsPhonesExpectIt() {
        CodeEntry entry;
        entry.problem = Problem::CodeWrong;
        const auto html = renderCode(test::sampleVisit(Lang::Fi), entry);
        for (const auto& input : elements(tagsOf({"", html, true}), "input")) {
            if (attributeOf(input, "id") != "code") continue;
            QCOMPARE(attributeOf(input, "autocomplete"), std::string("one-time-code"));
            QCOMPARE(attributeOf(input, "inputmode"), std::string("numeric"));
            QVERIFY(!has(input, "value"));
        }
        QVERIFY(contains(html, kResendPath));
        entry.resendInSec = 30;
        QVERIFY(!contains(renderCode(test::sampleVisit(Lang::Fi), entry), kResendPath));
    }

    void leadsOnlyToPlainWebAddresses_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isLink");
        for (const auto* good : {"http://example.com/", "https://example.com:8443/a?b=c&d=%20#e",
                                 "HTTPS://EXAMPLE.COM", "http://[2001:db8::1]/"})
            QTest::newRow(good) << good << true;
        for (const auto* bad :
             {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.com", "data:text/html,x",
              "//example.com", "https://", "https:///x", "https://user@example.com/",
              "https://good.example\\@evil.example/", "https://example.com/\"onclick=\"x",
              "https://example.com/\r\nSet-Cookie: a=b", "https://example.com/<b>", "https://exämple.com/",
              "https://example.com/\u202Etxt", "ftp://example.com/", "vbscript:x", ""})
            QTest::newRow(bad) << bad << false;
        QTest::newRow("too long") << "https://e.com/" + QString(int(kUrlBytesMax), 'a') << false;
    }
    void leadsOnlyToPlainWebAddresses() {
        QFETCH(QString, url);
        QFETCH(bool, isLink);
        QCOMPARE(!escapedUrl(url.toStdString()).empty(), isLink);
        auto landing = test::sampleLanding(Lang::En);
        landing.wantedUrl = url.toStdString();
        landing.wishlist.url.clear();
        const auto isLed = [&landing] {
            return contains(renderLanding(test::sampleVisit(Lang::En), landing),
                            "rel=\"noreferrer noopener\"");
        };
        QCOMPARE(isLed(), isLink);
        std::swap(landing.wantedUrl, landing.wishlist.url);
        QCOMPARE(isLed(), isLink);
    }

    void takesPicturesFromThisOriginOnly() {
        for (const auto* good : {"/", "/pictures/mug.jpg", "/a/b-c_d~1.webp"})
            QCOMPARE(escapedPath(good), std::string(good));
        for (const auto* bad : {"", "pictures/mug.jpg", "//evil.example/x", "/\\evil.example", "/a/../b",
                                "/a?b", "/a b", "/a\"b", "https://evil.example", "/%2e%2e/x", "/a\r\nb"})
            QCOMPARE(escapedPath(bad), std::string());
        QCOMPARE(escapedPath("/" + std::string(kPathBytesMax, 'a')), std::string());
        auto login = test::sampleLogin(Lang::En);
        login.offers.erase(login.offers.begin() + 1, login.offers.end());
        login.offers[0].picture = {"x", "//evil.example/x.jpg", 1};
        const auto html = renderLogin(test::sampleVisit(Lang::En), login);
        QVERIFY(!contains(html, "<img"));
        QVERIFY(contains(html, "<span class=\"shot plate\" aria-hidden=true>D</span>"));
    }

    void keepsHostileTextInert_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const QByteArray& text) { QTest::newRow(name) << text; };
        row("script", "<script>alert(1)</script>");
        row("out of a quoted attribute", "\" onfocus=\"alert(1)\" autofocus x=\"");
        row("out of a single-quoted attribute", "' onfocus='alert(1)' x='");
        row("out of an unquoted attribute", "x onfocus=alert(1)");
        row("end of style", "</style><img src=x onerror=alert(1)>");
        row("end of title", "</title><svg onload=alert(1)>");
        row("javascript", "javascript:alert(1)");
        row("data", "data:text/html,<script>alert(1)</script>");
        row("header", "x\r\nContent-Security-Policy: default-src *");
        row("comment", "<!-- --> --!>");
        row("separators", "a\u2028b\u2029c\u0085d");
        row("bidi", "a\u202Eb\u2066c\u200Fd\u061Ce\u2069f");
        row("nul", QByteArray("a\0<b>", 5));
        row("broken utf-8", "\xC0\xBCscript\xFF\xE2\x82");
        row("references", "&lt;script&gt; &#60;b&#62;");
        row("braces", "{} {0} {:>9}");
        row("arabic", "متجر سيلتا");
    }
    void keepsHostileTextInert() {
        QFETCH(QByteArray, text);
        // What pages are made of when nothing is said; text from outside adds no tag and no attribute that
        // they lack.
        std::set<std::string> names;
        for (const auto& page : test::samplePages(Lang::En))
            for (const auto& tag : tagsOf(page)) {
                names.insert(tag.name);
                for (const auto& [name, value] : tag.attributes)
                    names.insert(tag.name + " " + name);
            }
        for (const auto& page : test::pagesThatSay(text.toStdString())) {
            for (const auto& tag : tagsOf(page)) {
                QVERIFY2(names.contains(tag.name), tag.name.c_str());
                for (const auto& [name, value] : tag.attributes) {
                    QVERIFY2(names.contains(tag.name + " " + name), (tag.name + " " + name).c_str());
                    if (name == "href" || name == "src" || name == "action")
                        QVERIFY2(value.starts_with('/') || value.starts_with('#') || value == "data:,",
                                 value.c_str());
                }
            }
            const auto body = page.html.substr(page.html.find("</style>"));
            for (const auto* banned :
                 {"\r", "\n", "\u2028", "\u2029", "\u202E", "\u2066", "\u200F", "\u061C", "\u0085"})
                QVERIFY2(!contains(body, banned), page.name.c_str());
            QVERIFY(QString::fromUtf8(page.html.c_str()).size() > 0);
            QCOMPARE(QString::fromStdString(page.html).toStdString(), page.html); // sound UTF-8
            QVERIFY(!contains(page.html, std::string(1, '\0')));
        }
    }

    void cutsLongTextAtACharacter() {
        QCOMPARE(escaped("äöå", 4), std::string("äö…"));
        QCOMPARE(escaped("äöå", 5), std::string("äö…"));
        QCOMPARE(escaped("äöå", 6), std::string("äöå"));
        QCOMPARE(escaped("<<", 1), std::string("&lt;…"));
        QCOMPARE(escaped(" a \t\n b ", 20), std::string("a b "));
        QCOMPARE(escapedCode("a\"b", 9), std::string());
        QCOMPARE(initialOf("  ätest"), std::string("ä"));
        QCOMPARE(initialOf("<b>"), std::string("&lt;"));
        QCOMPARE(initialOf(""), std::string());
    }

    void keepsForeignScriptsToThemselves() {
        auto visit = test::sampleVisit(Lang::En);
        visit.store = "متجر سيلتا هلسنكي";
        const auto html = renderLogin(visit, test::sampleLogin(Lang::En));
        QVERIFY(contains(html, "<bdi dir=auto>متجر سيلتا هلسنكي</bdi>"));
    }

    void saysHowManyAreHere() {
        const auto visit = test::sampleVisit(Lang::En);
        auto login = test::sampleLogin(Lang::En);
        login.offers.erase(login.offers.begin() + 1, login.offers.end());
        login.offers[0].quantityHere = 12;
        QVERIFY(contains(renderLogin(visit, login), "In this store now: 12"));
        login.offers[0].quantityHere = kLastFewMax;
        QVERIFY(contains(renderLogin(visit, login), "Few left: 3"));
        login.offers[0].quantityHere = 0;
        QVERIFY(contains(renderLogin(visit, login), "Not in this store right now"));
        QVERIFY(!contains(renderLogin(visit, login), "Aisle"));
        login.offers[0].quantityHere.reset();
        QVERIFY(!contains(renderLogin(visit, login), "class=\"stock") &&
                !contains(renderLogin(visit, login), "class=stock"));
    }

    void neverPromisesMoreThanItGives() {
        auto login = test::sampleLogin(Lang::En);
        login.offers.erase(login.offers.begin() + 1, login.offers.end());
        auto& offer = login.offers[0];
        const auto off = [&](std::int64_t now, std::int64_t before) {
            offer.price.minor = now;
            offer.regular->minor = before;
            const auto html = renderLogin(test::sampleVisit(Lang::En), login);
            const auto at = html.find("<span class=off>");
            return at == std::string::npos ? std::string()
                                           : html.substr(at + 16, html.find('<', at + 1) - at - 16);
        };
        QCOMPARE(off(66, 100), std::string("−34\u00a0%"));
        QCOMPARE(off(3990, 5490), std::string("−27\u00a0%")); // 27.3
        QCOMPARE(off(5, 10), std::string("−50\u00a0%"));
        QCOMPARE(off(999, 1000), std::string());
        QCOMPARE(off(100, 100), std::string());
        QCOMPARE(off(0, 100), std::string());
        QCOMPARE(off(120, 100), std::string());
    }

    void drawsOnlySoundQrCodes() {
        auto landing = test::sampleLanding(Lang::En);
        const auto visit = test::sampleVisit(Lang::En);
        QVERIFY(contains(renderLanding(visit, landing), "<svg class=qr viewBox=\"0 0 41 41\""));
        const auto html = renderLanding(visit, landing);
        const auto begin = html.find("stroke=#000 d=\"") + 15;
        QCOMPARE(modulesOf(QString::fromStdString(html.substr(begin, html.find('"', begin) - begin)), 33),
                 landing.coupon->qr.dark);
        landing.coupon->qr.dark.pop_back();
        QVERIFY(!contains(renderLanding(visit, landing), "class=qr"));
        landing.coupon->qr = QrCode{kQrSideMax + 1, std::vector<bool>((kQrSideMax + 1) * (kQrSideMax + 1))};
        QVERIFY(!contains(renderLanding(visit, landing), "class=qr"));
    }

    void hasEnoughContrast() {
        const auto style = QString::fromStdString(styleOf(Sheet::Landing));
        static const QRegularExpression variable("--([a-z-]+):(#[0-9a-f]{3,6})\\b");
        std::vector<std::map<QString, QString>> themes(1);
        auto matches = variable.globalMatch(style);
        while (matches.hasNext()) {
            const auto match = matches.next();
            if (themes.back().contains(match.captured(1))) themes.emplace_back();
            themes.back()[match.captured(1)] = match.captured(2);
        }
        QCOMPARE(themes.size(), std::size_t(2)); // light, dark
        for (auto& theme : themes) {
            for (const auto* ground : {"ground", "plate"})
                for (const auto* text : {"ink", "soft", "accent", "good", "few"})
                    QVERIFY2(contrast(theme[text], theme[ground]) >= 4.5, text);
            QVERIFY(contrast(theme["accent"], theme["wash"]) >= 4.5);
            QVERIFY(contrast(theme["ink"], theme["wash"]) >= 4.5);
            QVERIFY(contrast(theme["on-go"], theme["go"]) >= 4.5);
            for (const auto* ground : {"ground", "plate"})
                QVERIFY(contrast(theme["edge"], theme[ground]) >= 3); // controls, WCAG 1.4.11
            // A heading that grows with a person's text size may reach the arches.
            QVERIFY(contrast(theme["ink"], theme["arch"]) >= 3);
        }
    }
};

QTEST_APPLESS_MAIN(TestPortalPages)
#include "tst_portal_pages.moc"

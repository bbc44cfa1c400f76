#include "portal/page_parts.h"

#include "portal/page_text.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta::portal {

namespace {

/// Base64 with padding, as browsers compare it. Source: Content Security Policy Level 3, section 2.3.1.
std::string paddedBase64(std::string_view bytes) {
    auto text = toBase64(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0)
        text += '=';
    return text;
}

constexpr std::size_t kFrameBytes = 4'096; // of a document around its style and its main part

/// A bridge's arches that are a radio's waves as well.
constexpr std::string_view kArches = "<svg class=arches viewBox=\"0 0 400 400\" aria-hidden=true "
                                     "focusable=false><g fill=none stroke=currentColor "
                                     "stroke-width=34><circle cx=400 cy=400 r=86 /><circle cx=400 cy=400 "
                                     "r=170 /><circle cx=400 cy=400 r=254 />"
                                     "<circle cx=400 cy=400 r=338 /></g></svg>";
constexpr std::string_view kMark =
    "<svg class=sign viewBox=\"0 0 24 24\" width=26 height=26 aria-hidden=true focusable=false><g fill=none "
    "stroke=currentColor stroke-width=3><path d=\"M2 19a10 10 0 0 1 20 0M7.5 19a4.5 4.5 0 0 1 9 "
    "0\"/></g></svg>";

std::string languageLinks(const Visit& visit) {
    const auto path = escapedPath(visit.path);
    std::string links;
    for (const auto lang : kLangs) {
        auto shortName = std::string(codeOf(lang));
        std::transform(shortName.begin(), shortName.end(), shortName.begin(),
                       [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        links += fmt::format("<a href=\"{}?lang={}\" lang={} hreflang={}{}>{}<span class=vh> {}</span></a>",
                             path.empty() ? kHomePath : path, codeOf(lang), codeOf(lang), codeOf(lang),
                             lang == visit.lang ? " aria-current=true" : "", shortName, nameOf(lang));
    }
    return fmt::format("<nav class=langs aria-label=\"{}\">{}</nav>", word(Word::Language, visit.lang),
                       links);
}

std::string discountOf(const Offer& offer) {
    if (!offer.regular || offer.regular->currency != offer.price.currency) return {};
    if (offer.price.minor <= 0 || offer.regular->minor <= offer.price.minor) return {};
    const auto share = static_cast<double>(offer.price.minor) / static_cast<double>(offer.regular->minor);
    const auto percent = static_cast<int>((1 - share) * 100); // rounded down: never more than is given
    return percent < 1 ? std::string() : fmt::format("<span class=off>−{}\u00a0%</span>", percent);
}

std::string offerOf(const Offer& offer, bool isLarge, Lang lang) {
    std::string price = priceText(offer.price, lang);
    if (offer.regular)
        price =
            fmt::format("<span class=vh>{}: </span><b class=now>{}</b> <span class=vh>{}: </span><s>{}</s>",
                        word(Word::OfferPrice, lang), price, word(Word::RegularPrice, lang),
                        priceText(*offer.regular, lang));
    else
        price = fmt::format("<b>{}</b>", price);
    std::string small;
    if (offer.lowest30Days)
        small += fmt::format("<p class=small>{}</p>",
                             filled(word(Word::LowestPrice, lang), priceText(*offer.lowest30Days, lang)));
    if (offer.perUnit)
        small += fmt::format("<p class=small>{}/{}</p>", priceText(offer.perUnit->price, lang),
                             isolated(offer.perUnit->unit, kShortBytesMax));
    auto stock = stockLine(offer.quantityHere, lang);
    const bool isHere = offer.quantityHere && *offer.quantityHere > 0;
    if (isHere && !offer.aisle.empty())
        stock += fmt::format("<p class=small>{}</p>",
                             filled(word(Word::Aisle, lang), isolated(offer.aisle, kShortBytesMax)));
    return fmt::format("<li class=\"offer{}\"><div class=frame>{}{}</div><div class=about>{}<h3>{}</h3>"
                       "<p class=price>{}</p>{}{}</div></li>",
                       isLarge ? " large" : "", pictureOf(offer.picture, offer.name, "shot"),
                       discountOf(offer), brandLine(offer.brand, offer.name),
                       isolated(offer.name, kNameBytesMax), price, small, stock);
}

} // namespace

const std::string& contentSecurityPolicy() {
    static const std::string styles = [] {
        std::string hashes;
        for (const auto sheet : kSheets)
            hashes += fmt::format(" 'sha256-{}'", paddedBase64(sha256(styleOf(sheet))));
        return hashes;
    }();
    static const std::string policy =
        "default-src 'none'; style-src" + styles +
        "; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    return policy;
}

std::string documentOf(const Visit& visit, const Document& document) {
    // With "no-referrer" browsers send "Origin: null" with a form, and the portal checks the origin.
    const auto lang = visit.lang;
    const auto chain = visit.chain.empty() ? visit.store : visit.chain;
    std::string html;
    html.reserve(kFrameBytes + styleOf(document.sheet).size() + document.main.size());
    html +=
        fmt::format("<!doctype html><html lang={}><head><meta charset=utf-8><title>{} – {}</title>"
                    "<meta name=viewport content=\"width=device-width,initial-scale=1\">"
                    "<meta name=format-detection content=\"telephone=no\"><meta name=robots content=noindex>"
                    "<meta name=referrer content=same-origin>"
                    "<meta name=theme-color content=#f3f3f0 media=\"(prefers-color-scheme:light)\"><meta "
                    "name=theme-color "
                    "content=#1b1d20 media=\"(prefers-color-scheme:dark)\"><link rel=icon "
                    "href=\"data:,\"><style>",
                    codeOf(lang), document.title, escaped(chain, kBrandBytesMax));
    html += styleOf(document.sheet);
    html += fmt::format("</style></head><body class=\"{}\"><header class=top><a class=mark "
                        "href=\"/?lang={}\">{}{}</a>{}</header><main>",
                        document.kind, codeOf(lang), kMark, isolated(chain, kBrandBytesMax),
                        languageLinks(visit));
    html += document.main;
    html += fmt::format("</main><footer><a href=\"{}?lang={}\">{}</a><a "
                        "href=\"{}?lang={}\">{}</a></footer></body></html>",
                        kTermsPath, codeOf(lang), word(Word::Terms, lang), kPrivacyPath, codeOf(lang),
                        word(Word::Privacy, lang));
    return html;
}

#define SILTA_ICON(shape)                                                                                    \
    "<svg class=icon viewBox=\"0 0 24 24\" width=24 height=24 aria-hidden=true focusable=false fill=none "   \
    "stroke=currentColor stroke-width=1.8 stroke-linecap=round stroke-linejoin=round>" shape "</svg>"

std::string_view iconOf(Icon icon) {
    switch (icon) {
    case Icon::Mail:
        return SILTA_ICON("<rect x=3 y=5 width=18 height=14 rx=2.5 /><path d=\"m4 7.5 8 5.5 8-5.5\"/>");
    case Icon::Phone:
        return SILTA_ICON("<rect x=7 y=2.5 width=10 height=19 rx=2.5 /><path d=\"M11 18.5h2\"/>");
    case Icon::Card:
        return SILTA_ICON("<rect x=2.5 y=5 width=19 height=14 rx=2.5 /><path d=\"M2.5 9.5h19M6.5 15h4\"/>");
    case Icon::Ticket:
        return SILTA_ICON("<path d=\"M3 7.5A1.5 1.5 0 0 1 4.5 6h15A1.5 1.5 0 0 1 21 7.5v2a2.5 2.5 0 0 0 0 "
                          "5v2a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-2a2.5 2.5 0 0 0 "
                          "0-5zM14.5 6v2.5m0 2.5v2m0 2.5V18\"/>");
    case Icon::Check:
        return SILTA_ICON("<path d=\"m5 12.5 4.5 4.5L19 7.5\"/>");
    case Icon::Box:
        return SILTA_ICON("<path d=\"M6 8h12l1.2 12.5H4.8zM9 8V6.5a3 3 0 0 1 6 0V8\"/>");
    case Icon::Search:
        return SILTA_ICON("<circle cx=10.5 cy=10.5 r=6.5 /><path d=\"m15.5 15.5 5 5\"/>");
    case Icon::Star:
        return SILTA_ICON("<path d=\"m12 3.5 2.6 5.3 5.9.9-4.25 4.1 1 5.8L12 16.9l-5.25 2.7 "
                          "1-5.8L3.5 9.7l5.9-.9z\"/>");
    case Icon::Arrow:
        return SILTA_ICON("<path d=\"M5 12h14m-6-6 6 6-6 6\"/>");
    case Icon::Clock:
        return SILTA_ICON("<circle cx=12 cy=12 r=9 /><path d=\"M12 7v5l3.5 2\"/>");
    case Icon::Lock:
        return SILTA_ICON("<rect x=5 y=10.5 width=14 height=10 rx=2.5 /><path d=\"M8 10.5V8a4 4 0 0 1 8 "
                          "0v2.5\"/>");
    case Icon::Cloud:
        return SILTA_ICON("<path d=\"M7.5 18.5h9a4 4 0 0 0 .6-7.95 5.5 5.5 0 0 0-10.6-.5A4.25 4.25 0 0 0 "
                          "7.5 18.5zM3.5 3.5l17 17\"/>");
    case Icon::Devices:
        return SILTA_ICON(
            "<rect x=2.5 y=5 width=13 height=10 rx=2 /><path d=\"M6 19h6\"/><rect x=17 y=9 width=5 "
            "height=10 rx=1.5 />");
    case Icon::Alert:
        return SILTA_ICON("<circle cx=12 cy=12 r=9 /><path d=\"M12 7.5v5.5m0 3v.1\"/>");
    }
    return {};
}

#undef SILTA_ICON

std::string hoursBadge(const Visit& visit) {
    if (!visit.hours) return {};
    return fmt::format("<p class=\"hours{}\">{}</p>", visit.hours->state.open ? " open" : "",
                       hoursText(visit.hours->state, visit.hours->weekday, visit.lang));
}

std::string heroOf(const Visit& visit, Word heading) {
    return fmt::format("<div class=hero>{}<div class=say>{}<p class=store>{}</p><h1>{}</h1></div></div>",
                       kArches, hoursBadge(visit), isolated(visit.store, kNameBytesMax),
                       word(heading, visit.lang));
}

std::string pictureOf(const std::string& path, const std::string& name, std::string_view classes) {
    const auto safe = escapedPath(path);
    if (!safe.empty()) return fmt::format("<img class={} src=\"{}\" alt=\"\" loading=lazy>", classes, safe);
    return fmt::format("<span class=\"{} plate\" aria-hidden=true>{}</span>", classes, initialOf(name));
}

std::string brandLine(const std::string& brand, const std::string& name) {
    if (brand.empty() || name.find(brand) != std::string::npos) return {};
    return fmt::format("<p class=brand>{}</p>", isolated(brand, kBrandBytesMax));
}

std::string stockLine(std::optional<std::int32_t> quantity, Lang lang) {
    if (!quantity) return {};
    const auto count = std::to_string(std::clamp(*quantity, 0, kQuantityMax));
    if (*quantity <= 0) return fmt::format("<p class=\"stock out\">{}</p>", word(Word::NoneHere, lang));
    if (*quantity <= kLastFewMax)
        return fmt::format("<p class=\"stock few\">{}</p>", filled(word(Word::FewLeft, lang), count));
    return fmt::format("<p class=stock>{}</p>", filled(word(Word::InStoreNow, lang), count));
}

std::string servicesOf(const Visit& visit) {
    struct Words {
        Word title, text;
        Icon icon;
    };
    constexpr Words kWords[] = {{Word::CollectTitle, Word::CollectText, Icon::Box},
                                {Word::FindTitle, Word::FindText, Icon::Search},
                                {Word::JoinTitle, Word::JoinText, Icon::Star}};
    std::string rows;
    for (std::size_t i = 0; i < std::min(visit.services.size(), kServicesMax); ++i) {
        const auto& link = visit.services[i];
        const auto& words = kWords[static_cast<std::size_t>(link.service)];
        const auto path = escapedPath(link.path);
        const auto inside = fmt::format("{}<span><b>{}</b> <small>{}</small></span>", iconOf(words.icon),
                                        word(words.title, visit.lang), word(words.text, visit.lang));
        rows += path.empty() ? fmt::format("<li><div class=service>{}</div></li>", inside)
                             : fmt::format("<li><a class=service href=\"{}\">{}{}</a></li>", path, inside,
                                           iconOf(Icon::Arrow));
    }
    if (rows.empty()) return {};
    return fmt::format("<section class=services><h2>{}</h2><ul>{}</ul></section>",
                       word(Word::Services, visit.lang), rows);
}

std::string offersOf(const std::vector<Offer>& offers, Lang lang) {
    if (offers.empty()) return {};
    std::string cards;
    for (std::size_t i = 0; i < std::min(offers.size(), kOffersMax); ++i)
        cards += offerOf(offers[i], i == 0, lang);
    return fmt::format("<section class=offers><h2>{}</h2><ul>{}</ul></section>", word(Word::Offers, lang),
                       cards);
}

std::string formOpening(std::string_view path, const std::string& token, Lang lang) {
    return fmt::format(
        "<form method=post action=\"{}\" novalidate><input type=hidden name=token value=\"{}\">"
        "<input type=hidden name=lang value={}>",
        path, escapedCode(token, kTokenBytesMax), codeOf(lang));
}

std::string buttonForm(std::string_view path, const std::string& token, Lang lang, std::string_view label,
                       std::string_view classes) {
    return fmt::format("{}<button class=\"{}\">{}</button></form>", formOpening(path, token, lang), classes,
                       label);
}

ProblemInfo infoOf(Problem problem) {
    switch (problem) {
    case Problem::WayMissing:
        return {Word::WayMissing, "way"};
    case Problem::EmailMissing:
        return {Word::EmailMissing, "email"};
    case Problem::EmailMalformed:
        return {Word::EmailMalformed, "email"};
    case Problem::PhoneMissing:
        return {Word::PhoneMissing, "phone"};
    case Problem::PhoneMalformed:
        return {Word::PhoneMalformed, "phone"};
    case Problem::LoyaltyMissing:
        return {Word::LoyaltyMissing, "loyalty"};
    case Problem::LoyaltyUnknown:
        return {Word::LoyaltyUnknown, "loyalty"};
    case Problem::VoucherMissing:
        return {Word::VoucherMissing, "voucher"};
    case Problem::VoucherUnknown:
        return {Word::VoucherUnknown, "voucher"};
    case Problem::VoucherExpired:
        return {Word::VoucherExpired, "voucher"};
    case Problem::VoucherUsed:
        return {Word::VoucherUsed, "voucher"};
    case Problem::CodeMissing:
        return {Word::CodeMissing, "code"};
    case Problem::CodeWrong:
        return {Word::CodeWrong, "code"};
    case Problem::CodeExpired:
        return {Word::CodeExpired, "code"};
    case Problem::TermsMissing:
        break;
    }
    return {Word::TermsMissing, "terms"};
}

std::string problemSummary(const std::vector<Problem>& problems, Lang lang) {
    if (problems.empty()) return {};
    std::string rows;
    for (std::size_t i = 0; i < std::min(problems.size(), kErrorsMax); ++i) {
        const auto info = infoOf(problems[i]);
        rows += fmt::format("<li><a href=\"#{}\">{}</a></li>", info.field, word(info.word, lang));
    }
    return fmt::format(
        "<div class=problems role=alert tabindex=-1 autofocus>{}<div><h2>{}</h2><ul>{}</ul></div></div>",
        iconOf(Icon::Alert), word(Word::ErrorTitle, lang), rows);
}

std::string problemOfField(const std::vector<Problem>& problems, std::string_view field, Lang lang) {
    for (const auto problem : problems) {
        const auto info = infoOf(problem);
        if (info.field == field)
            return fmt::format("<p class=wrong id={}-wrong><span class=vh>{}: </span>{}</p>", field,
                               word(Word::ErrorPrefix, lang), word(info.word, lang));
    }
    return {};
}

} // namespace silta::portal

#include "portal/page_parts.h"

#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace silta::portal {

namespace {

constexpr std::size_t kFrameBytes = 4'096; // of a document around its style and its main part

/// A bridge's arches that are a radio's waves as well.
constexpr std::string_view kArches = "<svg class=arches viewBox=\"0 0 400 400\" aria-hidden=true "
                                     "focusable=false><g fill=none stroke=currentColor "
                                     "stroke-width=34><circle cx=400 cy=400 r=86 /><circle cx=400 cy=400 "
                                     "r=170 /><circle cx=400 cy=400 r=254 />"
                                     "<circle cx=400 cy=400 r=338 /></g></svg>";
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

std::string offerOf(const Offer& offer, const Picture& picture, bool isLarge, Lang lang) {
    return fmt::format("<li class=\"offer{}\"><div class=frame>{}{}</div><div class=about>{}</div></li>",
                       isLarge ? " large" : "", pictureOf(picture, offer.name, "shot"), discountOf(offer),
                       aboutOf(offer, lang));
}

} // namespace

std::string aboutOf(const Offer& offer, Lang lang) {
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
    return fmt::format("{}<h3>{}</h3><p class=price>{}</p>{}{}", brandLine(offer.brand, offer.name),
                       isolated(offer.name, kNameBytesMax), price, small, stock);
}

const std::string& contentSecurityPolicy() {
    static const std::string styles = [] {
        std::string hashes;
        for (const auto sheet : kSheets)
            hashes += fmt::format(" '{}'", policyHashOf(styleOf(sheet)));
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
                        document.kind, codeOf(lang), markOf(), isolated(chain, kBrandBytesMax),
                        languageLinks(visit));
    html += document.main;
    html += fmt::format("</main><footer><a href=\"{}?lang={}\">{}</a><a "
                        "href=\"{}?lang={}\">{}</a></footer></body></html>",
                        kTermsPath, codeOf(lang), word(Word::Terms, lang), kPrivacyPath, codeOf(lang),
                        word(Word::Privacy, lang));
    return html;
}

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

std::string drawnWithin(const std::vector<Picture>& pictures,
                        const std::function<std::string(std::size_t shown)>& draw) {
    for (auto shown = pictures.size();; --shown) {
        auto html = draw(shown);
        auto bytes = kPageHeadBytesMax + html.size();
        for (const auto& picture : std::span(pictures).first(shown))
            if (!picture.path.empty()) bytes += kPictureHeadBytesMax + picture.bytes;
        if (shown == 0 || bytes <= kPageBytesMax) return html;
    }
}

std::string pictureOf(const Picture& picture, const std::string& name, std::string_view classes) {
    const auto safe = escapedPath(picture.path);
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
                             : fmt::format("<li><a class=service href=\"{}?lang={}\">{}{}</a></li>", path,
                                           codeOf(visit.lang), inside, iconOf(Icon::Arrow));
    }
    if (rows.empty()) return {};
    return fmt::format("<section class=services><h2>{}</h2><ul>{}</ul></section>",
                       word(Word::Services, visit.lang), rows);
}

std::string offersOf(const std::vector<Offer>& offers, std::size_t pictures, Lang lang) {
    if (offers.empty()) return {};
    std::string cards;
    for (std::size_t i = 0; i < std::min(offers.size(), kOffersMax); ++i) {
        const auto& offer = offers[i];
        cards += offerOf(offer, i < pictures ? offer.picture : Picture(), i == 0, lang);
    }
    return fmt::format("<section class=offers><h2>{}</h2><ul>{}</ul></section>", word(Word::Offers, lang),
                       cards);
}

std::string noticeOf(Notice notice, Lang lang) {
    if (notice == Notice::None) return {};
    return fmt::format("<div class=notice role=status>{}<p>{}</p></div>", iconOf(Icon::Alert),
                       word(notice == Notice::NoCodes ? Word::NoticeNoCodes : Word::NoticeFormExpired, lang));
}

std::string titleOf(std::string_view title, bool hasProblems, Lang lang) {
    return hasProblems ? fmt::format("{}: {}", word(Word::ErrorPrefix, lang), title) : std::string(title);
}

std::string toSignIn(Lang lang, std::string_view classes) {
    return fmt::format("<a class=\"{}\" href=\"{}?way=other&amp;lang={}\">{}</a>", classes, kHomePath,
                       codeOf(lang), word(Word::ToSignIn, lang));
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
    case Problem::ContactMissing:
        return {Word::ContactMissing, "email"};
    case Problem::MembershipMissing:
        return {Word::MembershipMissing, "membership"};
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

#include "portal/page_parts.h"
#include "portal/pages.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace silta::portal {

namespace {

constexpr int kQuantityShownMax = 999;

std::string couponOf(const Coupon& coupon, Lang lang) {
    const auto day = dayText(coupon.validDate, lang);
    const auto code = escapedCode(coupon.code, kCodeBytesMax);
    return fmt::format(
        "<section class=coupon><div class=words><h2>{}</h2><p class=gift>{}</p>{}<p>{}</p>{}</div>{}"
        "</section>",
        word(Word::CouponTitle, lang), isolated(coupon.title, kCouponTextBytesMax),
        code.empty() ? std::string() : fmt::format("<p class=number><code>{}</code></p>", code),
        word(Word::CouponText, lang),
        day.empty() ? std::string()
                    : fmt::format("<p class=until>{}</p>", filled(word(Word::CouponUntil, lang), day)),
        qrPicture(coupon.qr, word(Word::CouponPicture, lang)));
}

std::string lineOf(const WishlistLine& line, const Picture& picture, Lang lang) {
    const auto pieces = line.quantity > 1
                            ? fmt::format(" <span class=small>{}</span>",
                                          filled(word(Word::Pieces, lang),
                                                 std::to_string(std::min(line.quantity, kQuantityShownMax))))
                            : std::string();
    const auto price =
        line.price ? fmt::format("<p class=price><b>{}</b>{}</p>", priceText(*line.price, lang), pieces)
                   : pieces;
    return fmt::format("<li>{}<div class=about>{}<h3>{}</h3>{}{}</div></li>",
                       pictureOf(picture, line.name, "thumb"), brandLine(line.brand, line.name),
                       isolated(line.name, kNameBytesMax), price, stockLine(line.quantityHere, lang));
}

/// With the pictures of its first `pictures` lines.
std::string wishlistOf(const Wishlist& list, std::size_t pictures, Lang lang) {
    const auto& lines = list.lines;
    if (lines.empty()) return {};
    const auto shown = std::min(lines.size(), kWishlistShownMax);
    std::string rows;
    for (std::size_t i = 0; i < shown; ++i)
        rows += lineOf(lines[i], i < pictures ? lines[i].picture : Picture(), lang);
    const auto all = std::max(list.count, lines.size());
    const auto more = all > shown
                          ? fmt::format("<p class=small>{}</p>",
                                        filled(word(Word::WishlistMore, lang), std::to_string(all - shown)))
                          : std::string();
    const auto address = list.url.size() > kListUrlBytesMax ? std::string() : escapedUrl(list.url);
    const auto link =
        address.empty()
            ? std::string()
            : fmt::format("<a class=\"go quiet\" href=\"{}\" rel=\"noreferrer noopener\">{}{}</a>", address,
                          word(Word::WishlistOpen, lang), iconOf(Icon::Arrow));
    return fmt::format("<section class=wishlist><h2>{}</h2><ul>{}</ul>{}{}</section>",
                       word(Word::Wishlist, lang), rows, more, link);
}

/// The host large, since it says where one is going, and the path below it. What follows "?" is left out: it
/// is nobody's business over a shoulder.
std::string addressOf(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const auto scheme = url.find("://");
    const auto host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const auto path = std::min(url.find('/', host), url.size());
    const auto rest = url.substr(path);
    return fmt::format("<b>{}</b>{}", isolated(url.substr(host, path - host), kUrlShownBytesMax),
                       rest.size() > 1 ? isolated(rest, kUrlShownBytesMax) : std::string());
}

std::string wantedOf(const std::string& url, Lang lang) {
    if (url.empty()) return {};
    const auto link = escapedUrl(url);
    const auto button = link.empty()
                            ? std::string()
                            : fmt::format("<a class=go href=\"{}\" rel=\"noreferrer noopener\">{}{}</a>",
                                          link, word(Word::Continue, lang), iconOf(Icon::Arrow));
    return fmt::format("<p class=wanted>{}{}</p>{}", word(Word::WantedPage, lang), addressOf(url), button);
}

std::string figureOf(Word label, const std::string& value, Lang lang) {
    return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", word(label, lang), value);
}

} // namespace

std::string renderLanding(const Visit& visit, const Landing& landing) {
    const auto lang = visit.lang;
    const auto noLimit = std::string(word(Word::NoLimit, lang));
    const auto figures = fmt::format(
        "<dl class=figures>{}{}</dl>",
        figureOf(Word::TimeLeft, landing.secondsLeft ? durationText(*landing.secondsLeft, lang) : noLimit,
                 lang),
        figureOf(Word::DataLeft, landing.bytesLeft ? bytesText(*landing.bytesLeft, lang) : noLimit, lang));
    const auto more =
        landing.extendMinutes > 0
            ? buttonForm(kExtendPath, landing.token, lang,
                         filled(word(Word::MoreMinutes, lang), std::to_string(landing.extendMinutes)),
                         "quiet")
            : std::string();
    const auto first =
        fmt::format("<div class=first>{}<section class=join>{}{}{}</section></div>",
                    heroOf(visit, Word::OnlineTitle), figures, wantedOf(landing.wantedUrl, lang), more);
    const auto coupon = landing.coupon ? couponOf(*landing.coupon, lang) : std::string();
    const auto& lines = landing.wishlist.lines;
    std::vector<Picture> pictures;
    for (const auto& line : std::span(lines).first(std::min(lines.size(), kWishlistShownMax)))
        pictures.push_back(line.picture);
    return drawnWithin(pictures, [&](std::size_t shown) {
        const auto second = fmt::format(
            "<div class=second>{}{}{}<section class=bye><p>{}</p>{}</section></div>", coupon,
            wishlistOf(landing.wishlist, shown, lang), servicesOf(visit), word(Word::SignOutText, lang),
            buttonForm(kSignOutPath, landing.token, lang, word(Word::SignOut, lang), "quiet"));
        return documentOf(
            visit, {Sheet::Landing, "wide", std::string(word(Word::OnlineTitle, lang)), first + second});
    });
}

} // namespace silta::portal

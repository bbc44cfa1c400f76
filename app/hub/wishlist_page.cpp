#include "hub/wishlist_page.h"

#include "core/sha256_hex.h"
#include "hub/shopper_page.h"
#include "sync/protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta::hub {

namespace {

struct Words {
    std::string_view lang, title, empty, pending, total, gone, pieces;
};

constexpr std::array<Words, 4> kWords = {{
    {"en", "Your wishlist", "Nothing is on this list yet.",
     "Your store has not sent its latest changes yet. This is what your list held when you scanned the code.",
     "Together", "No longer in the range", "pcs"},
    {"fi", "Toivelistasi", "Listalla ei ole vielä mitään.",
     "Myymälä ei ole vielä lähettänyt viimeisimpiä muutoksia. Näet listan sellaisena kuin se oli, kun luit "
     "koodin.",
     "Yhteensä", "Ei enää valikoimassa", "kpl"},
    {"sv", "Din önskelista", "Listan är tom än så länge.",
     "Butiken har inte skickat de senaste ändringarna än. Så här såg listan ut när du läste av koden.",
     "Totalt", "Finns inte längre i sortimentet", "st"},
    {"pl", "Twoja lista życzeń", "Na tej liście nie ma jeszcze nic.",
     "Sklep nie przesłał jeszcze ostatnich zmian. Tak wyglądała lista w chwili zeskanowania kodu.", "Razem",
     "Już niedostępny w ofercie", "szt."},
}};

struct Rendered {
    std::string html;
    std::optional<Money> price; ///< of all pieces
};

Rendered renderItem(const WishlistItem& item, const std::optional<ProductRecord>& product, const Words& words,
                    UtcMs now) {
    const auto count =
        item.quantity > 1 ? fmt::format(" · {} {}", item.quantity, words.pieces) : std::string();
    if (!product || product->texts.empty())
        return {fmt::format("<li><div class=blank></div><div class=t><b>{}</b><span>{}{}</span></div></li>",
                            escapeHtml(item.sku), words.gone, count),
                std::nullopt};
    const auto sameLanguage = [&words](const ProductText& t) { return t.lang == words.lang; };
    auto text = std::find_if(product->texts.begin(), product->texts.end(), sameLanguage);
    if (text == product->texts.end()) text = product->texts.begin();
    const auto picture =
        isSha256Hex(product->picture)
            ? fmt::format("<img alt=\"\" loading=lazy src=\"/v1/files/{}\">", product->picture)
            : std::string("<div class=blank></div>");
    std::string price;
    std::optional<Money> sum;
    if (product->price) {
        const auto current = product->price->at(now);
        sum = Money{current.minor * item.quantity, current.currency};
        price = priceText(current, words.lang);
        if (product->price->isOffer(now))
            price = fmt::format("<s>{}</s>{}", priceText(product->price->regular, words.lang), price);
    }
    return {fmt::format("<li>{}<div class=t><b>{}</b><span>{}{}</span></div><div class=p>{}</div></li>",
                        picture, escapeHtml(text->title), escapeHtml(product->brand), count, price),
            sum};
}

} // namespace

ShownWishlist wishlistToShow(const std::vector<WishlistItem>& synced, std::string_view carried) {
    ShownWishlist shown{synced, true};
    if (!synced.empty() || carried.empty()) return shown;
    shown.isComplete = false;
    while (!carried.empty() && shown.items.size() < kCarriedItemsMax) {
        const auto end = std::min(carried.find('~'), carried.size());
        const auto sku = carried.substr(0, end);
        if (!sku.empty() && sku.size() <= kSkuBytesMax)
            shown.items.push_back(WishlistItem{std::string(sku), std::nullopt, 1, {}, {}});
        carried.remove_prefix(std::min(end + 1, carried.size()));
    }
    return shown;
}

std::string renderWishlist(const ShownWishlist& list,
                           const std::function<std::optional<ProductRecord>(const std::string&)>& products,
                           const std::string& chainName, std::string_view acceptLanguage, UtcMs now) {
    const auto& words = *std::ranges::find(kWords, shownLanguage(acceptLanguage), &Words::lang);
    std::string items;
    std::optional<Money> total;
    bool oneCurrency = true;
    for (const auto& item : list.items) {
        const auto rendered = renderItem(item, products(item.sku), words, now);
        items += rendered.html;
        if (!rendered.price) continue;
        if (!total) {
            total = rendered.price;
        } else if (total->currency == rendered.price->currency) {
            total->minor += rendered.price->minor;
        } else {
            oneCurrency = false;
        }
    }
    std::string note;
    if (list.items.empty()) note = fmt::format("<p class=note>{}</p>", words.empty);
    if (!list.isComplete) note = fmt::format("<p class=note>{}</p>", words.pending);
    const auto sum = total && oneCurrency && list.items.size() > 1
                         ? fmt::format("<p class=sum><span>{}</span><span>{}</span></p>", words.total,
                                       priceText(*total, words.lang))
                         : std::string();
    return shopperPage({words.lang, words.title, chainName},
                       fmt::format("{}<ul>{}</ul>{}", note, items, sum));
}

} // namespace silta::hub

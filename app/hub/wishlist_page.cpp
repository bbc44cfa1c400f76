#include "hub/wishlist_page.h"

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

// The first language of the browser's list that we speak; weights are almost always in order.
const Words& wordsFor(std::string_view acceptLanguage) {
    while (!acceptLanguage.empty()) {
        const auto comma = acceptLanguage.find(',');
        auto entry = acceptLanguage.substr(0, comma);
        while (!entry.empty() && entry.front() == ' ')
            entry.remove_prefix(1);
        for (const auto& words : kWords)
            if (entry.substr(0, 2) == words.lang) return words;
        if (comma == std::string_view::npos) break;
        acceptLanguage.remove_prefix(comma + 1);
    }
    return kWords[0];
}

std::string escape(std::string_view text) {
    std::string html;
    for (char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            html.push_back(c);
        }
    }
    return html;
}

std::string priceText(const Money& money, std::string_view lang) {
    auto text = money.toString();
    if (lang != "en") std::replace(text.begin(), text.end(), '.', ',');
    const auto space = text.rfind(' ');
    if (text.substr(space + 1) == "EUR") text.replace(space, std::string::npos, "\u00a0€");
    return text;
}

constexpr std::string_view kStyle =
    ":root{color-scheme:light dark;--ink:#17211c;--soft:#5c6860;--paper:#faf8f4;--card:#fff;--line:#e6e2da;"
    "--accent:#0b5d4a}"
    "@media(prefers-color-scheme:dark){:root{--ink:#f1efe9;--soft:#a9b3ac;--paper:#121614;--card:#1b211e;"
    "--line:#2c3530;--accent:#67c7ab}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}"
    "main{max-width:640px;margin:0 auto;padding:24px 20px 48px}"
    ".chain{font-size:14px;letter-spacing:.08em;text-transform:uppercase;color:var(--accent);font-weight:650}"
    "h1{font-size:30px;line-height:1.15;margin:6px 0 20px;letter-spacing:-.01em}"
    ".note{background:var(--card);border-left:4px solid var(--accent);padding:12px 16px;border-radius:10px;"
    "color:var(--soft);margin:0 0 16px}"
    "ul{list-style:none;margin:0;padding:0}"
    "li{display:flex;gap:16px;align-items:center;background:var(--card);border:1px solid var(--line);"
    "border-radius:16px;padding:12px;margin-bottom:12px}"
    "img,.blank{width:88px;height:88px;border-radius:10px;object-fit:cover;flex:none;background:var(--line)}"
    ".t{flex:1;min-width:0}.t b{display:block;font-weight:600;overflow-wrap:anywhere}.t "
    "span{color:var(--soft);"
    "font-size:14px}.p{font-weight:650;white-space:nowrap}.p "
    "s{display:block;color:var(--soft);font-weight:400;"
    "font-size:14px;text-align:right}"
    ".sum{display:flex;justify-content:space-between;font-size:20px;font-weight:650;padding:12px 12px 0}";

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
                            escape(item.sku), words.gone, count),
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
                        picture, escape(text->title), escape(product->brand), count, price),
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
    const auto& words = wordsFor(acceptLanguage);
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
    return fmt::format(
        "<!doctype html><html lang={}><head><meta charset=utf-8><meta name=viewport "
        "content=\"width=device-width,initial-scale=1\"><title>{} – {}</title><style>{}</style></head>"
        "<body><main><div class=chain>{}</div><h1>{}</h1>{}<ul>{}</ul>{}</main></body></html>",
        words.lang, words.title, escape(chainName), kStyle, escape(chainName), words.title, note, items, sum);
}

} // namespace silta::hub

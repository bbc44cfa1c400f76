#include "hub/order_page.h"

#include "core/order_number.h"
#include "hub/shopper_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta::hub {

namespace {

constexpr std::size_t kStates = 9; // of OrderState

struct OrderWords {
    std::string_view lang, title, pending, show, store, total, paid;
    std::array<std::string_view, kStates> states; ///< in the order of OrderState
};

constexpr std::array<OrderWords, 4> kOrderWords = {{
    {"en",
     "Your order",
     "Your store has not sent this order yet. Please look again later; the number on your slip is good.",
     "Show this number at the till",
     "Store",
     "Together",
     "Paid",
     {"We have asked for it. Nothing is promised yet.", "It is yours and will be put ready.",
      "Sorry, it is not there at the moment. Please ask in the store or choose another one.",
      "Somebody is fetching it.", "It lies ready for you.", "You have it.", "It came back.",
      "It was called off.", "It was not fetched in time."}},
    {"fi",
     "Tilauksesi",
     "Myymälä ei ole vielä lähettänyt tätä tilausta. Katso myöhemmin uudelleen; kuitin numero on voimassa.",
     "Näytä tämä numero kassalla",
     "Myymälä",
     "Yhteensä",
     "Maksettu",
     {"Olemme pyytäneet sitä. Mitään ei ole vielä luvattu.", "Se on sinun, ja laitamme sen valmiiksi.",
      "Valitettavasti sitä ei nyt ole. Kysy myymälästä tai valitse toinen myymälä.",
      "Sitä haetaan parhaillaan.", "Se odottaa sinua.", "Se on sinulla.", "Se on palautettu.",
      "Se on peruttu.", "Sitä ei noudettu ajoissa."}},
    {"sv",
     "Din beställning",
     "Butiken har inte skickat beställningen än. Titta igen senare; numret på din lapp gäller.",
     "Visa det här numret i kassan",
     "Butik",
     "Totalt",
     "Betald",
     {"Vi har frågat efter den. Inget är lovat än.", "Den är din och görs i ordning.",
      "Tyvärr finns den inte just nu. Fråga i butiken eller välj en annan.", "Någon hämtar den just nu.",
      "Den ligger klar för dig.", "Du har den.", "Den har kommit tillbaka.", "Den är avbeställd.",
      "Den hämtades inte i tid."}},
    {"pl",
     "Twoje zamówienie",
     "Sklep nie przesłał jeszcze tego zamówienia. Zajrzyj później; numer na wydruku jest ważny.",
     "Pokaż ten numer przy kasie",
     "Sklep",
     "Razem",
     "Zapłacone",
     {"Poprosiliśmy o towar. Nic nie jest jeszcze obiecane.", "Towar jest Twój, przygotujemy go.",
      "Niestety, teraz go nie ma. Zapytaj w sklepie lub wybierz inny sklep.", "Ktoś właśnie po niego idzie.",
      "Czeka na Ciebie.", "Masz go już.", "Został zwrócony.", "Zostało odwołane.",
      "Nie odebrano go na czas."}},
}};
static_assert(static_cast<std::size_t>(OrderState::NotCollected) + 1 == kStates);

std::string lineHtml(const OrderLine& line, const std::optional<ProductRecord>& product,
                     const std::string& currency, std::string_view lang) {
    auto title = line.sku;
    if (product && !product->texts.empty()) {
        const auto text = std::ranges::find(product->texts, lang, &ProductText::lang);
        title = text == product->texts.end() ? product->texts.front().title : text->title;
    }
    const auto known = Currency::parse(currency);
    const auto price = known ? priceText({line.unitPriceMinor * line.quantity, *known}, lang) : std::string();
    return fmt::format("<li><div class=t><b>{}</b><span>{} ×</span></div><div class=p>{}</div></li>",
                       escapeHtml(title), line.quantity, price);
}

} // namespace

std::string renderOrder(const Order* order,
                        const std::function<std::optional<ProductRecord>(const std::string&)>& products,
                        const std::function<std::optional<StoreRecord>(const std::string&)>& stores,
                        const std::string& chainName, std::string_view acceptLanguage) {
    const auto& words = *std::ranges::find(kOrderWords, shownLanguage(acceptLanguage), &OrderWords::lang);
    const ShopperPage page{words.lang, words.title, chainName};
    if (order == nullptr) return shopperPage(page, fmt::format("<p class=note>{}</p>", words.pending));
    std::string items;
    for (const auto& line : order->lines)
        items += lineHtml(line, products(line.sku), order->currency, words.lang);
    const auto store = stores(order->store);
    const auto where = store ? fmt::format("<p>{}: {}, {}, {}</p>", words.store, escapeHtml(store->name),
                                           escapeHtml(store->street), escapeHtml(store->city))
                             : std::string();
    const auto currency = Currency::parse(order->currency);
    const auto sum = currency ? priceText({order->totalMinor(), *currency}, words.lang) : std::string();
    return shopperPage(page,
                       fmt::format("<p class=state>{}</p>{}<p>{}</p><div class=code>{}</div><ul>{}</ul>"
                                   "<p class=sum><span>{}</span><span>{}</span></p>{}",
                                   words.states[static_cast<std::size_t>(order->state)], where, words.show,
                                   shownOrderNumber(order->number), items, words.total, sum,
                                   order->isPaid ? fmt::format("<p>{}</p>", words.paid) : std::string()));
}

} // namespace silta::hub

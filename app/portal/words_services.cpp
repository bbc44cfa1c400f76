#include "portal/word_ids.h"

// Hyphens that a line must not break at are U+2011.

namespace silta::portal {

namespace {

// clang-format off
constexpr WordRow kServiceRows[] = {
    {Word::BackHome, {"Back to the start", "Takaisin alkuun", "Tillbaka till början", "Wróć na początek"}},
    {Word::CollectLead, {"When your order is ready, it waits for you here.", "Kun tilauksesi on valmis, se odottaa sinua täällä.",
        "När din beställning är klar väntar den på dig här.", "Gdy zamówienie jest gotowe, czeka tu na Ciebie."}},
    {Word::CollectSteps, {"How to collect it", "Näin noudat sen", "Så hämtar du den", "Jak je odebrać"}},
    {Word::CollectStepBring, {"Open the message that said your order is ready. It holds your pick-up code.",
        "Avaa viesti, joka kertoi tilauksen saapuneen. Siinä on noutokoodisi.",
        "Öppna meddelandet om att din beställning har kommit. Där står din hämtkod.",
        "Otwórz wiadomość o gotowym zamówieniu. Jest w niej kod odbioru."}},
    {Word::CollectStepDesk, {"Show the code at the till. It can be read from your screen.",
        "Näytä koodi kassalla. Sen voi lukea puhelimesi näytöltä.", "Visa koden i kassan. Den kan läsas från din skärm.",
        "Pokaż kod przy kasie. Można go odczytać z ekranu telefonu."}},
    {Word::CollectStepCheck, {"Look at what you get before you go. What isn't right goes straight back.",
        "Tarkista tuotteet ennen kuin lähdet. Jos jokin ei ole kohdallaan, se palautetaan heti.",
        "Titta igenom varorna innan du går. Är något fel lämnar du tillbaka det direkt.",
        "Sprawdź produkty przed wyjściem. Jeśli coś się nie zgadza, zwrócisz to od razu."}},
    {Word::FindLead, {"What this store has, where it stands, and what it costs.",
        "Mitä täällä on, missä se on ja mitä se maksaa.", "Vad butiken har, var det står och vad det kostar.",
        "Co jest w tym sklepie, gdzie to stoi i ile kosztuje."}},
    {Word::FindLabel, {"What are you looking for?", "Mitä etsit?", "Vad letar du efter?", "Czego szukasz?"}},
    {Word::FindHint, {"A name, a brand or a product number.", "Nimi, merkki tai tuotenumero.",
        "Ett namn, ett märke eller ett artikelnummer.", "Nazwa, marka lub numer produktu."}},
    {Word::FindButton, {"Search", "Hae", "Sök", "Szukaj"}},
    {Word::FindNothing, {"Nothing found. Try fewer or other words.", "Ei löytynyt. Kokeile muita tai vähemmän sanoja.",
        "Inget hittades. Prova andra eller färre ord.", "Nic nie znaleziono. Spróbuj innych lub mniejszej liczby słów."}},
    {Word::FindUnavailable, {"We can't search right now. Please try again in a moment, or ask us.",
        "Haku ei toimi juuri nyt. Yritä hetken päästä uudelleen tai kysy meiltä.",
        "Det går inte att söka just nu. Försök igen om en stund eller fråga oss.",
        "Wyszukiwanie chwilowo nie działa. Spróbuj za chwilę lub zapytaj nas."}},
    {Word::FoundFor, {"Found for “{}”", "Haulla ”{}” löytyi", "Träffar på ”{}”", "Wyniki dla „{}”"}},
    {Word::JoinLead, {"Free of charge, in a minute, and good at the till at once.",
        "Maksutta, minuutissa ja heti voimassa kassalla.", "Gratis, på en minut, och det gäller direkt i kassan.",
        "Bezpłatnie, w minutę, od razu przy kasie."}},
    {Word::LabelName, {"Name", "Nimi", "Namn", "Imię i nazwisko"}},
    {Word::HintName, {"Optional. What shall we call you?", "Vapaaehtoinen. Miksi kutsumme sinua?",
        "Valfritt. Vad ska vi kalla dig?", "Opcjonalnie. Jak mamy się do Ciebie zwracać?"}},
    {Word::HintJoinPhone, {"One of the two is enough. Example: +358 40 123 4567",
        "Toinen näistä riittää. Esimerkki: +358 40 123 4567", "Ett av dem räcker. Exempel: +46 70 123 45 67",
        "Wystarczy jedno z dwóch. Przykład: +48 601 234 567"}},
    {Word::JoinNote, {"Your membership works the same without it.", "Jäsenyys toimii samalla tavalla ilman tätäkin.",
        "Medlemskapet fungerar precis likadant utan.", "Członkostwo działa tak samo bez tej zgody."}},
    {Word::JoinButton, {"Become a member", "Liity jäseneksi", "Bli medlem", "Zostań klubowiczem"}},
    {Word::JoinedTitle, {"Welcome to the club", "Tervetuloa klubiin", "Välkommen till klubben", "Witamy w klubie"}},
    {Word::JoinedText, {"Say this number at the till, or sign in with it as your club number. Take a screenshot to keep it.",
        "Kerro tämä numero kassalla tai kirjaudu sillä wifiin. Ota siitä vaikka kuvakaappaus.",
        "Säg numret i kassan eller logga in med det som klubbnummer. Ta gärna en skärmbild.",
        "Podaj ten numer przy kasie lub użyj go do logowania jako numeru klubowego. Najlepiej zrób zrzut ekranu."}},
    {Word::JoinedNumber, {"Your club number", "Kanta-asiakasnumerosi", "Ditt klubbnummer", "Twój numer klubowy"}},
};
// clang-format on

} // namespace

std::span<const WordRow> serviceWords() {
    return kServiceRows;
}

} // namespace silta::portal

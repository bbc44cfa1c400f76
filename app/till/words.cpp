#include "till/words.h"

#include <array>
#include <cassert>

namespace silta::till {

namespace {

struct Row {
    Word id;
    std::array<std::string_view, kLangs.size()> texts;
};

// clang-format off
constexpr Row kRows[] = {
    {Word::Till, {"Till", "Kassa", "Kassa", "Kasa"}},
    {Word::Language, {"Language", "Kieli", "Språk", "Język"}},
    {Word::Online, {"Online", "Yhteys toimii", "Uppkopplad", "Połączono"}},
    {Word::Offline, {"Line is down – the till works on", "Yhteys poikki – kassa toimii silti", "Linjen är nere – kassan fungerar ändå",
        "Brak łącza – kasa działa dalej"}},
    {Word::SwitchUser, {"Switch user", "Vaihda käyttäjää", "Byt användare", "Zmień użytkownika"}},
    {Word::Next, {"Next customer", "Seuraava asiakas", "Nästa kund", "Następny klient"}},
    {Word::ErrorTitle, {"Please check", "Tarkista nämä", "Kontrollera", "Sprawdź"}},
    {Word::ErrorPrefix, {"Error", "Virhe", "Fel", "Błąd"}},

    {Word::SignInTitle, {"Sign in", "Kirjaudu", "Logga in", "Zaloguj się"}},
    {Word::SignInLead, {"Scan your badge, then type your PIN.", "Lue kulkukorttisi, näppäile sitten PIN.",
        "Skanna din bricka och slå sedan din PIN.", "Zeskanuj identyfikator, potem wpisz PIN."}},
    {Word::BadgeLabel, {"Badge", "Henkilökortti", "Personalbricka", "Identyfikator"}},
    {Word::BadgeHint, {"Scan it, or type its code", "Lue se tai kirjoita sen koodi", "Skanna den eller skriv koden",
        "Zeskanuj albo wpisz kod"}},
    {Word::PinLabel, {"PIN", "PIN", "PIN", "PIN"}},
    {Word::PinHint, {"6 to 12 digits", "6–12 numeroa", "6–12 siffror", "6–12 cyfr"}},
    {Word::SignIn, {"Sign in", "Kirjaudu", "Logga in", "Zaloguj się"}},
    {Word::BadgeMalformed, {"This is no badge. Scan it again.", "Tämä ei ole henkilökortti. Lue se uudelleen.",
        "Det här är ingen personalbricka. Skanna igen.", "To nie jest identyfikator. Zeskanuj ponownie."}},
    {Word::PinMalformed, {"A PIN has 6 to 12 digits.", "PIN on 6–12 numeroa.", "En PIN har 6–12 siffror.", "PIN ma od 6 do 12 cyfr."}},
    {Word::WrongPin, {"Badge or PIN is wrong. {} tries left.", "Kortti tai PIN on väärin. {} yritystä jäljellä.",
        "Bricka eller PIN är fel. {} försök kvar.", "Zły identyfikator lub PIN. Pozostało prób: {}."}},
    {Word::WrongPinLast, {"Badge or PIN is wrong. One try left.", "Kortti tai PIN on väärin. Yksi yritys jäljellä.",
        "Bricka eller PIN är fel. Ett försök kvar.", "Zły identyfikator lub PIN. Pozostała jedna próba."}},
    {Word::Locked, {"Too many wrong tries. This badge is locked for {}. A new PIN opens it at once.",
        "Liian monta väärää yritystä. Kortti on lukittu, aikaa {}. Uusi PIN avaa sen heti.",
        "För många felaktiga försök. Brickan är låst i {}. En ny PIN öppnar den genast.",
        "Za dużo błędnych prób. Identyfikator jest zablokowany na {}. Nowy PIN odblokuje go od razu."}},
    {Word::Idle, {"Locked, because nobody used it for a while.", "Lukittu, koska kassaa ei käytetty hetkeen.",
        "Låst, eftersom ingen använt den på en stund.", "Zablokowano, bo nikt z niej nie korzystał."}},
    {Word::FormExpired, {"That page was too old. Please do it once more.", "Sivu oli vanhentunut. Tee se uudelleen.",
        "Sidan var för gammal. Gör om det en gång till.", "Strona była nieaktualna. Zrób to jeszcze raz."}},
    {Word::TooMany, {"Too much at once. Wait a minute.", "Liikaa kerralla. Odota minuutti.", "För mycket på en gång. Vänta en minut.",
        "Za dużo naraz. Poczekaj minutę."}},

    {Word::FieldTitle, {"Scan or type", "Lue tai kirjoita", "Skanna eller skriv", "Zeskanuj lub wpisz"}},
    {Word::FieldLabel, {"Code, phone, e‑mail or product", "Koodi, puhelin, sähköposti tai tuote", "Kod, telefon, e‑post eller vara",
        "Kod, telefon, e‑mail lub produkt"}},
    {Word::FieldHint, {"Member card, coupon, receipt, product, phone number, e‑mail", "Jäsenkortti, kuponki, kuitti, tuote, puhelinnumero, sähköposti",
        "Medlemskort, kupong, kvitto, vara, telefonnummer, e‑post", "Karta klubowa, kupon, paragon, produkt, numer telefonu, e‑mail"}},
    {Word::Find, {"Find", "Hae", "Sök", "Szukaj"}},
    {Word::FieldEmpty, {"Scan or type something first.", "Lue tai kirjoita ensin jotain.", "Skanna eller skriv något först.",
        "Najpierw coś zeskanuj lub wpisz."}},

    {Word::Here, {"{} in this store", "{} kpl tässä myymälässä", "{} i den här butiken", "{} szt. w tym sklepie"}},
    {Word::NoneHere, {"None in this store", "Ei tässä myymälässä", "Finns inte i den här butiken", "Brak w tym sklepie"}},
    {Word::HereUnknown, {"Stock here is not known", "Saldo täällä ei ole tiedossa", "Saldot här är okänt", "Stan tutaj nieznany"}},
    {Word::Aisle, {"Aisle {}", "Hylly {}", "Hylla {}", "Alejka {}"}},
    {Word::Near, {"Near by", "Lähellä", "I närheten", "W pobliżu"}},
    {Word::NearOne, {"{} pcs, {} km", "{} kpl, {} km", "{} st, {} km", "{} szt., {} km"}},
    {Word::NowhereNear, {"No other store has it.", "Sitä ei ole muissa myymälöissä.", "Ingen annan butik har den.", "Żaden inny sklep go nie ma."}},
    {Word::RegularPrice, {"Regular price", "Normaalihinta", "Ordinarie pris", "Cena regularna"}},
    {Word::Products, {"Products", "Tuotteet", "Varor", "Produkty"}},
    {Word::InStock, {"In stock here", "Saatavilla täällä", "Finns här", "Dostępny tutaj"}},
    {Word::LastFew, {"Last few here", "Viimeiset kappaleet", "Sista exemplaren", "Ostatnie sztuki"}},
    {Word::UnknownProduct, {"Not in the catalogue", "Ei tuotevalikoimassa", "Finns inte i katalogen", "Nie ma w katalogu"}},
    {Word::UnknownProductText, {"The number {} was read well, but no product of ours has it.",
        "Numero {} luettiin oikein, mutta mikään tuotteemme ei vastaa sitä.",
        "Numret {} lästes rätt, men ingen av våra varor har det.",
        "Numer {} odczytano poprawnie, ale żaden nasz produkt go nie ma."}},

    {Word::MemberCard, {"Member card", "Jäsenkortti", "Medlemskort", "Karta klubowa"}},
    {Word::NumberEnds, {"Number ends in {}", "Numeron loppu {}", "Numret slutar på {}", "Końcówka numeru {}"}},
    {Word::MemberSince, {"Member since {}", "Jäsen {} alkaen", "Medlem sedan {}", "W klubie od {}"}},
    {Word::MemberUnknown, {"Card not known", "Korttia ei tunneta", "Okänt kort", "Nieznana karta"}},
    {Word::MemberUnknownText, {"Headquarters has no member with this number. Register the customer, or look for a newer card.",
        "Keskuksessa ei ole jäsentä tällä numerolla. Rekisteröi asiakas tai etsi uudempi kortti.",
        "Centralen har ingen medlem med detta nummer. Registrera kunden eller leta efter ett nyare kort.",
        "Centrala nie zna klubowicza o tym numerze. Zarejestruj klienta albo poszukaj nowszej karty."}},
    {Word::MemberOffline, {"This is one of our cards. Headquarters cannot be asked about it now; it can be used all the same.",
        "Tämä on meidän korttimme. Keskukselta ei voi nyt kysyä siitä; korttia voi silti käyttää.",
        "Det här är ett av våra kort. Centralen kan inte svara nu, men kortet går att använda ändå.",
        "To nasza karta. Teraz nie można zapytać o nią centrali; mimo to można jej użyć."}},
    {Word::MemberIssuedHere, {"Given out by this till's device; headquarters has it or gets it soon.",
        "Annettu tällä laitteella; keskus on saanut sen tai saa sen pian.",
        "Utfärdat av den här enheten; centralen har det eller får det snart.",
        "Wydana przez to urządzenie; centrala już ją ma albo wkrótce dostanie."}},
    {Word::AlreadyMember, {"Already a member", "Jo jäsen", "Redan medlem", "Już w klubie"}},
    {Word::AlreadyMemberText, {"Since {}. The number ends in {}. Ask for the card or the phone to use it.",
        "{} alkaen. Numeron loppu on {}. Pyydä kortti tai puhelin, niin sitä voi käyttää.",
        "Sedan {}. Numret slutar på {}. Be om kortet eller telefonen för att använda det.",
        "Od {}. Końcówka numeru to {}. Poproś o kartę lub telefon, aby jej użyć."}},

    {Word::JoinTitle, {"Register a member", "Rekisteröi jäsen", "Registrera medlem", "Zarejestruj klubowicza"}},
    {Word::JoinNew, {"Not a member yet.", "Ei vielä jäsen.", "Inte medlem ännu.", "Jeszcze nie w klubie."}},
    {Word::JoinOffline, {"Whether they are a member already cannot be asked now. If so, headquarters joins the two.",
        "Nyt ei voi kysyä, onko asiakas jo jäsen. Jos on, keskus yhdistää jäsenyydet.",
        "Det går inte att fråga nu om kunden redan är medlem. I så fall slår centralen ihop dem.",
        "Nie można teraz sprawdzić, czy klient już jest w klubie. Jeśli tak, centrala połączy oba wpisy."}},
    {Word::ReadOut, {"Read out, and tick what the customer agrees to", "Lue ääneen ja merkitse, mihin asiakas suostuu",
        "Läs upp och kryssa för det kunden samtycker till", "Przeczytaj na głos i zaznacz, na co klient się zgadza"}},
    {Word::LabelEmail, {"E‑mail", "Sähköposti", "E‑post", "E‑mail"}},
    {Word::LabelPhone, {"Phone number", "Puhelinnumero", "Telefonnummer", "Numer telefonu"}},
    {Word::LabelName, {"Name", "Nimi", "Namn", "Imię i nazwisko"}},
    {Word::Optional, {"Optional", "Vapaaehtoinen", "Valfritt", "Opcjonalnie"}},
    {Word::Required, {"Required", "Pakollinen", "Obligatoriskt", "Wymagane"}},
    {Word::CustomersLanguage, {"Read out in", "Lue kielellä", "Läs upp på", "Czytaj w języku"}},
    {Word::Join, {"Register", "Rekisteröi", "Registrera", "Zarejestruj"}},
    {Word::EmailMalformed, {"This does not look like an e‑mail address.", "Tämä ei näytä sähköpostiosoitteelta.",
        "Det ser inte ut som en e‑postadress.", "To nie wygląda na adres e‑mail."}},
    {Word::PhoneMalformed, {"This does not look like a phone number.", "Tämä ei näytä puhelinnumerolta.",
        "Det ser inte ut som ett telefonnummer.", "To nie wygląda na numer telefonu."}},
    {Word::ContactMissing, {"An e‑mail address or a phone number is needed.", "Tarvitaan sähköpostiosoite tai puhelinnumero.",
        "En e‑postadress eller ett telefonnummer behövs.", "Potrzebny jest adres e‑mail lub numer telefonu."}},
    {Word::NameTooLong, {"The name is too long.", "Nimi on liian pitkä.", "Namnet är för långt.", "Imię i nazwisko są za długie."}},
    {Word::TermsMissing, {"Membership needs consent to the terms.", "Jäsenyys vaatii suostumuksen ehtoihin.",
        "Medlemskap kräver samtycke till villkoren.", "Członkostwo wymaga zgody na regulamin."}},
    {Word::AgeMissing, {"Ask for the age, or for a parent or guardian.", "Kysy ikä tai huoltajan suostumus.",
        "Fråga efter åldern eller en vårdnadshavare.", "Zapytaj o wiek albo o rodzica lub opiekuna."}},
    {Word::Joined, {"Welcome to the club", "Tervetuloa jäseneksi", "Välkommen till klubben", "Witamy w klubie"}},
    {Word::MemberNumber, {"Member number", "Jäsennumero", "Medlemsnummer", "Numer klubowy"}},
    {Word::JoinedText, {"It works from now on.", "Se toimii heti.", "Det fungerar från och med nu.", "Działa od teraz."}},
    {Word::ShowCoupon, {"For the customer, now", "Asiakkaalle heti", "Till kunden, nu", "Dla klienta, od razu"}},
    {Word::ValidUntil, {"Valid until {}", "Voimassa {} asti", "Gäller till {}", "Ważny do {}"}},

    {Word::ReceiptTitle, {"Receipt {}", "Kuitti {}", "Kvitto {}", "Paragon {}"}},
    {Word::ReceiptText, {"It is one of ours. Receipts cannot be opened at this till yet.",
        "Se on meidän kuittimme. Kuitteja ei voi vielä avata tällä kassalla.",
        "Det är ett av våra. Kvitton kan ännu inte öppnas i den här kassan.",
        "To nasz paragon. Paragonów nie można jeszcze otwierać w tej kasie."}},
    {Word::CouponTitle, {"Welcome coupon", "Tervetulokuponki", "Välkomstkupong", "Kupon powitalny"}},
    {Word::PrintedCoupon, {"A manufacturer's coupon", "Valmistajan kuponki", "En tillverkares kupong", "Kupon producenta"}},
    {Word::PrintedCouponText, {"Scan it at the cash register, which knows what it is worth.",
        "Lue se kassakoneella, joka tietää sen arvon.", "Skanna den i kassaapparaten, som vet vad den är värd.",
        "Zeskanuj go kasą fiskalną, która zna jego wartość."}},
    {Word::Foreign, {"Not a code for the till", "Ei kassan koodi", "Ingen kod för kassan", "Kod nie dla kasy"}},
    {Word::ForeignText, {"It belongs to {}.", "Se kuuluu kohteeseen {}.", "Den hör till {}.", "Należy do: {}."}},
    {Word::Wishlist, {"A customer's wishlist", "Asiakkaan toivelista", "En kunds önskelista", "Lista życzeń klienta"}},
    {Word::WishlistText, {"The customer opens it on the kiosk or with the phone.", "Asiakas avaa sen näytöllä tai puhelimella.",
        "Kunden öppnar den på skärmen eller med telefonen.", "Klient otwiera ją na ekranie lub telefonem."}},
    {Word::Enrolment, {"A code for technicians", "Koodi asentajille", "En kod för tekniker", "Kod dla techników"}},
    {Word::EnrolmentText, {"It connects a device. The till has no use for it.", "Se liittää laitteen. Kassa ei tarvitse sitä.",
        "Den ansluter en enhet. Kassan behöver den inte.", "Podłącza urządzenie. Kasie nie jest potrzebny."}},
    {Word::Unknown, {"Not recognised", "Ei tunnistettu", "Känns inte igen", "Nie rozpoznano"}},
    {Word::UnknownText, {"It is none of our cards, coupons, receipts or products. Scan it again, or type the number below the bars.",
        "Se ei ole korttimme, kuponkimme, kuittimme eikä tuotteemme. Lue uudelleen tai kirjoita viivojen alla oleva numero.",
        "Det är inget av våra kort, kuponger, kvitton eller varor. Skanna igen eller skriv numret under strecken.",
        "To nie jest nasza karta, kupon, paragon ani produkt. Zeskanuj ponownie albo wpisz numer spod kresek."}},

    {Word::NotReady, {"Not ready yet", "Ei vielä valmis", "Inte klar ännu", "Jeszcze niegotowe"}},
    {Word::NotReadyText, {"The store's device does not answer, or is not enrolled. A technician runs “siltactl doctor” there.",
        "Myymälän laite ei vastaa, tai sitä ei ole otettu käyttöön. Asentaja ajaa siellä komennon ”siltactl doctor”.",
        "Butikens enhet svarar inte eller är inte ansluten. En tekniker kör ”siltactl doctor” där.",
        "Urządzenie sklepu nie odpowiada albo nie jest zarejestrowane. Technik uruchamia tam „siltactl doctor”."}},
    {Word::Failed, {"That did not work", "Se ei onnistunut", "Det gick inte", "Nie udało się"}},
    {Word::FailedText, {"Nothing was kept. Please try again.", "Mitään ei tallennettu. Yritä uudelleen.",
        "Ingenting sparades. Försök igen.", "Nic nie zapisano. Spróbuj ponownie."}},
    {Word::Full, {"This device has no room for new members now. Nothing was kept.", "Laitteella ei ole nyt tilaa uusille jäsenille. Mitään ei tallennettu.",
        "Enheten har inte plats för nya medlemmar nu. Ingenting sparades.", "Urządzenie nie ma teraz miejsca na nowych klubowiczów. Nic nie zapisano."}},
    {Word::NotFound, {"There is no such page", "Sivua ei ole", "Sidan finns inte", "Nie ma takiej strony"}},
    {Word::NotFoundText, {"Go back to the field.", "Palaa kenttään.", "Gå tillbaka till fältet.", "Wróć do pola."}},
};
// clang-format on

} // namespace

std::string_view word(Word id, Lang lang) {
    using Table = std::array<const Row*, static_cast<std::size_t>(Word::Count_)>;
    static const Table table = [] {
        Table rows{};
        for (const auto& row : kRows)
            rows[static_cast<std::size_t>(row.id)] = &row;
        return rows;
    }();
    const auto* row = table[static_cast<std::size_t>(id)];
    assert(row != nullptr);
    return row->texts[static_cast<std::size_t>(lang)];
}

} // namespace silta::till

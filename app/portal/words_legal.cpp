#include "portal/page_words.h"

// Hyphens that a line must not break at are U+2011.

namespace silta::portal {

namespace {

constexpr ConsentWording kConsents[] = {
    {ConsentId::WifiTerms,
     "terms",
     "wifi-terms",
     "any",
     kTermsVersion,
     {"I accept the terms of use of the Wi‑Fi.", "Hyväksyn wifin käyttöehdot.",
      "Jag godkänner wifits användarvillkor.", "Akceptuję regulamin sieci Wi‑Fi."}},
    {ConsentId::EmailMarketing,
     "news_email",
     "marketing",
     "email",
     "2026-11",
     {"Send me news and offers by e‑mail.", "Lähettäkää minulle uutisia ja tarjouksia sähköpostitse.",
      "Skicka nyheter och erbjudanden till mig via e‑post.", "Chcę otrzymywać nowości i promocje e‑mailem."}},
    {ConsentId::SmsMarketing,
     "news_sms",
     "marketing",
     "sms",
     "2026-11",
     {"Send me news and offers by text message.", "Lähettäkää minulle uutisia ja tarjouksia tekstiviestillä.",
      "Skicka nyheter och erbjudanden till mig via sms.", "Chcę otrzymywać nowości i promocje SMS-em."}},
    {ConsentId::Membership,
     "membership",
     "membership-terms",
     "any",
     "2026-11",
     {"I want to become a member and accept the membership terms. My details are used to run my membership.",
      "Haluan liittyä jäseneksi ja hyväksyn jäsenehdot. Tietojani käytetään jäsenyyteni hoitamiseen.",
      "Jag vill bli medlem och godkänner medlemsvillkoren. Mina uppgifter används för att sköta mitt "
      "medlemskap.",
      "Chcę zostać klubowiczem i akceptuję regulamin klubu. Moje dane będą używane do prowadzenia mojego "
      "członkostwa."}},
};

} // namespace

const ConsentWording& consentWording(ConsentId id) {
    return kConsents[static_cast<std::size_t>(id)];
}

std::string_view consentText(ConsentId id, Lang lang) {
    return consentWording(id).texts[static_cast<std::size_t>(lang)];
}

const std::vector<LegalSection>& termsSections() {
    static const std::vector<LegalSection> sections = {
        {{"What you get", "Mitä saat", "Vad du får", "Co otrzymujesz"},
         {"{} offers you this Wi‑Fi free of charge while you visit the store. Time, data and speed may be "
          "limited; the "
          "page after signing in says what is left.",
          "{} tarjoaa sinulle tämän wifin maksutta myymäläkäyntisi ajaksi. Aikaa, datamäärää ja nopeutta "
          "voidaan "
          "rajoittaa; kirjautumisen jälkeinen sivu kertoo, mitä on jäljellä.",
          "{} erbjuder dig det här wifit gratis medan du besöker butiken. Tid, datamängd och hastighet kan "
          "vara "
          "begränsade; sidan efter inloggningen visar vad som är kvar.",
          "{} udostępnia Ci tę sieć Wi‑Fi bezpłatnie na czas wizyty w sklepie. Czas, ilość danych i prędkość "
          "mogą być "
          "ograniczone; strona po zalogowaniu pokazuje, ile zostało."}},
        {{"Fair use", "Reilu käyttö", "Schyst användning", "Uczciwe korzystanie"},
         {"Use the Wi‑Fi within the law and with care for others: no attacks, no spam, no sharing of what "
          "you have no "
          "right to share. We may end a connection that disturbs others.",
          "Käytä wifiä lain mukaan ja muut huomioiden: ei hyökkäyksiä, ei roskapostia eikä sellaisen "
          "jakamista, mihin "
          "sinulla ei ole oikeutta. Voimme katkaista yhteyden, joka häiritsee muita.",
          "Använd wifit enligt lagen och med hänsyn till andra: inga angrepp, ingen skräppost och ingen "
          "delning av "
          "sådant du saknar rätt till. Vi kan avsluta en anslutning som stör andra.",
          "Korzystaj z Wi‑Fi zgodnie z prawem i z szacunkiem dla innych: bez ataków, spamu i udostępniania "
          "treści, do "
          "których nie masz praw. Możemy zakończyć połączenie, które przeszkadza innym."}},
        {{"Security", "Turvallisuus", "Säkerhet", "Bezpieczeństwo"},
         {"A Wi‑Fi for everyone is open to everyone. Use pages that begin with https. We never open your "
          "encrypted "
          "connections and never change the pages you visit.",
          "Kaikille tarkoitettu wifi on avoin kaikille. Käytä sivuja, joiden osoite alkaa https. Emme "
          "koskaan avaa "
          "salattuja yhteyksiäsi emmekä muuta sivuja, joilla käyt.",
          "Ett wifi för alla är öppet för alla. Använd sidor som börjar med https. Vi öppnar aldrig dina "
          "krypterade "
          "anslutningar och ändrar aldrig sidorna du besöker.",
          "Wi‑Fi dla wszystkich jest otwarte dla wszystkich. Korzystaj ze stron zaczynających się od https. "
          "Nigdy nie "
          "otwieramy Twoich szyfrowanych połączeń i nie zmieniamy odwiedzanych stron."}},
        {{"What we don't promise", "Mitä emme lupaa", "Vad vi inte lovar", "Czego nie obiecujemy"},
         {"The Wi‑Fi may be slow or stop at times. What the law grants you as a consumer stays yours.",
          "Wifi voi olla välillä hidas tai poikki. Kuluttajan lakisääteiset oikeutesi pysyvät voimassa.",
          "Wifit kan ibland vara långsamt eller ligga nere. Dina lagstadgade rättigheter som konsument "
          "gäller alltid.",
          "Wi‑Fi może czasem działać wolno lub wcale. Twoje ustawowe prawa konsumenta pozostają w mocy."}},
        {{"Nothing hidden", "Ei piiloehtoja", "Inget dolt", "Bez ukrytych warunków"},
         {"The Wi‑Fi never depends on a yes to marketing. You can take back each consent on its own, at any "
          "time.",
          "Wifi ei koskaan edellytä markkinointilupaa. Voit perua jokaisen suostumuksen erikseen milloin "
          "tahansa.",
          "Wifit kräver aldrig att du tackar ja till reklam. Du kan ta tillbaka varje samtycke för sig, när "
          "som helst.",
          "Wi‑Fi nigdy nie zależy od zgody na marketing. Każdą zgodę możesz wycofać osobno i w każdej "
          "chwili."}},
    };
    return sections;
}

std::vector<LegalSection> privacySections(bool logsConnections) {
    std::vector<LegalSection> sections = {
        {{"Who is responsible", "Kuka vastaa tiedoista", "Vem som ansvarar", "Kto odpowiada za dane"},
         {"{} is the controller of the data described here.",
          "Tässä kuvattujen tietojen rekisterinpitäjä on {}.",
          "{} är personuppgiftsansvarig för uppgifterna som beskrivs här.",
          "Administratorem opisanych tu danych jest {}."}},
        {{"What you give us", "Mitä annat meille", "Vad du ger oss", "Co nam przekazujesz"},
         {"Only what you type to sign in: an e‑mail address, a phone number, a club number or a voucher "
          "code. It is "
          "encrypted on the spot; this device cannot read it back. With the terms alone, you give us "
          "nothing.",
          "Vain sen, mitä kirjoitat kirjautuessasi: sähköpostiosoitteen, puhelinnumeron, "
          "kanta-asiakasnumeron tai "
          "wifi‑koodin. Se salataan heti, eikä tämä laite voi lukea sitä takaisin. Pelkillä ehdoilla et "
          "anna meille "
          "mitään.",
          "Bara det du skriver för att logga in: en e‑postadress, ett telefonnummer, ett klubbnummer eller "
          "en wifikod. "
          "Det krypteras direkt och den här enheten kan inte läsa det igen. Med bara villkoren ger du oss "
          "ingenting.",
          "Tylko to, co wpiszesz, aby się zalogować: adres e‑mail, numer telefonu, numer klubowy lub kod "
          "dostępu. "
          "Szyfrujemy to od razu i to urządzenie nie może już tego odczytać. Wybierając sam regulamin, nie "
          "podajesz nam "
          "niczego."}},
        {{"What the network needs", "Mitä verkko tarvitsee", "Vad nätet behöver", "Czego potrzebuje sieć"},
         {"While you are connected, the network knows your device's address, your time and your amount of "
          "data. What is "
          "kept of the device's address is a keyed hash that changes every day.",
          "Kun olet verkossa, verkko tietää laitteesi osoitteen, käyttöaikasi ja datamääräsi. Laitteen "
          "osoitteesta "
          "säilytetään vain avaimellinen tiiviste, joka vaihtuu joka päivä.",
          "Medan du är ansluten känner nätet till enhetens adress, din tid och din datamängd. Av enhetens "
          "adress sparas "
          "bara ett nyckelberoende kondensat som byts varje dag.",
          "Podczas połączenia sieć zna adres Twojego urządzenia, czas i ilość danych. Z adresu urządzenia "
          "zachowujemy "
          "jedynie skrót z kluczem, który zmienia się codziennie."}},
        {{"Why", "Miksi", "Varför", "Dlaczego"},
         {"To open the Wi‑Fi for you and to keep it fair and safe. News and offers are sent only if you said "
          "yes to them, "
          "channel by channel.",
          "Jotta voimme avata wifin sinulle ja pitää sen reiluna ja turvallisena. Uutisia ja tarjouksia "
          "lähetämme vain, "
          "jos annoit siihen luvan, kanava kerrallaan.",
          "För att öppna wifit för dig och hålla det rättvist och säkert. Nyheter och erbjudanden skickas "
          "bara om du har "
          "sagt ja, kanal för kanal.",
          "Aby udostępnić Ci Wi‑Fi oraz dbać o uczciwe i bezpieczne korzystanie. Nowości i oferty wysyłamy "
          "tylko za Twoją "
          "zgodą, osobno dla każdego kanału."}}};
    if (logsConnections)
        sections.push_back({{"Connection logs", "Yhteyslokit", "Anslutningsloggar", "Dzienniki połączeń"},
                            {"This store keeps a log of connections: when, and between which addresses. It "
                             "never holds what you read "
                             "or write. Staff can tell you for how long it is kept.",
                             "Tämä myymälä pitää yhteyslokia: milloin ja minkä osoitteiden välillä. Siinä ei "
                             "koskaan ole sitä, mitä luet "
                             "tai kirjoitat. Henkilökunta kertoo, kuinka kauan lokia säilytetään.",
                             "Den här butiken för en logg över anslutningar: när och mellan vilka adresser. "
                             "Den innehåller aldrig det du "
                             "läser eller skriver. Personalen kan berätta hur länge den sparas.",
                             "Ten sklep prowadzi dziennik połączeń: kiedy i między jakimi adresami. Nigdy "
                             "nie zawiera on tego, co czytasz "
                             "lub piszesz. Obsługa powie Ci, jak długo jest przechowywany."}});
    else
        sections.push_back(
            {{"No connection logs", "Ei yhteyslokeja", "Inga anslutningsloggar", "Bez dzienników połączeń"},
             {"This store keeps no log of the pages and addresses that you visit.",
              "Tämä myymälä ei pidä lokia sivuista ja osoitteista, joilla käyt.",
              "Den här butiken för ingen logg över sidorna och adresserna du besöker.",
              "Ten sklep nie prowadzi dziennika odwiedzanych stron i adresów."}});
    sections.push_back(
        {{"Your rights", "Oikeutesi", "Dina rättigheter", "Twoje prawa"},
         {"You can see, correct and erase your data, take it with you, take back a consent, and complain to "
          "your data "
          "protection authority. Write to us or ask at the till.",
          "Voit tarkastaa, oikaista ja poistaa tietosi, siirtää ne, perua suostumuksesi ja valittaa "
          "tietosuojavaltuutetulle. Kirjoita meille tai kysy kassalla.",
          "Du kan se, rätta och radera dina uppgifter, ta dem med dig, ta tillbaka ett samtycke och klaga "
          "hos "
          "dataskyddsmyndigheten. Skriv till oss eller fråga i kassan.",
          "Możesz zobaczyć, poprawić i usunąć swoje dane, przenieść je, wycofać zgodę oraz złożyć skargę do "
          "organu ochrony "
          "danych. Napisz do nas albo zapytaj przy kasie."}});
    return sections;
}

} // namespace silta::portal

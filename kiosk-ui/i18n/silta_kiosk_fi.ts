<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fi">
<context>
    <name>AttractPage</name>
    <message>
        <source>Welcome</source>
        <translation>Tervetuloa</translation>
    </message>
    <message>
        <source>Touch the screen, or scan a product</source>
        <translation>Kosketa näyttöä tai skannaa tuote</translation>
    </message>
    <message>
        <source>Welcome to
%1</source>
        <translation>Tervetuloa
%1</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Search instead</source>
        <translation>Hae nimellä</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Selaa valikoimaa</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>What are you looking for?</source>
        <translation>Mitä etsit?</translation>
    </message>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Hae nimellä, merkillä tai numerolla</translation>
    </message>
    <message>
        <source>Offers right now</source>
        <translation>Tarjoukset juuri nyt</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Osastot</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>Are you still here?</source>
        <translation>Oletko vielä siinä?</translation>
    </message>
    <message>
        <source>Otherwise this screen starts afresh, and everything you entered is forgotten.</source>
        <translation>Muuten näyttö aloittaa alusta ja kaikki syöttämäsi unohdetaan.</translation>
    </message>
    <message>
        <source>I&apos;m still here</source>
        <translation>Olen täällä</translation>
    </message>
    <message>
        <source>Finish and forget</source>
        <translation>Lopeta ja unohda tiedot</translation>
    </message>
</context>
<context>
    <name>JoinPage</name>
    <message>
        <source>Join the club</source>
        <translation>Liity klubiin</translation>
    </message>
    <message>
        <source>Member prices, your list in every store, and a card that works at once. It takes half a minute.</source>
        <translation>Jäsenhinnat, oma lista kaikissa myymälöissä ja heti toimiva kortti. Liittyminen vie puoli minuuttia.</translation>
    </message>
    <message>
        <source>The club opens here as soon as the store&apos;s device is connected. Until then our staff are glad to sign you up at the till.</source>
        <translation>Klubi avautuu tässä heti, kun myymälän laite on yhteydessä. Siihen asti henkilökuntamme liittää sinut mielellään kassalla.</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Nimi (vapaaehtoinen)</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Sähköposti</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Puhelin</translation>
    </message>
    <message>
        <source>An e-mail address or a phone number is enough.</source>
        <translation>Sähköpostiosoite tai puhelinnumero riittää.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Lähetetään…</translation>
    </message>
    <message>
        <source>Become a member</source>
        <translation>Liity jäseneksi</translation>
    </message>
    <message>
        <source>Your phone number and e-mail address never stay on this device: they are locked the moment you send them, and only our head office can open them.</source>
        <translation>Puhelinnumerosi ja sähköpostiosoitteesi eivät koskaan jää tähän laitteeseen: ne lukitaan heti, kun lähetät ne, ja vain pääkonttorimme voi avata ne.</translation>
    </message>
</context>
<context>
    <name>JoinedPage</name>
    <message>
        <source>Welcome to the club</source>
        <translation>Tervetuloa klubiin</translation>
    </message>
    <message>
        <source>Your member number</source>
        <translation>Jäsennumerosi</translation>
    </message>
    <message>
        <source>Photograph the code: it is your card, and it works at the till from now on. What you typed has already left this screen.</source>
        <translation>Ota koodista kuva: se on korttisi, ja se toimii kassalla tästä lähtien. Kirjoittamasi tiedot ovat jo poistuneet tältä näytöltä.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Selaa valikoimaa</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Lopeta</translation>
    </message>
</context>
<context>
    <name>LanguageSheet</name>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
    <message>
        <source>Choose your language</source>
        <translation>Valitse kieli</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>The code is sound, but this product is not in our range. Search for something like it, or ask our staff.</source>
        <translation>Koodi luettiin, mutta tuote ei kuulu valikoimaamme. Hae vastaavaa tai kysy henkilökunnaltamme.</translation>
    </message>
    <message>
        <source>We do not carry this product</source>
        <translation>Tätä tuotetta meillä ei ole</translation>
    </message>
    <message>
        <source>It is not a product, a member card or a list of ours. Try the barcode on the package, or search by name.</source>
        <translation>Se ei ole tuotteemme, jäsenkorttimme eikä listamme. Kokeile pakkauksen viivakoodia tai hae nimellä.</translation>
    </message>
    <message>
        <source>This code is new to us</source>
        <translation>Tätä koodia emme tunne</translation>
    </message>
</context>
<context>
    <name>MemberPage</name>
    <message>
        <source>Good to see you again</source>
        <translation>Mukava nähdä taas</translation>
    </message>
    <message>
        <source>Card recognised. %1</source>
        <translation>Kortti tunnistettu. %1</translation>
    </message>
    <message>
        <source>You have a list here: %1.</source>
        <translation>Sinulla on täällä lista: %1.</translation>
    </message>
    <message>
        <source>Show your card at the till as well, and member prices apply.</source>
        <translation>Näytä kortti myös kassalla, niin saat jäsenhinnat.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Selaa valikoimaa</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>Oma lista</translation>
    </message>
</context>
<context>
    <name>NavBar</name>
    <message>
        <source>Home</source>
        <translation>Alku</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Haku</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>Oma lista</translation>
    </message>
    <message>
        <source>Join the club</source>
        <translation>Liity klubiin</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Kieli</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Lopeta</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Ilmainen wifi</translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Takaisin</translation>
    </message>
</context>
<context>
    <name>PriceText</name>
    <message>
        <source>Regular price %1</source>
        <translation>Normaalihinta %1</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>In this store</source>
        <translation>Tässä myymälässä</translation>
    </message>
    <message>
        <source>Aisle</source>
        <translation>Hylly</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Väri</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Koko</translation>
    </message>
    <message>
        <source>In other stores</source>
        <translation>Muissa myymälöissä</translation>
    </message>
    <message>
        <source>What others say</source>
        <translation>Mitä muut sanovat</translation>
    </message>
    <message>
        <source>Product number %1</source>
        <translation>Tuotenumero %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Takaisin</translation>
    </message>
    <message>
        <source>On your list – show it</source>
        <translation>Listallasi – näytä lista</translation>
    </message>
    <message>
        <source>Add to my list</source>
        <translation>Lisää listalleni</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n tähti</numerusform>
            <numerusform>%n tähteä</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Hae nimellä, merkillä tai numerolla</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Tyhjennä haku</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Back</source>
        <translation>Takaisin</translation>
    </message>
    <message>
        <source>Only what is in stock here</source>
        <translation>Vain tässä myymälässä olevat</translation>
    </message>
    <message>
        <source>Nothing found for this</source>
        <translation>Tällä ei löytynyt mitään</translation>
    </message>
    <message>
        <source>Type a word, or scan a product</source>
        <translation>Kirjoita sana tai skannaa tuote</translation>
    </message>
    <message>
        <source>Not in this store at the moment. Other stores may have it: switch the filter off.</source>
        <translation>Ei juuri nyt tässä myymälässä. Muissa myymälöissä voi olla: poista rajaus käytöstä.</translation>
    </message>
    <message>
        <source>Try fewer or other words. Our staff are glad to help as well.</source>
        <translation>Kokeile lyhyempää hakua tai muita sanoja. Myös henkilökuntamme auttaa mielellään.</translation>
    </message>
    <message>
        <source>Names, brands, colours and the number below the barcode all work. Or begin with a department:</source>
        <translation>Hae nimellä, merkillä, värillä tai viivakoodin alla olevalla numerolla. Tai aloita osastosta:</translation>
    </message>
</context>
<context>
    <name>VariantRow</name>
    <message>
        <source>%1: %2</source>
        <comment>a property and its value</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>WifiPage</name>
    <message>
        <source>Free for %1 on one phone. No e-mail, no phone number.</source>
        <translation>Maksutta %1 yhdellä puhelimella. Ei sähköpostia, ei puhelinnumeroa.</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Ilmainen wifi</translation>
    </message>
    <message>
        <source>Photograph the code, or choose %1 in your phone&apos;s settings.</source>
        <translation>Kuvaa koodi tai valitse puhelimesi asetuksista %1.</translation>
    </message>
    <message>
        <source>Photograph the code, or choose the network in your phone&apos;s settings. It needs no password.</source>
        <translation>Kuvaa koodi tai valitse verkko puhelimesi asetuksista. Salasanaa ei tarvita.</translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation>Liity verkkoon</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Salasana</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Verkko</translation>
    </message>
    <message>
        <source>Photograph this code next, agree to the terms, and you are online.</source>
        <translation>Kuvaa sitten tämä koodi ja hyväksy ehdot, niin olet verkossa.</translation>
    </message>
    <message>
        <source>Join the store&apos;s guest Wi‑Fi, then photograph this code and agree to the terms.</source>
        <translation>Liity myymälän vieraswifiin, kuvaa sitten tämä koodi ja hyväksy ehdot.</translation>
    </message>
    <message>
        <source>Use your voucher</source>
        <translation>Käytä wifi‑koodisi</translation>
    </message>
    <message>
        <source>Or type it on the sign-in page</source>
        <translation>Tai kirjoita kirjautumissivulle</translation>
    </message>
    <message>
        <source>The voucher works once, in this store. Its time begins when you use it.</source>
        <translation>Wifi‑koodi toimii kerran, tässä myymälässä. Aika alkaa, kun käytät sen.</translation>
    </message>
    <message>
        <source>Voucher for another phone</source>
        <translation>Wifi‑koodi toiselle puhelimelle</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Hetkinen</translation>
    </message>
    <message>
        <source>The Wi‑Fi is resting</source>
        <translation>Wifi on levolla</translation>
    </message>
    <message>
        <source>No guest Wi‑Fi here</source>
        <translation>Täällä ei ole vieraswifiä</translation>
    </message>
    <message>
        <source>No voucher just now</source>
        <translation>Wifi‑koodia ei saatu juuri nyt</translation>
    </message>
    <message>
        <source>Your voucher is being made.</source>
        <translation>Wifi‑koodiasi tehdään.</translation>
    </message>
    <message>
        <source>Guests can use it while the store is open.</source>
        <translation>Vieraat voivat käyttää sitä myymälän aukioloaikana.</translation>
    </message>
    <message>
        <source>This store offers no Wi‑Fi to guests at the moment.</source>
        <translation>Tässä myymälässä ei ole tällä hetkellä wifiä vieraille.</translation>
    </message>
    <message>
        <source>This screen tries again by itself in a few seconds. Our staff can help you meanwhile.</source>
        <translation>Näyttö yrittää itse uudelleen muutaman sekunnin päästä. Henkilökuntamme auttaa sillä välin.</translation>
    </message>
</context>
<context>
    <name>WishlistPage</name>
    <message>
        <source>My list</source>
        <translation>Oma lista</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Yhteensä</translation>
    </message>
    <message>
        <source>Point your phone&apos;s camera at the code. Your list opens there and stays with you.</source>
        <translation>Suuntaa puhelimesi kamera koodiin. Lista avautuu puhelimeesi ja pysyy mukanasi.</translation>
    </message>
    <message>
        <source>Your list is kept. Your phone can open it as soon as this device is connected again.</source>
        <translation>Listasi on tallessa. Puhelimesi voi avata sen heti, kun laite on taas yhteydessä.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Ota mukaan</translation>
    </message>
    <message>
        <source>Your list is kept</source>
        <translation>Listasi on tallessa</translation>
    </message>
    <message>
        <source>Your list is still empty</source>
        <translation>Listasi on vielä tyhjä</translation>
    </message>
    <message>
        <source>Scan a product or look around, and add what you like. You can take the list home on your phone.</source>
        <translation>Skannaa tuote tai selaa valikoimaa ja lisää mistä pidät. Saat listan mukaasi puhelimeen.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Selaa valikoimaa</translation>
    </message>
</context>
<context>
    <name>WishlistRow</name>
    <message>
        <source>Remove %1</source>
        <translation>Poista %1</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>In stock</source>
        <translation>Varastossa</translation>
    </message>
    <message>
        <source>Last few</source>
        <translation>Viimeiset kappaleet</translation>
    </message>
    <message>
        <source>Out of stock</source>
        <translation>Loppu</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>juuri nyt</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min sitten</numerusform>
            <numerusform>%n min sitten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h sitten</numerusform>
            <numerusform>%n h sitten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n päivä sitten</numerusform>
            <numerusform>%n päivää sitten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>Open until %1</source>
        <translation>Avoinna klo %1 asti</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Avoinna</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Suljettu</translation>
    </message>
    <message>
        <source>Opens at %1</source>
        <translation>Avautuu klo %1</translation>
    </message>
    <message>
        <source>Opens tomorrow at %1</source>
        <translation>Avautuu huomenna klo %1</translation>
    </message>
    <message>
        <source>Opens %1 %2</source>
        <comment>a weekday, a time</comment>
        <translation>Avautuu %1 klo %2</translation>
    </message>
    <message>
        <source>Saved to your list</source>
        <translation>Tallennettu listallesi</translation>
    </message>
    <message>
        <source>Removed from your list</source>
        <translation>Poistettu listaltasi</translation>
    </message>
    <message>
        <source>This list could not be found</source>
        <translation>Listaa ei löytynyt</translation>
    </message>
    <message>
        <source>Not saved: this device has no room left. Please ask our staff.</source>
        <translation>Ei tallennettu: laitteessa ei ole enää tilaa. Käänny henkilökuntamme puoleen.</translation>
    </message>
    <message>
        <source>Not saved just now. Please try again in a moment.</source>
        <translation>Tallennus ei onnistunut juuri nyt. Yritä hetken kuluttua uudelleen.</translation>
    </message>
    <message>
        <source>Lists and memberships are paused for a moment. You can look around as usual.</source>
        <translation>Listat ja jäsenyydet ovat hetken tauolla. Voit selata valikoimaa tavalliseen tapaan.</translation>
    </message>
    <message>
        <source>Working without a connection.</source>
        <translation>Toimii ilman verkkoyhteyttä.</translation>
    </message>
    <message>
        <source>Working without a connection. Stock as of %1.</source>
        <translation>Toimii ilman verkkoyhteyttä. Saldotieto: %1.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Hetkinen</translation>
    </message>
    <message>
        <source>This device is waiting for its catalogue</source>
        <translation>Laite odottaa tuotevalikoimaansa</translation>
    </message>
    <message>
        <source>This device is new here</source>
        <translation>Tämä laite on täällä uusi</translation>
    </message>
    <message>
        <source>The screen is connecting to the store&apos;s device.</source>
        <translation>Näyttö yhdistää myymälän laitteeseen.</translation>
    </message>
    <message>
        <source>It will open by itself as soon as the catalogue has arrived.</source>
        <translation>Se avautuu itsestään heti, kun valikoima on saapunut.</translation>
    </message>
    <message>
        <source>Enrolling this device…</source>
        <translation>Laitetta otetaan käyttöön…</translation>
    </message>
    <message>
        <source>Enrolling did not work. Is the code still valid?</source>
        <translation>Käyttöönotto ei onnistunut. Onko koodi vielä voimassa?</translation>
    </message>
    <message>
        <source>Technician: hold the enrolment code in front of the scanner.</source>
        <translation>Asentaja: näytä käyttöönottokoodi lukijalle.</translation>
    </message>
    <message>
        <source>Card ending in %1</source>
        <translation>Kortin loppuosa on %1</translation>
    </message>
    <message>
        <source>This device is enrolled already</source>
        <translation>Laite on jo otettu käyttöön</translation>
    </message>
    <message>
        <source>Offer until %1</source>
        <translation>Tarjous %1 asti</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n arvostelu</numerusform>
            <numerusform>%n arvostelua</numerusform>
        </translation>
    </message>
    <message>
        <source>as of %1</source>
        <comment>an age</comment>
        <translation>tieto: %1</translation>
    </message>
    <message>
        <source>The first %1 products</source>
        <translation>Ensimmäiset %1 tuotetta</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) found</source>
        <translation>
            <numerusform>%n tuote löytyi</numerusform>
            <numerusform>%n tuotetta löytyi</numerusform>
        </translation>
    </message>
    <message>
        <source>I want to become a member and accept the membership terms. My details are used to run my membership.</source>
        <translation>Haluan liittyä jäseneksi ja hyväksyn jäsenehdot. Tietojani käytetään jäsenyyteni hoitamiseen.</translation>
    </message>
    <message>
        <source>Send me news and offers by e-mail.</source>
        <translation>Lähettäkää minulle uutisia ja tarjouksia sähköpostitse.</translation>
    </message>
    <message>
        <source>Send me news and offers by text message.</source>
        <translation>Lähettäkää minulle uutisia ja tarjouksia tekstiviestillä.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number, so that we can find you again.</source>
        <translation>Anna sähköpostiosoite tai puhelinnumero, jotta tunnistamme sinut jatkossa.</translation>
    </message>
    <message>
        <source>This does not look like an e-mail address. Example: name@example.com</source>
        <translation>Tämä ei näytä sähköpostiosoitteelta. Esimerkki: nimi@example.com</translation>
    </message>
    <message>
        <source>This does not look like a phone number. Example: +358 40 123 4567</source>
        <translation>Tämä ei näytä puhelinnumerolta. Esimerkki: +358 40 123 4567</translation>
    </message>
    <message>
        <source>Membership needs your consent to the terms.</source>
        <translation>Jäsenyys edellyttää ehtojen hyväksymistä.</translation>
    </message>
    <message>
        <source>This device has no room for new memberships right now. Please ask at the till, where you can join as well.</source>
        <translation>Laitteessa ei ole juuri nyt tilaa uusille jäsenyyksille. Voit liittyä myös kassalla.</translation>
    </message>
    <message>
        <source>Joining did not work just now, and nothing was kept. Please try again, or ask at the till.</source>
        <translation>Liittyminen ei onnistunut juuri nyt, eikä mitään tallennettu. Yritä uudelleen tai kysy kassalta.</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n tuote</numerusform>
            <numerusform>%n tuotetta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n tuote</numerusform>
            <numerusform>%n tuotetta</numerusform>
        </translation>
    </message>
    <message>
        <source>Item %1</source>
        <translation>Tuote %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n tunti</numerusform>
            <numerusform>%n tuntia</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minuutti</numerusform>
            <numerusform>%n minuuttia</numerusform>
        </translation>
    </message>
</context>
</TS>

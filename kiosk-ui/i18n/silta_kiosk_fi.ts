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
    <name>FacetGroup</name>
    <message>
        <source>Show all</source>
        <translation>Näytä kaikki</translation>
    </message>
</context>
<context>
    <name>FilterSheet</name>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Rajaa ja järjestä</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Järjestys</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>Osuvin ensin</translation>
    </message>
    <message>
        <source>Lowest price</source>
        <translation>Halvin ensin</translation>
    </message>
    <message>
        <source>Highest price</source>
        <translation>Kallein ensin</translation>
    </message>
    <message>
        <source>Best rated</source>
        <translation>Parhaiten arvioitu</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Osastot</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Hinta</translation>
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
        <source>Brand</source>
        <translation>Merkki</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Arviot</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Poista rajaukset</translation>
    </message>
    <message>
        <source>Show products</source>
        <translation>Näytä tuotteet</translation>
    </message>
    <message numerus="yes">
        <source>Show %n product(s)</source>
        <translation>
            <numerusform>Näytä %n tuote</numerusform>
            <numerusform>Näytä %n tuotetta</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindOrderPage</name>
    <message>
        <source>Collect or return an order</source>
        <translation>Nouda tai palauta tilaus</translation>
    </message>
    <message>
        <source>Hold the code of your order in front of the scanner: from your phone or from the slip.</source>
        <translation>Näytä tilauksen koodi skannerille puhelimesta tai kuitista.</translation>
    </message>
    <message>
        <source>For example %1</source>
        <comment>the number of an order</comment>
        <translation>Esimerkiksi %1</translation>
    </message>
    <message>
        <source>Or type its number</source>
        <translation>Tai kirjoita tilausnumero</translation>
    </message>
    <message>
        <source>Show my order</source>
        <translation>Näytä tilaukseni</translation>
    </message>
</context>
<context>
    <name>FoundOrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Tilauksesi</translation>
    </message>
    <message>
        <source>Our staff know that you are here and bring it to the desk. They ask you for your word.</source>
        <translation>Henkilökuntamme tietää, että olet täällä, ja tuo tilauksen tiskille. He kysyvät tunnussanaasi.</translation>
    </message>
    <message>
        <source>I am here: please bring it</source>
        <translation>Olen täällä: tuokaa se</translation>
    </message>
    <message>
        <source>Return something</source>
        <translation>Palauta tuote</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Peru tilaus</translation>
    </message>
    <message>
        <source>Your word, as it stands on the slip</source>
        <translation>Tunnussanasi, kuten se on kuitissa</translation>
    </message>
    <message>
        <source>Call the order off</source>
        <translation>Peru tilaus</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Älä peru</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Yhteensä</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Hetkinen</translation>
    </message>
    <message>
        <source>This does not work just now</source>
        <translation>Tämä ei onnistu juuri nyt</translation>
    </message>
    <message>
        <source>We do not find this order</source>
        <translation>Emme löydä tätä tilausta</translation>
    </message>
    <message>
        <source>Your order is being looked for.</source>
        <translation>Tilaustasi etsitään.</translation>
    </message>
    <message>
        <source>Our staff find your order at the till.</source>
        <translation>Henkilökuntamme löytää tilauksesi kassalta.</translation>
    </message>
    <message>
        <source>It may be another store&apos;s. Compare the number, or show it to our staff.</source>
        <translation>Se voi olla toisen myymälän. Vertaa numeroa tai näytä se henkilökunnallemme.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yritä uudelleen</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Selaa valikoimaa</translation>
    </message>
</context>
<context>
    <name>HealthLine</name>
    <message>
        <source>needs attention</source>
        <translation>vaatii toimia</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>kannattaa katsoa</translation>
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
    <message>
        <source>Collect or return an order</source>
        <translation>Nouda tai palauta tilaus</translation>
    </message>
    <message>
        <source>See what is here today</source>
        <translation>Mitä täällä on tänään</translation>
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
    <message>
        <source>Bar code for the till</source>
        <translation>Viivakoodi kassalle</translation>
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
    <message>
        <source>Size of the text</source>
        <translation>Tekstin koko</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>a size of text</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Suuri kontrasti</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Vähemmän liikettä</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Valmis</translation>
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
    <name>OrderBar</name>
    <message>
        <source>VAT included</source>
        <translation>Sis. alv</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Lähetetään…</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>Lähetä uudelleen</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Varaa</translation>
    </message>
    <message>
        <source>Place the order</source>
        <translation>Tilaa</translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Tilauksesi</translation>
    </message>
    <message>
        <source>None of this can be ordered here. Our staff can help you.</source>
        <translation>Mitään tästä ei voi tilata tässä. Henkilökuntamme auttaa.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Hetkinen</translation>
    </message>
    <message>
        <source>How would you like to get it?</source>
        <translation>Miten haluat sen?</translation>
    </message>
    <message>
        <source>Packed and waiting for you, here or in another store. You have seven days.</source>
        <translation>Pakattuna valmiina tässä tai toisessa myymälässä. Noutoaikaa on seitsemän päivää.</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Nouda</translation>
    </message>
    <message>
        <source>Put aside here for 24 hours. Try it before you pay.</source>
        <translation>Pidämme sitä tässä 24 tuntia. Kokeile ennen kuin maksat.</translation>
    </message>
    <message>
        <source>Only what this store has in stock.</source>
        <translation>Vain mitä tässä myymälässä on.</translation>
    </message>
    <message>
        <source>Reserve here</source>
        <translation>Varaa tästä</translation>
    </message>
    <message>
        <source>You pay here at the till, and it comes to your door.</source>
        <translation>Maksat tässä kassalla, ja tilaus tulee ovellesi.</translation>
    </message>
    <message>
        <source>As soon as this device is connected again.</source>
        <translation>Heti kun laite on taas yhteydessä.</translation>
    </message>
    <message>
        <source>Order home</source>
        <translation>Tilaa kotiin</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Missä?</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Tunnussanasi</translation>
    </message>
    <message>
        <source>Keep it in mind: our staff ask for it, so that nobody else gets your things.</source>
        <translation>Paina se mieleesi: henkilökunta kysyy sitä, jotta kukaan muu ei saa tilaustasi.</translation>
    </message>
    <message>
        <source>Other words</source>
        <translation>Muita sanoja</translation>
    </message>
    <message>
        <source>Where does it go?</source>
        <translation>Minne se toimitetaan?</translation>
    </message>
    <message>
        <source>May we tell you when it is ready?</source>
        <translation>Saammeko kertoa, kun se on valmis?</translation>
    </message>
    <message>
        <source>What you type is locked the moment you send it: this device cannot read it, and forgets it. Only our head office can open it, for this order and nothing else. Our staff see the first letters of your name.</source>
        <translation>Tietosi lukitaan heti, kun lähetät ne: tämä laite ei voi lukea niitä ja unohtaa ne. Vain pääkonttorimme voi avata ne, vain tätä tilausta varten. Henkilökuntamme näkee nimesi alkukirjaimet.</translation>
    </message>
</context>
<context>
    <name>OrderSlip</name>
    <message>
        <source>Number of your order</source>
        <translation>Tilausnumerosi</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Tunnussanasi</translation>
    </message>
    <message>
        <source>VAT included</source>
        <translation>Sis. alv</translation>
    </message>
    <message>
        <source>Bar code for the till</source>
        <translation>Viivakoodi kassalle</translation>
    </message>
</context>
<context>
    <name>OrderedPage</name>
    <message>
        <source>Send it again</source>
        <translation>Lähetä uudelleen</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Lopeta</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Selaa valikoimaa</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Peru tilaus</translation>
    </message>
    <message>
        <source>Your phone&apos;s camera opens the page of this order: it tells how it stands, and shows the code for the till.</source>
        <translation>Puhelimesi kamera avaa tilauksen sivun: se kertoo tilanteen ja näyttää koodin kassalle.</translation>
    </message>
    <message>
        <source>Photograph this slip, or note the number and your word.</source>
        <translation>Kuvaa tämä kuitti tai merkitse numero ja tunnussana muistiin.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Ota mukaan</translation>
    </message>
    <message>
        <source>Yes, call it off</source>
        <translation>Kyllä, peru tilaus</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Älä peru</translation>
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
    <name>PersonFields</name>
    <message>
        <source>Name</source>
        <translation>Nimi</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Nimi (vapaaehtoinen)</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Katuosoite</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Postinumero</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>Postitoimipaikka</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Sähköposti</translation>
    </message>
    <message>
        <source>E-mail (optional)</source>
        <translation>Sähköposti (vapaaehtoinen)</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Puhelin</translation>
    </message>
    <message>
        <source>Phone (optional)</source>
        <translation>Puhelin (vapaaehtoinen)</translation>
    </message>
</context>
<context>
    <name>PictureZoom</name>
    <message>
        <source>Further away</source>
        <translation>Kauemmas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Lähemmäs</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message numerus="yes">
        <source>PIN, %n digit(s) typed</source>
        <translation>
            <numerusform>PIN, %n numero näppäilty</numerusform>
            <numerusform>PIN, %n numeroa näppäilty</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Pyyhi</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Kirjaudu</translation>
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
        <source>Add to my list</source>
        <translation>Lisää listalleni</translation>
    </message>
    <message>
        <source>On your list</source>
        <translation>Listallasi</translation>
    </message>
    <message>
        <source>Order or reserve</source>
        <translation>Tilaa tai varaa</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Katso läheltä</translation>
    </message>
</context>
<context>
    <name>QuantityStepper</name>
    <message>
        <source>One less: %1</source>
        <translation>Yksi vähemmän: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a thing and how many</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>One more: %1</source>
        <translation>Yksi lisää: %1</translation>
    </message>
</context>
<context>
    <name>ReturnPage</name>
    <message>
        <source>Wrong size</source>
        <translation>Väärä koko</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Vaurioitunut</translation>
    </message>
    <message>
        <source>Not as described</source>
        <translation>Ei kuvauksen mukainen</translation>
    </message>
    <message>
        <source>I changed my mind</source>
        <translation>Muutin mieleni</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Jokin muu</translation>
    </message>
    <message>
        <source>Your return</source>
        <translation>Palautuksesi</translation>
    </message>
    <message>
        <source>What do you bring back?</source>
        <translation>Mitä palautat?</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a product</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Miksi?</translation>
    </message>
    <message>
        <source>Ask for the return</source>
        <translation>Pyydä palautusta</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Selaa valikoimaa</translation>
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
    <name>ScreenTest</name>
    <message>
        <source>Next colour</source>
        <translation>Seuraava väri</translation>
    </message>
    <message>
        <source>Square %1</source>
        <translation>Ruutu %1</translation>
    </message>
    <message>
        <source>Touch every square. %1 to go.</source>
        <translation>Kosketa jokaista ruutua. Vielä %1.</translation>
    </message>
    <message>
        <source>End the test</source>
        <translation>Lopeta testi</translation>
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
    <message>
        <source>Search</source>
        <translation>Haku</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Back</source>
        <translation>Takaisin</translation>
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
        <source>Try fewer or other words. Our staff are glad to help as well.</source>
        <translation>Kokeile lyhyempää hakua tai muita sanoja. Myös henkilökuntamme auttaa mielellään.</translation>
    </message>
    <message>
        <source>Names, brands, colours and the number below the barcode all work. Or begin with a department:</source>
        <translation>Hae nimellä, merkillä, värillä tai viivakoodin alla olevalla numerolla. Tai aloita osastosta:</translation>
    </message>
    <message>
        <source>Seen a moment ago</source>
        <translation>Äsken katsotut</translation>
    </message>
    <message>
        <source>All stores</source>
        <translation>Kaikki myymälät</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>Tässä myymälässä nyt</translation>
    </message>
    <message>
        <source>Near here</source>
        <translation>Lähistöllä</translation>
    </message>
    <message>
        <source>Filter and sort · %1</source>
        <translation>Rajaa ja järjestä · %1</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Rajaa ja järjestä</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Poista</translation>
    </message>
    <message>
        <source>Show more products</source>
        <translation>Näytä lisää tuotteita</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Hetkinen</translation>
    </message>
    <message>
        <source>Search does not work just now</source>
        <translation>Haku ei toimi juuri nyt</translation>
    </message>
    <message>
        <source>Nothing fits all of this</source>
        <translation>Mikään ei täytä kaikkia ehtoja</translation>
    </message>
    <message>
        <source>Scan a product to see it, or ask our staff. We look into it.</source>
        <translation>Lue tuotteen koodi, niin näet sen, tai kysy henkilökunnaltamme. Selvitämme asiaa.</translation>
    </message>
    <message>
        <source>Take a filter away, or look in all our stores: we can send it or bring it here.</source>
        <translation>Poista jokin rajaus tai katso kaikki myymälämme: voimme lähettää tuotteen tai tuoda sen tänne.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yritä uudelleen</translation>
    </message>
    <message numerus="yes">
        <source>Look in all stores: %n product(s)</source>
        <translation>
            <numerusform>Katso kaikki myymälät: %n tuote</numerusform>
            <numerusform>Katso kaikki myymälät: %n tuotetta</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Poista rajaukset</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>Scan your badge, then type your PIN.</source>
        <translation>Lue henkilökorttisi koodi ja näppäile PIN.</translation>
    </message>
    <message>
        <source>For our staff</source>
        <translation>Henkilökunnalle</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Henkilökortti</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Tarkistetaan…</translation>
    </message>
    <message>
        <source>It is the same badge and PIN as at the till, and works without a connection. Who signed in is written down.</source>
        <translation>Sama kortti ja PIN kuin kassalla; toimii ilman yhteyttäkin. Kirjautumisesta jää merkintä.</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Tämä laite</translation>
    </message>
    <message>
        <source>Asking the device how it is…</source>
        <translation>Kysytään laitteen tilaa…</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. What stands here is from before.</source>
        <translation>Myymälän laite ei vastaa. Tässä näkyvä on aiemmalta ajalta.</translation>
    </message>
    <message>
        <source>The same as a code, for whoever helps you on the telephone. It holds no secret.</source>
        <translation>Sama koodina sille, joka auttaa puhelimessa. Siinä ei ole mitään salaista.</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Ota kuva</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Lukija</translation>
    </message>
    <message>
        <source>Scan anything: what was read and what it means appears here.</source>
        <translation>Lue mikä tahansa koodi: tässä näkyy, mitä luettiin ja mitä se tarkoittaa.</translation>
    </message>
    <message>
        <source>Test the touch</source>
        <translation>Testaa kosketus</translation>
    </message>
    <message>
        <source>Test the colours</source>
        <translation>Testaa värit</translation>
    </message>
    <message>
        <source>Restart this screen</source>
        <translation>Käynnistä näyttö uudelleen</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Kirjaudu ulos</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Kieli</translation>
    </message>
</context>
<context>
    <name>StoreRow</name>
    <message>
        <source>Stock as of %1</source>
        <comment>an age</comment>
        <translation>Saldo %1</translation>
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
    <name>WaitingPage</name>
    <message>
        <source>For our staff</source>
        <translation>Henkilökunnalle</translation>
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
    <message>
        <source>Order or reserve</source>
        <translation>Tilaa tai varaa</translation>
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
        <source>This screen needs a hand</source>
        <translation>Tämä näyttö tarvitsee apua</translation>
    </message>
    <message>
        <source>Please ask our staff: they are glad to help.</source>
        <translation>Kysy henkilökunnaltamme: autamme mielellämme.</translation>
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
        <source>Switch this device off and on again, and give it five minutes.</source>
        <translation>Sammuta tämä laite, käynnistä se uudelleen ja odota viisi minuuttia.</translation>
    </message>
    <message>
        <source>If this page comes back, call support and say: the store&apos;s device does not answer.</source>
        <translation>Jos tämä sivu palaa, soita tukeen ja kerro: myymälän laite ei vastaa.</translation>
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
    <message numerus="yes">
        <source>%n item(s) cannot be ordered here and are left out.</source>
        <translation>
            <numerusform>%n tuotetta ei voi tilata tässä, ja se on jätetty pois.</numerusform>
            <numerusform>%n tuotetta ei voi tilata tässä, ja ne on jätetty pois.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a price</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>This store</source>
        <translation>Tämä myymälä</translation>
    </message>
    <message>
        <source>All items in stock</source>
        <translation>Kaikki varastossa</translation>
    </message>
    <message>
        <source>%1 of %2 items in stock</source>
        <translation>%1/%2 tuotetta varastossa</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>Tämä on liian pitkä.</translation>
    </message>
    <message>
        <source>In stock here: it is put aside for you at once.</source>
        <translation>Täällä varastossa: pannaan heti sivuun sinulle.</translation>
    </message>
    <message>
        <source>We ask for it as soon as you order, and you know in a moment.</source>
        <translation>Kysymme sitä heti kun tilaat, ja saat vastauksen hetkessä.</translation>
    </message>
    <message>
        <source>No connection just now: we ask for it as soon as there is one, and the page on your phone tells you. Until then nothing is promised.</source>
        <translation>Ei yhteyttä juuri nyt: kysymme heti kun se palaa, ja puhelimesi sivu kertoo vastauksen. Siihen asti mitään ei luvata.</translation>
    </message>
    <message>
        <source>Enter the name that is on the door.</source>
        <translation>Anna ovessa oleva nimi.</translation>
    </message>
    <message>
        <source>Enter the street and the number.</source>
        <translation>Anna katuosoite.</translation>
    </message>
    <message>
        <source>Enter the town.</source>
        <translation>Anna postitoimipaikka.</translation>
    </message>
    <message>
        <source>Enter the postcode.</source>
        <translation>Anna postinumero.</translation>
    </message>
    <message>
        <source>Enter the postcode, such as %1.</source>
        <translation>Anna postinumero, esimerkiksi %1.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number for the delivery.</source>
        <translation>Anna sähköpostiosoite tai puhelinnumero toimitusta varten.</translation>
    </message>
    <message>
        <source>We do not know whether your order arrived. Send it again: it counts once, however often you do.</source>
        <translation>Emme tiedä, tuliko tilauksesi perille. Lähetä se uudelleen: se lasketaan vain kerran.</translation>
    </message>
    <message>
        <source>This device has no room for orders right now. Our staff take your order at the till.</source>
        <translation>Laitteessa ei ole nyt tilaa tilauksille. Henkilökuntamme ottaa tilauksesi kassalla.</translation>
    </message>
    <message>
        <source>Many orders are coming in just now. Please try again in a minute.</source>
        <translation>Tilauksia tulee juuri nyt paljon. Yritä hetken kuluttua uudelleen.</translation>
    </message>
    <message>
        <source>The order was not taken. Please ask our staff.</source>
        <translation>Tilausta ei otettu vastaan. Kysy henkilökunnaltamme.</translation>
    </message>
    <message>
        <source>We have asked for it</source>
        <translation>Olemme pyytäneet sitä</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <translation>Varattu sinulle</translation>
    </message>
    <message>
        <source>It is yours</source>
        <translation>Se on sinun</translation>
    </message>
    <message>
        <source>We are sorry: it is gone</source>
        <translation>Valitettavasti se ehti loppua</translation>
    </message>
    <message>
        <source>We are fetching it</source>
        <translation>Haemme sitä</translation>
    </message>
    <message>
        <source>It is ready for you</source>
        <translation>Tilauksesi on valmis</translation>
    </message>
    <message>
        <source>Bring it to our staff</source>
        <translation>Vie se henkilökunnallemme</translation>
    </message>
    <message>
        <source>You have it</source>
        <translation>Olet saanut sen</translation>
    </message>
    <message>
        <source>It came back to us</source>
        <translation>Se on palautettu</translation>
    </message>
    <message>
        <source>This order was called off</source>
        <translation>Tilaus on peruttu</translation>
    </message>
    <message>
        <source>Nobody came for this order</source>
        <translation>Tilausta ei noudettu</translation>
    </message>
    <message>
        <source>It is paid and comes to your home.</source>
        <translation>Se on maksettu ja toimitetaan kotiisi.</translation>
    </message>
    <message>
        <source>Pay with this slip at the till, %1 at the latest. Then it comes to your home.</source>
        <translation>Maksa tällä kuitilla kassalla, viimeistään %1. Sitten se tulee kotiisi.</translation>
    </message>
    <message>
        <source>%1 keeps it until %2. Try it, and pay only if you like it.</source>
        <translation>%1 pitää sitä sinulle: %2 asti. Kokeile, ja maksa vain jos pidät siitä.</translation>
    </message>
    <message>
        <source>Ready for you in %1: %2. It waits until %3.</source>
        <translation>Valmiina: %1, %2. Nouda viimeistään %3.</translation>
    </message>
    <message>
        <source>We are asking whether it is there.</source>
        <translation>Kysymme, onko sitä.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. Ask here or at the till with the number of your order.</source>
        <translation>Mitään ei ole vielä luvattu. Kysy tilausnumerolla tässä tai kassalla.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. The page on your phone tells you as soon as it is certain.</source>
        <translation>Mitään ei ole vielä luvattu. Puhelimesi sivu kertoo heti kun asia on varma.</translation>
    </message>
    <message>
        <source>Somebody else was faster. These stores have all of it:</source>
        <translation>Joku muu ehti ensin. Näissä myymälöissä on kaikki:</translation>
    </message>
    <message>
        <source>Somebody else was faster, and no other store has all of it. Our staff look for a way; you can also call the order off.</source>
        <translation>Joku muu ehti ensin, eikä missään myymälässä ole kaikkea. Henkilökuntamme etsii ratkaisua; voit myös perua tilauksen.</translation>
    </message>
    <message>
        <source>Our staff in %1 are collecting your things.</source>
        <translation>Henkilökuntamme kerää tilaustasi: %1.</translation>
    </message>
    <message>
        <source>It lies at the desk of %1 until %2.</source>
        <translation>Noudettavissa tiskiltä: %1. Viimeistään %2.</translation>
    </message>
    <message>
        <source>Show the number of your order at the desk. They look at it together with you.</source>
        <translation>Näytä tilausnumerosi tiskillä. He katsovat sitä kanssasi.</translation>
    </message>
    <message>
        <source>Something is not right? You can return it here.</source>
        <translation>Eikö jokin ole kohdallaan? Voit palauttaa sen tässä.</translation>
    </message>
    <message>
        <source>Everything of this order was returned.</source>
        <translation>Kaikki tilauksen tuotteet on palautettu.</translation>
    </message>
    <message>
        <source>Nothing is put aside any more, and nothing is to be paid.</source>
        <translation>Mitään ei ole enää varattuna, eikä mitään tarvitse maksaa.</translation>
    </message>
    <message>
        <source>It was kept until %1 and is back on the shelf.</source>
        <translation>Sitä säilytettiin %1 asti, ja se on taas hyllyssä.</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Maksettu</translation>
    </message>
    <message>
        <source>To pay at the till</source>
        <translation>Maksetaan kassalla</translation>
    </message>
    <message>
        <source>To pay when you fetch it</source>
        <translation>Maksetaan noudettaessa</translation>
    </message>
    <message>
        <source>This is not the word of the order. It stands on your slip.</source>
        <translation>Tämä ei ole tilauksen tunnussana. Se on kuitissasi.</translation>
    </message>
    <message>
        <source>Too many tries. Please wait a minute, or ask our staff.</source>
        <translation>Liian monta yritystä. Odota minuutti tai kysy henkilökunnaltamme.</translation>
    </message>
    <message>
        <source>This is not possible any more. Our staff can help.</source>
        <translation>Tämä ei ole enää mahdollista. Henkilökuntamme auttaa.</translation>
    </message>
    <message>
        <source>This did not work just now. Please try again, or ask our staff.</source>
        <translation>Tämä ei onnistunut. Yritä uudelleen tai kysy henkilökunnaltamme.</translation>
    </message>
    <message>
        <source>today at %1</source>
        <translation>tänään klo %1</translation>
    </message>
    <message>
        <source>tomorrow at %1</source>
        <translation>huomenna klo %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>a day, a time</comment>
        <translation>%1 klo %2</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <comment>a day</comment>
        <translation>ddd d.M.</translation>
    </message>
    <message>
        <source>Take it now, let us put it aside, or have it sent home.</source>
        <translation>Ota heti mukaan, varaa tai tilaa kotiin.</translation>
    </message>
    <message>
        <source>Collect it in another store, or have it sent home.</source>
        <translation>Nouda toisesta myymälästä tai tilaa kotiin.</translation>
    </message>
    <message>
        <source>Order it, and we ask all our stores.</source>
        <translation>Tilaa, niin kysymme kaikista myymälöistämme.</translation>
    </message>
    <message>
        <source>This order did not go through</source>
        <translation>Tilaus ei onnistunut</translation>
    </message>
    <message>
        <source>Nothing is sent, and nothing is to be paid. Something in the address may be missing: order again, or ask our staff with this number.</source>
        <translation>Mitään ei lähetetä eikä mitään makseta. Osoitteesta voi puuttua jotakin: tilaa uudelleen tai kysy henkilökunnaltamme tällä numerolla.</translation>
    </message>
    <message>
        <source>Nothing is put aside, and nothing is to be paid. Order again, or ask our staff with this number.</source>
        <translation>Mitään ei ole varattu eikä mitään makseta. Tilaa uudelleen tai kysy henkilökunnaltamme tällä numerolla.</translation>
    </message>
    <message>
        <source>Under %1</source>
        <comment>a price</comment>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>%1 and more</source>
        <comment>a price</comment>
        <translation>%1 ja yli</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two prices</comment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>%1 stars and more</source>
        <translation>Vähintään %1 tähteä</translation>
    </message>
    <message>
        <source>A product: %1</source>
        <translation>Tuote: %1</translation>
    </message>
    <message>
        <source>A product</source>
        <translation>Tuote</translation>
    </message>
    <message>
        <source>A code that enrols a device</source>
        <translation>Laitteen liittämiskoodi</translation>
    </message>
    <message>
        <source>A wishlist</source>
        <translation>Toivelista</translation>
    </message>
    <message>
        <source>A receipt: %1</source>
        <translation>Kuitti: %1</translation>
    </message>
    <message>
        <source>An order: %1</source>
        <translation>Tilaus: %1</translation>
    </message>
    <message>
        <source>A coupon or a gift card</source>
        <translation>Kuponki tai lahjakortti</translation>
    </message>
    <message>
        <source>Nothing of ours: %1</source>
        <translation>Ei meidän: %1</translation>
    </message>
    <message>
        <source>Too many tries. Wait a minute.</source>
        <translation>Liian monta yritystä. Odota minuutti.</translation>
    </message>
    <message>
        <source>A badge is scanned or typed; a PIN has four to twelve digits.</source>
        <translation>Henkilökortti luetaan tai kirjoitetaan; PIN on neljästä kahteentoista numeroa.</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. Try again in a moment.</source>
        <translation>Myymälän laite ei vastaa. Yritä hetken päästä uudelleen.</translation>
    </message>
    <message numerus="yes">
        <source>Locked for %n second(s)</source>
        <translation>
            <numerusform>Lukittu %n sekunniksi</numerusform>
            <numerusform>Lukittu %n sekunniksi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Badge or PIN is wrong. %n more tries.</source>
        <translation>
            <numerusform>Kortti tai PIN on väärä. Vielä %n yritys.</numerusform>
            <numerusform>Kortti tai PIN on väärä. Vielä %n yritystä.</numerusform>
        </translation>
    </message>
    <message>
        <source>(not shown: it is worth money or names a person)</source>
        <translation>(ei näytetä: rahanarvoinen tai nimeää henkilön)</translation>
    </message>
    <message>
        <source>Connection to headquarters</source>
        <translation>Yhteys pääkonttoriin</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Yhteys on</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Ei yhteyttä</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Miksi ei</translation>
    </message>
    <message>
        <source>Last talked to headquarters</source>
        <translation>Viimeksi yhteydessä</translation>
    </message>
    <message>
        <source>never</source>
        <translation>ei koskaan</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Odottaa lähetystä</translation>
    </message>
    <message>
        <source>%1, the oldest %2</source>
        <comment>a number, an age</comment>
        <translation>%1, vanhin %2</translation>
    </message>
    <message>
        <source>Held back by headquarters</source>
        <translation>Pääkonttorin pidättämiä</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Tuotteisto</translation>
    </message>
    <message>
        <source>%1 products, stock as of %2</source>
        <comment>a number, an age</comment>
        <translation>%1 tuotetta, saldot: %2</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Scanner that types</source>
        <translation>Näppäimistönä toimiva lukija</translation>
    </message>
    <message>
        <source>Scanner %1</source>
        <comment>a path</comment>
        <translation>Lukija %1</translation>
    </message>
    <message>
        <source>gone, noticed %1</source>
        <comment>an age</comment>
        <translation>poissa, huomattu %1</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>ei löydy</translation>
    </message>
    <message>
        <source>back, %1</source>
        <comment>an age</comment>
        <translation>taas käytössä, %1</translation>
    </message>
    <message>
        <source>works</source>
        <translation>toimii</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Kello</translation>
    </message>
    <message>
        <source>set by the network</source>
        <translation>verkosta</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>arvioitu</translation>
    </message>
    <message>
        <source>Records on this device</source>
        <translation>Laitteen tiedot</translation>
    </message>
    <message>
        <source>were damaged and mended</source>
        <translation>vioittuivat ja korjattiin</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>kunnossa</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Myymälä</translation>
    </message>
    <message>
        <source>not enrolled</source>
        <translation>ei liitetty</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Laite</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versio</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>a price, a unit</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Offer right now</source>
        <translation>Tarjouksessa nyt</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>Nyt tässä myymälässä</translation>
    </message>
    <message>
        <source>Back in stock</source>
        <translation>Taas saatavilla</translation>
    </message>
    <message>
        <source>In a store nearby</source>
        <translation>Lähellä olevassa myymälässä</translation>
    </message>
    <message>
        <source>From our range</source>
        <translation>Valikoimastamme</translation>
    </message>
    <message>
        <source>Aisle %1</source>
        <translation>Hylly %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a store, a distance</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sv">
<context>
    <name>AttractPage</name>
    <message>
        <source>Welcome</source>
        <translation>Välkommen</translation>
    </message>
    <message>
        <source>Touch the screen, or scan a product</source>
        <translation>Tryck på skärmen eller skanna en produkt</translation>
    </message>
    <message>
        <source>Welcome to
%1</source>
        <translation>Välkommen till
%1</translation>
    </message>
</context>
<context>
    <name>FacetGroup</name>
    <message>
        <source>Show all</source>
        <translation>Visa alla</translation>
    </message>
</context>
<context>
    <name>FilterSheet</name>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Filtrera och sortera</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortera efter</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>Bäst träff</translation>
    </message>
    <message>
        <source>Lowest price</source>
        <translation>Lägst pris</translation>
    </message>
    <message>
        <source>Highest price</source>
        <translation>Högst pris</translation>
    </message>
    <message>
        <source>Best rated</source>
        <translation>Högst betyg</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Avdelningar</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Pris</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Färg</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Storlek</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>Märke</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Betyg</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Rensa alla filter</translation>
    </message>
    <message>
        <source>Show products</source>
        <translation>Visa produkter</translation>
    </message>
    <message numerus="yes">
        <source>Show %n product(s)</source>
        <translation>
            <numerusform>Visa %n produkt</numerusform>
            <numerusform>Visa %n produkter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindOrderPage</name>
    <message>
        <source>Collect or return an order</source>
        <translation>Hämta eller returnera en beställning</translation>
    </message>
    <message>
        <source>Hold the code of your order in front of the scanner: from your phone or from the slip.</source>
        <translation>Håll beställningens kod framför skannern: från telefonen eller kvittot.</translation>
    </message>
    <message>
        <source>For example %1</source>
        <comment>the number of an order</comment>
        <translation>Till exempel %1</translation>
    </message>
    <message>
        <source>Or type its number</source>
        <translation>Eller skriv beställningens nummer</translation>
    </message>
    <message>
        <source>Show my order</source>
        <translation>Visa min beställning</translation>
    </message>
</context>
<context>
    <name>FoundOrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Din beställning</translation>
    </message>
    <message>
        <source>Our staff know that you are here and bring it to the desk. They ask you for your word.</source>
        <translation>Vår personal vet att du är här och tar med den till disken. De frågar efter ditt ord.</translation>
    </message>
    <message>
        <source>I am here: please bring it</source>
        <translation>Jag är här: ta fram den</translation>
    </message>
    <message>
        <source>Return something</source>
        <translation>Returnera något</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Avbeställ</translation>
    </message>
    <message>
        <source>Your word, as it stands on the slip</source>
        <translation>Ditt ord, som det står på kvittot</translation>
    </message>
    <message>
        <source>Call the order off</source>
        <translation>Avbeställ</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behåll den</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Totalt</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Ett ögonblick</translation>
    </message>
    <message>
        <source>This does not work just now</source>
        <translation>Det går inte just nu</translation>
    </message>
    <message>
        <source>We do not find this order</source>
        <translation>Vi hittar inte beställningen</translation>
    </message>
    <message>
        <source>Your order is being looked for.</source>
        <translation>Din beställning söks.</translation>
    </message>
    <message>
        <source>Our staff find your order at the till.</source>
        <translation>Vår personal hittar din beställning i kassan.</translation>
    </message>
    <message>
        <source>It may be another store&apos;s. Compare the number, or show it to our staff.</source>
        <translation>Den kan höra till en annan butik. Jämför numret, eller visa det för vår personal.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Försök igen</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Se dig omkring</translation>
    </message>
</context>
<context>
    <name>HealthLine</name>
    <message>
        <source>needs attention</source>
        <translation>kräver åtgärd</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>värt en titt</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Search instead</source>
        <translation>Sök i stället</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Se dig omkring</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>What are you looking for?</source>
        <translation>Vad letar du efter?</translation>
    </message>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Sök på namn, märke eller nummer</translation>
    </message>
    <message>
        <source>Offers right now</source>
        <translation>Erbjudanden just nu</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Avdelningar</translation>
    </message>
    <message>
        <source>Collect or return an order</source>
        <translation>Hämta eller returnera en beställning</translation>
    </message>
    <message>
        <source>See what is here today</source>
        <translation>Se vad som finns här i dag</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>Are you still here?</source>
        <translation>Är du kvar?</translation>
    </message>
    <message>
        <source>Otherwise this screen starts afresh, and everything you entered is forgotten.</source>
        <translation>Annars börjar skärmen om och allt du har matat in glöms.</translation>
    </message>
    <message>
        <source>I&apos;m still here</source>
        <translation>Jag är kvar</translation>
    </message>
    <message>
        <source>Finish and forget</source>
        <translation>Avsluta och glöm</translation>
    </message>
</context>
<context>
    <name>JoinPage</name>
    <message>
        <source>Join the club</source>
        <translation>Gå med i klubben</translation>
    </message>
    <message>
        <source>Member prices, your list in every store, and a card that works at once. It takes half a minute.</source>
        <translation>Medlemspriser, din lista i alla butiker och ett kort som fungerar direkt. Det tar en halv minut.</translation>
    </message>
    <message>
        <source>The club opens here as soon as the store&apos;s device is connected. Until then our staff are glad to sign you up at the till.</source>
        <translation>Klubben öppnar här så snart butikens enhet är ansluten. Tills dess hjälper personalen dig gärna i kassan.</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Namn (frivilligt)</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-post</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>An e-mail address or a phone number is enough.</source>
        <translation>Det räcker med en e-postadress eller ett telefonnummer.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Skickar…</translation>
    </message>
    <message>
        <source>Become a member</source>
        <translation>Bli medlem</translation>
    </message>
    <message>
        <source>Your phone number and e-mail address never stay on this device: they are locked the moment you send them, and only our head office can open them.</source>
        <translation>Ditt telefonnummer och din e-postadress stannar aldrig på den här enheten: de låses i samma stund som du skickar dem, och bara vårt huvudkontor kan öppna dem.</translation>
    </message>
</context>
<context>
    <name>JoinedPage</name>
    <message>
        <source>Welcome to the club</source>
        <translation>Välkommen till klubben</translation>
    </message>
    <message>
        <source>Your member number</source>
        <translation>Ditt medlemsnummer</translation>
    </message>
    <message>
        <source>Photograph the code: it is your card, and it works at the till from now on. What you typed has already left this screen.</source>
        <translation>Fotografera koden: den är ditt kort och fungerar i kassan från och med nu. Det du skrev har redan lämnat den här skärmen.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Se dig omkring</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Avsluta</translation>
    </message>
    <message>
        <source>Bar code for the till</source>
        <translation>Streckkod för kassan</translation>
    </message>
</context>
<context>
    <name>LanguageSheet</name>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>Choose your language</source>
        <translation>Välj språk</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Textens storlek</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>a size of text</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hög kontrast</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Mindre rörelse</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Klart</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>The code is sound, but this product is not in our range. Search for something like it, or ask our staff.</source>
        <translation>Koden är läst, men produkten finns inte i vårt sortiment. Sök efter något liknande eller fråga vår personal.</translation>
    </message>
    <message>
        <source>We do not carry this product</source>
        <translation>Den här produkten har vi inte</translation>
    </message>
    <message>
        <source>It is not a product, a member card or a list of ours. Try the barcode on the package, or search by name.</source>
        <translation>Det är inte någon av våra produkter, medlemskort eller listor. Prova streckkoden på förpackningen eller sök på namn.</translation>
    </message>
    <message>
        <source>This code is new to us</source>
        <translation>Den här koden känner vi inte till</translation>
    </message>
</context>
<context>
    <name>MemberPage</name>
    <message>
        <source>Good to see you again</source>
        <translation>Kul att se dig igen</translation>
    </message>
    <message>
        <source>Card recognised. %1</source>
        <translation>Kortet känns igen. %1</translation>
    </message>
    <message>
        <source>You have a list here: %1.</source>
        <translation>Du har en lista här: %1.</translation>
    </message>
    <message>
        <source>Show your card at the till as well, and member prices apply.</source>
        <translation>Visa kortet även i kassan så gäller medlemspriserna.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Se dig omkring</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>Min lista</translation>
    </message>
</context>
<context>
    <name>NavBar</name>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Sök</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>Min lista</translation>
    </message>
    <message>
        <source>Join the club</source>
        <translation>Gå med i klubben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Språk</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Avsluta</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Gratis wifi</translation>
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
        <translation>Inkl. moms</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Skickar…</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>Skicka igen</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Reservera</translation>
    </message>
    <message>
        <source>Place the order</source>
        <translation>Beställ</translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Din beställning</translation>
    </message>
    <message>
        <source>None of this can be ordered here. Our staff can help you.</source>
        <translation>Inget av detta går att beställa här. Vår personal hjälper dig.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Ett ögonblick</translation>
    </message>
    <message>
        <source>How would you like to get it?</source>
        <translation>Hur vill du ha det?</translation>
    </message>
    <message>
        <source>Packed and waiting for you, here or in another store. You have seven days.</source>
        <translation>Packat och klart, här eller i en annan butik. Du har sju dagar på dig.</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Hämta</translation>
    </message>
    <message>
        <source>Put aside here for 24 hours. Try it before you pay.</source>
        <translation>Läggs undan här i 24 timmar. Prova innan du betalar.</translation>
    </message>
    <message>
        <source>Only what this store has in stock.</source>
        <translation>Bara det som finns i den här butiken.</translation>
    </message>
    <message>
        <source>Reserve here</source>
        <translation>Reservera här</translation>
    </message>
    <message>
        <source>You pay here at the till, and it comes to your door.</source>
        <translation>Du betalar i kassan här, och den kommer hem till dig.</translation>
    </message>
    <message>
        <source>As soon as this device is connected again.</source>
        <translation>Så snart enheten är ansluten igen.</translation>
    </message>
    <message>
        <source>Order home</source>
        <translation>Beställ hem</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Var?</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Ditt ord</translation>
    </message>
    <message>
        <source>Keep it in mind: our staff ask for it, so that nobody else gets your things.</source>
        <translation>Kom ihåg det: personalen frågar efter det, så att ingen annan får dina saker.</translation>
    </message>
    <message>
        <source>Other words</source>
        <translation>Andra ord</translation>
    </message>
    <message>
        <source>Where does it go?</source>
        <translation>Vart ska den?</translation>
    </message>
    <message>
        <source>May we tell you when it is ready?</source>
        <translation>Får vi säga till när den är klar?</translation>
    </message>
    <message>
        <source>What you type is locked the moment you send it: this device cannot read it, and forgets it. Only our head office can open it, for this order and nothing else. Our staff see the first letters of your name.</source>
        <translation>Det du skriver låses när du skickar det: enheten kan inte läsa det och glömmer det. Bara vårt huvudkontor kan öppna det, för den här beställningen och inget annat. Vår personal ser dina initialer.</translation>
    </message>
</context>
<context>
    <name>OrderSlip</name>
    <message>
        <source>Number of your order</source>
        <translation>Beställningens nummer</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Ditt ord</translation>
    </message>
    <message>
        <source>VAT included</source>
        <translation>Inkl. moms</translation>
    </message>
    <message>
        <source>Bar code for the till</source>
        <translation>Streckkod för kassan</translation>
    </message>
</context>
<context>
    <name>OrderedPage</name>
    <message>
        <source>Send it again</source>
        <translation>Skicka igen</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Avsluta</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Se dig omkring</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Avbeställ</translation>
    </message>
    <message>
        <source>Your phone&apos;s camera opens the page of this order: it tells how it stands, and shows the code for the till.</source>
        <translation>Telefonens kamera öppnar beställningens sida: den visar läget och koden för kassan.</translation>
    </message>
    <message>
        <source>Photograph this slip, or note the number and your word.</source>
        <translation>Fotografera kvittot, eller anteckna numret och ditt ord.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Ta med den</translation>
    </message>
    <message>
        <source>Yes, call it off</source>
        <translation>Ja, avbeställ</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behåll den</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Tillbaka</translation>
    </message>
</context>
<context>
    <name>PersonFields</name>
    <message>
        <source>Name</source>
        <translation>Namn</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Namn (frivilligt)</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Gata och nummer</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Postnummer</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-post</translation>
    </message>
    <message>
        <source>E-mail (optional)</source>
        <translation>E-post (frivilligt)</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Phone (optional)</source>
        <translation>Telefon (frivilligt)</translation>
    </message>
</context>
<context>
    <name>PictureZoom</name>
    <message>
        <source>Further away</source>
        <translation>Längre bort</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Närmare</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message numerus="yes">
        <source>PIN, %n digit(s) typed</source>
        <translation>
            <numerusform>PIN, %n siffra inmatad</numerusform>
            <numerusform>PIN, %n siffror inmatade</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radera</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Logga in</translation>
    </message>
</context>
<context>
    <name>PriceText</name>
    <message>
        <source>Regular price %1</source>
        <translation>Ordinarie pris %1</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>In this store</source>
        <translation>I den här butiken</translation>
    </message>
    <message>
        <source>Aisle</source>
        <translation>Gång</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Färg</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Storlek</translation>
    </message>
    <message>
        <source>In other stores</source>
        <translation>I andra butiker</translation>
    </message>
    <message>
        <source>What others say</source>
        <translation>Vad andra tycker</translation>
    </message>
    <message>
        <source>Product number %1</source>
        <translation>Produktnummer %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tillbaka</translation>
    </message>
    <message>
        <source>Add to my list</source>
        <translation>Lägg till på min lista</translation>
    </message>
    <message>
        <source>On your list</source>
        <translation>På din lista</translation>
    </message>
    <message>
        <source>Order or reserve</source>
        <translation>Beställ eller reservera</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Titta närmare</translation>
    </message>
</context>
<context>
    <name>QuantityStepper</name>
    <message>
        <source>One less: %1</source>
        <translation>En mindre: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a thing and how many</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>One more: %1</source>
        <translation>En till: %1</translation>
    </message>
</context>
<context>
    <name>ReturnPage</name>
    <message>
        <source>Wrong size</source>
        <translation>Fel storlek</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Skadad</translation>
    </message>
    <message>
        <source>Not as described</source>
        <translation>Inte som beskrivet</translation>
    </message>
    <message>
        <source>I changed my mind</source>
        <translation>Jag har ångrat mig</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Något annat</translation>
    </message>
    <message>
        <source>Your return</source>
        <translation>Din retur</translation>
    </message>
    <message>
        <source>What do you bring back?</source>
        <translation>Vad lämnar du tillbaka?</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a product</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Varför?</translation>
    </message>
    <message>
        <source>Ask for the return</source>
        <translation>Begär retur</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Se dig omkring</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n stjärna</numerusform>
            <numerusform>%n stjärnor</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScreenTest</name>
    <message>
        <source>Next colour</source>
        <translation>Nästa färg</translation>
    </message>
    <message>
        <source>Square %1</source>
        <translation>Ruta %1</translation>
    </message>
    <message>
        <source>Touch every square. %1 to go.</source>
        <translation>Tryck på varje ruta. %1 kvar.</translation>
    </message>
    <message>
        <source>End the test</source>
        <translation>Avsluta testet</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Sök på namn, märke eller nummer</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Rensa sökningen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Sök</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Back</source>
        <translation>Tillbaka</translation>
    </message>
    <message>
        <source>Nothing found for this</source>
        <translation>Inget hittades</translation>
    </message>
    <message>
        <source>Type a word, or scan a product</source>
        <translation>Skriv ett ord eller skanna en produkt</translation>
    </message>
    <message>
        <source>Try fewer or other words. Our staff are glad to help as well.</source>
        <translation>Prova färre eller andra ord. Vår personal hjälper också gärna till.</translation>
    </message>
    <message>
        <source>Names, brands, colours and the number below the barcode all work. Or begin with a department:</source>
        <translation>Namn, märken, färger och numret under streckkoden fungerar. Eller börja med en avdelning:</translation>
    </message>
    <message>
        <source>Seen a moment ago</source>
        <translation>Nyss visade</translation>
    </message>
    <message>
        <source>All stores</source>
        <translation>Alla butiker</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>I den här butiken nu</translation>
    </message>
    <message>
        <source>Near here</source>
        <translation>I närheten</translation>
    </message>
    <message>
        <source>Filter and sort · %1</source>
        <translation>Filtrera och sortera · %1</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Filtrera och sortera</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Ta bort</translation>
    </message>
    <message>
        <source>Show more products</source>
        <translation>Visa fler produkter</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Ett ögonblick</translation>
    </message>
    <message>
        <source>Search does not work just now</source>
        <translation>Sökningen fungerar inte just nu</translation>
    </message>
    <message>
        <source>Nothing fits all of this</source>
        <translation>Inget passar allt detta</translation>
    </message>
    <message>
        <source>Scan a product to see it, or ask our staff. We look into it.</source>
        <translation>Skanna en produkt för att se den, eller fråga personalen. Vi undersöker saken.</translation>
    </message>
    <message>
        <source>Take a filter away, or look in all our stores: we can send it or bring it here.</source>
        <translation>Ta bort ett filter eller titta i alla våra butiker: vi kan skicka varan eller ta hit den.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Försök igen</translation>
    </message>
    <message numerus="yes">
        <source>Look in all stores: %n product(s)</source>
        <translation>
            <numerusform>Titta i alla butiker: %n produkt</numerusform>
            <numerusform>Titta i alla butiker: %n produkter</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Rensa alla filter</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>Scan your badge, then type your PIN.</source>
        <translation>Skanna din bricka och knappa in din PIN.</translation>
    </message>
    <message>
        <source>For our staff</source>
        <translation>För personalen</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Bricka</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Kontrollerar…</translation>
    </message>
    <message>
        <source>It is the same badge and PIN as at the till, and works without a connection. Who signed in is written down.</source>
        <translation>Samma bricka och PIN som i kassan; fungerar även utan anslutning. Inloggningen antecknas.</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Den här enheten</translation>
    </message>
    <message>
        <source>Asking the device how it is…</source>
        <translation>Frågar enheten hur den mår…</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. What stands here is from before.</source>
        <translation>Butikens enhet svarar inte. Det som står här är från tidigare.</translation>
    </message>
    <message>
        <source>The same as a code, for whoever helps you on the telephone. It holds no secret.</source>
        <translation>Samma sak som kod, för den som hjälper dig på telefon. Den innehåller inget hemligt.</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Ta en bild</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Läsare</translation>
    </message>
    <message>
        <source>Scan anything: what was read and what it means appears here.</source>
        <translation>Skanna vad som helst: här syns vad som lästes och vad det betyder.</translation>
    </message>
    <message>
        <source>Test the touch</source>
        <translation>Testa pekskärmen</translation>
    </message>
    <message>
        <source>Test the colours</source>
        <translation>Testa färgerna</translation>
    </message>
    <message>
        <source>Restart this screen</source>
        <translation>Starta om skärmen</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Logga ut</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Språk</translation>
    </message>
</context>
<context>
    <name>StoreRow</name>
    <message>
        <source>Stock as of %1</source>
        <comment>an age</comment>
        <translation>Lagersaldo %1</translation>
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
        <translation>För personalen</translation>
    </message>
</context>
<context>
    <name>WifiPage</name>
    <message>
        <source>Free for %1 on one phone. No e-mail, no phone number.</source>
        <translation>Gratis i %1 på en telefon. Ingen e-post, inget telefonnummer.</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Gratis wifi</translation>
    </message>
    <message>
        <source>Photograph the code, or choose %1 in your phone&apos;s settings.</source>
        <translation>Fotografera koden, eller välj %1 i telefonens inställningar.</translation>
    </message>
    <message>
        <source>Photograph the code, or choose the network in your phone&apos;s settings. It needs no password.</source>
        <translation>Fotografera koden, eller välj nätverket i telefonens inställningar. Inget lösenord behövs.</translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation>Anslut till nätverket</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Lösenord</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Nätverk</translation>
    </message>
    <message>
        <source>Photograph this code next, agree to the terms, and you are online.</source>
        <translation>Fotografera sedan den här koden och godkänn villkoren, så är du uppkopplad.</translation>
    </message>
    <message>
        <source>Join the store&apos;s guest Wi‑Fi, then photograph this code and agree to the terms.</source>
        <translation>Anslut till butikens gästwifi, fotografera sedan den här koden och godkänn villkoren.</translation>
    </message>
    <message>
        <source>Use your voucher</source>
        <translation>Använd din wifikod</translation>
    </message>
    <message>
        <source>Or type it on the sign-in page</source>
        <translation>Eller skriv på inloggningssidan</translation>
    </message>
    <message>
        <source>The voucher works once, in this store. Its time begins when you use it.</source>
        <translation>Wifikoden gäller en gång, i den här butiken. Tiden börjar när du använder den.</translation>
    </message>
    <message>
        <source>Voucher for another phone</source>
        <translation>Wifikod för en annan telefon</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Ett ögonblick</translation>
    </message>
    <message>
        <source>The Wi‑Fi is resting</source>
        <translation>Wifi vilar</translation>
    </message>
    <message>
        <source>No guest Wi‑Fi here</source>
        <translation>Inget gästwifi här</translation>
    </message>
    <message>
        <source>No voucher just now</source>
        <translation>Ingen wifikod just nu</translation>
    </message>
    <message>
        <source>Your voucher is being made.</source>
        <translation>Din wifikod görs i ordning.</translation>
    </message>
    <message>
        <source>Guests can use it while the store is open.</source>
        <translation>Gäster kan använda det medan butiken är öppen.</translation>
    </message>
    <message>
        <source>This store offers no Wi‑Fi to guests at the moment.</source>
        <translation>Den här butiken erbjuder för tillfället inget wifi till gäster.</translation>
    </message>
    <message>
        <source>This screen tries again by itself in a few seconds. Our staff can help you meanwhile.</source>
        <translation>Skärmen försöker själv igen om några sekunder. Vår personal hjälper dig under tiden.</translation>
    </message>
</context>
<context>
    <name>WishlistPage</name>
    <message>
        <source>My list</source>
        <translation>Min lista</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Totalt</translation>
    </message>
    <message>
        <source>Point your phone&apos;s camera at the code. Your list opens there and stays with you.</source>
        <translation>Rikta mobilkameran mot koden. Listan öppnas där och följer med dig.</translation>
    </message>
    <message>
        <source>Your list is kept. Your phone can open it as soon as this device is connected again.</source>
        <translation>Din lista är sparad. Mobilen kan öppna den så snart enheten är ansluten igen.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Ta med den</translation>
    </message>
    <message>
        <source>Your list is kept</source>
        <translation>Din lista är sparad</translation>
    </message>
    <message>
        <source>Your list is still empty</source>
        <translation>Din lista är tom än</translation>
    </message>
    <message>
        <source>Scan a product or look around, and add what you like. You can take the list home on your phone.</source>
        <translation>Skanna en produkt eller se dig omkring och lägg till det du gillar. Listan kan du ta med hem i mobilen.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Se dig omkring</translation>
    </message>
    <message>
        <source>Order or reserve</source>
        <translation>Beställ eller reservera</translation>
    </message>
</context>
<context>
    <name>WishlistRow</name>
    <message>
        <source>Remove %1</source>
        <translation>Ta bort %1</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>In stock</source>
        <translation>I lager</translation>
    </message>
    <message>
        <source>Last few</source>
        <translation>Få kvar</translation>
    </message>
    <message>
        <source>Out of stock</source>
        <translation>Slut</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>just nu</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>för %n min sedan</numerusform>
            <numerusform>för %n min sedan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>för %n h sedan</numerusform>
            <numerusform>för %n h sedan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>för %n dag sedan</numerusform>
            <numerusform>för %n dagar sedan</numerusform>
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
        <translation>Öppet till %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öppet</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Stängt</translation>
    </message>
    <message>
        <source>Opens at %1</source>
        <translation>Öppnar %1</translation>
    </message>
    <message>
        <source>Opens tomorrow at %1</source>
        <translation>Öppnar i morgon %1</translation>
    </message>
    <message>
        <source>Opens %1 %2</source>
        <comment>a weekday, a time</comment>
        <translation>Öppnar %1 %2</translation>
    </message>
    <message>
        <source>Saved to your list</source>
        <translation>Sparad på din lista</translation>
    </message>
    <message>
        <source>Removed from your list</source>
        <translation>Borttagen från din lista</translation>
    </message>
    <message>
        <source>This list could not be found</source>
        <translation>Listan kunde inte hittas</translation>
    </message>
    <message>
        <source>Not saved: this device has no room left. Please ask our staff.</source>
        <translation>Inte sparad: enheten har ingen plats kvar. Fråga vår personal.</translation>
    </message>
    <message>
        <source>Not saved just now. Please try again in a moment.</source>
        <translation>Kunde inte sparas just nu. Försök igen om en stund.</translation>
    </message>
    <message>
        <source>Lists and memberships are paused for a moment. You can look around as usual.</source>
        <translation>Listor och medlemskap är pausade en stund. Du kan titta runt som vanligt.</translation>
    </message>
    <message>
        <source>Working without a connection.</source>
        <translation>Fungerar utan uppkoppling.</translation>
    </message>
    <message>
        <source>Working without a connection. Stock as of %1.</source>
        <translation>Fungerar utan uppkoppling. Lagersaldo: %1.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Ett ögonblick</translation>
    </message>
    <message>
        <source>This device is waiting for its catalogue</source>
        <translation>Enheten väntar på sin produktkatalog</translation>
    </message>
    <message>
        <source>This device is new here</source>
        <translation>Den här enheten är ny här</translation>
    </message>
    <message>
        <source>This screen needs a hand</source>
        <translation>Den här skärmen behöver hjälp</translation>
    </message>
    <message>
        <source>Please ask our staff: they are glad to help.</source>
        <translation>Fråga personalen: vi hjälper gärna till.</translation>
    </message>
    <message>
        <source>The screen is connecting to the store&apos;s device.</source>
        <translation>Skärmen ansluter till butikens enhet.</translation>
    </message>
    <message>
        <source>It will open by itself as soon as the catalogue has arrived.</source>
        <translation>Den öppnas av sig själv så snart katalogen har kommit.</translation>
    </message>
    <message>
        <source>Enrolling this device…</source>
        <translation>Enheten registreras…</translation>
    </message>
    <message>
        <source>Enrolling did not work. Is the code still valid?</source>
        <translation>Registreringen misslyckades. Är koden fortfarande giltig?</translation>
    </message>
    <message>
        <source>Technician: hold the enrolment code in front of the scanner.</source>
        <translation>Tekniker: håll upp registreringskoden framför läsaren.</translation>
    </message>
    <message>
        <source>Switch this device off and on again, and give it five minutes.</source>
        <translation>Stäng av den här enheten, slå på den igen och vänta fem minuter.</translation>
    </message>
    <message>
        <source>If this page comes back, call support and say: the store&apos;s device does not answer.</source>
        <translation>Om den här sidan kommer tillbaka: ring supporten och säg att butikens enhet inte svarar.</translation>
    </message>
    <message>
        <source>Card ending in %1</source>
        <translation>Kortet slutar på %1</translation>
    </message>
    <message>
        <source>This device is enrolled already</source>
        <translation>Enheten är redan registrerad</translation>
    </message>
    <message>
        <source>Offer until %1</source>
        <translation>Erbjudandet gäller t.o.m. %1</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n recension</numerusform>
            <numerusform>%n recensioner</numerusform>
        </translation>
    </message>
    <message>
        <source>as of %1</source>
        <comment>an age</comment>
        <translation>uppdaterat %1</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) found</source>
        <translation>
            <numerusform>%n produkt hittades</numerusform>
            <numerusform>%n produkter hittades</numerusform>
        </translation>
    </message>
    <message>
        <source>I want to become a member and accept the membership terms. My details are used to run my membership.</source>
        <translation>Jag vill bli medlem och godkänner medlemsvillkoren. Mina uppgifter används för att sköta mitt medlemskap.</translation>
    </message>
    <message>
        <source>Send me news and offers by e-mail.</source>
        <translation>Skicka nyheter och erbjudanden till mig via e-post.</translation>
    </message>
    <message>
        <source>Send me news and offers by text message.</source>
        <translation>Skicka nyheter och erbjudanden till mig via sms.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number, so that we can find you again.</source>
        <translation>Ange en e-postadress eller ett telefonnummer så att vi hittar dig igen.</translation>
    </message>
    <message>
        <source>This does not look like an e-mail address. Example: name@example.com</source>
        <translation>Det ser inte ut som en e-postadress. Exempel: namn@example.com</translation>
    </message>
    <message>
        <source>This does not look like a phone number. Example: +358 40 123 4567</source>
        <translation>Det ser inte ut som ett telefonnummer. Exempel: +46 70 123 45 67</translation>
    </message>
    <message>
        <source>Membership needs your consent to the terms.</source>
        <translation>Medlemskapet kräver att du godkänner villkoren.</translation>
    </message>
    <message>
        <source>This device has no room for new memberships right now. Please ask at the till, where you can join as well.</source>
        <translation>Enheten har ingen plats för nya medlemskap just nu. Du kan också gå med i kassan.</translation>
    </message>
    <message>
        <source>Joining did not work just now, and nothing was kept. Please try again, or ask at the till.</source>
        <translation>Det gick inte att gå med just nu, och inget sparades. Försök igen eller fråga i kassan.</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n produkt</numerusform>
            <numerusform>%n produkter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n artikel</numerusform>
            <numerusform>%n artiklar</numerusform>
        </translation>
    </message>
    <message>
        <source>Item %1</source>
        <translation>Artikel %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n timme</numerusform>
            <numerusform>%n timmar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minut</numerusform>
            <numerusform>%n minuter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) cannot be ordered here and are left out.</source>
        <translation>
            <numerusform>%n vara går inte att beställa här och är utelämnad.</numerusform>
            <numerusform>%n varor går inte att beställa här och är utelämnade.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a price</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>This store</source>
        <translation>Den här butiken</translation>
    </message>
    <message>
        <source>All items in stock</source>
        <translation>Allt i lager</translation>
    </message>
    <message>
        <source>%1 of %2 items in stock</source>
        <translation>%1 av %2 varor i lager</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>Det här är för långt.</translation>
    </message>
    <message>
        <source>In stock here: it is put aside for you at once.</source>
        <translation>I lager här: läggs undan till dig genast.</translation>
    </message>
    <message>
        <source>We ask for it as soon as you order, and you know in a moment.</source>
        <translation>Vi frågar så snart du beställer, och du får veta om ett ögonblick.</translation>
    </message>
    <message>
        <source>No connection just now: we ask for it as soon as there is one, and the page on your phone tells you. Until then nothing is promised.</source>
        <translation>Ingen anslutning just nu: vi frågar så snart den finns, och sidan i telefonen visar svaret. Tills dess är inget lovat.</translation>
    </message>
    <message>
        <source>Enter the name that is on the door.</source>
        <translation>Skriv namnet som står på dörren.</translation>
    </message>
    <message>
        <source>Enter the street and the number.</source>
        <translation>Skriv gata och nummer.</translation>
    </message>
    <message>
        <source>Enter the town.</source>
        <translation>Skriv orten.</translation>
    </message>
    <message>
        <source>Enter the postcode.</source>
        <translation>Skriv postnumret.</translation>
    </message>
    <message>
        <source>Enter the postcode, such as %1.</source>
        <translation>Skriv postnumret, till exempel %1.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number for the delivery.</source>
        <translation>Skriv en e-postadress eller ett telefonnummer för leveransen.</translation>
    </message>
    <message>
        <source>We do not know whether your order arrived. Send it again: it counts once, however often you do.</source>
        <translation>Vi vet inte om beställningen kom fram. Skicka den igen: den räknas bara en gång.</translation>
    </message>
    <message>
        <source>This device has no room for orders right now. Our staff take your order at the till.</source>
        <translation>Enheten har inte plats för beställningar just nu. Vår personal tar emot den i kassan.</translation>
    </message>
    <message>
        <source>Many orders are coming in just now. Please try again in a minute.</source>
        <translation>Många beställningar kommer in just nu. Försök igen om en minut.</translation>
    </message>
    <message>
        <source>The order was not taken. Please ask our staff.</source>
        <translation>Beställningen togs inte emot. Fråga vår personal.</translation>
    </message>
    <message>
        <source>We have asked for it</source>
        <translation>Vi har frågat efter den</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <translation>Undanlagd åt dig</translation>
    </message>
    <message>
        <source>It is yours</source>
        <translation>Den är din</translation>
    </message>
    <message>
        <source>We are sorry: it is gone</source>
        <translation>Tyvärr, den är slut</translation>
    </message>
    <message>
        <source>We are fetching it</source>
        <translation>Vi hämtar den</translation>
    </message>
    <message>
        <source>It is ready for you</source>
        <translation>Den är klar åt dig</translation>
    </message>
    <message>
        <source>Bring it to our staff</source>
        <translation>Lämna den till vår personal</translation>
    </message>
    <message>
        <source>You have it</source>
        <translation>Du har fått den</translation>
    </message>
    <message>
        <source>It came back to us</source>
        <translation>Den är tillbaka hos oss</translation>
    </message>
    <message>
        <source>This order was called off</source>
        <translation>Beställningen är avbeställd</translation>
    </message>
    <message>
        <source>Nobody came for this order</source>
        <translation>Ingen hämtade beställningen</translation>
    </message>
    <message>
        <source>It is paid and comes to your home.</source>
        <translation>Den är betald och kommer hem till dig.</translation>
    </message>
    <message>
        <source>Pay with this slip at the till, %1 at the latest. Then it comes to your home.</source>
        <translation>Betala med kvittot i kassan, senast %1. Sedan kommer den hem till dig.</translation>
    </message>
    <message>
        <source>%1 keeps it until %2. Try it, and pay only if you like it.</source>
        <translation>%1 sparar den till %2. Prova, och betala bara om du gillar den.</translation>
    </message>
    <message>
        <source>Ready for you in %1: %2. It waits until %3.</source>
        <translation>Klar i %1: %2. Den väntar till %3.</translation>
    </message>
    <message>
        <source>We are asking whether it is there.</source>
        <translation>Vi frågar om den finns.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. Ask here or at the till with the number of your order.</source>
        <translation>Inget är lovat än. Fråga här eller i kassan med beställningens nummer.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. The page on your phone tells you as soon as it is certain.</source>
        <translation>Inget är lovat än. Sidan i telefonen säger till så snart det är säkert.</translation>
    </message>
    <message>
        <source>Somebody else was faster. These stores have all of it:</source>
        <translation>Någon annan hann före. De här butikerna har allt:</translation>
    </message>
    <message>
        <source>Somebody else was faster, and no other store has all of it. Our staff look for a way; you can also call the order off.</source>
        <translation>Någon annan hann före, och ingen annan butik har allt. Vår personal söker en lösning; du kan också avbeställa.</translation>
    </message>
    <message>
        <source>Our staff in %1 are collecting your things.</source>
        <translation>Vår personal i %1 plockar ihop dina saker.</translation>
    </message>
    <message>
        <source>It lies at the desk of %1 until %2.</source>
        <translation>Den ligger i disken i %1 till %2.</translation>
    </message>
    <message>
        <source>Show the number of your order at the desk. They look at it together with you.</source>
        <translation>Visa beställningens nummer i disken. De tittar på den tillsammans med dig.</translation>
    </message>
    <message>
        <source>Something is not right? You can return it here.</source>
        <translation>Är något inte som det ska? Du kan returnera det här.</translation>
    </message>
    <message>
        <source>Everything of this order was returned.</source>
        <translation>Allt i beställningen har returnerats.</translation>
    </message>
    <message>
        <source>Nothing is put aside any more, and nothing is to be paid.</source>
        <translation>Inget är längre undanlagt, och inget behöver betalas.</translation>
    </message>
    <message>
        <source>It was kept until %1 and is back on the shelf.</source>
        <translation>Den sparades till %1 och står i hyllan igen.</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Betald</translation>
    </message>
    <message>
        <source>To pay at the till</source>
        <translation>Att betala i kassan</translation>
    </message>
    <message>
        <source>To pay when you fetch it</source>
        <translation>Att betala när du hämtar</translation>
    </message>
    <message>
        <source>This is not the word of the order. It stands on your slip.</source>
        <translation>Det här är inte beställningens ord. Det står på ditt kvitto.</translation>
    </message>
    <message>
        <source>Too many tries. Please wait a minute, or ask our staff.</source>
        <translation>För många försök. Vänta en minut, eller fråga vår personal.</translation>
    </message>
    <message>
        <source>This is not possible any more. Our staff can help.</source>
        <translation>Det går inte längre. Vår personal kan hjälpa dig.</translation>
    </message>
    <message>
        <source>This did not work just now. Please try again, or ask our staff.</source>
        <translation>Det gick inte just nu. Försök igen, eller fråga vår personal.</translation>
    </message>
    <message>
        <source>today at %1</source>
        <translation>i dag kl. %1</translation>
    </message>
    <message>
        <source>tomorrow at %1</source>
        <translation>i morgon kl. %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>a day, a time</comment>
        <translation>%1 kl. %2</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <comment>a day</comment>
        <translation>ddd d MMM</translation>
    </message>
    <message>
        <source>Take it now, let us put it aside, or have it sent home.</source>
        <translation>Ta med den nu, reservera den eller få den hem.</translation>
    </message>
    <message>
        <source>Collect it in another store, or have it sent home.</source>
        <translation>Hämta i en annan butik, eller få den hem.</translation>
    </message>
    <message>
        <source>Order it, and we ask all our stores.</source>
        <translation>Beställ den, så frågar vi alla våra butiker.</translation>
    </message>
    <message>
        <source>This order did not go through</source>
        <translation>Beställningen gick inte igenom</translation>
    </message>
    <message>
        <source>Nothing is sent, and nothing is to be paid. Something in the address may be missing: order again, or ask our staff with this number.</source>
        <translation>Inget skickas och inget ska betalas. Något i adressen kan saknas: beställ igen eller fråga personalen med det här numret.</translation>
    </message>
    <message>
        <source>Nothing is put aside, and nothing is to be paid. Order again, or ask our staff with this number.</source>
        <translation>Inget är undanlagt och inget ska betalas. Beställ igen eller fråga personalen med det här numret.</translation>
    </message>
    <message>
        <source>Under %1</source>
        <comment>a price</comment>
        <translation>Under %1</translation>
    </message>
    <message>
        <source>%1 and more</source>
        <comment>a price</comment>
        <translation>%1 och uppåt</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two prices</comment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>%1 stars and more</source>
        <translation>Minst %1 stjärnor</translation>
    </message>
    <message>
        <source>A product: %1</source>
        <translation>En produkt: %1</translation>
    </message>
    <message>
        <source>A product</source>
        <translation>En produkt</translation>
    </message>
    <message>
        <source>A code that enrols a device</source>
        <translation>En kod som ansluter en enhet</translation>
    </message>
    <message>
        <source>A wishlist</source>
        <translation>En önskelista</translation>
    </message>
    <message>
        <source>A receipt: %1</source>
        <translation>Ett kvitto: %1</translation>
    </message>
    <message>
        <source>An order: %1</source>
        <translation>En beställning: %1</translation>
    </message>
    <message>
        <source>A coupon or a gift card</source>
        <translation>En kupong eller ett presentkort</translation>
    </message>
    <message>
        <source>Nothing of ours: %1</source>
        <translation>Inte vår: %1</translation>
    </message>
    <message>
        <source>Too many tries. Wait a minute.</source>
        <translation>För många försök. Vänta en minut.</translation>
    </message>
    <message>
        <source>A badge is scanned or typed; a PIN has four to twelve digits.</source>
        <translation>Brickan skannas eller skrivs in; PIN har fyra till tolv siffror.</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. Try again in a moment.</source>
        <translation>Butikens enhet svarar inte. Försök igen om en stund.</translation>
    </message>
    <message numerus="yes">
        <source>Locked for %n second(s)</source>
        <translation>
            <numerusform>Låst i %n sekund</numerusform>
            <numerusform>Låst i %n sekunder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Badge or PIN is wrong. %n more tries.</source>
        <translation>
            <numerusform>Bricka eller PIN är fel. %n försök kvar.</numerusform>
            <numerusform>Bricka eller PIN är fel. %n försök kvar.</numerusform>
        </translation>
    </message>
    <message>
        <source>(not shown: it is worth money or names a person)</source>
        <translation>(visas inte: värd pengar eller pekar ut en person)</translation>
    </message>
    <message>
        <source>Connection to headquarters</source>
        <translation>Anslutning till huvudkontoret</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Ansluten</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Inte ansluten</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Varför inte</translation>
    </message>
    <message>
        <source>Last talked to headquarters</source>
        <translation>Senaste kontakt</translation>
    </message>
    <message>
        <source>never</source>
        <translation>aldrig</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Väntar på att skickas</translation>
    </message>
    <message>
        <source>%1, the oldest %2</source>
        <comment>a number, an age</comment>
        <translation>%1, äldst %2</translation>
    </message>
    <message>
        <source>Held back by headquarters</source>
        <translation>Stoppade av huvudkontoret</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Sortiment</translation>
    </message>
    <message>
        <source>%1 products, stock as of %2</source>
        <comment>a number, an age</comment>
        <translation>%1 produkter, lager: %2</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Scanner that types</source>
        <translation>Läsare som skriver</translation>
    </message>
    <message>
        <source>Scanner %1</source>
        <comment>a path</comment>
        <translation>Läsare %1</translation>
    </message>
    <message>
        <source>gone, noticed %1</source>
        <comment>an age</comment>
        <translation>borta, upptäckt %1</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>hittas inte</translation>
    </message>
    <message>
        <source>back, %1</source>
        <comment>an age</comment>
        <translation>tillbaka, %1</translation>
    </message>
    <message>
        <source>works</source>
        <translation>fungerar</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Klocka</translation>
    </message>
    <message>
        <source>set by the network</source>
        <translation>ställd av nätverket</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>uppskattad</translation>
    </message>
    <message>
        <source>Records on this device</source>
        <translation>Enhetens journal</translation>
    </message>
    <message>
        <source>were damaged and mended</source>
        <translation>skadades och lagades</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>i ordning</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Butik</translation>
    </message>
    <message>
        <source>not enrolled</source>
        <translation>inte ansluten</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Enhet</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>a price, a unit</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Offer right now</source>
        <translation>Erbjudande just nu</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>I den här butiken nu</translation>
    </message>
    <message>
        <source>Back in stock</source>
        <translation>Åter i lager</translation>
    </message>
    <message>
        <source>In a store nearby</source>
        <translation>I en butik i närheten</translation>
    </message>
    <message>
        <source>From our range</source>
        <translation>Ur vårt sortiment</translation>
    </message>
    <message>
        <source>Aisle %1</source>
        <translation>Gång %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a store, a distance</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
</TS>

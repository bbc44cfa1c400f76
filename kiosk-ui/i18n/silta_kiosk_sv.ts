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
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Tillbaka</translation>
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
        <source>On your list – show it</source>
        <translation>På din lista – visa den</translation>
    </message>
    <message>
        <source>Add to my list</source>
        <translation>Lägg till på min lista</translation>
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
    <name>SearchField</name>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Sök på namn, märke eller nummer</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Rensa sökningen</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Back</source>
        <translation>Tillbaka</translation>
    </message>
    <message>
        <source>Only what is in stock here</source>
        <translation>Bara det som finns här</translation>
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
        <source>Not in this store at the moment. Other stores may have it: switch the filter off.</source>
        <translation>Finns inte i den här butiken just nu. Andra butiker kan ha det: stäng av filtret.</translation>
    </message>
    <message>
        <source>Try fewer or other words. Our staff are glad to help as well.</source>
        <translation>Prova färre eller andra ord. Vår personal hjälper också gärna till.</translation>
    </message>
    <message>
        <source>Names, brands, colours and the number below the barcode all work. Or begin with a department:</source>
        <translation>Namn, märken, färger och numret under streckkoden fungerar. Eller börja med en avdelning:</translation>
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
    <message>
        <source>The first %1 products</source>
        <translation>De första %1 produkterna</translation>
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
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl">
<context>
    <name>AttractPage</name>
    <message>
        <source>Welcome</source>
        <translation>Witamy</translation>
    </message>
    <message>
        <source>Touch the screen, or scan a product</source>
        <translation>Dotknij ekranu lub zeskanuj produkt</translation>
    </message>
    <message>
        <source>Welcome to
%1</source>
        <translation>Witamy w
%1</translation>
    </message>
</context>
<context>
    <name>FacetGroup</name>
    <message>
        <source>Show all</source>
        <translation>Pokaż wszystkie</translation>
    </message>
</context>
<context>
    <name>FilterSheet</name>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Filtruj i sortuj</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortuj według</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>Najlepsze dopasowanie</translation>
    </message>
    <message>
        <source>Lowest price</source>
        <translation>Najniższa cena</translation>
    </message>
    <message>
        <source>Highest price</source>
        <translation>Najwyższa cena</translation>
    </message>
    <message>
        <source>Best rated</source>
        <translation>Najlepiej oceniane</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Działy</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Cena</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Kolor</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Rozmiar</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>Marka</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Ocena</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Usuń wszystkie filtry</translation>
    </message>
    <message>
        <source>Show products</source>
        <translation>Pokaż produkty</translation>
    </message>
    <message numerus="yes">
        <source>Show %n product(s)</source>
        <translation>
            <numerusform>Pokaż %n produkt</numerusform>
            <numerusform>Pokaż %n produkty</numerusform>
            <numerusform>Pokaż %n produktów</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindOrderPage</name>
    <message>
        <source>Collect or return an order</source>
        <translation>Odbierz lub zwróć zamówienie</translation>
    </message>
    <message>
        <source>Hold the code of your order in front of the scanner: from your phone or from the slip.</source>
        <translation>Przyłóż kod zamówienia do skanera: z telefonu albo z kwitu.</translation>
    </message>
    <message>
        <source>For example %1</source>
        <comment>the number of an order</comment>
        <translation>Na przykład %1</translation>
    </message>
    <message>
        <source>Or type its number</source>
        <translation>Lub wpisz numer zamówienia</translation>
    </message>
    <message>
        <source>Show my order</source>
        <translation>Pokaż moje zamówienie</translation>
    </message>
</context>
<context>
    <name>FoundOrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Twoje zamówienie</translation>
    </message>
    <message>
        <source>Our staff know that you are here and bring it to the desk. They ask you for your word.</source>
        <translation>Obsługa wie, że tu jesteś, i przyniesie zamówienie do lady. Zapyta o twoje hasło.</translation>
    </message>
    <message>
        <source>I am here: please bring it</source>
        <translation>Jestem na miejscu: proszę przynieść</translation>
    </message>
    <message>
        <source>Return something</source>
        <translation>Zwróć coś</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Odwołaj</translation>
    </message>
    <message>
        <source>Your word, as it stands on the slip</source>
        <translation>Twoje hasło, takie jak na kwicie</translation>
    </message>
    <message>
        <source>Call the order off</source>
        <translation>Odwołaj zamówienie</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Zostaw</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Razem</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Chwileczkę</translation>
    </message>
    <message>
        <source>This does not work just now</source>
        <translation>To teraz nie działa</translation>
    </message>
    <message>
        <source>We do not find this order</source>
        <translation>Nie znajdujemy tego zamówienia</translation>
    </message>
    <message>
        <source>Your order is being looked for.</source>
        <translation>Szukamy twojego zamówienia.</translation>
    </message>
    <message>
        <source>Our staff find your order at the till.</source>
        <translation>Obsługa znajdzie zamówienie przy kasie.</translation>
    </message>
    <message>
        <source>It may be another store&apos;s. Compare the number, or show it to our staff.</source>
        <translation>Może należeć do innego sklepu. Porównaj numer albo pokaż go obsłudze.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Spróbuj ponownie</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Rozejrzyj się</translation>
    </message>
</context>
<context>
    <name>HealthLine</name>
    <message>
        <source>needs attention</source>
        <translation>wymaga uwagi</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>warto sprawdzić</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Search instead</source>
        <translation>Wyszukaj</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Rozejrzyj się</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>What are you looking for?</source>
        <translation>Czego szukasz?</translation>
    </message>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Szukaj po nazwie, marce lub numerze</translation>
    </message>
    <message>
        <source>Offers right now</source>
        <translation>Aktualne promocje</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Działy</translation>
    </message>
    <message>
        <source>Collect or return an order</source>
        <translation>Odbierz lub zwróć zamówienie</translation>
    </message>
    <message>
        <source>See what is here today</source>
        <translation>Zobacz, co jest tu dziś</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>Are you still here?</source>
        <translation>Czy nadal tu jesteś?</translation>
    </message>
    <message>
        <source>Otherwise this screen starts afresh, and everything you entered is forgotten.</source>
        <translation>W przeciwnym razie ekran zacznie od nowa i zapomni wszystko, co zostało wpisane.</translation>
    </message>
    <message>
        <source>I&apos;m still here</source>
        <translation>Jestem tutaj</translation>
    </message>
    <message>
        <source>Finish and forget</source>
        <translation>Zakończ i zapomnij</translation>
    </message>
</context>
<context>
    <name>JoinPage</name>
    <message>
        <source>Join the club</source>
        <translation>Dołącz do klubu</translation>
    </message>
    <message>
        <source>Member prices, your list in every store, and a card that works at once. It takes half a minute.</source>
        <translation>Ceny dla klubowiczów, Twoja lista w każdym sklepie i karta, która działa od razu. Zajmie to pół minuty.</translation>
    </message>
    <message>
        <source>The club opens here as soon as the store&apos;s device is connected. Until then our staff are glad to sign you up at the till.</source>
        <translation>Klub otworzy się tutaj, gdy tylko urządzenie sklepu połączy się z siecią. Do tego czasu chętnie zapiszemy Cię przy kasie.</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Imię i nazwisko (opcjonalnie)</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>An e-mail address or a phone number is enough.</source>
        <translation>Wystarczy adres e-mail lub numer telefonu.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wysyłanie…</translation>
    </message>
    <message>
        <source>Become a member</source>
        <translation>Zostań klubowiczem</translation>
    </message>
    <message>
        <source>Your phone number and e-mail address never stay on this device: they are locked the moment you send them, and only our head office can open them.</source>
        <translation>Twój numer telefonu i adres e-mail nigdy nie pozostają w tym urządzeniu: zostają zaszyfrowane w chwili wysłania i tylko nasza centrala może je odczytać.</translation>
    </message>
</context>
<context>
    <name>JoinedPage</name>
    <message>
        <source>Welcome to the club</source>
        <translation>Witamy w klubie</translation>
    </message>
    <message>
        <source>Your member number</source>
        <translation>Twój numer klubowicza</translation>
    </message>
    <message>
        <source>Photograph the code: it is your card, and it works at the till from now on. What you typed has already left this screen.</source>
        <translation>Zrób zdjęcie kodu: to Twoja karta i od teraz działa przy kasie. Wpisane dane zniknęły już z tego ekranu.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Rozejrzyj się</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Zakończ</translation>
    </message>
    <message>
        <source>Bar code for the till</source>
        <translation>Kod kreskowy do kasy</translation>
    </message>
</context>
<context>
    <name>LanguageSheet</name>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Choose your language</source>
        <translation>Wybierz język</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Wielkość tekstu</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>a size of text</comment>
        <translation>%1%</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Wysoki kontrast</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Mniej ruchu</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gotowe</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>The code is sound, but this product is not in our range. Search for something like it, or ask our staff.</source>
        <translation>Kod odczytano, ale tego produktu nie ma w naszej ofercie. Poszukaj podobnego lub zapytaj personel.</translation>
    </message>
    <message>
        <source>We do not carry this product</source>
        <translation>Nie mamy tego produktu</translation>
    </message>
    <message>
        <source>It is not a product, a member card or a list of ours. Try the barcode on the package, or search by name.</source>
        <translation>To nie jest nasz produkt, karta klubowa ani lista. Spróbuj kodu kreskowego z opakowania lub wyszukaj po nazwie.</translation>
    </message>
    <message>
        <source>This code is new to us</source>
        <translation>Nie znamy tego kodu</translation>
    </message>
</context>
<context>
    <name>MemberPage</name>
    <message>
        <source>Good to see you again</source>
        <translation>Miło Cię znów widzieć</translation>
    </message>
    <message>
        <source>Card recognised. %1</source>
        <translation>Karta rozpoznana. %1</translation>
    </message>
    <message>
        <source>You have a list here: %1.</source>
        <translation>Masz tu listę: %1.</translation>
    </message>
    <message>
        <source>Show your card at the till as well, and member prices apply.</source>
        <translation>Pokaż kartę także przy kasie, a otrzymasz ceny klubowe.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Rozejrzyj się</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>Moja lista</translation>
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
        <translation>Szukaj</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>Moja lista</translation>
    </message>
    <message>
        <source>Join the club</source>
        <translation>Dołącz do klubu</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Język</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Zakończ</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Darmowe Wi‑Fi</translation>
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
        <translation>Z VAT</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wysyłanie…</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>Wyślij ponownie</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Zarezerwuj</translation>
    </message>
    <message>
        <source>Place the order</source>
        <translation>Zamów</translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Twoje zamówienie</translation>
    </message>
    <message>
        <source>None of this can be ordered here. Our staff can help you.</source>
        <translation>Niczego z tej listy nie można tu zamówić. Obsługa pomoże.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Chwileczkę</translation>
    </message>
    <message>
        <source>How would you like to get it?</source>
        <translation>Jak chcesz to otrzymać?</translation>
    </message>
    <message>
        <source>Packed and waiting for you, here or in another store. You have seven days.</source>
        <translation>Spakowane i gotowe, tutaj lub w innym sklepie. Masz siedem dni.</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Odbierz</translation>
    </message>
    <message>
        <source>Put aside here for 24 hours. Try it before you pay.</source>
        <translation>Odłożone tutaj na 24 godziny. Wypróbuj, zanim zapłacisz.</translation>
    </message>
    <message>
        <source>Only what this store has in stock.</source>
        <translation>Tylko to, co jest w tym sklepie.</translation>
    </message>
    <message>
        <source>Reserve here</source>
        <translation>Zarezerwuj tutaj</translation>
    </message>
    <message>
        <source>You pay here at the till, and it comes to your door.</source>
        <translation>Płacisz tu przy kasie, a my dostarczamy do drzwi.</translation>
    </message>
    <message>
        <source>As soon as this device is connected again.</source>
        <translation>Gdy tylko urządzenie znów będzie połączone.</translation>
    </message>
    <message>
        <source>Order home</source>
        <translation>Zamów do domu</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Gdzie?</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Twoje hasło</translation>
    </message>
    <message>
        <source>Keep it in mind: our staff ask for it, so that nobody else gets your things.</source>
        <translation>Zapamiętaj je: obsługa o nie zapyta, aby nikt inny nie odebrał twoich rzeczy.</translation>
    </message>
    <message>
        <source>Other words</source>
        <translation>Inne słowa</translation>
    </message>
    <message>
        <source>Where does it go?</source>
        <translation>Dokąd dostarczyć?</translation>
    </message>
    <message>
        <source>May we tell you when it is ready?</source>
        <translation>Czy mamy dać znać, gdy będzie gotowe?</translation>
    </message>
    <message>
        <source>What you type is locked the moment you send it: this device cannot read it, and forgets it. Only our head office can open it, for this order and nothing else. Our staff see the first letters of your name.</source>
        <translation>To, co wpiszesz, zostaje zamknięte w chwili wysłania: urządzenie nie może tego odczytać i zapomina. Otworzyć może tylko nasza centrala, wyłącznie dla tego zamówienia. Obsługa widzi twoje inicjały.</translation>
    </message>
</context>
<context>
    <name>OrderSlip</name>
    <message>
        <source>Number of your order</source>
        <translation>Numer zamówienia</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Twoje hasło</translation>
    </message>
    <message>
        <source>VAT included</source>
        <translation>Z VAT</translation>
    </message>
    <message>
        <source>Bar code for the till</source>
        <translation>Kod kreskowy do kasy</translation>
    </message>
</context>
<context>
    <name>OrderedPage</name>
    <message>
        <source>Send it again</source>
        <translation>Wyślij ponownie</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Zakończ</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Rozejrzyj się</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Odwołaj</translation>
    </message>
    <message>
        <source>Your phone&apos;s camera opens the page of this order: it tells how it stands, and shows the code for the till.</source>
        <translation>Aparat telefonu otworzy stronę zamówienia: pokaże jego stan i kod do kasy.</translation>
    </message>
    <message>
        <source>Photograph this slip, or note the number and your word.</source>
        <translation>Sfotografuj ten kwit albo zapisz numer i hasło.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Zabierz ze sobą</translation>
    </message>
    <message>
        <source>Yes, call it off</source>
        <translation>Tak, odwołaj</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Zostaw</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
</context>
<context>
    <name>PersonFields</name>
    <message>
        <source>Name</source>
        <translation>Imię i nazwisko</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Imię (opcjonalnie)</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Ulica i numer</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Kod pocztowy</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>Miejscowość</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>E-mail (optional)</source>
        <translation>E-mail (opcjonalnie)</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Phone (optional)</source>
        <translation>Telefon (opcjonalnie)</translation>
    </message>
</context>
<context>
    <name>PictureZoom</name>
    <message>
        <source>Further away</source>
        <translation>Dalej</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Bliżej</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message numerus="yes">
        <source>PIN, %n digit(s) typed</source>
        <translation>
            <numerusform>PIN, wpisano %n cyfrę</numerusform>
            <numerusform>PIN, wpisano %n cyfry</numerusform>
            <numerusform>PIN, wpisano %n cyfr</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Usuń</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Zaloguj się</translation>
    </message>
</context>
<context>
    <name>PriceText</name>
    <message>
        <source>Regular price %1</source>
        <translation>Cena regularna %1</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>In this store</source>
        <translation>W tym sklepie</translation>
    </message>
    <message>
        <source>Aisle</source>
        <translation>Alejka</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Kolor</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Rozmiar</translation>
    </message>
    <message>
        <source>In other stores</source>
        <translation>W innych sklepach</translation>
    </message>
    <message>
        <source>What others say</source>
        <translation>Opinie klientów</translation>
    </message>
    <message>
        <source>Product number %1</source>
        <translation>Numer produktu %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
    <message>
        <source>Add to my list</source>
        <translation>Dodaj do mojej listy</translation>
    </message>
    <message>
        <source>On your list</source>
        <translation>Na twojej liście</translation>
    </message>
    <message>
        <source>Order or reserve</source>
        <translation>Zamów lub zarezerwuj</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Zobacz z bliska</translation>
    </message>
</context>
<context>
    <name>QuantityStepper</name>
    <message>
        <source>One less: %1</source>
        <translation>O jeden mniej: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a thing and how many</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>One more: %1</source>
        <translation>O jeden więcej: %1</translation>
    </message>
</context>
<context>
    <name>ReturnPage</name>
    <message>
        <source>Wrong size</source>
        <translation>Zły rozmiar</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Uszkodzone</translation>
    </message>
    <message>
        <source>Not as described</source>
        <translation>Niezgodne z opisem</translation>
    </message>
    <message>
        <source>I changed my mind</source>
        <translation>Zmiana zdania</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Coś innego</translation>
    </message>
    <message>
        <source>Your return</source>
        <translation>Twój zwrot</translation>
    </message>
    <message>
        <source>What do you bring back?</source>
        <translation>Co zwracasz?</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a product</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Dlaczego?</translation>
    </message>
    <message>
        <source>Ask for the return</source>
        <translation>Poproś o zwrot</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Rozejrzyj się</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n gwiazdka</numerusform>
            <numerusform>%n gwiazdki</numerusform>
            <numerusform>%n gwiazdek</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScreenTest</name>
    <message>
        <source>Next colour</source>
        <translation>Następny kolor</translation>
    </message>
    <message>
        <source>Square %1</source>
        <translation>Pole %1</translation>
    </message>
    <message>
        <source>Touch every square. %1 to go.</source>
        <translation>Dotknij każdego pola. Pozostało: %1.</translation>
    </message>
    <message>
        <source>End the test</source>
        <translation>Zakończ test</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Szukaj po nazwie, marce lub numerze</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Szukaj</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
    <message>
        <source>Nothing found for this</source>
        <translation>Nic nie znaleziono</translation>
    </message>
    <message>
        <source>Type a word, or scan a product</source>
        <translation>Wpisz słowo lub zeskanuj produkt</translation>
    </message>
    <message>
        <source>Try fewer or other words. Our staff are glad to help as well.</source>
        <translation>Spróbuj mniej słów lub innych. Nasz personel też chętnie pomoże.</translation>
    </message>
    <message>
        <source>Names, brands, colours and the number below the barcode all work. Or begin with a department:</source>
        <translation>Możesz wpisać nazwę, markę, kolor lub numer spod kodu kreskowego. Albo zacznij od działu:</translation>
    </message>
    <message>
        <source>Seen a moment ago</source>
        <translation>Ostatnio oglądane</translation>
    </message>
    <message>
        <source>All stores</source>
        <translation>Wszystkie sklepy</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>W tym sklepie teraz</translation>
    </message>
    <message>
        <source>Near here</source>
        <translation>W pobliżu</translation>
    </message>
    <message>
        <source>Filter and sort · %1</source>
        <translation>Filtruj i sortuj · %1</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Filtruj i sortuj</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Usuń</translation>
    </message>
    <message>
        <source>Show more products</source>
        <translation>Pokaż więcej produktów</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Chwileczkę</translation>
    </message>
    <message>
        <source>Search does not work just now</source>
        <translation>Wyszukiwanie teraz nie działa</translation>
    </message>
    <message>
        <source>Nothing fits all of this</source>
        <translation>Nic nie spełnia wszystkich warunków</translation>
    </message>
    <message>
        <source>Scan a product to see it, or ask our staff. We look into it.</source>
        <translation>Zeskanuj produkt, aby go zobaczyć, lub zapytaj obsługę. Sprawdzamy, co się stało.</translation>
    </message>
    <message>
        <source>Take a filter away, or look in all our stores: we can send it or bring it here.</source>
        <translation>Usuń któryś filtr lub sprawdź wszystkie nasze sklepy: możemy wysłać produkt lub sprowadzić go tutaj.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Spróbuj ponownie</translation>
    </message>
    <message numerus="yes">
        <source>Look in all stores: %n product(s)</source>
        <translation>
            <numerusform>Sprawdź wszystkie sklepy: %n produkt</numerusform>
            <numerusform>Sprawdź wszystkie sklepy: %n produkty</numerusform>
            <numerusform>Sprawdź wszystkie sklepy: %n produktów</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Usuń wszystkie filtry</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>Scan your badge, then type your PIN.</source>
        <translation>Zeskanuj identyfikator, potem wpisz PIN.</translation>
    </message>
    <message>
        <source>For our staff</source>
        <translation>Dla obsługi</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Identyfikator</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Sprawdzanie…</translation>
    </message>
    <message>
        <source>It is the same badge and PIN as at the till, and works without a connection. Who signed in is written down.</source>
        <translation>Ten sam identyfikator i PIN co przy kasie; działa też bez połączenia. Logowanie jest zapisywane.</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>To urządzenie</translation>
    </message>
    <message>
        <source>Asking the device how it is…</source>
        <translation>Sprawdzanie stanu urządzenia…</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. What stands here is from before.</source>
        <translation>Urządzenie sklepu nie odpowiada. To, co widać, pochodzi sprzed chwili.</translation>
    </message>
    <message>
        <source>The same as a code, for whoever helps you on the telephone. It holds no secret.</source>
        <translation>To samo jako kod dla osoby, która pomaga przez telefon. Nie zawiera nic tajnego.</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Zrób zdjęcie</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Skaner</translation>
    </message>
    <message>
        <source>Scan anything: what was read and what it means appears here.</source>
        <translation>Zeskanuj cokolwiek: tu pojawi się, co odczytano i co to znaczy.</translation>
    </message>
    <message>
        <source>Test the touch</source>
        <translation>Test dotyku</translation>
    </message>
    <message>
        <source>Test the colours</source>
        <translation>Test kolorów</translation>
    </message>
    <message>
        <source>Restart this screen</source>
        <translation>Uruchom ekran ponownie</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Wyloguj się</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Język</translation>
    </message>
</context>
<context>
    <name>StoreRow</name>
    <message>
        <source>Stock as of %1</source>
        <comment>an age</comment>
        <translation>Stan %1</translation>
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
        <translation>Dla obsługi</translation>
    </message>
</context>
<context>
    <name>WifiPage</name>
    <message>
        <source>Free for %1 on one phone. No e-mail, no phone number.</source>
        <translation>Za darmo przez %1 na jednym telefonie. Bez e-maila, bez numeru.</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Darmowe Wi‑Fi</translation>
    </message>
    <message>
        <source>Photograph the code, or choose %1 in your phone&apos;s settings.</source>
        <translation>Zeskanuj kod aparatem albo wybierz %1 w ustawieniach telefonu.</translation>
    </message>
    <message>
        <source>Photograph the code, or choose the network in your phone&apos;s settings. It needs no password.</source>
        <translation>Zeskanuj kod aparatem albo wybierz sieć w ustawieniach telefonu. Hasło nie jest potrzebne.</translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation>Połącz się z siecią</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Hasło</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Sieć</translation>
    </message>
    <message>
        <source>Photograph this code next, agree to the terms, and you are online.</source>
        <translation>Następnie zeskanuj ten kod i zaakceptuj warunki – i jesteś online.</translation>
    </message>
    <message>
        <source>Join the store&apos;s guest Wi‑Fi, then photograph this code and agree to the terms.</source>
        <translation>Połącz się z Wi‑Fi dla gości sklepu, potem zeskanuj ten kod i zaakceptuj warunki.</translation>
    </message>
    <message>
        <source>Use your voucher</source>
        <translation>Użyj kodu dostępu</translation>
    </message>
    <message>
        <source>Or type it on the sign-in page</source>
        <translation>Albo wpisz na stronie logowania</translation>
    </message>
    <message>
        <source>The voucher works once, in this store. Its time begins when you use it.</source>
        <translation>Kod dostępu działa raz, w tym sklepie. Czas liczy się od jego użycia.</translation>
    </message>
    <message>
        <source>Voucher for another phone</source>
        <translation>Kod dla innego telefonu</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Chwileczkę</translation>
    </message>
    <message>
        <source>The Wi‑Fi is resting</source>
        <translation>Wi‑Fi odpoczywa</translation>
    </message>
    <message>
        <source>No guest Wi‑Fi here</source>
        <translation>Nie ma tu Wi‑Fi dla gości</translation>
    </message>
    <message>
        <source>No voucher just now</source>
        <translation>W tej chwili nie ma kodu dostępu</translation>
    </message>
    <message>
        <source>Your voucher is being made.</source>
        <translation>Przygotowujemy kod dostępu.</translation>
    </message>
    <message>
        <source>Guests can use it while the store is open.</source>
        <translation>Goście mogą z niego korzystać, gdy sklep jest otwarty.</translation>
    </message>
    <message>
        <source>This store offers no Wi‑Fi to guests at the moment.</source>
        <translation>Ten sklep nie udostępnia obecnie gościom Wi‑Fi.</translation>
    </message>
    <message>
        <source>This screen tries again by itself in a few seconds. Our staff can help you meanwhile.</source>
        <translation>Ekran sam spróbuje ponownie za kilka sekund. W tym czasie pomoże nasz personel.</translation>
    </message>
</context>
<context>
    <name>WishlistPage</name>
    <message>
        <source>My list</source>
        <translation>Moja lista</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Razem</translation>
    </message>
    <message>
        <source>Point your phone&apos;s camera at the code. Your list opens there and stays with you.</source>
        <translation>Skieruj aparat telefonu na kod. Lista otworzy się w telefonie i zostanie z Tobą.</translation>
    </message>
    <message>
        <source>Your list is kept. Your phone can open it as soon as this device is connected again.</source>
        <translation>Twoja lista jest zachowana. Telefon otworzy ją, gdy tylko urządzenie znów się połączy.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Zabierz ze sobą</translation>
    </message>
    <message>
        <source>Your list is kept</source>
        <translation>Twoja lista jest zachowana</translation>
    </message>
    <message>
        <source>Your list is still empty</source>
        <translation>Twoja lista jest jeszcze pusta</translation>
    </message>
    <message>
        <source>Scan a product or look around, and add what you like. You can take the list home on your phone.</source>
        <translation>Zeskanuj produkt lub rozejrzyj się i dodaj to, co Ci się podoba. Listę zabierzesz do domu w telefonie.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Rozejrzyj się</translation>
    </message>
    <message>
        <source>Order or reserve</source>
        <translation>Zamów lub zarezerwuj</translation>
    </message>
</context>
<context>
    <name>WishlistRow</name>
    <message>
        <source>Remove %1</source>
        <translation>Usuń %1</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>In stock</source>
        <translation>Dostępny</translation>
    </message>
    <message>
        <source>Last few</source>
        <translation>Ostatnie sztuki</translation>
    </message>
    <message>
        <source>Out of stock</source>
        <translation>Brak</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>przed chwilą</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min temu</numerusform>
            <numerusform>%n min temu</numerusform>
            <numerusform>%n min temu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n godz. temu</numerusform>
            <numerusform>%n godz. temu</numerusform>
            <numerusform>%n godz. temu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n dzień temu</numerusform>
            <numerusform>%n dni temu</numerusform>
            <numerusform>%n dni temu</numerusform>
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
        <translation>Otwarte do %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otwarte</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Zamknięte</translation>
    </message>
    <message>
        <source>Opens at %1</source>
        <translation>Otwarcie o %1</translation>
    </message>
    <message>
        <source>Opens tomorrow at %1</source>
        <translation>Otwarcie jutro o %1</translation>
    </message>
    <message>
        <source>Opens %1 %2</source>
        <comment>a weekday, a time</comment>
        <translation>Otwarcie: %1 %2</translation>
    </message>
    <message>
        <source>Saved to your list</source>
        <translation>Zapisano na Twojej liście</translation>
    </message>
    <message>
        <source>Removed from your list</source>
        <translation>Usunięto z Twojej listy</translation>
    </message>
    <message>
        <source>This list could not be found</source>
        <translation>Nie znaleziono tej listy</translation>
    </message>
    <message>
        <source>Not saved: this device has no room left. Please ask our staff.</source>
        <translation>Nie zapisano: w urządzeniu brakuje miejsca. Prosimy zwrócić się do personelu.</translation>
    </message>
    <message>
        <source>Not saved just now. Please try again in a moment.</source>
        <translation>Teraz nie udało się zapisać. Spróbuj ponownie za chwilę.</translation>
    </message>
    <message>
        <source>Lists and memberships are paused for a moment. You can look around as usual.</source>
        <translation>Listy i zapisy do klubu są chwilowo wstrzymane. Możesz przeglądać ofertę jak zwykle.</translation>
    </message>
    <message>
        <source>Working without a connection.</source>
        <translation>Praca bez połączenia z siecią.</translation>
    </message>
    <message>
        <source>Working without a connection. Stock as of %1.</source>
        <translation>Praca bez połączenia z siecią. Stan magazynu: %1.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Chwileczkę</translation>
    </message>
    <message>
        <source>This device is waiting for its catalogue</source>
        <translation>Urządzenie czeka na swój katalog</translation>
    </message>
    <message>
        <source>This device is new here</source>
        <translation>To urządzenie jest tu nowe</translation>
    </message>
    <message>
        <source>This screen needs a hand</source>
        <translation>Ten ekran potrzebuje pomocy</translation>
    </message>
    <message>
        <source>Please ask our staff: they are glad to help.</source>
        <translation>Zapytaj naszą obsługę: chętnie pomożemy.</translation>
    </message>
    <message>
        <source>The screen is connecting to the store&apos;s device.</source>
        <translation>Ekran łączy się z urządzeniem sklepu.</translation>
    </message>
    <message>
        <source>It will open by itself as soon as the catalogue has arrived.</source>
        <translation>Otworzy się samo, gdy tylko katalog zostanie pobrany.</translation>
    </message>
    <message>
        <source>Enrolling this device…</source>
        <translation>Rejestrowanie urządzenia…</translation>
    </message>
    <message>
        <source>Enrolling did not work. Is the code still valid?</source>
        <translation>Rejestracja nie powiodła się. Czy kod jest jeszcze ważny?</translation>
    </message>
    <message>
        <source>Technician: hold the enrolment code in front of the scanner.</source>
        <translation>Technik: pokaż kod rejestracyjny czytnikowi.</translation>
    </message>
    <message>
        <source>Switch this device off and on again, and give it five minutes.</source>
        <translation>Wyłącz to urządzenie, włącz je ponownie i odczekaj pięć minut.</translation>
    </message>
    <message>
        <source>If this page comes back, call support and say: the store&apos;s device does not answer.</source>
        <translation>Jeśli ta strona wróci, zadzwoń do pomocy technicznej i powiedz: urządzenie sklepu nie odpowiada.</translation>
    </message>
    <message>
        <source>Card ending in %1</source>
        <translation>Karta kończy się na %1</translation>
    </message>
    <message>
        <source>This device is enrolled already</source>
        <translation>Urządzenie jest już zarejestrowane</translation>
    </message>
    <message>
        <source>Offer until %1</source>
        <translation>Promocja do %1</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n opinia</numerusform>
            <numerusform>%n opinie</numerusform>
            <numerusform>%n opinii</numerusform>
        </translation>
    </message>
    <message>
        <source>as of %1</source>
        <comment>an age</comment>
        <translation>stan: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) found</source>
        <translation>
            <numerusform>Znaleziono %n produkt</numerusform>
            <numerusform>Znaleziono %n produkty</numerusform>
            <numerusform>Znaleziono %n produktów</numerusform>
        </translation>
    </message>
    <message>
        <source>I want to become a member and accept the membership terms. My details are used to run my membership.</source>
        <translation>Chcę zostać klubowiczem i akceptuję regulamin klubu. Moje dane będą używane do prowadzenia mojego członkostwa.</translation>
    </message>
    <message>
        <source>Send me news and offers by e-mail.</source>
        <translation>Chcę otrzymywać nowości i promocje e-mailem.</translation>
    </message>
    <message>
        <source>Send me news and offers by text message.</source>
        <translation>Chcę otrzymywać nowości i promocje SMS-em.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number, so that we can find you again.</source>
        <translation>Podaj adres e-mail lub numer telefonu, abyśmy mogli Cię później odnaleźć.</translation>
    </message>
    <message>
        <source>This does not look like an e-mail address. Example: name@example.com</source>
        <translation>To nie wygląda na adres e-mail. Przykład: imie@example.com</translation>
    </message>
    <message>
        <source>This does not look like a phone number. Example: +358 40 123 4567</source>
        <translation>To nie wygląda na numer telefonu. Przykład: +48 501 234 567</translation>
    </message>
    <message>
        <source>Membership needs your consent to the terms.</source>
        <translation>Członkostwo wymaga akceptacji regulaminu.</translation>
    </message>
    <message>
        <source>This device has no room for new memberships right now. Please ask at the till, where you can join as well.</source>
        <translation>Urządzenie nie ma teraz miejsca na nowe zapisy. Do klubu możesz dołączyć także przy kasie.</translation>
    </message>
    <message>
        <source>Joining did not work just now, and nothing was kept. Please try again, or ask at the till.</source>
        <translation>Zapis teraz się nie udał i nic nie zostało zachowane. Spróbuj ponownie lub zapytaj przy kasie.</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n produkt</numerusform>
            <numerusform>%n produkty</numerusform>
            <numerusform>%n produktów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n produkt</numerusform>
            <numerusform>%n produkty</numerusform>
            <numerusform>%n produktów</numerusform>
        </translation>
    </message>
    <message>
        <source>Item %1</source>
        <translation>Artykuł %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n godzinę</numerusform>
            <numerusform>%n godziny</numerusform>
            <numerusform>%n godzin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minutę</numerusform>
            <numerusform>%n minuty</numerusform>
            <numerusform>%n minut</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) cannot be ordered here and are left out.</source>
        <translation>
            <numerusform>%n produktu nie można tu zamówić i został pominięty.</numerusform>
            <numerusform>%n produktów nie można tu zamówić i zostały pominięte.</numerusform>
            <numerusform>%n produktów nie można tu zamówić i zostały pominięte.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a price</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>This store</source>
        <translation>Ten sklep</translation>
    </message>
    <message>
        <source>All items in stock</source>
        <translation>Wszystko dostępne</translation>
    </message>
    <message>
        <source>%1 of %2 items in stock</source>
        <translation>%1 z %2 produktów dostępne</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>To jest za długie.</translation>
    </message>
    <message>
        <source>In stock here: it is put aside for you at once.</source>
        <translation>Dostępne tutaj: od razu odłożymy dla ciebie.</translation>
    </message>
    <message>
        <source>We ask for it as soon as you order, and you know in a moment.</source>
        <translation>Zapytamy, gdy tylko zamówisz, i za chwilę będzie wiadomo.</translation>
    </message>
    <message>
        <source>No connection just now: we ask for it as soon as there is one, and the page on your phone tells you. Until then nothing is promised.</source>
        <translation>Brak połączenia: zapytamy, gdy tylko wróci, a strona w telefonie pokaże odpowiedź. Do tego czasu niczego nie obiecujemy.</translation>
    </message>
    <message>
        <source>Enter the name that is on the door.</source>
        <translation>Podaj nazwisko z drzwi.</translation>
    </message>
    <message>
        <source>Enter the street and the number.</source>
        <translation>Podaj ulicę i numer.</translation>
    </message>
    <message>
        <source>Enter the town.</source>
        <translation>Podaj miejscowość.</translation>
    </message>
    <message>
        <source>Enter the postcode.</source>
        <translation>Podaj kod pocztowy.</translation>
    </message>
    <message>
        <source>Enter the postcode, such as %1.</source>
        <translation>Podaj kod pocztowy, na przykład %1.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number for the delivery.</source>
        <translation>Podaj adres e-mail lub numer telefonu do dostawy.</translation>
    </message>
    <message>
        <source>We do not know whether your order arrived. Send it again: it counts once, however often you do.</source>
        <translation>Nie wiemy, czy zamówienie dotarło. Wyślij je ponownie: policzymy je tylko raz.</translation>
    </message>
    <message>
        <source>This device has no room for orders right now. Our staff take your order at the till.</source>
        <translation>Urządzenie nie ma teraz miejsca na zamówienia. Obsługa przyjmie je przy kasie.</translation>
    </message>
    <message>
        <source>Many orders are coming in just now. Please try again in a minute.</source>
        <translation>Właśnie wpływa wiele zamówień. Spróbuj ponownie za minutę.</translation>
    </message>
    <message>
        <source>The order was not taken. Please ask our staff.</source>
        <translation>Zamówienie nie zostało przyjęte. Zapytaj obsługę.</translation>
    </message>
    <message>
        <source>We have asked for it</source>
        <translation>Zapytaliśmy o to</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <translation>Odłożone dla ciebie</translation>
    </message>
    <message>
        <source>It is yours</source>
        <translation>Jest twoje</translation>
    </message>
    <message>
        <source>We are sorry: it is gone</source>
        <translation>Przykro nam: już nie ma</translation>
    </message>
    <message>
        <source>We are fetching it</source>
        <translation>Właśnie to przynosimy</translation>
    </message>
    <message>
        <source>It is ready for you</source>
        <translation>Gotowe do odbioru</translation>
    </message>
    <message>
        <source>Bring it to our staff</source>
        <translation>Oddaj to obsłudze</translation>
    </message>
    <message>
        <source>You have it</source>
        <translation>Masz to już</translation>
    </message>
    <message>
        <source>It came back to us</source>
        <translation>Zwrócone</translation>
    </message>
    <message>
        <source>This order was called off</source>
        <translation>Zamówienie odwołane</translation>
    </message>
    <message>
        <source>Nobody came for this order</source>
        <translation>Nikt nie odebrał zamówienia</translation>
    </message>
    <message>
        <source>It is paid and comes to your home.</source>
        <translation>Opłacone i w drodze do domu.</translation>
    </message>
    <message>
        <source>Pay with this slip at the till, %1 at the latest. Then it comes to your home.</source>
        <translation>Zapłać z tym kwitem przy kasie, najpóźniej %1. Potem dostarczymy do domu.</translation>
    </message>
    <message>
        <source>%1 keeps it until %2. Try it, and pay only if you like it.</source>
        <translation>%1 przechowa to do: %2. Wypróbuj i zapłać tylko, jeśli ci się spodoba.</translation>
    </message>
    <message>
        <source>Ready for you in %1: %2. It waits until %3.</source>
        <translation>Gotowe: %1, %2. Czeka do: %3.</translation>
    </message>
    <message>
        <source>We are asking whether it is there.</source>
        <translation>Pytamy, czy jest dostępne.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. Ask here or at the till with the number of your order.</source>
        <translation>Nic nie jest jeszcze obiecane. Zapytaj tu lub przy kasie, podając numer zamówienia.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. The page on your phone tells you as soon as it is certain.</source>
        <translation>Nic nie jest jeszcze obiecane. Strona w telefonie powie, gdy tylko będzie to pewne.</translation>
    </message>
    <message>
        <source>Somebody else was faster. These stores have all of it:</source>
        <translation>Ktoś był szybszy. Te sklepy mają wszystko:</translation>
    </message>
    <message>
        <source>Somebody else was faster, and no other store has all of it. Our staff look for a way; you can also call the order off.</source>
        <translation>Ktoś był szybszy i żaden sklep nie ma wszystkiego. Obsługa poszuka rozwiązania; możesz też odwołać zamówienie.</translation>
    </message>
    <message>
        <source>Our staff in %1 are collecting your things.</source>
        <translation>Obsługa kompletuje twoje rzeczy: %1.</translation>
    </message>
    <message>
        <source>It lies at the desk of %1 until %2.</source>
        <translation>Czeka przy ladzie: %1, do: %2.</translation>
    </message>
    <message>
        <source>Show the number of your order at the desk. They look at it together with you.</source>
        <translation>Pokaż numer zamówienia przy ladzie. Obsługa obejrzy to razem z tobą.</translation>
    </message>
    <message>
        <source>Something is not right? You can return it here.</source>
        <translation>Coś jest nie tak? Możesz to tutaj zwrócić.</translation>
    </message>
    <message>
        <source>Everything of this order was returned.</source>
        <translation>Wszystko z tego zamówienia zwrócono.</translation>
    </message>
    <message>
        <source>Nothing is put aside any more, and nothing is to be paid.</source>
        <translation>Nic nie jest już odłożone i nic nie trzeba płacić.</translation>
    </message>
    <message>
        <source>It was kept until %1 and is back on the shelf.</source>
        <translation>Czekało do: %1 i wróciło na półkę.</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Zapłacone</translation>
    </message>
    <message>
        <source>To pay at the till</source>
        <translation>Do zapłaty przy kasie</translation>
    </message>
    <message>
        <source>To pay when you fetch it</source>
        <translation>Do zapłaty przy odbiorze</translation>
    </message>
    <message>
        <source>This is not the word of the order. It stands on your slip.</source>
        <translation>To nie jest hasło zamówienia. Jest na twoim kwicie.</translation>
    </message>
    <message>
        <source>Too many tries. Please wait a minute, or ask our staff.</source>
        <translation>Za dużo prób. Odczekaj minutę albo zapytaj obsługę.</translation>
    </message>
    <message>
        <source>This is not possible any more. Our staff can help.</source>
        <translation>To już niemożliwe. Obsługa pomoże.</translation>
    </message>
    <message>
        <source>This did not work just now. Please try again, or ask our staff.</source>
        <translation>To się teraz nie udało. Spróbuj ponownie albo zapytaj obsługę.</translation>
    </message>
    <message>
        <source>today at %1</source>
        <translation>dziś o %1</translation>
    </message>
    <message>
        <source>tomorrow at %1</source>
        <translation>jutro o %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>a day, a time</comment>
        <translation>%1 o %2</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <comment>a day</comment>
        <translation>ddd d MMM</translation>
    </message>
    <message>
        <source>Take it now, let us put it aside, or have it sent home.</source>
        <translation>Weź od razu, zarezerwuj albo zamów do domu.</translation>
    </message>
    <message>
        <source>Collect it in another store, or have it sent home.</source>
        <translation>Odbierz w innym sklepie albo zamów do domu.</translation>
    </message>
    <message>
        <source>Order it, and we ask all our stores.</source>
        <translation>Zamów, a zapytamy wszystkie nasze sklepy.</translation>
    </message>
    <message>
        <source>This order did not go through</source>
        <translation>Zamówienie nie zostało przyjęte</translation>
    </message>
    <message>
        <source>Nothing is sent, and nothing is to be paid. Something in the address may be missing: order again, or ask our staff with this number.</source>
        <translation>Nic nie zostanie wysłane i nic nie trzeba płacić. W adresie może czegoś brakować: zamów ponownie lub zapytaj obsługę, podając ten numer.</translation>
    </message>
    <message>
        <source>Nothing is put aside, and nothing is to be paid. Order again, or ask our staff with this number.</source>
        <translation>Nic nie zostało odłożone i nic nie trzeba płacić. Zamów ponownie lub zapytaj obsługę, podając ten numer.</translation>
    </message>
    <message>
        <source>Under %1</source>
        <comment>a price</comment>
        <translation>Poniżej %1</translation>
    </message>
    <message>
        <source>%1 and more</source>
        <comment>a price</comment>
        <translation>%1 i więcej</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two prices</comment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>%1 stars and more</source>
        <translation>Co najmniej %1 gwiazdki</translation>
    </message>
    <message>
        <source>A product: %1</source>
        <translation>Produkt: %1</translation>
    </message>
    <message>
        <source>A product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>A code that enrols a device</source>
        <translation>Kod rejestrujący urządzenie</translation>
    </message>
    <message>
        <source>A wishlist</source>
        <translation>Lista życzeń</translation>
    </message>
    <message>
        <source>A receipt: %1</source>
        <translation>Paragon: %1</translation>
    </message>
    <message>
        <source>An order: %1</source>
        <translation>Zamówienie: %1</translation>
    </message>
    <message>
        <source>A coupon or a gift card</source>
        <translation>Kupon lub karta podarunkowa</translation>
    </message>
    <message>
        <source>Nothing of ours: %1</source>
        <translation>Nie nasz: %1</translation>
    </message>
    <message>
        <source>Too many tries. Wait a minute.</source>
        <translation>Zbyt wiele prób. Poczekaj minutę.</translation>
    </message>
    <message>
        <source>A badge is scanned or typed; a PIN has four to twelve digits.</source>
        <translation>Identyfikator skanuje się lub wpisuje; PIN ma od czterech do dwunastu cyfr.</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. Try again in a moment.</source>
        <translation>Urządzenie sklepu nie odpowiada. Spróbuj ponownie za chwilę.</translation>
    </message>
    <message numerus="yes">
        <source>Locked for %n second(s)</source>
        <translation>
            <numerusform>Zablokowano na %n sekundę</numerusform>
            <numerusform>Zablokowano na %n sekundy</numerusform>
            <numerusform>Zablokowano na %n sekund</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Badge or PIN is wrong. %n more tries.</source>
        <translation>
            <numerusform>Zły identyfikator lub PIN. Pozostała %n próba.</numerusform>
            <numerusform>Zły identyfikator lub PIN. Pozostały %n próby.</numerusform>
            <numerusform>Zły identyfikator lub PIN. Pozostało %n prób.</numerusform>
        </translation>
    </message>
    <message>
        <source>(not shown: it is worth money or names a person)</source>
        <translation>(nie pokazano: ma wartość lub wskazuje osobę)</translation>
    </message>
    <message>
        <source>Connection to headquarters</source>
        <translation>Połączenie z centralą</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Połączono</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Brak połączenia</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Dlaczego</translation>
    </message>
    <message>
        <source>Last talked to headquarters</source>
        <translation>Ostatni kontakt z centralą</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nigdy</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Czeka na wysłanie</translation>
    </message>
    <message>
        <source>%1, the oldest %2</source>
        <comment>a number, an age</comment>
        <translation>%1, najstarsze %2</translation>
    </message>
    <message>
        <source>Held back by headquarters</source>
        <translation>Wstrzymane przez centralę</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>%1 products, stock as of %2</source>
        <comment>a number, an age</comment>
        <translation>%1 produktów, stan: %2</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Scanner that types</source>
        <translation>Skaner jako klawiatura</translation>
    </message>
    <message>
        <source>Scanner %1</source>
        <comment>a path</comment>
        <translation>Skaner %1</translation>
    </message>
    <message>
        <source>gone, noticed %1</source>
        <comment>an age</comment>
        <translation>odłączony, zauważono %1</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nie znaleziono</translation>
    </message>
    <message>
        <source>back, %1</source>
        <comment>an age</comment>
        <translation>znowu działa, %1</translation>
    </message>
    <message>
        <source>works</source>
        <translation>działa</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Zegar</translation>
    </message>
    <message>
        <source>set by the network</source>
        <translation>ustawiony z sieci</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>szacowany</translation>
    </message>
    <message>
        <source>Records on this device</source>
        <translation>Zapisy na urządzeniu</translation>
    </message>
    <message>
        <source>were damaged and mended</source>
        <translation>były uszkodzone, naprawiono</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>w porządku</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Sklep</translation>
    </message>
    <message>
        <source>not enrolled</source>
        <translation>niezarejestrowane</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Urządzenie</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Wersja</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>a price, a unit</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Offer right now</source>
        <translation>Teraz w promocji</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>Teraz w tym sklepie</translation>
    </message>
    <message>
        <source>Back in stock</source>
        <translation>Znów dostępne</translation>
    </message>
    <message>
        <source>In a store nearby</source>
        <translation>W sklepie w pobliżu</translation>
    </message>
    <message>
        <source>From our range</source>
        <translation>Z naszej oferty</translation>
    </message>
    <message>
        <source>Aisle %1</source>
        <translation>Alejka %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a store, a distance</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
</TS>

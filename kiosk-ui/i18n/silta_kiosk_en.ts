<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AttractPage</name>
    <message>
        <source>Welcome</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>Touch the screen, or scan a product</source>
        <translation>Touch the screen, or scan a product</translation>
    </message>
    <message>
        <source>Welcome to
%1</source>
        <translation>Welcome to
%1</translation>
    </message>
</context>
<context>
    <name>FacetGroup</name>
    <message>
        <source>Show all</source>
        <translation>Show all</translation>
    </message>
</context>
<context>
    <name>FilterSheet</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Filter and sort</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sort by</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>Best match</translation>
    </message>
    <message>
        <source>Lowest price</source>
        <translation>Lowest price</translation>
    </message>
    <message>
        <source>Highest price</source>
        <translation>Highest price</translation>
    </message>
    <message>
        <source>Best rated</source>
        <translation>Best rated</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Departments</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>Brand</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Rating</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Clear all filters</translation>
    </message>
    <message>
        <source>Show products</source>
        <translation>Show products</translation>
    </message>
    <message numerus="yes">
        <source>Show %n product(s)</source>
        <translation>
            <numerusform>Show %n product</numerusform>
            <numerusform>Show %n products</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindOrderPage</name>
    <message>
        <source>Collect or return an order</source>
        <translation>Collect or return an order</translation>
    </message>
    <message>
        <source>Hold the code of your order in front of the scanner: from your phone or from the slip.</source>
        <translation>Hold the code of your order in front of the scanner: from your phone or from the slip.</translation>
    </message>
    <message>
        <source>For example %1</source>
        <comment>the number of an order</comment>
        <translation>For example %1</translation>
    </message>
    <message>
        <source>Or type its number</source>
        <translation>Or type its number</translation>
    </message>
    <message>
        <source>Show my order</source>
        <translation>Show my order</translation>
    </message>
</context>
<context>
    <name>FoundOrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Your order</translation>
    </message>
    <message>
        <source>Our staff know that you are here and bring it to the desk. They ask you for your word.</source>
        <translation>Our staff know that you are here and bring it to the desk. They ask you for your word.</translation>
    </message>
    <message>
        <source>I am here: please bring it</source>
        <translation>I am here: please bring it</translation>
    </message>
    <message>
        <source>Return something</source>
        <translation>Return something</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Call it off</translation>
    </message>
    <message>
        <source>Your word, as it stands on the slip</source>
        <translation>Your word, as it stands on the slip</translation>
    </message>
    <message>
        <source>Call the order off</source>
        <translation>Call the order off</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Keep it</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>This does not work just now</source>
        <translation>This does not work just now</translation>
    </message>
    <message>
        <source>We do not find this order</source>
        <translation>We do not find this order</translation>
    </message>
    <message>
        <source>Your order is being looked for.</source>
        <translation>Your order is being looked for.</translation>
    </message>
    <message>
        <source>Our staff find your order at the till.</source>
        <translation>Our staff find your order at the till.</translation>
    </message>
    <message>
        <source>It may be another store&apos;s. Compare the number, or show it to our staff.</source>
        <translation>It may be another store&apos;s. Compare the number, or show it to our staff.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Look around</translation>
    </message>
</context>
<context>
    <name>HealthLine</name>
    <message>
        <source>needs attention</source>
        <translation>needs attention</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>worth a look</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Search instead</source>
        <translation>Search instead</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Look around</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>What are you looking for?</source>
        <translation>What are you looking for?</translation>
    </message>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Search by name, brand or number</translation>
    </message>
    <message>
        <source>Offers right now</source>
        <translation>Offers right now</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Departments</translation>
    </message>
    <message>
        <source>Collect or return an order</source>
        <translation>Collect or return an order</translation>
    </message>
    <message>
        <source>See what is here today</source>
        <translation>See what is here today</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>Are you still here?</source>
        <translation>Are you still here?</translation>
    </message>
    <message>
        <source>Otherwise this screen starts afresh, and everything you entered is forgotten.</source>
        <translation>Otherwise this screen starts afresh, and everything you entered is forgotten.</translation>
    </message>
    <message>
        <source>I&apos;m still here</source>
        <translation>I&apos;m still here</translation>
    </message>
    <message>
        <source>Finish and forget</source>
        <translation>Finish and forget</translation>
    </message>
</context>
<context>
    <name>JoinPage</name>
    <message>
        <source>Join the club</source>
        <translation>Join the club</translation>
    </message>
    <message>
        <source>Member prices, your list in every store, and a card that works at once. It takes half a minute.</source>
        <translation>Member prices, your list in every store, and a card that works at once. It takes half a minute.</translation>
    </message>
    <message>
        <source>The club opens here as soon as the store&apos;s device is connected. Until then our staff are glad to sign you up at the till.</source>
        <translation>The club opens here as soon as the store&apos;s device is connected. Until then our staff are glad to sign you up at the till.</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Name (optional)</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>An e-mail address or a phone number is enough.</source>
        <translation>An e-mail address or a phone number is enough.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Sending…</translation>
    </message>
    <message>
        <source>Become a member</source>
        <translation>Become a member</translation>
    </message>
    <message>
        <source>Your phone number and e-mail address never stay on this device: they are locked the moment you send them, and only our head office can open them.</source>
        <translation>Your phone number and e-mail address never stay on this device: they are locked the moment you send them, and only our head office can open them.</translation>
    </message>
</context>
<context>
    <name>JoinedPage</name>
    <message>
        <source>Welcome to the club</source>
        <translation>Welcome to the club</translation>
    </message>
    <message>
        <source>Your member number</source>
        <translation>Your member number</translation>
    </message>
    <message>
        <source>Photograph the code: it is your card, and it works at the till from now on. What you typed has already left this screen.</source>
        <translation>Photograph the code: it is your card, and it works at the till from now on. What you typed has already left this screen.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Look around</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>Bar code for the till</source>
        <translation>Bar code for the till</translation>
    </message>
</context>
<context>
    <name>LanguageSheet</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Choose your language</source>
        <translation>Choose your language</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Size of the text</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>a size of text</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Less motion</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>The code is sound, but this product is not in our range. Search for something like it, or ask our staff.</source>
        <translation>The code is sound, but this product is not in our range. Search for something like it, or ask our staff.</translation>
    </message>
    <message>
        <source>We do not carry this product</source>
        <translation>We do not carry this product</translation>
    </message>
    <message>
        <source>It is not a product, a member card or a list of ours. Try the barcode on the package, or search by name.</source>
        <translation>It is not a product, a member card or a list of ours. Try the barcode on the package, or search by name.</translation>
    </message>
    <message>
        <source>This code is new to us</source>
        <translation>This code is new to us</translation>
    </message>
</context>
<context>
    <name>MemberPage</name>
    <message>
        <source>Good to see you again</source>
        <translation>Good to see you again</translation>
    </message>
    <message>
        <source>Card recognised. %1</source>
        <translation>Card recognised. %1</translation>
    </message>
    <message>
        <source>You have a list here: %1.</source>
        <translation>You have a list here: %1.</translation>
    </message>
    <message>
        <source>Show your card at the till as well, and member prices apply.</source>
        <translation>Show your card at the till as well, and member prices apply.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Look around</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>My list</translation>
    </message>
</context>
<context>
    <name>NavBar</name>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>My list</source>
        <translation>My list</translation>
    </message>
    <message>
        <source>Join the club</source>
        <translation>Join the club</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Free Wi‑Fi</translation>
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
        <translation>VAT included</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Sending…</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>Send it again</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Place the order</source>
        <translation>Place the order</translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message>
        <source>Your order</source>
        <translation>Your order</translation>
    </message>
    <message>
        <source>None of this can be ordered here. Our staff can help you.</source>
        <translation>None of this can be ordered here. Our staff can help you.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>How would you like to get it?</source>
        <translation>How would you like to get it?</translation>
    </message>
    <message>
        <source>Packed and waiting for you, here or in another store. You have seven days.</source>
        <translation>Packed and waiting for you, here or in another store. You have seven days.</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Collect</translation>
    </message>
    <message>
        <source>Put aside here for 24 hours. Try it before you pay.</source>
        <translation>Put aside here for 24 hours. Try it before you pay.</translation>
    </message>
    <message>
        <source>Only what this store has in stock.</source>
        <translation>Only what this store has in stock.</translation>
    </message>
    <message>
        <source>Reserve here</source>
        <translation>Reserve here</translation>
    </message>
    <message>
        <source>You pay here at the till, and it comes to your door.</source>
        <translation>You pay here at the till, and it comes to your door.</translation>
    </message>
    <message>
        <source>As soon as this device is connected again.</source>
        <translation>As soon as this device is connected again.</translation>
    </message>
    <message>
        <source>Order home</source>
        <translation>Order home</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Where?</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Your word</translation>
    </message>
    <message>
        <source>Keep it in mind: our staff ask for it, so that nobody else gets your things.</source>
        <translation>Keep it in mind: our staff ask for it, so that nobody else gets your things.</translation>
    </message>
    <message>
        <source>Other words</source>
        <translation>Other words</translation>
    </message>
    <message>
        <source>Where does it go?</source>
        <translation>Where does it go?</translation>
    </message>
    <message>
        <source>May we tell you when it is ready?</source>
        <translation>May we tell you when it is ready?</translation>
    </message>
    <message>
        <source>What you type is locked the moment you send it: this device cannot read it, and forgets it. Only our head office can open it, for this order and nothing else. Our staff see the first letters of your name.</source>
        <translation>What you type is locked the moment you send it: this device cannot read it, and forgets it. Only our head office can open it, for this order and nothing else. Our staff see the first letters of your name.</translation>
    </message>
</context>
<context>
    <name>OrderSlip</name>
    <message>
        <source>Number of your order</source>
        <translation>Number of your order</translation>
    </message>
    <message>
        <source>Your word</source>
        <translation>Your word</translation>
    </message>
    <message>
        <source>VAT included</source>
        <translation>VAT included</translation>
    </message>
    <message>
        <source>Bar code for the till</source>
        <translation>Bar code for the till</translation>
    </message>
</context>
<context>
    <name>OrderedPage</name>
    <message>
        <source>Send it again</source>
        <translation>Send it again</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Look around</translation>
    </message>
    <message>
        <source>Call it off</source>
        <translation>Call it off</translation>
    </message>
    <message>
        <source>Your phone&apos;s camera opens the page of this order: it tells how it stands, and shows the code for the till.</source>
        <translation>Your phone&apos;s camera opens the page of this order: it tells how it stands, and shows the code for the till.</translation>
    </message>
    <message>
        <source>Photograph this slip, or note the number and your word.</source>
        <translation>Photograph this slip, or note the number and your word.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Take it along</translation>
    </message>
    <message>
        <source>Yes, call it off</source>
        <translation>Yes, call it off</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Keep it</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>PersonFields</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Name (optional)</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Street and number</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Postcode</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>E-mail (optional)</source>
        <translation>E-mail (optional)</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Phone (optional)</source>
        <translation>Phone (optional)</translation>
    </message>
</context>
<context>
    <name>PictureZoom</name>
    <message>
        <source>Further away</source>
        <translation>Further away</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Closer</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message numerus="yes">
        <source>PIN, %n digit(s) typed</source>
        <translation>
            <numerusform>PIN, %n digit typed</numerusform>
            <numerusform>PIN, %n digits typed</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Erase</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
</context>
<context>
    <name>PriceText</name>
    <message>
        <source>Regular price %1</source>
        <translation>Regular price %1</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>In this store</source>
        <translation>In this store</translation>
    </message>
    <message>
        <source>Aisle</source>
        <translation>Aisle</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>In other stores</source>
        <translation>In other stores</translation>
    </message>
    <message>
        <source>What others say</source>
        <translation>What others say</translation>
    </message>
    <message>
        <source>Product number %1</source>
        <translation>Product number %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Add to my list</source>
        <translation>Add to my list</translation>
    </message>
    <message>
        <source>On your list</source>
        <translation>On your list</translation>
    </message>
    <message>
        <source>Order or reserve</source>
        <translation>Order or reserve</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Look closer</translation>
    </message>
</context>
<context>
    <name>QuantityStepper</name>
    <message>
        <source>One less: %1</source>
        <translation>One less: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a thing and how many</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>One more: %1</source>
        <translation>One more: %1</translation>
    </message>
</context>
<context>
    <name>ReturnPage</name>
    <message>
        <source>Wrong size</source>
        <translation>Wrong size</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>Not as described</source>
        <translation>Not as described</translation>
    </message>
    <message>
        <source>I changed my mind</source>
        <translation>I changed my mind</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Something else</translation>
    </message>
    <message>
        <source>Your return</source>
        <translation>Your return</translation>
    </message>
    <message>
        <source>What do you bring back?</source>
        <translation>What do you bring back?</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a product</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Why?</translation>
    </message>
    <message>
        <source>Ask for the return</source>
        <translation>Ask for the return</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Look around</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScreenTest</name>
    <message>
        <source>Next colour</source>
        <translation>Next colour</translation>
    </message>
    <message>
        <source>Square %1</source>
        <translation>Square %1</translation>
    </message>
    <message>
        <source>Touch every square. %1 to go.</source>
        <translation>Touch every square. %1 to go.</translation>
    </message>
    <message>
        <source>End the test</source>
        <translation>End the test</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search by name, brand or number</source>
        <translation>Search by name, brand or number</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Clear the search</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Nothing found for this</source>
        <translation>Nothing found for this</translation>
    </message>
    <message>
        <source>Type a word, or scan a product</source>
        <translation>Type a word, or scan a product</translation>
    </message>
    <message>
        <source>Try fewer or other words. Our staff are glad to help as well.</source>
        <translation>Try fewer or other words. Our staff are glad to help as well.</translation>
    </message>
    <message>
        <source>Names, brands, colours and the number below the barcode all work. Or begin with a department:</source>
        <translation>Names, brands, colours and the number below the barcode all work. Or begin with a department:</translation>
    </message>
    <message>
        <source>Seen a moment ago</source>
        <translation>Seen a moment ago</translation>
    </message>
    <message>
        <source>All stores</source>
        <translation>All stores</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>In this store now</translation>
    </message>
    <message>
        <source>Near here</source>
        <translation>Near here</translation>
    </message>
    <message>
        <source>Filter and sort · %1</source>
        <translation>Filter and sort · %1</translation>
    </message>
    <message>
        <source>Filter and sort</source>
        <translation>Filter and sort</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Show more products</source>
        <translation>Show more products</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>Search does not work just now</source>
        <translation>Search does not work just now</translation>
    </message>
    <message>
        <source>Nothing fits all of this</source>
        <translation>Nothing fits all of this</translation>
    </message>
    <message>
        <source>Scan a product to see it, or ask our staff. We look into it.</source>
        <translation>Scan a product to see it, or ask our staff. We look into it.</translation>
    </message>
    <message>
        <source>Take a filter away, or look in all our stores: we can send it or bring it here.</source>
        <translation>Take a filter away, or look in all our stores: we can send it or bring it here.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message numerus="yes">
        <source>Look in all stores: %n product(s)</source>
        <translation>
            <numerusform>Look in all stores: %n product</numerusform>
            <numerusform>Look in all stores: %n products</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Clear all filters</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>Scan your badge, then type your PIN.</source>
        <translation>Scan your badge, then type your PIN.</translation>
    </message>
    <message>
        <source>For our staff</source>
        <translation>For our staff</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>It is the same badge and PIN as at the till, and works without a connection. Who signed in is written down.</source>
        <translation>It is the same badge and PIN as at the till, and works without a connection. Who signed in is written down.</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>This device</translation>
    </message>
    <message>
        <source>Asking the device how it is…</source>
        <translation>Asking the device how it is…</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. What stands here is from before.</source>
        <translation>The store&apos;s device does not answer. What stands here is from before.</translation>
    </message>
    <message>
        <source>The same as a code, for whoever helps you on the telephone. It holds no secret.</source>
        <translation>The same as a code, for whoever helps you on the telephone. It holds no secret.</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Take a photo</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Scan anything: what was read and what it means appears here.</source>
        <translation>Scan anything: what was read and what it means appears here.</translation>
    </message>
    <message>
        <source>Test the touch</source>
        <translation>Test the touch</translation>
    </message>
    <message>
        <source>Test the colours</source>
        <translation>Test the colours</translation>
    </message>
    <message>
        <source>Restart this screen</source>
        <translation>Restart this screen</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
</context>
<context>
    <name>StoreRow</name>
    <message>
        <source>Stock as of %1</source>
        <comment>an age</comment>
        <translation>Stock as of %1</translation>
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
        <translation>For our staff</translation>
    </message>
</context>
<context>
    <name>WifiPage</name>
    <message>
        <source>Free for %1 on one phone. No e-mail, no phone number.</source>
        <translation>Free for %1 on one phone. No e-mail, no phone number.</translation>
    </message>
    <message>
        <source>Free Wi‑Fi</source>
        <translation>Free Wi‑Fi</translation>
    </message>
    <message>
        <source>Photograph the code, or choose %1 in your phone&apos;s settings.</source>
        <translation>Photograph the code, or choose %1 in your phone&apos;s settings.</translation>
    </message>
    <message>
        <source>Photograph the code, or choose the network in your phone&apos;s settings. It needs no password.</source>
        <translation>Photograph the code, or choose the network in your phone&apos;s settings. It needs no password.</translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation>Join the network</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>Photograph this code next, agree to the terms, and you are online.</source>
        <translation>Photograph this code next, agree to the terms, and you are online.</translation>
    </message>
    <message>
        <source>Join the store&apos;s guest Wi‑Fi, then photograph this code and agree to the terms.</source>
        <translation>Join the store&apos;s guest Wi‑Fi, then photograph this code and agree to the terms.</translation>
    </message>
    <message>
        <source>Use your voucher</source>
        <translation>Use your voucher</translation>
    </message>
    <message>
        <source>Or type it on the sign-in page</source>
        <translation>Or type it on the sign-in page</translation>
    </message>
    <message>
        <source>The voucher works once, in this store. Its time begins when you use it.</source>
        <translation>The voucher works once, in this store. Its time begins when you use it.</translation>
    </message>
    <message>
        <source>Voucher for another phone</source>
        <translation>Voucher for another phone</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>The Wi‑Fi is resting</source>
        <translation>The Wi‑Fi is resting</translation>
    </message>
    <message>
        <source>No guest Wi‑Fi here</source>
        <translation>No guest Wi‑Fi here</translation>
    </message>
    <message>
        <source>No voucher just now</source>
        <translation>No voucher just now</translation>
    </message>
    <message>
        <source>Your voucher is being made.</source>
        <translation>Your voucher is being made.</translation>
    </message>
    <message>
        <source>Guests can use it while the store is open.</source>
        <translation>Guests can use it while the store is open.</translation>
    </message>
    <message>
        <source>This store offers no Wi‑Fi to guests at the moment.</source>
        <translation>This store offers no Wi‑Fi to guests at the moment.</translation>
    </message>
    <message>
        <source>This screen tries again by itself in a few seconds. Our staff can help you meanwhile.</source>
        <translation>This screen tries again by itself in a few seconds. Our staff can help you meanwhile.</translation>
    </message>
</context>
<context>
    <name>WishlistPage</name>
    <message>
        <source>My list</source>
        <translation>My list</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Point your phone&apos;s camera at the code. Your list opens there and stays with you.</source>
        <translation>Point your phone&apos;s camera at the code. Your list opens there and stays with you.</translation>
    </message>
    <message>
        <source>Your list is kept. Your phone can open it as soon as this device is connected again.</source>
        <translation>Your list is kept. Your phone can open it as soon as this device is connected again.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Take it along</translation>
    </message>
    <message>
        <source>Your list is kept</source>
        <translation>Your list is kept</translation>
    </message>
    <message>
        <source>Your list is still empty</source>
        <translation>Your list is still empty</translation>
    </message>
    <message>
        <source>Scan a product or look around, and add what you like. You can take the list home on your phone.</source>
        <translation>Scan a product or look around, and add what you like. You can take the list home on your phone.</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Look around</translation>
    </message>
    <message>
        <source>Order or reserve</source>
        <translation>Order or reserve</translation>
    </message>
</context>
<context>
    <name>WishlistRow</name>
    <message>
        <source>Remove %1</source>
        <translation>Remove %1</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>In stock</source>
        <translation>In stock</translation>
    </message>
    <message>
        <source>Last few</source>
        <translation>Last few</translation>
    </message>
    <message>
        <source>Out of stock</source>
        <translation>Out of stock</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>just now</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
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
        <translation>Open until %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>Opens at %1</source>
        <translation>Opens at %1</translation>
    </message>
    <message>
        <source>Opens tomorrow at %1</source>
        <translation>Opens tomorrow at %1</translation>
    </message>
    <message>
        <source>Opens %1 %2</source>
        <comment>a weekday, a time</comment>
        <translation>Opens %1 %2</translation>
    </message>
    <message>
        <source>Saved to your list</source>
        <translation>Saved to your list</translation>
    </message>
    <message>
        <source>Removed from your list</source>
        <translation>Removed from your list</translation>
    </message>
    <message>
        <source>This list could not be found</source>
        <translation>This list could not be found</translation>
    </message>
    <message>
        <source>Not saved: this device has no room left. Please ask our staff.</source>
        <translation>Not saved: this device has no room left. Please ask our staff.</translation>
    </message>
    <message>
        <source>Not saved just now. Please try again in a moment.</source>
        <translation>Not saved just now. Please try again in a moment.</translation>
    </message>
    <message>
        <source>Lists and memberships are paused for a moment. You can look around as usual.</source>
        <translation>Lists and memberships are paused for a moment. You can look around as usual.</translation>
    </message>
    <message>
        <source>Working without a connection.</source>
        <translation>Working without a connection.</translation>
    </message>
    <message>
        <source>Working without a connection. Stock as of %1.</source>
        <translation>Working without a connection. Stock as of %1.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>This device is waiting for its catalogue</source>
        <translation>This device is waiting for its catalogue</translation>
    </message>
    <message>
        <source>This device is new here</source>
        <translation>This device is new here</translation>
    </message>
    <message>
        <source>This screen needs a hand</source>
        <translation>This screen needs a hand</translation>
    </message>
    <message>
        <source>Please ask our staff: they are glad to help.</source>
        <translation>Please ask our staff: they are glad to help.</translation>
    </message>
    <message>
        <source>The screen is connecting to the store&apos;s device.</source>
        <translation>The screen is connecting to the store&apos;s device.</translation>
    </message>
    <message>
        <source>It will open by itself as soon as the catalogue has arrived.</source>
        <translation>It will open by itself as soon as the catalogue has arrived.</translation>
    </message>
    <message>
        <source>Enrolling this device…</source>
        <translation>Enrolling this device…</translation>
    </message>
    <message>
        <source>Enrolling did not work. Is the code still valid?</source>
        <translation>Enrolling did not work. Is the code still valid?</translation>
    </message>
    <message>
        <source>Technician: hold the enrolment code in front of the scanner.</source>
        <translation>Technician: hold the enrolment code in front of the scanner.</translation>
    </message>
    <message>
        <source>Switch this device off and on again, and give it five minutes.</source>
        <translation>Switch this device off and on again, and give it five minutes.</translation>
    </message>
    <message>
        <source>If this page comes back, call support and say: the store&apos;s device does not answer.</source>
        <translation>If this page comes back, call support and say: the store&apos;s device does not answer.</translation>
    </message>
    <message>
        <source>Card ending in %1</source>
        <translation>Card ending in %1</translation>
    </message>
    <message>
        <source>This device is enrolled already</source>
        <translation>This device is enrolled already</translation>
    </message>
    <message>
        <source>Offer until %1</source>
        <translation>Offer until %1</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n review</numerusform>
            <numerusform>%n reviews</numerusform>
        </translation>
    </message>
    <message>
        <source>as of %1</source>
        <comment>an age</comment>
        <translation>as of %1</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) found</source>
        <translation>
            <numerusform>%n product found</numerusform>
            <numerusform>%n products found</numerusform>
        </translation>
    </message>
    <message>
        <source>I want to become a member and accept the membership terms. My details are used to run my membership.</source>
        <translation>I want to become a member and accept the membership terms. My details are used to run my membership.</translation>
    </message>
    <message>
        <source>Send me news and offers by e-mail.</source>
        <translation>Send me news and offers by e-mail.</translation>
    </message>
    <message>
        <source>Send me news and offers by text message.</source>
        <translation>Send me news and offers by text message.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number, so that we can find you again.</source>
        <translation>Enter an e-mail address or a phone number, so that we can find you again.</translation>
    </message>
    <message>
        <source>This does not look like an e-mail address. Example: name@example.com</source>
        <translation>This does not look like an e-mail address. Example: name@example.com</translation>
    </message>
    <message>
        <source>This does not look like a phone number. Example: +358 40 123 4567</source>
        <translation>This does not look like a phone number. Example: +358 40 123 4567</translation>
    </message>
    <message>
        <source>Membership needs your consent to the terms.</source>
        <translation>Membership needs your consent to the terms.</translation>
    </message>
    <message>
        <source>This device has no room for new memberships right now. Please ask at the till, where you can join as well.</source>
        <translation>This device has no room for new memberships right now. Please ask at the till, where you can join as well.</translation>
    </message>
    <message>
        <source>Joining did not work just now, and nothing was kept. Please try again, or ask at the till.</source>
        <translation>Joining did not work just now, and nothing was kept. Please try again, or ask at the till.</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n product</numerusform>
            <numerusform>%n products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message>
        <source>Item %1</source>
        <translation>Item %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) cannot be ordered here and are left out.</source>
        <translation>
            <numerusform>%n item cannot be ordered here and is left out.</numerusform>
            <numerusform>%n items cannot be ordered here and are left out.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>a quantity and a price</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>This store</source>
        <translation>This store</translation>
    </message>
    <message>
        <source>All items in stock</source>
        <translation>All items in stock</translation>
    </message>
    <message>
        <source>%1 of %2 items in stock</source>
        <translation>%1 of %2 items in stock</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>This is too long.</translation>
    </message>
    <message>
        <source>In stock here: it is put aside for you at once.</source>
        <translation>In stock here: it is put aside for you at once.</translation>
    </message>
    <message>
        <source>We ask for it as soon as you order, and you know in a moment.</source>
        <translation>We ask for it as soon as you order, and you know in a moment.</translation>
    </message>
    <message>
        <source>No connection just now: we ask for it as soon as there is one, and the page on your phone tells you. Until then nothing is promised.</source>
        <translation>No connection just now: we ask for it as soon as there is one, and the page on your phone tells you. Until then nothing is promised.</translation>
    </message>
    <message>
        <source>Enter the name that is on the door.</source>
        <translation>Enter the name that is on the door.</translation>
    </message>
    <message>
        <source>Enter the street and the number.</source>
        <translation>Enter the street and the number.</translation>
    </message>
    <message>
        <source>Enter the town.</source>
        <translation>Enter the town.</translation>
    </message>
    <message>
        <source>Enter the postcode.</source>
        <translation>Enter the postcode.</translation>
    </message>
    <message>
        <source>Enter the postcode, such as %1.</source>
        <translation>Enter the postcode, such as %1.</translation>
    </message>
    <message>
        <source>Enter an e-mail address or a phone number for the delivery.</source>
        <translation>Enter an e-mail address or a phone number for the delivery.</translation>
    </message>
    <message>
        <source>We do not know whether your order arrived. Send it again: it counts once, however often you do.</source>
        <translation>We do not know whether your order arrived. Send it again: it counts once, however often you do.</translation>
    </message>
    <message>
        <source>This device has no room for orders right now. Our staff take your order at the till.</source>
        <translation>This device has no room for orders right now. Our staff take your order at the till.</translation>
    </message>
    <message>
        <source>Many orders are coming in just now. Please try again in a minute.</source>
        <translation>Many orders are coming in just now. Please try again in a minute.</translation>
    </message>
    <message>
        <source>The order was not taken. Please ask our staff.</source>
        <translation>The order was not taken. Please ask our staff.</translation>
    </message>
    <message>
        <source>We have asked for it</source>
        <translation>We have asked for it</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <translation>Put aside for you</translation>
    </message>
    <message>
        <source>It is yours</source>
        <translation>It is yours</translation>
    </message>
    <message>
        <source>We are sorry: it is gone</source>
        <translation>We are sorry: it is gone</translation>
    </message>
    <message>
        <source>We are fetching it</source>
        <translation>We are fetching it</translation>
    </message>
    <message>
        <source>It is ready for you</source>
        <translation>It is ready for you</translation>
    </message>
    <message>
        <source>Bring it to our staff</source>
        <translation>Bring it to our staff</translation>
    </message>
    <message>
        <source>You have it</source>
        <translation>You have it</translation>
    </message>
    <message>
        <source>It came back to us</source>
        <translation>It came back to us</translation>
    </message>
    <message>
        <source>This order was called off</source>
        <translation>This order was called off</translation>
    </message>
    <message>
        <source>Nobody came for this order</source>
        <translation>Nobody came for this order</translation>
    </message>
    <message>
        <source>It is paid and comes to your home.</source>
        <translation>It is paid and comes to your home.</translation>
    </message>
    <message>
        <source>Pay with this slip at the till, %1 at the latest. Then it comes to your home.</source>
        <translation>Pay with this slip at the till, %1 at the latest. Then it comes to your home.</translation>
    </message>
    <message>
        <source>%1 keeps it until %2. Try it, and pay only if you like it.</source>
        <translation>%1 keeps it until %2. Try it, and pay only if you like it.</translation>
    </message>
    <message>
        <source>Ready for you in %1: %2. It waits until %3.</source>
        <translation>Ready for you in %1: %2. It waits until %3.</translation>
    </message>
    <message>
        <source>We are asking whether it is there.</source>
        <translation>We are asking whether it is there.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. Ask here or at the till with the number of your order.</source>
        <translation>Nothing is promised yet. Ask here or at the till with the number of your order.</translation>
    </message>
    <message>
        <source>Nothing is promised yet. The page on your phone tells you as soon as it is certain.</source>
        <translation>Nothing is promised yet. The page on your phone tells you as soon as it is certain.</translation>
    </message>
    <message>
        <source>Somebody else was faster. These stores have all of it:</source>
        <translation>Somebody else was faster. These stores have all of it:</translation>
    </message>
    <message>
        <source>Somebody else was faster, and no other store has all of it. Our staff look for a way; you can also call the order off.</source>
        <translation>Somebody else was faster, and no other store has all of it. Our staff look for a way; you can also call the order off.</translation>
    </message>
    <message>
        <source>Our staff in %1 are collecting your things.</source>
        <translation>Our staff in %1 are collecting your things.</translation>
    </message>
    <message>
        <source>It lies at the desk of %1 until %2.</source>
        <translation>It lies at the desk of %1 until %2.</translation>
    </message>
    <message>
        <source>Show the number of your order at the desk. They look at it together with you.</source>
        <translation>Show the number of your order at the desk. They look at it together with you.</translation>
    </message>
    <message>
        <source>Something is not right? You can return it here.</source>
        <translation>Something is not right? You can return it here.</translation>
    </message>
    <message>
        <source>Everything of this order was returned.</source>
        <translation>Everything of this order was returned.</translation>
    </message>
    <message>
        <source>Nothing is put aside any more, and nothing is to be paid.</source>
        <translation>Nothing is put aside any more, and nothing is to be paid.</translation>
    </message>
    <message>
        <source>It was kept until %1 and is back on the shelf.</source>
        <translation>It was kept until %1 and is back on the shelf.</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Paid</translation>
    </message>
    <message>
        <source>To pay at the till</source>
        <translation>To pay at the till</translation>
    </message>
    <message>
        <source>To pay when you fetch it</source>
        <translation>To pay when you fetch it</translation>
    </message>
    <message>
        <source>This is not the word of the order. It stands on your slip.</source>
        <translation>This is not the word of the order. It stands on your slip.</translation>
    </message>
    <message>
        <source>Too many tries. Please wait a minute, or ask our staff.</source>
        <translation>Too many tries. Please wait a minute, or ask our staff.</translation>
    </message>
    <message>
        <source>This is not possible any more. Our staff can help.</source>
        <translation>This is not possible any more. Our staff can help.</translation>
    </message>
    <message>
        <source>This did not work just now. Please try again, or ask our staff.</source>
        <translation>This did not work just now. Please try again, or ask our staff.</translation>
    </message>
    <message>
        <source>today at %1</source>
        <translation>today at %1</translation>
    </message>
    <message>
        <source>tomorrow at %1</source>
        <translation>tomorrow at %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>a day, a time</comment>
        <translation>%1 at %2</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <comment>a day</comment>
        <translation>ddd d MMM</translation>
    </message>
    <message>
        <source>Take it now, let us put it aside, or have it sent home.</source>
        <translation>Take it now, let us put it aside, or have it sent home.</translation>
    </message>
    <message>
        <source>Collect it in another store, or have it sent home.</source>
        <translation>Collect it in another store, or have it sent home.</translation>
    </message>
    <message>
        <source>Order it, and we ask all our stores.</source>
        <translation>Order it, and we ask all our stores.</translation>
    </message>
    <message>
        <source>This order did not go through</source>
        <translation>This order did not go through</translation>
    </message>
    <message>
        <source>Nothing is sent, and nothing is to be paid. Something in the address may be missing: order again, or ask our staff with this number.</source>
        <translation>Nothing is sent, and nothing is to be paid. Something in the address may be missing: order again, or ask our staff with this number.</translation>
    </message>
    <message>
        <source>Nothing is put aside, and nothing is to be paid. Order again, or ask our staff with this number.</source>
        <translation>Nothing is put aside, and nothing is to be paid. Order again, or ask our staff with this number.</translation>
    </message>
    <message>
        <source>Under %1</source>
        <comment>a price</comment>
        <translation>Under %1</translation>
    </message>
    <message>
        <source>%1 and more</source>
        <comment>a price</comment>
        <translation>%1 and more</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two prices</comment>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>%1 stars and more</source>
        <translation>%1 stars and more</translation>
    </message>
    <message>
        <source>A product: %1</source>
        <translation>A product: %1</translation>
    </message>
    <message>
        <source>A product</source>
        <translation>A product</translation>
    </message>
    <message>
        <source>A code that enrols a device</source>
        <translation>A code that enrols a device</translation>
    </message>
    <message>
        <source>A wishlist</source>
        <translation>A wishlist</translation>
    </message>
    <message>
        <source>A receipt: %1</source>
        <translation>A receipt: %1</translation>
    </message>
    <message>
        <source>An order: %1</source>
        <translation>An order: %1</translation>
    </message>
    <message>
        <source>A coupon or a gift card</source>
        <translation>A coupon or a gift card</translation>
    </message>
    <message>
        <source>Nothing of ours: %1</source>
        <translation>Nothing of ours: %1</translation>
    </message>
    <message>
        <source>Too many tries. Wait a minute.</source>
        <translation>Too many tries. Wait a minute.</translation>
    </message>
    <message>
        <source>A badge is scanned or typed; a PIN has four to twelve digits.</source>
        <translation>A badge is scanned or typed; a PIN has four to twelve digits.</translation>
    </message>
    <message>
        <source>The store&apos;s device does not answer. Try again in a moment.</source>
        <translation>The store&apos;s device does not answer. Try again in a moment.</translation>
    </message>
    <message numerus="yes">
        <source>Locked for %n second(s)</source>
        <translation>
            <numerusform>Locked for %n second</numerusform>
            <numerusform>Locked for %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Badge or PIN is wrong. %n more tries.</source>
        <translation>
            <numerusform>Badge or PIN is wrong. %n more try.</numerusform>
            <numerusform>Badge or PIN is wrong. %n more tries.</numerusform>
        </translation>
    </message>
    <message>
        <source>(not shown: it is worth money or names a person)</source>
        <translation>(not shown: it is worth money or names a person)</translation>
    </message>
    <message>
        <source>Connection to headquarters</source>
        <translation>Connection to headquarters</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connected</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Not connected</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Why not</translation>
    </message>
    <message>
        <source>Last talked to headquarters</source>
        <translation>Last talked to headquarters</translation>
    </message>
    <message>
        <source>never</source>
        <translation>never</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>%1, the oldest %2</source>
        <comment>a number, an age</comment>
        <translation>%1, the oldest %2</translation>
    </message>
    <message>
        <source>Held back by headquarters</source>
        <translation>Held back by headquarters</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <source>%1 products, stock as of %2</source>
        <comment>a number, an age</comment>
        <translation>%1 products, stock as of %2</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Scanner that types</source>
        <translation>Scanner that types</translation>
    </message>
    <message>
        <source>Scanner %1</source>
        <comment>a path</comment>
        <translation>Scanner %1</translation>
    </message>
    <message>
        <source>gone, noticed %1</source>
        <comment>an age</comment>
        <translation>gone, noticed %1</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>not found</translation>
    </message>
    <message>
        <source>back, %1</source>
        <comment>an age</comment>
        <translation>back, %1</translation>
    </message>
    <message>
        <source>works</source>
        <translation>works</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>set by the network</source>
        <translation>set by the network</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>estimated</translation>
    </message>
    <message>
        <source>Records on this device</source>
        <translation>Records on this device</translation>
    </message>
    <message>
        <source>were damaged and mended</source>
        <translation>were damaged and mended</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>sound</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>not enrolled</source>
        <translation>not enrolled</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Device</translation>
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
        <translation>Offer right now</translation>
    </message>
    <message>
        <source>In this store now</source>
        <translation>In this store now</translation>
    </message>
    <message>
        <source>Back in stock</source>
        <translation>Back in stock</translation>
    </message>
    <message>
        <source>In a store nearby</source>
        <translation>In a store nearby</translation>
    </message>
    <message>
        <source>From our range</source>
        <translation>From our range</translation>
    </message>
    <message>
        <source>Aisle %1</source>
        <translation>Aisle %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a store, a distance</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
</TS>

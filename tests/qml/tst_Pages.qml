pragma ComponentBehavior: Bound

import QtQuick
import QtTest
import Silta.Kiosk
import Silta.Test

// The real window walked by touch, page by page.
TestCase {
    id: test

    property Main window: null

    function tap(objectName: string): void {
        const item = findChild(window.contentItem, objectName);
        verify(item !== null, "no item " + objectName);
        tryCompare(item, "visible", true);
        mouseClick(item);
        Stage.settle();
    }
    function find(objectName: string): Item {
        const item = findChild(window.contentItem, objectName);
        verify(item !== null, "no item " + objectName);
        return item;
    }
    function init(): void {
        failOnWarning(/.?/);
        window = createTemporaryObject(factory, null, { width: 1080, height: 1920 });
        verify(window !== null);
        Stage.cutEdge(false);
        Stage.setWifiState("open");
        Stage.refuse(0);
        Stage.controller.resetSession();
        Stage.settle();
        verify(waitForRendering(window.contentItem));
    }

    function test_touchLeavesTheAttractPage(): void {
        compare(Stage.controller.page, KioskController.Attract);
        tap("attractTouch");
        compare(Stage.controller.page, KioskController.Home);
    }
    function test_touchLeavesBeforeTheFingerDoes(): void {
        mousePress(window.contentItem, window.width / 2, 400);
        compare(Stage.controller.page, KioskController.Home);
        mouseRelease(window.contentItem, window.width / 2, 400);
        compare(Stage.controller.page, KioskController.Home);
    }
    function test_slidesFollowEachOther(): void {
        Stage.open();
        Stage.controller.resetSession();
        const page = find("attractPage");
        verify(page.count > 1);
        page.shown = page.count - 1;
        tryCompare(find("slide-" + (page.count - 1)), "opacity", 1);
        tryCompare(find("slide-0"), "visible", false);
        verify(findChild(find("slide-0"), "slideKicker").text.length > 0);
    }
    function test_closedStoreSleepsAndATouchWakesIt(): void {
        Stage.open();
        Stage.setHour(23);
        Stage.controller.resetSession();
        verify(find("nightClock").visible);
        compare(find("nightTime").text, "23:00");
        compare(findChild(window.contentItem, "slide-0").visible, false);
        const chip = find("language-fi");
        verify(!chip.visible);
        mouseClick(window.contentItem, window.width / 2, window.height - 150); // where a language would be
        compare(Stage.controller.page, KioskController.Home);
        compare(Stage.controller.language, "en");
        Stage.setHour(12);
        Stage.controller.resetSession();
        verify(!find("nightClock").visible);
        verify(find("language-fi").visible);
    }
    function test_offerOpensItsProductAndComesBack(): void {
        Stage.open();
        tap("offer-0");
        compare(Stage.controller.page, KioskController.Product);
        compare(find("productTitle").text, "Kettle");
        tap("back");
        compare(Stage.controller.page, KioskController.Home);
    }
    function test_typingSearches(): void {
        Stage.open();
        tap("navSearch");
        find("searchField").forceActiveFocus();
        for (const letter of "mug")
            keyClick(letter);
        Stage.settle();
        compare(Stage.controller.search.results.count, 2);
        tap("clearSearch");
        compare(Stage.controller.search.text, "");
        compare(find("searchField").text, "");
    }
    function test_filterNarrowsAndIsTakenAway(): void {
        Stage.open();
        tap("homeBrowse");
        compare(Stage.controller.search.results.count, 2);
        tap("stockAnywhere");
        tap("navHome");
        tap("department-0");
        compare(Stage.controller.page, KioskController.Search);
        compare(Stage.controller.search.results.count, 4);
        tap("filter");
        tryCompare(find("filterSheet"), "opacity", 1);
        tap("color-1");
        tap("filterDone");
        tryCompare(find("filterSheet"), "visible", false);
        compare(Stage.controller.search.results.count, 1);
        tap("chosen-0");
        compare(Stage.controller.search.results.count, 4);
    }
    function test_cornerOpensForStaffOnly(): void {
        Stage.open();
        mousePress(window.contentItem, window.width - 20, 20);
        tryCompare(Stage.controller, "page", KioskController.Staff, 10000);
        mouseRelease(window.contentItem, window.width - 20, 20);
        Stage.forgetPins();
        Stage.scan("STAFF-1001");
        for (const digit of "000000")
            tap("pin-" + digit);
        tap("pin-check");
        compare(Stage.controller.staff.state, StaffView.SignedOut);
        verify(find("staffProblem").visible);
        for (const digit of "246810")
            tap("pin-" + digit);
        tap("pin-check");
        compare(Stage.controller.staff.state, StaffView.SignedIn);
        tap("testColors");
        for (let i = 0; i < find("screenTest").colors.length; ++i)
            tap("nextColor");
        tryCompare(find("screenTest"), "visible", false);
        tap("staffSignOut");
        compare(Stage.controller.page, KioskController.Attract);
        compare(Stage.controller.staff.state, StaffView.SignedOut);
    }
    function test_shortTouchOfTheCornerIsNothing(): void {
        Stage.open();
        mouseClick(window.contentItem, window.width - 20, 20);
        compare(Stage.controller.page, KioskController.Home);
    }
    function test_pictureComesCloserWithoutAPinch(): void {
        Stage.open();
        Stage.scan("9520000000011");
        tap("zoomPicture");
        const zoom = find("pictureZoom");
        tryCompare(zoom, "opacity", 1);
        tap("zoomIn");
        compare(zoom.step, 1);
        tap("zoomIn");
        verify(!find("zoomIn").enabled);
        tap("zoomOut");
        compare(zoom.step, 1);
        tap("zoomClose");
        tryCompare(zoom, "visible", false);
    }
    function test_wishIsSavedAndRemoved(): void {
        Stage.open();
        Stage.scan("9520000000011");
        tap("addToWishlist");
        compare(Stage.controller.wishlist.count, 1);
        tap("showWishlist");
        compare(find("wishlistTotal").text, "€12.95");
        tap("remove-MUG-BLUE");
        compare(Stage.controller.wishlist.count, 0);
        verify(find("lookAround").visible);
    }
    function test_joinEmptiesItsFieldsWhenSent(): void {
        Stage.open();
        tap("navJoin");
        find("joinEmail").forceActiveFocus();
        for (const letter of "a@b.fi")
            keyClick(letter);
        compare(find("joinEmail").text, "a@b.fi");
        compare(find("consentTerms").on, false);
        tap("joinSubmit");
        verify(Stage.controller.signUp.termsError.length > 0);
        compare(find("joinEmail").text, "a@b.fi");
        tap("consentTerms");
        const field = find("joinEmail");
        mouseClick(find("joinSubmit"));
        compare(field.text, "");
        Stage.settle();
        compare(Stage.controller.page, KioskController.Joined);
        compare(find("memberNumber").text.length, 19);
    }
    function test_finishForgets(): void {
        Stage.open();
        Stage.scan("9520000000011");
        tap("addToWishlist");
        tap("navFinish");
        compare(Stage.controller.page, KioskController.Attract);
        compare(Stage.controller.wishlist.count, 0);
    }
    function test_idleWarningCountsAndEnds(): void {
        Stage.open();
        Stage.controller.stillHere();
        Stage.passSeconds(52);
        tryCompare(find("stillHere"), "visible", true);
        Stage.controller.stillHere();
        Stage.passSeconds(61);
        compare(Stage.controller.page, KioskController.Attract);
    }
    function test_languageIsChosenAndForgotten(): void {
        Stage.open();
        tap("navLanguage");
        tap("language-fi");
        compare(Stage.controller.language, "fi");
        tryCompare(find("languageSheet"), "visible", false);
        tap("navFinish");
        compare(Stage.controller.language, "en");
    }
    function test_everyPageFitsBothShapes_data(): var {
        return [{ tag: "portrait", width: 1080, height: 1920 }, { tag: "landscape", width: 1920, height: 1080 },
                { tag: "small", width: 1280, height: 800 }, { tag: "4K", width: 3840, height: 2160 }];
    }
    function test_everyPageFitsBothShapes(data: var): void {
        window.width = data.width;
        window.height = data.height;
        Stage.open();
        Stage.scan("9520000000035");
        tryCompare(window, "width", data.width);
        tryCompare(Theme, "portrait", data.height > data.width);
        Stage.settle();
        for (const name of ["navHome", "navSearch", "navWishlist", "navJoin", "navWifi", "navLanguage",
                            "navFinish"]) {
            const item = find(name);
            verify(item.width >= 88 && item.height >= 88, name);
            const corner = item.mapToItem(window.contentItem, item.width, item.height);
            verify(corner.x <= data.width + 1 && corner.y <= data.height + 1, name);
        }
        const action = find("addToWishlist");
        const corner = action.mapToItem(window.contentItem, action.width, action.height);
        verify(corner.x <= data.width && corner.y <= data.height);
    }
    function test_wifiShowsTwoCodesAndForgetsThem(): void {
        Stage.open();
        tap("navWifi");
        compare(Stage.controller.page, KioskController.Wifi);
        compare(find("wifiName").text, "Silta Guest");
        verify(find("wifiCode-1").text.startsWith("WIFI:"));
        verify(find("wifiCode-2").text.startsWith("http://10.77.0.1/?voucher="));
        verify(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/.test(find("wifiPass").text));
        tap("navFinish");
        compare(Stage.controller.wifi.passText, "");
    }
    function test_wifiFitsBothShapes_data(): var {
        return test_everyPageFitsBothShapes_data();
    }
    function test_wifiFitsBothShapes(data: var): void {
        window.width = data.width;
        window.height = data.height;
        Stage.open();
        tap("navWifi");
        tryCompare(Theme, "portrait", data.height > data.width);
        Stage.settle();
        for (const name of ["wifiCode-1", "wifiName", "wifiCode-2", "wifiPass", "anotherPass"]) {
            const item = find(name);
            const corner = item.mapToItem(window.contentItem, item.width, item.height);
            const end = Theme.portrait ? find("navWifi").mapToItem(window.contentItem, 0, 0).y : data.height;
            verify(corner.x <= data.width && corner.y <= end, name);
        }
    }
    function test_wifiSaysWhyThereIsNone_data(): var {
        return [{ tag: "closed", state: "closed", title: "resting" }, { tag: "none", state: "none", title: "No guest" },
                { tag: "failed", state: "", title: "No voucher" }];
    }
    function test_wifiSaysWhyThereIsNone(data: var): void {
        Stage.open();
        if (data.state.length > 0)
            Stage.setWifiState(data.state);
        else
            Stage.refuse(429);
        tap("navWifi");
        verify(find("wifiTitle").visible);
        verify(find("wifiTitle").text.includes(data.title), find("wifiTitle").text);
        verify(!find("anotherPass").visible);
    }
    function test_wifiGivesAnotherPass(): void {
        Stage.open();
        tap("navWifi");
        const first = find("wifiPass").text;
        tap("anotherPass");
        verify(find("wifiPass").text !== first);
    }
    function test_mirroringHoldsTogether(): void {
        Stage.open();
        window.LayoutMirroring.enabled = true;
        for (const open of ["navSearch", "navWishlist", "navJoin", "navWifi", "navHome"])
            tap(open);
        compare(Stage.controller.page, KioskController.Home);
    }

    name: "Pages"
    when: windowShown

    Component {
        id: factory

        Main {
            controller: Stage.controller
            visible: true
        }
    }
}

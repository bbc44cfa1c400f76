pragma ComponentBehavior: Bound

import QtQuick
import QtTest
import Silta.Kiosk
import Silta.Test

// Ordering, fetching and returning, walked by touch in the real window.
TestCase {
    id: test

    property Main window: null

    function find(objectName: string): Item {
        const item = findChild(window.contentItem, objectName);
        verify(item !== null, "no item " + objectName);
        return item;
    }
    function tap(objectName: string): void {
        const item = find(objectName);
        tryCompare(item, "visible", true);
        for (let outer = item.parent; outer !== null; outer = outer.parent)
            if (outer.contentY !== undefined && outer.contentHeight > outer.height)
                outer.contentY = Math.max(0, Math.min(item.mapToItem(outer.contentItem, 0, 0).y - outer.height / 3,
                                                      outer.contentHeight - outer.height));
        Stage.settle();
        mouseClick(item);
        Stage.settle();
    }
    function type(objectName: string, text: string): void {
        find(objectName).forceActiveFocus();
        for (const letter of text)
            keyClick(letter);
    }
    function init(): void {
        failOnWarning(/.?/);
        window = createTemporaryObject(factory, null, { width: 1080, height: 1920 });
        verify(window !== null);
        Stage.cutEdge(false);
        Stage.refuse(0);
        Stage.loseAnswers(false);
        Stage.setOrders("placed", true);
        Stage.controller.resetSession();
        Stage.settle();
        verify(waitForRendering(window.contentItem));
        Stage.open();
    }
    function orderMug(): void {
        Stage.scan("9520000000011");
        tap("orderProduct");
        compare(Stage.controller.page, KioskController.Order);
    }

    function test_collectHere(): void {
        orderMug();
        compare(find("orderTotal").text, "€12.95");
        verify(find("place-0").chosen);
        verify(find("orderPromise").text.includes("put aside"));
        tap("word-1");
        tap("sendOrder");
        compare(Stage.controller.page, KioskController.Ordered);
        compare(find("orderNumber").text, "K7QF-2M90");
        compare(find("orderWord").text, "lantern");
        compare(find("orderBarcode").text, "SO-K7QF2M90");
        tap("orderedFinish");
        compare(Stage.controller.orderView.word, "");
        compare(Stage.controller.page, KioskController.Attract);
    }
    function test_moreOfOneThing(): void {
        orderMug();
        mouseClick(findChild(find("stepper-MUG-BLUE"), "more"));
        Stage.settle();
        compare(find("orderTotal").text, "€25.90");
        mouseClick(findChild(find("stepper-MUG-BLUE"), "fewer"));
        Stage.settle();
        compare(find("orderTotal").text, "€12.95");
        verify(!findChild(find("stepper-MUG-BLUE"), "fewer").enabled);
    }
    function test_homeAsksForTheAddressAndForgetsIt(): void {
        orderMug();
        tap("wayHome");
        verify(find("orderStreet").visible);
        tap("sendOrder");
        compare(Stage.controller.page, KioskController.Order);
        verify(Stage.controller.orderForm.streetError.length > 0);
        type("orderName", "Maija");
        type("orderStreet", "Katu 1");
        type("orderPostcode", "00100");
        type("orderCity", "Helsinki");
        type("orderPhone", "0401234567");
        const street = find("orderStreet");
        mouseClick(find("sendOrder"));
        compare(street.text, "");
        Stage.settle();
        compare(Stage.controller.page, KioskController.Ordered);
    }
    function test_collectAsksForNoAddress(): void {
        orderMug();
        verify(!find("orderStreet").visible);
        verify(find("orderEmail").visible);
    }
    function test_lostAnswerIsSentAgain(): void {
        orderMug();
        Stage.loseAnswers(true);
        tap("sendOrder");
        verify(find("orderPromise").text.includes("do not know"));
        compare(find("sendOrder").text, "Send it again");
        verify(!find("wayHome").enabled);
        Stage.loseAnswers(false);
        tap("sendOrder");
        compare(Stage.controller.page, KioskController.Ordered);
    }
    function test_goneIsPlacedElsewhere(): void {
        Stage.setOrders("accepted_unallocated", false);
        orderMug();
        tap("sendOrder");
        verify(find("orderTitle").text.includes("sorry"));
        tap("elsewhere-0");
        compare(Stage.controller.page, KioskController.Ordered);
        compare(find("orderNumber").text, "K7QF-2M91");
    }
    function test_fetchWithTheNumber(): void {
        orderMug();
        tap("sendOrder");
        Stage.changeOrders("ready");
        tap("orderedHome");
        tap("homeFindOrder");
        type("orderNumberEntry", "K7QF2M90");
        tap("showOrder");
        compare(Stage.controller.page, KioskController.FoundOrder);
        compare(find("orderTitle").text, "It is ready for you");
        verify(!find("arrivedText").visible);
        tap("arrive");
        verify(find("arrivedText").visible);
        verify(!find("arrive").visible);
        tap("beginCancel");
        type("cancelWord", "birch");
        tap("cancelOrder");
        verify(find("orderFailure").visible);
    }
    function test_bringBack(): void {
        orderMug();
        tap("sendOrder");
        Stage.changeOrders("handed_over");
        tap("orderedHome");
        tap("homeFindOrder");
        type("orderNumberEntry", "K7QF2M90");
        tap("showOrder");
        tap("openReturn");
        compare(Stage.controller.page, KioskController.ReturnOrder);
        verify(!find("askReturn").enabled);
        tap("return-0");
        verify(!find("askReturn").enabled);
        tap("reason-1");
        tap("askReturn");
        verify(Stage.controller.orderView.isReturnAsked);
        tap("returnHome");
        compare(Stage.controller.page, KioskController.Home);
    }
    function test_callingOffIsAskedTwice(): void {
        orderMug();
        tap("sendOrder");
        tap("orderedCancel");
        verify(!find("orderTitle").text.includes("called off"));
        tap("orderedKeep");
        tap("orderedCancel");
        tap("orderedCancel");
        verify(find("orderTitle").text.includes("called off"));
        verify(!find("orderedCancel").visible);
    }
    function test_unknownNumberIsToldKindly(): void {
        tap("homeFindOrder");
        verify(!find("showOrder").enabled);
        type("orderNumberEntry", "00000000");
        tap("showOrder");
        verify(find("noOrderTitle").text.includes("do not find"));
        tap("tryAgain");
        compare(Stage.controller.page, KioskController.FindOrder);
    }
    function test_ordersFitBothShapes_data(): var {
        return [{ tag: "portrait", width: 1080, height: 1920 }, { tag: "landscape", width: 1920, height: 1080 },
                { tag: "small", width: 1280, height: 800 }];
    }
    function test_ordersFitBothShapes(data: var): void {
        window.width = data.width;
        window.height = data.height;
        tryCompare(Theme, "portrait", data.height > data.width);
        orderMug();
        for (const name of ["sendOrder", "orderTotal"]) {
            const corner = find(name).mapToItem(window.contentItem, find(name).width, find(name).height);
            verify(corner.x <= data.width && corner.y <= data.height, name);
        }
        tap("sendOrder");
        for (const name of ["orderNumber", "orderWord", "orderBarcode"]) {
            const corner = find(name).mapToItem(window.contentItem, find(name).width, 0);
            verify(corner.x <= data.width, name);
        }
    }

    Component {
        id: factory

        Main {
            controller: Stage.controller
            visible: true
        }
    }
    name: "Orders"
    when: windowShown
}

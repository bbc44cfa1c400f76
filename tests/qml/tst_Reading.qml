pragma ComponentBehavior: Bound

import QtQuick
import QtTest
import Silta.Kiosk
import Silta.Test

// No word of the kiosk's own is cut, runs out of the window or over its neighbour, in any language and at any size of text.
TestCase {
    id: test

    property Main window: null
    readonly property var pages: ({
        attract: () => Stage.controller.resetSession(),
        night: () => { Stage.setHour(23); Stage.controller.resetSession(); },
        home: () => { Stage.setHour(12); Stage.controller.openHome(); },
        search: () => Stage.controller.openSearch(),
        found: () => { Stage.controller.openSearch(); Stage.controller.search.setText("mug"); },
        foundNone: () => {
            Stage.controller.browseStore();
            Stage.controller.search.setText("kettle");
            Stage.settle();
        },
        filter: () => {
            Stage.controller.openDepartment(1, "Kitchen");
            Stage.controller.search.toggle(SearchView.Color, "red");
            Stage.settle();
            findChild(window.contentItem, "searchPage").filtering = true;
        },
        staffDoor: () => Stage.controller.openStaff(),
        staffWrong: () => { Stage.controller.openStaff(); Stage.controller.staff.signIn("STAFF-1001", "000000"); },
        staff: () => {
            Stage.forgetPins();
            Stage.controller.openStaff();
            Stage.controller.staff.signIn("STAFF-1001", "246810");
            Stage.settle();
            Stage.scan("9520000000035");
        },
        order: () => { Stage.controller.openHome(); Stage.scan("9520000000011"); Stage.controller.orderProduct(); },
        orderHome: () => {
            Stage.controller.orderForm.setKind(OrderForm.Home);
            Stage.controller.orderForm.submit("", "", "", "", "", "");
        },
        ordered: () => {
            Stage.controller.orderForm.setKind(OrderForm.Collect);
            Stage.controller.orderForm.submit("", "", "", "", "", "");
        },
        findOrder: () => Stage.controller.openFindOrder(),
        foundNothing: () => Stage.controller.findOrder("00000000"),
        foundOrder: () => { Stage.changeOrders("ready"); Stage.controller.findOrder("K7QF2M90"); },
        bringBack: () => {
            Stage.changeOrders("handed_over");
            Stage.controller.findOrder("K7QF2M90");
            Stage.settle();
            Stage.controller.openReturn();
        },
        product: () => Stage.scan("9520000000035"),
        zoom: () => { findChild(window.contentItem, "productPage").zoomed = true; },
        wishlist: () => Stage.controller.openWishlist(),
        join: () => Stage.controller.openJoin(),
        wifi: () => Stage.controller.openWifi(),
        unknownCode: () => Stage.scan("WIFI:T:WPA;S=lobby")
    })

    function isRead(item: var): bool {
        return item instanceof Text && item.visible && item.opacity > 0.05 && item.text.length > 0;
    }
    function isOver(one: var, other: var): bool {
        return one.x + 2 < other.x + other.width && other.x + 2 < one.x + one.width
               && one.y + 2 < other.y + other.height && other.y + 2 < one.y + one.height;
    }
    // What is on the screen and not as it should be: cut, outside the window, or over another text.
    function faults(item: var, found: var): var {
        if (!item.visible || item.opacity < 0.05)
            return found;
        if (item instanceof Text && item.text.length > 0) {
            const left = item.mapToItem(window.contentItem, 0, 0).x;
            const own = item.maximumLineCount > 2;
            if ((own && item.truncated) || item.contentWidth > Math.ceil(item.width) + 1
                    || left < -1 || left + item.width > window.width + 1)
                found.push(item.text);
        }
        for (let i = 0; i < item.children.length; ++i)
            if (!(item.children[i] instanceof ListView) && !(item.children[i] instanceof GridView))
                test.faults(item.children[i], found);
        for (let i = 0; i < item.children.length; ++i)
            for (let j = i + 1; j < item.children.length; ++j)
                if (isRead(item.children[i]) && isRead(item.children[j]) && isOver(item.children[i], item.children[j]))
                    found.push(item.children[i].text + " over " + item.children[j].text);
        return found;
    }
    function init(): void {
        window = createTemporaryObject(factory, null, { width: 1080, height: 1920 });
        verify(window !== null);
        Stage.cutEdge(false);
        Stage.setWifiState("open");
        Stage.refuse(0);
        Stage.loseAnswers(false);
        Stage.setOrders("placed", true);
        Stage.open();
        verify(waitForRendering(window.contentItem));
    }
    function cleanup(): void {
        Stage.controller.resetSession();
        Stage.settle();
    }
    function test_nothingIsCut_data(): var {
        const rows = [];
        for (const shape of [[1080, 1920], [1920, 1080]])
            for (const language of ["en", "fi", "sv", "pl"])
                for (const scale of [1, 1.5, 2])
                    rows.push({ tag: shape[0] + "x" + shape[1] + " " + language + " " + scale * 100 + " %",
                                width: shape[0], height: shape[1], language: language, scale: scale });
        return rows;
    }
    function test_nothingIsCut(data: var): void {
        window.width = data.width;
        window.height = data.height;
        tryCompare(Theme, "portrait", data.height > data.width);
        const wrong = [];
        for (const name in pages) {
            Stage.controller.setLanguage(data.language);
            Stage.controller.reading.setTextScale(data.scale);
            pages[name]();
            Stage.controller.setLanguage(data.language);
            Stage.controller.reading.setTextScale(data.scale);
            Stage.settle();
            for (const text of faults(window.contentItem, []))
                wrong.push(name + ": " + text);
        }
        compare(wrong, []);
    }
    function test_waitingPageSaysWhatHelps_data(): var {
        return test_nothingIsCut_data();
    }
    function test_waitingPageSaysWhatHelps(data: var): void {
        window = createTemporaryObject(factory, null, { controller: Stage.lostController, height: data.height,
                                                        width: data.width });
        verify(window !== null);
        tryCompare(Theme, "portrait", data.height > data.width);
        window.controller.setLanguage(data.language);
        window.controller.reading.setTextScale(data.scale);
        verify(waitForRendering(window.contentItem));
        const said = findChild(window.contentItem, "waitingHelp");
        verify(said.visible);
        verify(said.mapToItem(window.contentItem, 0, said.height).y < window.height);
        verify(findChild(window.contentItem, "waitingStep-1").text.length > 0);
        compare(faults(window.contentItem, []), []);
        window.controller.resetSession();
    }
    // What a screen reader is given of every page.
    function test_everyControlHasARoleAndAName(): void {
        const wrong = [];
        for (const name in pages) {
            pages[name]();
            Stage.settle();
            for (const words of Stage.untold(window))
                wrong.push(name + ": " + words);
        }
        compare(wrong, []);
    }
    function test_choicesEndWithTheSession(): void {
        Stage.controller.reading.setTextScale(2);
        Stage.controller.reading.setHighContrast(true);
        Stage.controller.reading.setLessMotion(true);
        compare(Theme.textScale, 2);
        compare(Theme.calm, 0);
        const contrast = String(Theme.inkSoft);
        Stage.controller.resetSession();
        compare(Theme.textScale, 1);
        verify(Theme.calm > 0);
        verify(String(Theme.inkSoft) !== contrast);
    }
    function test_onlyOfferedSizesAreTaken(): void {
        Stage.controller.reading.setTextScale(1.5);
        for (const scale of [0, 1.2, 2.5, -1])
            Stage.controller.reading.setTextScale(scale);
        compare(Stage.controller.reading.textScale, 1.5);
    }

    Component {
        id: factory

        Main {
            controller: Stage.controller
            visible: true
        }
    }
    name: "Reading"
    when: windowShown
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Where to go next: at the bottom edge, within reach of everyone, or at the side of a wide screen.
Rectangle {
    id: bar

    required property int page
    required property int wishes
    required property bool wifi

    signal homeRequested()
    signal searchRequested()
    signal wishlistRequested()
    signal joinRequested()
    signal wifiRequested()
    signal languageRequested()
    signal finishRequested()

    readonly property int items: wifi ? 7 : 6
    readonly property int columns: !Theme.portrait ? 1 : Theme.stacks ? Math.ceil(items / 2) : items
    readonly property real itemWidth: Theme.portrait ? width / columns : width
    readonly property real itemHeight: Theme.portrait ? height / Math.ceil(items / columns)
                                                      : Math.max(Theme.touch, Math.round(height / 8))

    color: Theme.ground

    Rectangle {
        color: Theme.line
        height: Theme.portrait ? Theme.hair : parent.height
        width: Theme.portrait ? parent.width : Theme.hair
        x: Theme.portrait ? 0 : parent.width - width
    }
    Grid {
        anchors.centerIn: parent
        columns: bar.columns

        NavItem {
            current: bar.page === KioskController.Home
            glyph: "home"
            height: bar.itemHeight
            objectName: "navHome"
            text: qsTr("Home")
            width: bar.itemWidth

            onClicked: bar.homeRequested()
        }
        NavItem {
            current: bar.page === KioskController.Search
            glyph: "search"
            height: bar.itemHeight
            objectName: "navSearch"
            text: qsTr("Search")
            width: bar.itemWidth

            onClicked: bar.searchRequested()
        }
        NavItem {
            badge: bar.wishes
            current: bar.page === KioskController.Wishlist
            glyph: "heart"
            height: bar.itemHeight
            objectName: "navWishlist"
            text: qsTr("My list")
            width: bar.itemWidth

            onClicked: bar.wishlistRequested()
        }
        NavItem {
            current: bar.page === KioskController.Join || bar.page === KioskController.Joined
            glyph: "card"
            height: bar.itemHeight
            objectName: "navJoin"
            text: qsTr("Join the club")
            width: bar.itemWidth

            onClicked: bar.joinRequested()
        }
        NavItem {
            current: bar.page === KioskController.Wifi
            glyph: "wifi"
            height: bar.itemHeight
            objectName: "navWifi"
            text: qsTr("Free Wi‑Fi")
            visible: bar.wifi
            width: bar.itemWidth

            onClicked: bar.wifiRequested()
        }
        NavItem {
            glyph: "globe"
            height: bar.itemHeight
            objectName: "navLanguage"
            text: qsTr("Language")
            width: bar.itemWidth

            onClicked: bar.languageRequested()
        }
        NavItem {
            glyph: "exit"
            height: bar.itemHeight
            objectName: "navFinish"
            text: qsTr("Finish")
            width: bar.itemWidth

            onClicked: bar.finishRequested()
        }
    }
}

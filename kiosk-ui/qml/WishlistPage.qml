pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The shopper's list, and how to take it along.
Item {
    id: page

    required property WishlistView wishlist

    signal backRequested()
    signal homeRequested()
    signal orderRequested()
    signal productRequested(var id)
    signal removeRequested(string sku)

    readonly property bool empty: wishlist.count === 0

    objectName: "wishlistPage"

    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.top: parent.top
        note: page.empty ? "" : page.wishlist.countText
        title: qsTr("My list")

        onBackRequested: page.backRequested()
    }
    ListView {
        anchors.bottom: Theme.portrait ? take.top : parent.bottom
        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: Theme.portrait ? parent.right : take.left
        anchors.top: header.bottom
        boundsBehavior: Flickable.DragOverBounds
        clip: true
        model: page.wishlist.items
        visible: !page.empty

        delegate: WishlistRow {
            width: ListView.view.width

            onProductRequested: id => page.productRequested(id)
            onRemoveRequested: sku => page.removeRequested(sku)
        }
    }
    Column {
        id: take

        anchors.bottom: Theme.portrait ? parent.bottom : undefined
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.top: Theme.portrait ? undefined : header.bottom
        spacing: Theme.space4
        visible: !page.empty
        width: Theme.portrait ? parent.width - Theme.margin * 2 : Math.round(parent.width * 0.36)

        Item {
            height: total.implicitHeight
            width: parent.width

            StyledText {
                anchors.baseline: total.baseline
                anchors.left: parent.left
                color: Theme.inkSoft
                font.pixelSize: Theme.textLead
                text: qsTr("Total")
                visible: total.text.length > 0
            }
            DisplayText {
                id: total

                anchors.right: parent.right
                size: Theme.textTitle
                objectName: "wishlistTotal"
                text: page.wishlist.totalText
                wrapMode: Text.NoWrap
            }
        }
        ActionButton {
            glyph: "bag"
            objectName: "orderWishlist"
            strong: true
            text: qsTr("Order or reserve")
            width: parent.width

            onClicked: page.orderRequested()
        }
        QrCard {
            content: page.wishlist.url
            note: page.wishlist.url.length > 0
                  ? qsTr("Point your phone's camera at the code. Your list opens there and stays with you.")
                  : qsTr("Your list is kept. Your phone can open it as soon as this device is connected again.")
            side: Theme.portrait ? Theme.qr : Math.round(Theme.qr * 0.72)
            title: page.wishlist.url.length > 0 ? qsTr("Take it along") : qsTr("Your list is kept")
            width: parent.width
        }
    }
    Column {
        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4
        visible: page.empty

        Glyph {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.accent
            height: Theme.iconLarge
            name: "heart"
            width: height
        }
        DisplayText {
            size: Theme.textTitle
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Your list is still empty")
            width: parent.width
        }
        StyledText {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.inkSoft
            font.pixelSize: Theme.textLead
            horizontalAlignment: Text.AlignHCenter
            lineHeight: Theme.leading
            text: qsTr("Scan a product or look around, and add what you like. You can take the list home on your "
                       + "phone.")
            width: Math.min(parent.width, Theme.readable)
        }
        Item {
            height: Theme.space2
            width: parent.width
        }
        ActionButton {
            anchors.horizontalCenter: parent.horizontalCenter
            objectName: "lookAround"
            strong: true
            text: qsTr("Look around")

            onClicked: page.homeRequested()
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A member's card was recognised.
Item {
    id: page

    required property string card
    required property WishlistView wishlist

    signal homeRequested()
    signal wishlistRequested()

    objectName: "memberPage"

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4

        Glyph {
            color: Theme.accent
            height: Theme.iconLarge
            name: "card"
            width: height
        }
        DisplayText {
            size: Theme.textDisplay
            text: qsTr("Good to see you again")
            width: parent.width
        }
        StyledText {
            color: Theme.inkSoft
            font.pixelSize: Theme.textLead
            text: qsTr("Card recognised. %1").arg(page.card)
            width: parent.width
        }
        StyledText {
            font.pixelSize: Theme.textLead
            lineHeight: Theme.leading
            text: page.wishlist.count > 0 ? qsTr("You have a list here: %1.").arg(page.wishlist.countText)
                                          : qsTr("Show your card at the till as well, and member prices apply.")
            width: Math.min(parent.width, Theme.readable)
        }
        Item {
            height: Theme.space3
            width: parent.width
        }
        Flow {
            spacing: Theme.space3
            width: parent.width

            ActionButton {
                objectName: "memberHome"
                strong: true
                text: qsTr("Look around")

                onClicked: page.homeRequested()
            }
            ActionButton {
                glyph: "heart"
                objectName: "memberWishlist"
                text: qsTr("My list")

                onClicked: page.wishlistRequested()
            }
        }
    }
}

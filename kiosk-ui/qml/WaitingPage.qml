pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Shown while there is nothing to show yet.
Item {
    id: page

    required property string title
    required property string words

    objectName: "waitingPage"

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
            name: "clock"
            width: height
        }
        DisplayText {
            size: Theme.textDisplay
            text: page.title
            width: parent.width
        }
        StyledText {
            color: Theme.inkSoft
            font.pixelSize: Theme.textLead
            lineHeight: Theme.leading
            text: page.words
            width: Math.min(parent.width, Theme.readable)
        }
    }
}

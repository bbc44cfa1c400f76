pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A QR code with what it is for.
Rectangle {
    id: card

    required property string content
    required property string title
    required property string note
    property real side: Theme.qr

    color: Theme.plate
    implicitHeight: Math.max(code.height, words.implicitHeight) + Theme.space4 * 2
    radius: Theme.radiusLarge

    CodeItem {
        id: code

        Accessible.name: card.title
        Accessible.role: Accessible.Graphic
        anchors.left: parent.left
        anchors.margins: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        dark: Theme.ink
        height: width
        light: Theme.ground
        objectName: "qr"
        text: card.content
        visible: card.content.length > 0
        width: visible ? card.side : 0
    }
    Column {
        id: words

        anchors.left: code.visible ? code.right : parent.left
        anchors.margins: Theme.space4
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space2

        SectionTitle {
            text: card.title
            width: parent.width
        }
        StyledText {
            color: Theme.inkSoft
            lineHeight: Theme.leading
            text: card.note
            width: parent.width
        }
    }
}

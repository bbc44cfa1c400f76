pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// One of a few ways, with what it means.
Choice {
    id: card

    required property string glyph
    property string note: ""

    Accessible.description: note
    Accessible.name: text
    implicitHeight: Math.max(Theme.touch, words.implicitHeight) + Theme.space3 * 2
    opacity: enabled ? 1 : Theme.disabled

    background: Rectangle {
        border.color: card.visualFocus ? Theme.accent : card.chosen ? Theme.ink : Theme.line
        border.width: card.chosen || card.visualFocus ? Theme.hair * 2 : Theme.hair
        color: card.down ? Theme.plateStrong : card.chosen ? Theme.plate : Theme.ground
        radius: Theme.radius
    }
    Item {
        anchors.fill: parent
        Glyph {
            id: sign

            anchors.left: parent.left
            anchors.leftMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.ink
            height: Theme.icon
            name: card.glyph
            width: height
        }
        Column {
            id: words

            anchors.left: sign.right
            anchors.leftMargin: Theme.space4
            anchors.right: tick.left
            anchors.rightMargin: Theme.space2
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.hair * 2

            StyledText {
                font.pixelSize: Theme.textLead
                font.weight: Font.DemiBold
                text: card.text
                width: parent.width
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLabel
                text: card.note
                visible: text.length > 0
                width: parent.width
            }
        }
        Glyph {
            id: tick

            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.ink
            height: Theme.iconSmall
            name: "check"
            opacity: card.chosen ? 1 : 0
            width: height
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A store to collect from: what it has, how far it is, whether it is open.
Choice {
    id: place

    required property string code
    required property string name
    required property string distance
    required property string opening
    required property string stockText
    required property string stockKind
    required chosen

    Accessible.description: stockText + ", " + distance + (opening.length > 0 ? ", " + opening : "")
    Accessible.name: name
    implicitHeight: Math.max(Theme.touchSmall, left.implicitHeight + Theme.space3 * 2,
                             right.implicitHeight + Theme.space3 * 2)

    background: Rectangle {
        color: place.down ? Theme.plateStrong : Theme.ground

        Rectangle {
            anchors.bottom: parent.bottom
            color: Theme.line
            height: Theme.hair
            width: parent.width
        }
    }
    Item {
        anchors.fill: parent
        Rectangle {
            id: mark

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            border.color: place.visualFocus ? Theme.accent : place.chosen ? Theme.ink : Theme.inkFaint
            border.width: place.chosen ? Math.round(width * 0.3) : Theme.hair
            color: Theme.ground
            height: Theme.icon
            radius: height / 2
            width: height
        }
        Column {
            id: left

            anchors.left: mark.right
            anchors.leftMargin: Theme.space3
            anchors.right: right.left
            anchors.rightMargin: Theme.space3
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.hair * 2

            StyledText {
                font.weight: place.chosen ? Font.DemiBold : Font.Medium
                text: place.name
                width: parent.width
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textSmall
                text: place.opening
                visible: text.length > 0
                width: parent.width
            }
        }
        Column {
            id: right

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.hair * 2

            StockLine {
                anchors.right: parent.right
                kind: place.stockKind
                pixelSize: Theme.textLabel
                words: place.stockText
            }
            StyledText {
                anchors.right: parent.right
                color: Theme.inkSoft
                font.pixelSize: Theme.textSmall
                text: place.distance
                wrapMode: Text.NoWrap
            }
        }
    }
}

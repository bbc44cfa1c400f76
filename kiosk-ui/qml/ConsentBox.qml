pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// One consent in its exact wording; starts unticked.
Choice {
    id: box

    property bool on: false
    property string error: ""

    Accessible.description: error
    Accessible.name: text
    chosen: on
    implicitHeight: Math.max(Theme.touchSmall, words.implicitHeight + Theme.space3)
    several: true

    background: null
    Item {
        anchors.fill: parent
        Rectangle {
            id: square

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            border.color: box.error.length > 0 || box.visualFocus ? Theme.accent : box.on ? Theme.ink : Theme.inkFaint
            border.width: Theme.hair
            color: box.on ? Theme.ink : Theme.ground
            height: Theme.icon + Theme.space1
            radius: Theme.space1
            width: height

            Glyph {
                anchors.centerIn: parent
                color: Theme.paper
                height: Theme.iconSmall
                name: "check"
                visible: box.on
                width: height
            }
        }
        Column {
            id: words

            anchors.left: square.right
            anchors.leftMargin: Theme.space3
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter

            StyledText {
                font.pixelSize: Theme.textLabel
                lineHeight: Theme.leading
                text: box.text
                width: parent.width
            }
            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.AlertMessage
                color: Theme.accent
                font.pixelSize: Theme.textSmall
                text: box.error
                visible: text.length > 0
                width: parent.width
            }
        }
    }
}

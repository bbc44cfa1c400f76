pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A quiet strip that tells what is not as usual.
Rectangle {
    id: banner

    required property string words

    Accessible.name: words
    Accessible.role: Accessible.AlertMessage
    color: Theme.plate
    implicitHeight: words.length > 0 ? text.implicitHeight + Theme.space3 : 0
    visible: words.length > 0

    Row {
        anchors.centerIn: parent
        spacing: Theme.space2

        Glyph {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inkSoft
            height: Theme.iconSmall
            name: "offline"
            width: height
        }
        StyledText {
            id: text

            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inkSoft
            font.pixelSize: Theme.textSmall
            text: banner.words
            width: Math.min(implicitWidth, banner.width - Theme.margin * 2)
        }
    }
}

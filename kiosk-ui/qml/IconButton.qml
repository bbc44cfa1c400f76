pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

// A round button with a glyph; `text` is what it is called for those who do not see it.
AbstractButton {
    id: button

    required property string glyph

    Accessible.name: text
    Accessible.role: Accessible.Button
    Accessible.onPressAction: button.clicked()
    height: Theme.touchSmall
    implicitHeight: Theme.touchSmall
    implicitWidth: Theme.touchSmall
    opacity: enabled ? 1 : Theme.disabled
    width: Theme.touchSmall

    background: Rectangle {
        border.color: button.visualFocus ? Theme.accent : Theme.line
        border.width: button.visualFocus ? Theme.hair * 2 : Theme.hair
        color: button.down ? Theme.plateStrong : Theme.ground
        radius: height / 2
    }
    Item {
        anchors.fill: parent
        Glyph {
            anchors.centerIn: parent
            color: Theme.ink
            height: Theme.icon
            name: button.glyph
            width: height
        }
    }
}

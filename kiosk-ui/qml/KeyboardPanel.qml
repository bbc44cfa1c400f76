pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import Silta.Kiosk

// The on-screen keyboard; loaded only where Qt Virtual Keyboard is installed. As tall as what it covers.
Item {
    id: keyboard

    property string localeName: "en_GB"

    implicitHeight: panel.active ? panel.height : 0

    // On a wide screen hands do not span the whole width, and the page needs the height.
    Rectangle {
        color: Theme.plateStrong
        height: panel.height
        visible: panel.active
        width: keyboard.width
    }
    InputPanel {
        id: panel

        anchors.horizontalCenter: parent.horizontalCenter
        visible: active
        width: Theme.portrait ? keyboard.width : Math.round(keyboard.width * 0.62)
    }
    Binding {
        property: "styleName"
        target: VirtualKeyboardSettings
        value: "silta"
    }
    Binding {
        property: "locale"
        target: VirtualKeyboardSettings
        value: keyboard.localeName
    }
    Binding {
        property: "activeLocales"
        target: VirtualKeyboardSettings
        value: [keyboard.localeName]
    }
}

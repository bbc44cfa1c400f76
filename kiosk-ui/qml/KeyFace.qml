pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components
import QtQuick.VirtualKeyboard.Styles
import Silta.Kiosk

// One key: a letter or a glyph on a light tile; the keys that do something else than write are quieter.
KeyPanel {
    id: face

    readonly property BaseKey key: control as BaseKey
    readonly property int type: key.keyType
    readonly property bool strong: type === QtVirtualKeyboard.EnterKey
    readonly property bool writes: type === QtVirtualKeyboard.Key || type === QtVirtualKeyboard.NumberKey
                                   || type === QtVirtualKeyboard.FlickKey || type === QtVirtualKeyboard.SpaceKey
    readonly property string glyph: type === QtVirtualKeyboard.BackspaceKey ? "erase"
                                    : type === QtVirtualKeyboard.EnterKey ? "check"
                                    : type === QtVirtualKeyboard.ShiftKey ? "shift"
                                    : type === QtVirtualKeyboard.HideKeyboardKey ? "down"
                                    : type === QtVirtualKeyboard.ChangeLanguageKey ? "globe" : ""

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.space1 / 2
        color: face.strong ? Theme.ink : face.writes ? Theme.ground : Theme.plate
        opacity: face.key.pressed ? Theme.pressed : 1
        radius: Theme.radius

        StyledText {
            anchors.centerIn: parent
            color: Theme.ink
            font.capitalization: face.key.uppercased ? Font.AllUppercase : Font.MixedCase
            font.pixelSize: Math.round(Math.min(parent.height * 0.42, Theme.textHeadline))
            opacity: face.key.enabled ? 1 : Theme.disabled
            text: face.type === QtVirtualKeyboard.SpaceKey ? "" : face.key.displayText
            visible: face.glyph.length === 0
            wrapMode: Text.NoWrap
        }
        Glyph {
            anchors.centerIn: parent
            color: face.strong ? Theme.paper : Theme.ink
            height: Math.round(parent.height * 0.44)
            name: face.glyph
            opacity: face.key.enabled ? 1 : Theme.disabled
            width: height
        }
    }
}

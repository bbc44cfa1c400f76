pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard.Styles
import Silta.Kiosk

// One key: a letter or a glyph on a light tile.
KeyPanel {
    id: face

    property real gap: 0
    property string glyph: ""
    property string label: control.displayText
    property bool quiet: false
    property bool strong: false

    Rectangle {
        anchors.fill: parent
        anchors.margins: face.gap
        color: face.strong ? Theme.ink : face.quiet ? Theme.plate : Theme.ground
        opacity: face.control.pressed ? Theme.pressed : 1
        radius: Theme.radius

        StyledText {
            anchors.centerIn: parent
            color: face.strong ? Theme.paper : Theme.ink
            font.capitalization: face.control.uppercased ? Font.AllUppercase : Font.MixedCase
            font.pixelSize: Math.round(Math.min(parent.height * 0.42, Theme.textHeadline))
            opacity: face.control.enabled ? 1 : Theme.disabled
            text: face.label
            visible: face.glyph.length === 0
            wrapMode: Text.NoWrap
        }
        Glyph {
            anchors.centerIn: parent
            color: face.strong ? Theme.paper : Theme.ink
            height: Math.round(parent.height * 0.44)
            name: face.glyph
            width: height
        }
    }
}

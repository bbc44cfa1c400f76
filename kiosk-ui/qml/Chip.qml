pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

// One of several small choices; dark when chosen.
AbstractButton {
    id: chip

    property string glyph: ""
    property bool chosen: false
    property bool faded: false
    readonly property color foreground: chosen ? Theme.paper : faded ? Theme.inkFaint : Theme.ink

    Accessible.checkable: true
    Accessible.checked: chosen
    Accessible.name: text
    Accessible.role: Accessible.RadioButton
    implicitHeight: Theme.touchSmall
    implicitWidth: Math.max(Theme.touchSmall, row.implicitWidth + leftPadding + rightPadding)
    leftPadding: Theme.space3
    rightPadding: Theme.space3

    background: Rectangle {
        border.color: chip.visualFocus ? Theme.accent : chip.chosen ? Theme.ink : Theme.line
        border.width: Theme.hair
        color: chip.chosen ? Theme.ink : chip.down ? Theme.plateStrong : Theme.ground
        radius: height / 2
    }
    Item {
        anchors.fill: parent
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.space2

            StyledText {
                anchors.verticalCenter: parent.verticalCenter
                color: chip.foreground
                font.pixelSize: Theme.textBody
                font.strikeout: chip.faded && !chip.chosen
                font.weight: Font.Medium
                text: chip.text
                wrapMode: Text.NoWrap
            }
            Glyph {
                anchors.verticalCenter: parent.verticalCenter
                color: chip.foreground
                height: Theme.iconSmall
                name: chip.glyph
                visible: chip.glyph.length > 0
                width: height
            }
        }
    }
}

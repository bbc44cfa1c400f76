pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

// A button with words. `strong` is the one main action of a page.
AbstractButton {
    id: button

    property string glyph: ""
    property bool glyphFilled: false
    property bool strong: false
    // Of the label: what else is as wide as the button.
    readonly property real around: leftPadding + rightPadding + (glyph.length > 0 ? Theme.iconSmall + row.spacing : 0)
    readonly property real words: Math.ceil(natural.advanceWidth) + 1
    readonly property color foreground: strong ? Theme.paper : Theme.ink

    Accessible.name: text
    Accessible.role: Accessible.Button
    Accessible.onPressAction: button.clicked()
    implicitHeight: Math.max(Theme.touch, label.implicitHeight + Theme.space3 * 2)
    implicitWidth: Math.min(around + words, Theme.windowWidth - Theme.margin * 2)
    leftPadding: Theme.space5
    opacity: enabled ? 1 : Theme.disabled
    rightPadding: Theme.space5

    background: Rectangle {
        border.color: button.visualFocus ? Theme.accent : Theme.line
        border.width: button.strong && !button.visualFocus ? 0 : Theme.hair
        color: button.strong ? Theme.ink : Theme.ground
        opacity: button.down ? Theme.pressed : 1
        radius: Math.min(height, Theme.touch) / 2

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.fast
            }
        }
    }
    // How long the words are on one line, whatever the label's own width does.
    TextMetrics {
        id: natural

        font: label.font
        text: button.text
    }
    Item {
        anchors.fill: parent
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.space2

            Glyph {
                anchors.verticalCenter: parent.verticalCenter
                color: button.foreground
                filled: button.glyphFilled
                height: Theme.iconSmall
                name: button.glyph
                visible: button.glyph.length > 0
                width: height
            }
            StyledText {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                color: button.foreground
                font.pixelSize: Theme.textBody
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
                text: button.text
                width: Math.min(button.words, button.width - button.around)
            }
        }
    }
}

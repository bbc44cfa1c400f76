pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// One of several small choices; dark when chosen.
Choice {
    id: chip

    property string glyph: ""
    property string detail: "" // a figure behind the words
    property string paint: ""  // a colour to show before them
    property bool faded: false
    property real maximumWidth: Theme.windowWidth - Theme.margin * 2
    readonly property color foreground: chosen ? Theme.paper : faded ? Theme.inkFaint : Theme.ink
    readonly property real around: leftPadding + rightPadding
                                   + (glyph.length > 0 ? Theme.iconSmall + row.spacing : 0)
                                   + (paint.length > 0 ? Theme.iconSmall + row.spacing : 0)
                                   + (detail.length > 0 ? figure.implicitWidth + row.spacing : 0)

    Accessible.name: detail.length > 0 ? text + ", " + detail : text
    implicitHeight: Math.max(Theme.touchSmall, label.implicitHeight + Theme.space2 * 2)
    implicitWidth: Math.max(Theme.touchSmall, row.implicitWidth + leftPadding + rightPadding)
    leftPadding: Theme.space3
    opacity: enabled ? 1 : Theme.disabled
    rightPadding: Theme.space3

    background: Rectangle {
        border.color: chip.visualFocus ? Theme.accent : chip.chosen ? Theme.ink : Theme.line
        border.width: Theme.hair
        color: chip.chosen ? Theme.ink : chip.down ? Theme.plateStrong : Theme.ground
        radius: Math.min(height, Theme.touchSmall) / 2
    }
    Item {
        anchors.fill: parent
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.space2

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                border.color: chip.chosen ? Theme.paper : Theme.inkFaint
                border.width: Theme.hair
                color: chip.paint.length > 0 ? chip.paint : Theme.ground
                height: Theme.iconSmall
                radius: height / 2
                visible: chip.paint.length > 0
                width: height
            }
            StyledText {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                color: chip.foreground
                font.pixelSize: Theme.textBody
                font.strikeout: chip.faded && !chip.chosen
                font.weight: Font.Medium
                text: chip.text
                width: Math.min(Math.ceil(natural.advanceWidth) + 1, chip.maximumWidth - chip.around)
            }
            StyledText {
                id: figure

                anchors.verticalCenter: parent.verticalCenter
                color: chip.chosen ? Theme.paperSoft : Theme.inkFaint
                font.pixelSize: Theme.textLabel
                text: chip.detail
                visible: text.length > 0
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
        // How long the words are on one line, whatever the label's own width does.
        TextMetrics {
            id: natural

            font: label.font
            text: chip.text
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The average in large, and how the stars spread.
Row {
    id: block

    required property string average
    required property string count
    required property list<real> shares

    spacing: Theme.space6
    visible: average.length > 0

    Column {
        id: left

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space1

        Row {
            spacing: Theme.space1

            DisplayText {
                size: Theme.textDisplay
                text: block.average
                wrapMode: Text.NoWrap
            }
            Glyph {
                anchors.verticalCenter: parent.verticalCenter
                color: Theme.accent
                filled: true
                height: Theme.icon
                name: "star"
                width: height
            }
        }
        StyledText {
            color: Theme.inkSoft
            font.pixelSize: Theme.textSmall
            text: block.count
            wrapMode: Text.NoWrap
        }
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space1
        width: block.width - left.width - block.spacing

        Repeater {
            model: block.shares

            delegate: Row {
                id: bar

                required property real modelData
                required property int index

                spacing: Theme.space2

                StyledText {
                    id: stars

                    color: Theme.inkSoft
                    font.pixelSize: Theme.textSmall
                    horizontalAlignment: Text.AlignRight
                    text: 5 - bar.index
                    width: Math.ceil(Theme.space3 * Theme.textScale)
                }
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.plateStrong
                    height: Theme.space1
                    radius: height / 2
                    width: block.width - left.width - block.spacing - stars.width - bar.spacing

                    Rectangle {
                        color: Theme.ink
                        height: parent.height
                        radius: height / 2
                        width: parent.width * bar.modelData
                    }
                }
            }
        }
    }
}

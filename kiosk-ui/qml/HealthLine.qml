pragma ComponentBehavior: Bound

import QtQuick

// One fact about the device; a dot, and a word for who cannot tell its colour.
Item {
    id: line

    required property string label
    required property string value
    required property string kind

    readonly property bool narrow: Theme.stacks
    readonly property color tone: kind === "bad" ? Theme.accent : kind === "few" ? Theme.few : Theme.good

    Accessible.name: label + ": " + value + (kind === "bad" || kind === "few" ? ", " + sign.text : "")
    Accessible.role: Accessible.StaticText
    implicitHeight: words.implicitHeight + Theme.space2 * 2

    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.line
        height: Theme.hair
        width: parent.width
    }
    Grid {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        columnSpacing: Theme.space3
        columns: line.narrow ? 1 : 2
        width: parent.width

        StyledText {
            color: Theme.inkSoft
            font.pixelSize: Theme.textLabel
            heard: false // nor the next ones: the line is called so
            text: line.label
            width: line.narrow ? parent.width : Math.round((parent.width - Theme.space3) * 0.46)
        }
        Column {
            width: line.narrow ? parent.width : parent.width - Math.round((parent.width - Theme.space3) * 0.46) - Theme.space3

            StyledText {
                font.weight: Font.Medium
                heard: false
                text: line.value
                width: parent.width
            }
            Row {
                spacing: Theme.space1
                visible: line.kind === "bad" || line.kind === "few"

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    color: line.tone
                    height: Theme.dot
                    radius: height / 2
                    width: height
                }
                StyledText {
                    id: sign

                    color: line.tone
                    font.pixelSize: Theme.textSmall
                    font.weight: Font.Medium
                    heard: false
                    text: line.kind === "bad" ? qsTr("needs attention") : qsTr("worth a look")
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
}

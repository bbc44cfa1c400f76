pragma ComponentBehavior: Bound

import QtQuick

// Availability in words, with a dot for the glance.
Row {
    id: line

    required property string kind
    required property string words
    property real pixelSize: Theme.textSmall
    property bool heard: true

    spacing: Theme.space1
    visible: words.length > 0

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        border.color: Theme.stockColor(line.kind)
        border.width: Theme.hair
        color: line.kind === "out" ? Theme.ground : Theme.stockColor(line.kind)
        height: Theme.dot
        radius: height / 2
        width: height
    }
    StyledText {
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.stockColor(line.kind)
        font.pixelSize: line.pixelSize
        font.weight: Font.Medium
        heard: line.heard
        text: line.words
        wrapMode: Text.NoWrap
    }
}

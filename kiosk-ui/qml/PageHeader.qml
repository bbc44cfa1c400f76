pragma ComponentBehavior: Bound

import QtQuick

Item {
    id: header

    required property string title
    property string note: ""

    signal backRequested()

    implicitHeight: Math.max(back.height, words.implicitHeight)

    IconButton {
        id: back

        anchors.left: parent.left
        anchors.top: parent.top
        glyph: header.LayoutMirroring.enabled ? "next" : "back"
        objectName: "back"
        text: qsTr("Back")

        onClicked: header.backRequested()
    }
    Column {
        id: words

        anchors.left: back.right
        anchors.leftMargin: Theme.space4
        anchors.right: parent.right
        spacing: Theme.space1
        y: Math.max(0, (back.height - heading.implicitHeight) / 2)

        DisplayText {
            id: heading

            size: Theme.textTitle
            text: header.title
            width: parent.width
        }
        StyledText {
            color: Theme.inkSoft
            text: header.note
            visible: text.length > 0
            width: parent.width
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick

// Another store: what it has, how far it is, whether it is open.
Item {
    id: row

    required property string name
    required property string address
    required property string distance
    required property string availabilityText
    required property string availabilityKind
    required property string opening
    required property string age

    Accessible.name: name + ", " + availabilityText + ", " + distance + (opening.length > 0 ? ", " + opening : "")
    Accessible.role: Accessible.ListItem
    implicitHeight: Math.max(left.implicitHeight, right.implicitHeight) + Theme.space3 * 2

    Column {
        id: left

        anchors.left: parent.left
        anchors.right: right.left
        anchors.rightMargin: Theme.space3
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.hair * 2

        StyledText {
            font.weight: Font.Medium
            heard: false // nor the next ones: the row is called so
            text: row.name
            width: parent.width
        }
        Flow {
            spacing: Theme.space2
            width: parent.width

            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textSmall
                heard: false
                text: row.opening
                visible: text.length > 0
            }
            StyledText {
                color: Theme.inkFaint
                font.pixelSize: Theme.textSmall
                text: row.age.length > 0 ? qsTr("Stock as of %1", "an age").arg(row.age) : ""
                visible: text.length > 0
            }
        }
    }
    Column {
        id: right

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.hair * 2

        StockLine {
            anchors.right: parent.right
            heard: false
            kind: row.availabilityKind
            pixelSize: Theme.textLabel
            words: row.availabilityText
        }
        StyledText {
            anchors.right: parent.right
            color: Theme.inkSoft
            font.pixelSize: Theme.textSmall
            heard: false
            text: row.distance
            wrapMode: Text.NoWrap
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.line
        height: Theme.hair
        width: parent.width
    }
}

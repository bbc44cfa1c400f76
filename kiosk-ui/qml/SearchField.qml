pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

TextField {
    id: field

    signal cleared()

    Accessible.name: qsTr("Search by name, brand or number")
    Accessible.role: Accessible.EditableText
    Accessible.searchEdit: true
    color: Theme.ink
    font.pixelSize: Theme.textLead
    implicitHeight: Theme.touch + Theme.space2
    inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
    leftPadding: Theme.space4 + Theme.icon + Theme.space3
    maximumLength: 120
    placeholderText: Theme.stacks ? qsTr("Search") : qsTr("Search by name, brand or number")
    placeholderTextColor: Theme.inkFaint
    rightPadding: text.length > 0 ? Theme.touch : Theme.space3
    selectByMouse: true
    selectionColor: Theme.accent
    verticalAlignment: TextInput.AlignVCenter

    background: Rectangle {
        border.color: Theme.ink
        border.width: field.activeFocus ? Theme.hair : Theme.fieldLine
        color: field.activeFocus ? Theme.ground : Theme.plate
        radius: height / 2

        Glyph {
            anchors.left: parent.left
            anchors.leftMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.ink
            height: Theme.icon
            name: "search"
            width: height
        }
    }

    AbstractButton {
        id: clear

        Accessible.name: text
        Accessible.role: Accessible.Button
        Accessible.onPressAction: clear.clicked()
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        height: parent.height
        objectName: "clearSearch"
        text: qsTr("Clear the search")
        visible: field.text.length > 0
        width: Theme.touch

        Item {
            anchors.fill: parent
            Glyph {
                anchors.centerIn: parent
                color: Theme.inkSoft
                height: Theme.iconSmall
                name: "close"
                width: height
            }
        }

        onClicked: field.cleared()
    }
}

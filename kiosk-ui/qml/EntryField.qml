pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// A labelled line of text with room for what is wrong with it.
Column {
    id: entry

    required property string label
    property string error: ""
    property string hint: ""
    property alias text: field.text
    property alias inputMethodHints: field.inputMethodHints
    property alias fieldName: field.objectName
    property alias field: field

    signal accepted()

    spacing: Theme.space1

    StyledText {
        font.pixelSize: Theme.textLabel
        font.weight: Font.Medium
        text: entry.label
        width: parent.width
    }
    TextField {
        id: field

        Accessible.description: entry.error
        Accessible.name: entry.label
        Accessible.role: Accessible.EditableText
        color: Theme.ink
        font.pixelSize: Theme.textLead
        implicitHeight: Theme.touch
        leftPadding: Theme.space3
        maximumLength: 254
        placeholderText: entry.hint
        placeholderTextColor: Theme.inkFaint
        rightPadding: Theme.space3
        selectionColor: Theme.accent
        verticalAlignment: TextInput.AlignVCenter
        width: parent.width

        background: Rectangle {
            border.color: entry.error.length > 0 ? Theme.accent : Theme.ink
            border.width: field.activeFocus || entry.error.length > 0 ? Theme.hair : Theme.fieldLine
            color: field.activeFocus ? Theme.ground : Theme.plate
            radius: Theme.radius
        }

        onAccepted: entry.accepted()
    }
    StyledText {
        Accessible.name: text
        Accessible.role: Accessible.AlertMessage
        color: Theme.accent
        font.pixelSize: Theme.textSmall
        text: entry.error
        visible: text.length > 0
        width: parent.width
    }
}

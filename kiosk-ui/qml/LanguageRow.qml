pragma ComponentBehavior: Bound

import QtQuick

Flow {
    id: row

    required property list<string> codes
    required property list<string> names
    required property string current

    signal chosen(string code)

    spacing: Theme.space2

    Repeater {
        model: row.codes

        delegate: Chip {
            required property string modelData
            required property int index

            chosen: row.current === modelData
            objectName: "language-" + modelData
            text: row.names[index]

            onClicked: row.chosen(modelData)
        }
    }
}

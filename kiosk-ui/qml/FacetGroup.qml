pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// One facet: its name and what can be chosen of it, a dozen at first.
Column {
    id: group

    required property string title
    required property ChoiceModel choices
    property string prefix: ""

    readonly property int few: 12
    property bool all: false

    signal chosen(string key, string label)

    spacing: Theme.space2
    visible: choices.count > 0

    StyledText {
        Accessible.name: text
        Accessible.role: Accessible.Heading
        font.pixelSize: Theme.textLead
        font.weight: Font.DemiBold
        text: group.title
        width: parent.width
    }
    Flow {
        spacing: Theme.space2
        width: parent.width

        Repeater {
            model: group.choices

            delegate: Chip {
                required property int index
                required property string key
                required property string label
                required property string count
                required paint
                required property int cards
                required property bool selected

                chosen: selected
                detail: count
                enabled: cards > 0 || selected
                maximumWidth: group.width
                objectName: group.prefix + "-" + index
                several: true
                text: label
                visible: group.all || index < group.few || selected

                onClicked: group.chosen(key, label)
            }
        }
        Chip {
            glyph: "plus"
            objectName: group.prefix + "-all"
            text: qsTr("Show all")
            visible: !group.all && group.choices.count > group.few

            onClicked: group.all = true
        }
    }
}

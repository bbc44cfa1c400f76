pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The colours or sizes to choose from: small pictures where they tell more than words.
Column {
    id: row

    required property string label
    required property string value
    required property VariantModel choices
    property bool pictures: false

    signal chosen(var id)

    spacing: Theme.space2
    visible: choices.count > 0

    StyledText {
        color: Theme.inkSoft
        text: qsTr("%1: %2", "a property and its value").arg(row.label).arg(row.value)
        width: parent.width
    }
    Flow {
        spacing: Theme.space2
        visible: row.pictures
        width: parent.width

        Repeater {
            model: row.pictures ? row.choices : null

            delegate: Swatch {
                required property var productId
                required property string label
                required property string availabilityText
                required property bool selected

                Accessible.description: availabilityText
                chosen: selected
                objectName: "variant-" + label
                text: label

                onClicked: row.chosen(productId)
            }
        }
    }
    Flow {
        spacing: Theme.space2
        visible: !row.pictures
        width: parent.width

        Repeater {
            model: row.pictures ? null : row.choices

            delegate: Chip {
                required property var productId
                required property string label
                required property string availabilityText
                required property string availabilityKind
                required property bool selected

                Accessible.description: availabilityText
                chosen: selected
                faded: availabilityKind === "out"
                objectName: "variant-" + label
                text: label

                onClicked: row.chosen(productId)
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

Column {
    id: card

    required property int stars
    required property string title
    required property string body
    required property string date

    spacing: Theme.space1

    Row {
        Accessible.name: qsTr("%n star(s)", "", card.stars)
        Accessible.role: Accessible.StaticText
        spacing: Theme.hair

        Repeater {
            model: 5

            delegate: Glyph {
                required property int index

                color: index < card.stars ? Theme.ink : Theme.line
                filled: true
                height: Theme.iconSmall
                name: "star"
                width: height
            }
        }
    }
    StyledText {
        font.weight: Font.DemiBold
        text: card.title
        visible: text.length > 0
        width: parent.width
    }
    StyledText {
        lineHeight: Theme.leading
        text: card.body
        visible: text.length > 0
        width: parent.width
    }
    StyledText {
        color: Theme.inkFaint
        font.pixelSize: Theme.textSmall
        text: card.date
        width: parent.width
    }
}

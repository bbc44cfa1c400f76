pragma ComponentBehavior: Bound

import QtQuick

// A colour to choose, shown by the item's own picture; the dot tells whether this store has it.
Choice {
    id: swatch

    required property string picture
    required property string availabilityKind

    Accessible.name: text
    implicitHeight: Theme.swatch
    implicitWidth: Theme.swatch
    opacity: down || availabilityKind === "out" ? Theme.pressed : 1

    background: Rectangle {
        border.color: swatch.visualFocus ? Theme.accent : swatch.chosen ? Theme.ink : Theme.line
        border.width: swatch.chosen || swatch.visualFocus ? Theme.hair * 2 : Theme.hair
        color: Theme.ground
        radius: Theme.radius
    }

    Picture {
        anchors.fill: parent
        anchors.margins: Theme.space1
        radius: Theme.radius / 2
        seed: swatch.text
        source: swatch.picture
    }
    Rectangle {
        anchors.bottom: parent.bottom
        anchors.margins: Theme.space2
        anchors.right: parent.right
        border.color: Theme.ground
        border.width: Theme.hair
        color: Theme.stockColor(swatch.availabilityKind)
        height: Theme.dot + Theme.hair * 2
        radius: height / 2
        width: height
    }
}

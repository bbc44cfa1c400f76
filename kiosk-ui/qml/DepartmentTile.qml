pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

AbstractButton {
    id: tile

    required property string title
    required property string products
    required property string picture

    Accessible.description: products
    Accessible.name: title
    Accessible.role: Accessible.Button
    Accessible.onPressAction: tile.clicked()
    implicitHeight: Math.round(implicitWidth * 0.72) + Theme.space7 + Theme.space3
    implicitWidth: Theme.tile
    opacity: down ? Theme.pressed : 1

    background: FocusFrame {
        shown: tile.visualFocus
    }
    Item {
        anchors.fill: parent
        Picture {
            id: image

            height: Math.round(width * 0.72)
            seed: tile.title
            source: tile.picture
            width: parent.width
        }
        Column {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: image.bottom
            anchors.topMargin: Theme.space2
            spacing: Theme.hair * 2

            StyledText {
                elide: Text.ElideRight
                font.weight: Font.DemiBold
                maximumLineCount: 1
                text: tile.title
                width: parent.width
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textSmall
                text: tile.products
                width: parent.width
            }
        }
    }
}

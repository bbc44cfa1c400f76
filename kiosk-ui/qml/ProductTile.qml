pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// One product in a grid or strip.
AbstractButton {
    id: tile

    required property string sku
    required property string title
    required property string brand
    required property string priceText
    required property string regularPriceText
    required property string picture
    required property string availabilityText
    required property string availabilityKind

    Accessible.description: brand + ", " + priceText + ", " + availabilityText
    Accessible.name: title
    Accessible.role: Accessible.Button
    Accessible.onPressAction: tile.clicked()
    implicitHeight: implicitWidth + Theme.tileText
    implicitWidth: Theme.tile
    opacity: down ? Theme.pressed : 1

    background: FocusFrame {
        shown: tile.visualFocus
    }
    Item {
        anchors.fill: parent
        Picture {
            id: image

            height: width
            seed: tile.sku
            source: tile.picture
            width: parent.width
        }
        Column {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: image.bottom
            anchors.topMargin: Theme.space2
            spacing: Theme.space1

            StyledText {
                color: Theme.inkSoft
                elide: Text.ElideRight
                font.pixelSize: Theme.textSmall
                maximumLineCount: 1
                text: tile.brand
                visible: text.length > 0
                width: parent.width
            }
            StyledText {
                elide: Text.ElideRight
                font.weight: Font.Medium
                maximumLineCount: 2
                text: tile.title
                width: parent.width
            }
            PriceText {
                now: tile.priceText
                regular: tile.regularPriceText
            }
            StockLine {
                kind: tile.availabilityKind
                words: tile.availabilityText
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick

// One line of an order; with a stepper while it can still be changed.
Item {
    id: line

    required property string sku
    required property string title
    required property string brand
    required property string picture
    required property string priceText
    required property string quantityText
    required property int count
    required property string availabilityText
    required property string availabilityKind
    property bool editable: false

    signal quantityWanted(int count)

    implicitHeight: Math.max(image.height, words.implicitHeight) + Theme.space3 * 2

    Picture {
        id: image

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        height: Math.round(Theme.thumb * 0.78)
        seed: line.sku
        source: line.picture
        width: height
    }
    Column {
        id: words

        anchors.left: image.right
        anchors.leftMargin: Theme.space4
        anchors.right: stepper.visible ? stepper.left : parent.right
        anchors.rightMargin: stepper.visible ? Theme.space3 : 0
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space1

        StyledText {
            elide: Text.ElideRight
            font.weight: Font.Medium
            maximumLineCount: 2
            text: line.title
            width: parent.width
        }
        Flow {
            spacing: Theme.space3
            width: parent.width

            StyledText {
                font.weight: Font.DemiBold
                text: line.priceText
                wrapMode: Text.NoWrap
            }
            StyledText {
                color: Theme.inkSoft
                text: line.quantityText
                visible: text.length > 0
                wrapMode: Text.NoWrap
            }
            StockLine {
                kind: line.availabilityKind
                pixelSize: Theme.textLabel
                words: line.availabilityText
            }
        }
    }
    QuantityStepper {
        id: stepper

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        count: line.count
        objectName: "stepper-" + line.sku
        visible: line.editable
        what: line.title

        onWanted: count => line.quantityWanted(count)
    }
    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.line
        height: Theme.hair
        width: parent.width
    }
}

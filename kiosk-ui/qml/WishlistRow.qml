pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

Item {
    id: row

    required property var productId
    required property string sku
    required property string title
    required property string brand
    required property string priceText
    required property string regularPriceText
    required property string picture
    required property string availabilityText
    required property string availabilityKind

    signal productRequested(var id)
    signal removeRequested(string sku)

    implicitHeight: Theme.thumb + Theme.space3 * 2

    AbstractButton {
        id: open

        Accessible.description: row.brand + ", " + row.priceText + ", " + row.availabilityText
        Accessible.name: row.title
        Accessible.role: Accessible.Button
        Accessible.onPressAction: open.clicked()
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: remove.left
        anchors.top: parent.top
        enabled: row.productId !== 0
        objectName: "wish-" + row.sku
        opacity: down ? Theme.pressed : 1

        background: FocusFrame {
            shown: open.visualFocus
        }

        Item {
            anchors.fill: parent
            Picture {
                id: image

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                height: Theme.thumb
                seed: row.sku
                source: row.picture
                width: height
            }
            Column {
                anchors.left: image.right
                anchors.leftMargin: Theme.space4
                anchors.right: parent.right
                anchors.rightMargin: Theme.space3
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.space1

                StyledText {
                    color: Theme.inkSoft
                    elide: Text.ElideRight
                    font.pixelSize: Theme.textSmall
                    maximumLineCount: 1
                    text: row.brand
                    visible: text.length > 0
                    width: parent.width
                }
                StyledText {
                    elide: Text.ElideRight
                    font.weight: Font.Medium
                    maximumLineCount: 2
                    text: row.title
                    width: parent.width
                }
                Row {
                    spacing: Theme.space4

                    PriceText {
                        id: price

                        now: row.priceText
                        regular: row.regularPriceText
                    }
                    StockLine {
                        anchors.verticalCenter: parent.verticalCenter
                        kind: row.availabilityKind
                        words: row.availabilityText
                    }
                }
            }
        }

        onClicked: row.productRequested(row.productId)
    }
    IconButton {
        id: remove

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        glyph: "close"
        objectName: "remove-" + row.sku
        text: qsTr("Remove %1").arg(row.title)

        onClicked: row.removeRequested(row.sku)
    }
    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.line
        height: Theme.hair
        width: parent.width
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// What a shopper photographs: the number, the word, the bar code for the till.
Rectangle {
    id: slip

    required property OrderView order

    color: Theme.plate
    implicitHeight: column.implicitHeight + Theme.space5 * 2
    radius: Theme.radiusLarge

    Column {
        id: column

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4
        width: parent.width - Theme.space5 * 2
        x: Theme.space5

        Column {
            width: parent.width

            StyledText {
                color: Theme.inkSoft
                text: qsTr("Number of your order")
                width: parent.width
            }
            DisplayText {
                fontSizeMode: Text.HorizontalFit
                objectName: "orderNumber"
                size: Theme.textGiant
                text: slip.order.numberText
                width: parent.width
                wrapMode: Text.NoWrap
            }
        }
        Item {
            height: Math.max(word.implicitHeight, pay.implicitHeight)
            width: parent.width

            Column {
                id: word

                anchors.left: parent.left
                anchors.right: pay.left
                anchors.rightMargin: Theme.space3
                visible: slip.order.word.length > 0

                StyledText {
                    color: Theme.inkSoft
                    text: qsTr("Your word")
                    width: parent.width
                }
                DisplayText {
                    fontSizeMode: Text.HorizontalFit
                    objectName: "orderWord"
                    text: slip.order.word
                    width: parent.width
                    wrapMode: Text.NoWrap
                }
            }
            Column {
                id: pay

                anchors.right: parent.right

                StyledText {
                    anchors.right: parent.right
                    color: Theme.inkSoft
                    text: slip.order.payText
                    wrapMode: Text.NoWrap
                }
                DisplayText {
                    anchors.right: parent.right
                    text: slip.order.totalText
                    wrapMode: Text.NoWrap
                }
                StyledText {
                    anchors.right: parent.right
                    color: Theme.inkSoft
                    font.pixelSize: Theme.textSmall
                    text: qsTr("VAT included")
                    wrapMode: Text.NoWrap
                }
            }
        }
        Rectangle {
            color: Theme.ground
            height: bars.height + Theme.space3 * 2
            radius: Theme.radius
            width: parent.width

            BarcodeItem {
                id: bars

                Accessible.name: qsTr("Bar code for the till")
                Accessible.role: Accessible.Graphic
                anchors.centerIn: parent
                dark: Theme.ink
                height: Theme.barcode
                light: Theme.ground
                objectName: "orderBarcode"
                text: slip.order.barcode
                width: parent.width - Theme.space3 * 2
            }
        }
    }
}

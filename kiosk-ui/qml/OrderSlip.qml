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
        Grid {
            id: facts

            readonly property real cell: (width - columnSpacing * (columns - 1)) / columns
            readonly property int side: columns === 1 ? Text.AlignLeft : Text.AlignRight

            columnSpacing: Theme.space3
            columns: Theme.stacks || slip.order.word.length === 0 ? 1 : 2
            rowSpacing: Theme.space3
            width: parent.width

            Column {
                visible: slip.order.word.length > 0
                width: facts.cell

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
                width: facts.cell

                StyledText {
                    color: Theme.inkSoft
                    horizontalAlignment: facts.side
                    text: slip.order.payText
                    width: parent.width
                }
                DisplayText {
                    fontSizeMode: Text.HorizontalFit
                    horizontalAlignment: facts.side
                    text: slip.order.totalText
                    width: parent.width
                    wrapMode: Text.NoWrap
                }
                StyledText {
                    color: Theme.inkSoft
                    font.pixelSize: Theme.textSmall
                    horizontalAlignment: facts.side
                    text: qsTr("VAT included")
                    width: parent.width
                }
            }
        }
        Rectangle {
            color: Theme.ground
            height: bars.height + Theme.space3 * 2
            radius: Theme.radius
            width: parent.width

            CodeItem {
                id: bars

                Accessible.name: qsTr("Bar code for the till")
                Accessible.role: Accessible.Graphic
                anchors.centerIn: parent
                dark: Theme.ink
                height: Theme.barcode
                kind: CodeItem.Code128
                light: Theme.ground
                objectName: "orderBarcode"
                text: slip.order.barcode
                width: parent.width - Theme.space3 * 2
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Fetching an order, or bringing one back: its code is scanned, or its number typed.
Item {
    id: page

    signal backRequested()
    signal numberTyped(string number)

    objectName: "findOrderPage"

    FormFlick {
        id: scroll

        anchors.fill: parent
        contentHeight: column.implicitHeight + Theme.margin * 2
        entry: number.field.activeFocus ? number : null

        Column {
            id: column

            spacing: Theme.space5
            width: scroll.width - Theme.margin * 2
            x: Theme.margin
            y: Theme.margin

            PageHeader {
                title: qsTr("Collect or return an order")
                width: parent.width

                onBackRequested: page.backRequested()
            }
            Row {
                spacing: Theme.space4
                width: parent.width

                Glyph {
                    id: sign

                    color: Theme.accent
                    height: Theme.iconLarge
                    name: "scan"
                    width: height
                }
                StyledText {
                    anchors.verticalCenter: sign.verticalCenter
                    font.pixelSize: Theme.textLead
                    lineHeight: Theme.leading
                    text: qsTr("Hold the code of your order in front of the scanner: from your phone or from the slip.")
                    width: parent.width - sign.width - Theme.space4
                }
            }
            EntryField {
                id: number

                fieldName: "orderNumberEntry"
                hint: qsTr("For example %1", "the number of an order").arg("K7QF-2M9X")
                inputMethodHints: Qt.ImhPreferUppercase | Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                label: qsTr("Or type its number")
                width: Math.min(parent.width, Theme.readable)

                onAccepted: page.numberTyped(number.text)
            }
            ActionButton {
                enabled: number.text.trim().length > 0
                objectName: "showOrder"
                strong: true
                text: qsTr("Show my order")
                width: Math.min(parent.width, Theme.readable)

                onClicked: page.numberTyped(number.text)
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The sum, what is promised, and the one main action: always in reach.
Rectangle {
    id: bar

    required property OrderForm form

    signal sendRequested()

    readonly property bool unsure: form.state === OrderForm.Unsure
    readonly property string words: form.failure.length > 0 ? form.failure : form.promiseText

    color: Theme.ground
    implicitHeight: column.implicitHeight + Theme.space3 * 2

    Rectangle {
        color: Theme.line
        height: Theme.hair
        width: parent.width
    }
    Column {
        id: column

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space3
        width: parent.width - Theme.margin * 2
        x: Theme.margin

        Item {
            height: Math.max(sign.height, words.implicitHeight)
            visible: bar.words.length > 0
            width: parent.width

            Glyph {
                id: sign

                color: bar.form.failure.length > 0 ? Theme.accent : bar.form.isKept ? Theme.good : Theme.few
                height: Theme.iconSmall
                name: bar.form.failure.length > 0 ? "offline" : bar.form.isKept ? "check" : "clock"
                width: height
            }
            StyledText {
                id: words

                Accessible.name: text
                Accessible.role: Accessible.AlertMessage
                anchors.left: sign.right
                anchors.leftMargin: Theme.space2
                anchors.right: parent.right
                color: bar.form.failure.length > 0 ? Theme.accent : Theme.inkSoft
                font.pixelSize: Theme.textLabel
                objectName: "orderPromise"
                text: bar.words
            }
        }
        Item {
            height: Math.max(send.height, sum.implicitHeight)
            width: parent.width

            Column {
                id: sum

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter

                DisplayText {
                    objectName: "orderTotal"
                    size: Theme.textHeadline
                    text: bar.form.basket.totalText
                    wrapMode: Text.NoWrap
                }
                StyledText {
                    color: Theme.inkSoft
                    font.pixelSize: Theme.textSmall
                    text: qsTr("VAT included")
                    wrapMode: Text.NoWrap
                }
            }
            ActionButton {
                id: send

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                enabled: bar.form.state !== OrderForm.Sending && bar.form.basket.ready && !bar.form.basket.empty
                objectName: "sendOrder"
                strong: true
                text: bar.form.state === OrderForm.Sending ? qsTr("Sending…")
                    : bar.unsure ? qsTr("Send it again")
                    : bar.form.kind === OrderForm.Reserve ? qsTr("Reserve") : qsTr("Place the order")
                width: Math.max(implicitWidth, Math.round(parent.width * (Theme.portrait ? 0.5 : 0.3)))

                onClicked: bar.sendRequested()
            }
        }
    }
}

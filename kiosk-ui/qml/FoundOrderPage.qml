pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// An order that somebody has come for: how it stands, and what can be done about it here.
Item {
    id: page

    required property OrderView order

    signal backRequested()
    signal homeRequested()
    signal retryRequested()
    signal returnRequested()

    readonly property bool shown: order.state === OrderView.Shown

    property bool cancelling: false

    objectName: "foundOrderPage"

    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.top: parent.top
        title: page.shown ? page.order.numberText : qsTr("Your order")

        onBackRequested: page.backRequested()
    }
    FormFlick {
        id: scroll

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        contentHeight: column.implicitHeight + Theme.margin * 2
        entry: word.field.activeFocus ? word : null
        visible: page.shown

        Column {
            id: column

            spacing: Theme.space4
            width: scroll.width - Theme.margin * 2
            x: Theme.margin
            y: Theme.space5

            OrderVerdict {
                order: page.order
                width: parent.width
            }
            Rectangle {
                color: Theme.plate
                height: arrived.implicitHeight + Theme.space4 * 2
                radius: Theme.radius
                visible: page.order.hasArrived && page.order.tone === OrderView.Good
                width: parent.width

                Glyph {
                    id: bell

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space4
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.ink
                    height: Theme.icon
                    name: "bell"
                    width: height
                }
                StyledText {
                    id: arrived

                    Accessible.name: text
                    Accessible.role: Accessible.AlertMessage
                    anchors.left: bell.right
                    anchors.leftMargin: Theme.space4
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.space4
                    anchors.verticalCenter: parent.verticalCenter
                    font.pixelSize: Theme.textLead
                    lineHeight: Theme.leading
                    objectName: "arrivedText"
                    text: qsTr("Our staff know that you are here and bring it to the desk. They ask you for your word.")
                }
            }
            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.AlertMessage
                color: Theme.accent
                objectName: "orderFailure"
                text: page.order.failure
                visible: text.length > 0
                width: parent.width
            }
            Flow {
                spacing: Theme.space3
                width: parent.width

                ActionButton {
                    enabled: !page.order.busy
                    glyph: "bell"
                    objectName: "arrive"
                    strong: true
                    text: qsTr("I am here: please bring it")
                    visible: page.order.canArrive

                    onClicked: page.order.arrive()
                }
                ActionButton {
                    glyph: "return"
                    objectName: "openReturn"
                    strong: true
                    text: qsTr("Return something")
                    visible: page.order.canReturn

                    onClicked: page.returnRequested()
                }
                ActionButton {
                    objectName: "beginCancel"
                    text: qsTr("Call it off")
                    visible: page.order.canCancel && !page.cancelling

                    onClicked: page.cancelling = true
                }
            }
            Column {
                spacing: Theme.space3
                visible: page.cancelling && page.order.canCancel
                width: Math.min(parent.width, Theme.readable)

                EntryField {
                    id: word

                    fieldName: "cancelWord"
                    inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                    label: qsTr("Your word, as it stands on the slip")
                    width: parent.width

                    onAccepted: page.order.cancel(word.text)
                }
                Flow {
                    spacing: Theme.space3
                    width: parent.width

                    ActionButton {
                        enabled: !page.order.busy && word.text.trim().length > 0
                        objectName: "cancelOrder"
                        text: qsTr("Call the order off")

                        onClicked: page.order.cancel(word.text)
                    }
                    ActionButton {
                        objectName: "keepOrder"
                        text: qsTr("Keep it")

                        onClicked: page.cancelling = false
                    }
                }
            }
            Column {
                width: parent.width

                Repeater {
                    model: page.order.lines

                    delegate: OrderLineItem {
                        width: column.width
                    }
                }
                Item {
                    height: Math.max(total.implicitHeight, due.implicitHeight) + Theme.space3 * 2
                    width: parent.width

                    StyledText {
                        id: due

                        anchors.left: parent.left
                        anchors.right: total.left
                        anchors.rightMargin: Theme.space3
                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.inkSoft
                        font.pixelSize: Theme.textLead
                        text: page.order.payText.length > 0 ? page.order.payText : qsTr("Total")
                    }
                    DisplayText {
                        id: total

                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        size: Theme.textHeadline
                        text: page.order.totalText
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }
    Column {
        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4
        visible: !page.shown

        Glyph {
            color: Theme.accent
            height: Theme.iconLarge
            name: page.order.state === OrderView.Asking ? "clock"
                : page.order.state === OrderView.Failed ? "offline" : "bag"
            width: height
        }
        DisplayText {
            objectName: "noOrderTitle"
            size: Theme.textDisplay
            text: page.order.state === OrderView.Asking ? qsTr("One moment")
                : page.order.state === OrderView.Failed ? qsTr("This does not work just now")
                : qsTr("We do not find this order")
            width: parent.width
        }
        StyledText {
            color: Theme.inkSoft
            font.pixelSize: Theme.textLead
            lineHeight: Theme.leading
            text: page.order.state === OrderView.Asking ? qsTr("Your order is being looked for.")
                : page.order.state === OrderView.Failed ? qsTr("Our staff find your order at the till.")
                : qsTr("It may be another store's. Compare the number, or show it to our staff.")
            width: Math.min(parent.width, Theme.readable)
        }
        Flow {
            spacing: Theme.space3
            topPadding: Theme.space3
            visible: page.order.state !== OrderView.Asking
            width: parent.width

            ActionButton {
                objectName: "tryAgain"
                strong: true
                text: qsTr("Try again")

                onClicked: page.retryRequested()
            }
            ActionButton {
                objectName: "foundHome"
                text: qsTr("Look around")

                onClicked: page.homeRequested()
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Bringing something back: what, and why. Staff look at it and complete the return.
Item {
    id: page

    required property OrderView order

    signal backRequested()
    signal homeRequested()

    property list<string> skus
    property string reason: ""
    readonly property list<string> reasons: ["wrong_size", "damaged", "not_as_described", "changed_mind", "other"]
    readonly property list<string> reasonTexts: [qsTr("Wrong size"), qsTr("Damaged"), qsTr("Not as described"),
        qsTr("I changed my mind"), qsTr("Something else")]

    objectName: "returnPage"

    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.top: parent.top
        note: page.order.numberText
        title: page.order.isReturnAsked ? qsTr("Your return") : qsTr("What do you bring back?")

        onBackRequested: page.backRequested()
    }
    Flickable {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        anchors.topMargin: Theme.space4
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: column.implicitHeight + Theme.margin
        visible: page.order.canReturn

        Column {
            id: column

            spacing: Theme.space4
            width: parent.width - Theme.margin * 2
            x: Theme.margin

            Column {
                width: parent.width

                Repeater {
                    model: page.order.lines

                    delegate: ConsentBox {
                        id: line

                        required property string sku
                        required property string title
                        required property int count
                        required property int index

                        objectName: "return-" + index
                        on: page.skus.includes(sku)
                        text: count > 1 ? qsTr("%1 × %2", "a quantity and a product").arg(count).arg(title) : title
                        width: column.width

                        onClicked: page.skus = on ? Array.from(page.skus).filter(sku => sku !== line.sku)
                                                  : Array.from(page.skus).concat([line.sku])
                    }
                }
            }
            SectionTitle {
                text: qsTr("Why?")
                width: parent.width
            }
            Flow {
                spacing: Theme.space2
                width: parent.width

                Repeater {
                    model: page.reasonTexts

                    delegate: Chip {
                        required property string modelData
                        required property int index

                        chosen: page.reason === page.reasons[index]
                        objectName: "reason-" + index
                        text: modelData

                        onClicked: page.reason = page.reasons[index]
                    }
                }
            }
            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.AlertMessage
                color: Theme.accent
                text: page.order.failure
                visible: text.length > 0
                width: parent.width
            }
            ActionButton {
                enabled: page.skus.length > 0 && page.reason.length > 0 && !page.order.busy
                objectName: "askReturn"
                strong: true
                text: qsTr("Ask for the return")
                width: Math.min(parent.width, Theme.readable)

                onClicked: page.order.askReturn(page.skus, page.reason)
            }
        }
    }
    Column {
        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4
        visible: !page.order.canReturn

        OrderVerdict {
            order: page.order
            width: parent.width
        }
        ActionButton {
            objectName: "returnHome"
            strong: true
            text: qsTr("Look around")

            onClicked: page.homeRequested()
        }
    }
}

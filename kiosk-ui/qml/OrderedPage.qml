pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The order is placed: how it stands, the slip to photograph, and what else can be done.
Flickable {
    id: page

    required property OrderView order
    required property bool sending
    required property bool unsure

    signal againRequested()
    signal finishRequested()
    signal homeRequested()
    signal elsewhereRequested(string store)

    property bool cancelling: false

    readonly property bool over: order.tone === OrderView.Over
    readonly property bool gone: order.alternatives.count > 0

    boundsBehavior: Flickable.StopAtBounds
    contentHeight: Math.max(height, grid.implicitHeight + Theme.margin * 2)
    objectName: "orderedPage"

    Grid {
        id: grid

        readonly property real cell: Theme.portrait ? width : Math.round((width - columnSpacing) / 2)

        columnSpacing: Theme.space6
        columns: Theme.portrait ? 1 : 2
        rowSpacing: Theme.space5
        width: page.width - Theme.margin * 2
        x: Theme.margin
        y: Math.max(Theme.margin, (page.height - implicitHeight) / 2)

        Column {
            spacing: Theme.space4
            width: grid.cell

            OrderVerdict {
                order: page.order
                width: parent.width
            }
            Column {
                enabled: !page.sending && !page.unsure && !page.order.busy
                visible: page.gone
                width: parent.width

                Repeater {
                    model: page.order.alternatives

                    delegate: PlaceChoice {
                        id: place

                        required property int index

                        kind: Accessible.Button
                        objectName: "elsewhere-" + index
                        width: grid.cell

                        onClicked: page.elsewhereRequested(place.code)
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
            Flow {
                spacing: Theme.space3
                width: parent.width

                ActionButton {
                    enabled: !page.sending
                    objectName: "orderedAgain"
                    strong: true
                    text: qsTr("Send it again")
                    visible: page.unsure

                    onClicked: page.againRequested()
                }
                ActionButton {
                    objectName: "orderedFinish"
                    strong: !page.gone
                    text: qsTr("Finish")

                    onClicked: page.finishRequested()
                }
                ActionButton {
                    objectName: "orderedHome"
                    text: qsTr("Look around")

                    onClicked: page.homeRequested()
                }
                ActionButton {
                    enabled: !page.order.busy
                    objectName: "orderedCancel"
                    text: page.cancelling ? qsTr("Yes, call it off") : qsTr("Call it off")
                    visible: page.order.canCancel

                    onClicked: page.cancelling ? page.order.cancel("") : (page.cancelling = true)
                }
                ActionButton {
                    objectName: "orderedKeep"
                    text: qsTr("Keep it")
                    visible: page.order.canCancel && page.cancelling

                    onClicked: page.cancelling = false
                }
            }
        }
        Column {
            spacing: Theme.space4
            visible: !page.over
            width: grid.cell

            OrderSlip {
                order: page.order
                width: parent.width
            }
            QrCard {
                content: page.order.pageUrl
                note: page.order.pageUrl.length > 0
                      ? qsTr("Your phone's camera opens the page of this order: it tells how it stands, and shows the "
                             + "code for the till.")
                      : qsTr("Photograph this slip, or note the number and your word.")
                side: Math.round(Theme.qr * (Theme.portrait ? 0.8 : 0.6))
                title: qsTr("Take it along")
                width: parent.width
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Into the guest Wi-Fi in two photographs: the network, then a pass for one phone.
Flickable {
    id: page

    required property WifiView wifi

    signal backRequested()

    readonly property bool ready: wifi.state === WifiView.Ready
    readonly property bool named: wifi.networkName.length > 0
    readonly property bool asking: wifi.state === WifiView.Asking

    boundsBehavior: Flickable.DragOverBounds
    contentHeight: Math.max(height, column.implicitHeight + Theme.margin * 2)
    flickableDirection: Flickable.VerticalFlick
    objectName: "wifiPage"

    Column {
        id: column

        spacing: Theme.portrait ? Theme.space5 : Theme.space4
        width: page.width - Theme.margin * 2
        x: Theme.margin
        y: Theme.margin

        PageHeader {
            note: page.ready ? qsTr("Free for %1 on one phone. No e-mail, no phone number.").arg(page.wifi.duration) : ""
            title: qsTr("Free Wi‑Fi")
            width: parent.width

            onBackRequested: page.backRequested()
        }
        Grid {
            id: steps

            readonly property int shown: page.named ? 2 : 1
            readonly property real cell: Theme.portrait ? width
                                                        : Math.round((width - columnSpacing * (shown - 1)) / shown)
            readonly property real tallest: Math.max(join.implicitHeight, pass.implicitHeight)

            columnSpacing: Theme.space5
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.space4
            visible: page.ready
            width: parent.width

            WifiStep {
                id: join

                content: page.wifi.joinCode
                height: steps.tallest
                help: page.wifi.password.length > 0
                      ? qsTr("Photograph the code, or choose %1 in your phone's settings.").arg(page.wifi.networkName)
                      : qsTr("Photograph the code, or choose the network in your phone's settings. "
                             + "It needs no password.")
                number: "1"
                title: qsTr("Join the network")
                typed: page.wifi.password.length > 0 ? page.wifi.password : page.wifi.networkName
                typedLabel: page.wifi.password.length > 0 ? qsTr("Password") : qsTr("Network")
                typedName: "wifiName"
                visible: page.named
                width: steps.cell
            }
            WifiStep {
                id: pass

                content: page.wifi.passUrl
                height: steps.tallest
                help: page.named ? qsTr("Photograph this code next, agree to the terms, and you are online.")
                                 : qsTr("Join the store's guest Wi‑Fi, then photograph this code and agree to the terms.")
                number: page.named ? "2" : "1"
                title: qsTr("Use your voucher")
                typed: page.wifi.passText
                typedLabel: qsTr("Or type it on the sign-in page")
                typedName: "wifiPass"
                width: steps.cell
            }
        }
        Grid {
            columnSpacing: Theme.space5
            columns: Theme.portrait ? 1 : 2
            rowSpacing: Theme.space4
            verticalItemAlignment: Grid.AlignVCenter
            visible: page.ready
            width: parent.width

            StyledText {
                color: Theme.inkSoft
                text: qsTr("The voucher works once, in this store. Its time begins when you use it.")
                width: parent.width - (Theme.portrait ? 0 : another.width + Theme.space5)
            }
            ActionButton {
                id: another

                objectName: "anotherPass"
                text: qsTr("Voucher for another phone")

                onClicked: page.wifi.another()
            }
        }
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4
        visible: !page.ready
        width: page.width - Theme.margin * 2
        x: Theme.margin

        Glyph {
            color: Theme.accent
            height: Theme.iconLarge
            name: page.wifi.state === WifiView.Closed || page.asking ? "clock"
                : page.wifi.state === WifiView.None ? "offline" : "wifi"
            width: height
        }
        DisplayText {
            objectName: "wifiTitle"
            size: Theme.textDisplay
            text: page.asking ? qsTr("One moment")
                : page.wifi.state === WifiView.Closed ? qsTr("The Wi‑Fi is resting")
                : page.wifi.state === WifiView.None ? qsTr("No guest Wi‑Fi here")
                : qsTr("No voucher just now")
            width: parent.width
        }
        StyledText {
            color: Theme.inkSoft
            font.pixelSize: Theme.textLead
            lineHeight: Theme.leading
            text: page.asking ? qsTr("Your voucher is being made.")
                : page.wifi.state === WifiView.Closed ? qsTr("Guests can use it while the store is open.")
                : page.wifi.state === WifiView.None ? qsTr("This store offers no Wi‑Fi to guests at the moment.")
                : qsTr("This screen tries again by itself in a few seconds. Our staff can help you meanwhile.")
            width: Math.min(parent.width, Theme.readable)
        }
    }
}

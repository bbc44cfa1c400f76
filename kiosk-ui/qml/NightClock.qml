pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The screen of a closed store: dark, still, and never at the same spot for long, so that no pixel ages before the others.
Rectangle {
    id: night

    required property StoreFront store

    readonly property real share: (store.minute * 7 % 60) / 59 // of the way down, by steps that look like chance

    color: Theme.night

    Column {
        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        spacing: Theme.space3
        y: Math.round(Theme.margin + (parent.height - height - Theme.margin * 2) * night.share)

        DisplayText {
            color: Theme.nightInk
            objectName: "nightTime"
            size: Theme.textGiant
            text: night.store.clock
            width: parent.width
        }
        StyledText {
            Accessible.name: text
            Accessible.role: Accessible.StaticText
            color: Theme.nightInk
            font.pixelSize: Theme.textHeadline
            text: night.store.opening
            width: parent.width
        }
        StyledText {
            Accessible.name: text
            Accessible.role: Accessible.StaticText
            color: Theme.nightInk
            text: night.store.name
            width: parent.width
        }
    }
}

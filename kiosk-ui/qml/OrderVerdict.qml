pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// How an order stands, for the glance and in words.
Column {
    id: verdict

    required property OrderView order

    spacing: Theme.space3

    Glyph {
        color: verdict.order.tone === OrderView.Good ? Theme.good
             : verdict.order.tone === OrderView.Bad ? Theme.accent
             : verdict.order.tone === OrderView.Waiting ? Theme.few : Theme.inkSoft
        height: Theme.iconLarge
        name: verdict.order.tone === OrderView.Good ? "check"
            : verdict.order.tone === OrderView.Bad ? "close"
            : verdict.order.tone === OrderView.Waiting ? "clock" : "box"
        width: height
    }
    DisplayText {
        objectName: "orderTitle"
        size: Theme.textDisplay
        text: verdict.order.title
        width: parent.width
    }
    StyledText {
        Accessible.name: text
        Accessible.role: Accessible.StaticText
        color: Theme.inkSoft
        font.pixelSize: Theme.textLead
        lineHeight: Theme.leading
        objectName: "orderText"
        text: verdict.order.text
        width: Math.min(parent.width, Theme.readable)
    }
}

pragma ComponentBehavior: Bound

import QtQuick

// The price; an offer in the accent, the regular price struck out beside it.
Row {
    id: price

    required property string now
    required property string regular
    property real pixelSize: Theme.textBody

    spacing: Theme.space2
    visible: now.length > 0

    StyledText {
        id: nowText

        color: price.regular.length > 0 ? Theme.accent : Theme.ink
        font.pixelSize: price.pixelSize
        font.weight: Font.DemiBold
        text: price.now
        wrapMode: Text.NoWrap
    }
    StyledText {
        Accessible.name: qsTr("Regular price %1").arg(text)
        anchors.baseline: nowText.baseline
        color: Theme.inkFaint
        font.pixelSize: Math.round(price.pixelSize * 0.8)
        font.strikeout: true
        text: price.regular
        visible: text.length > 0
        wrapMode: Text.NoWrap
    }
}

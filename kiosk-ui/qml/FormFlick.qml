pragma ComponentBehavior: Bound

import QtQuick

// A form that may be longer than the screen; keeps the entry that is typed into above the keyboard.
Flickable {
    id: flick

    property Item entry: null

    readonly property real entryY: entry === null ? 0 : entry.mapToItem(contentItem, 0, 0).y

    function reveal(): void {
        const hidden = flick.entry !== null && (flick.entryY < flick.contentY
                       || flick.entryY + flick.entry.height > flick.contentY + flick.height);
        flick.contentY = hidden ? Math.max(0, Math.min(flick.entryY - Theme.space5, flick.contentHeight - flick.height))
                                : flick.contentY;
    }

    boundsBehavior: Flickable.StopAtBounds
    clip: true
    flickableDirection: Flickable.VerticalFlick

    onEntryChanged: reveal()
    onHeightChanged: reveal()
}

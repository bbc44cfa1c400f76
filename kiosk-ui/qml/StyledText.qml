pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// Text of the house: plain (never markup from a catalogue), ink, wrapping at words. Who does not see it hears it: by
// itself, or, within a control, by what the control is called.
Text {
    id: styled

    property bool heard: true

    Accessible.ignored: !heard || text.length === 0
    Accessible.name: text
    Accessible.role: Accessible.StaticText
    color: Theme.ink
    font.pixelSize: Theme.textBody
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    linkColor: Theme.accent

    Component.onCompleted: {
        for (let outer = styled.parent; outer !== null && styled.heard; outer = outer.parent)
            styled.heard = !(outer instanceof AbstractButton);
    }
}

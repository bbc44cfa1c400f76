pragma ComponentBehavior: Bound

import QtQuick

// Text of the house: plain (never markup from a catalogue), ink, wrapping at words.
Text {
    color: Theme.ink
    font.pixelSize: Theme.textBody
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    linkColor: Theme.accent
}

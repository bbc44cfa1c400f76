pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard.Styles
import Silta.Kiosk

// The on-screen keyboard in the house's colours: light keys on the plate, ink letters, no ornaments.
KeyboardStyle {
    id: style

    readonly property real gap: Math.round(6 * Theme.unit)

    alternateKeysListBottomMargin: Theme.space1
    alternateKeysListItemHeight: Theme.touch
    alternateKeysListItemWidth: Theme.touch
    alternateKeysListLeftMargin: Theme.space1
    alternateKeysListRightMargin: Theme.space1
    alternateKeysListTopMargin: Theme.space1
    characterPreviewMargin: 0
    keyboardDesignHeight: 820
    keyboardDesignWidth: 2400
    keyboardRelativeBottomMargin: 0.02
    keyboardRelativeLeftMargin: 0.01
    keyboardRelativeRightMargin: 0.01
    keyboardRelativeTopMargin: 0.02
    selectionListHeight: 0

    keyboardBackground: Rectangle {
        color: Theme.plateStrong
    }
    keyPanel: KeyFace {
        gap: style.gap
    }
    backspaceKeyPanel: KeyFace {
        gap: style.gap
        glyph: "erase"
        quiet: true
    }
    enterKeyPanel: KeyFace {
        gap: style.gap
        glyph: "check"
        strong: true
    }
    hideKeyPanel: KeyFace {
        gap: style.gap
        glyph: "down"
        quiet: true
    }
    shiftKeyPanel: KeyFace {
        gap: style.gap
        glyph: "shift"
        quiet: true
    }
    spaceKeyPanel: KeyFace {
        gap: style.gap
        label: " "
    }
    symbolKeyPanel: KeyFace {
        gap: style.gap
        quiet: true
    }
    modeKeyPanel: KeyFace {
        gap: style.gap
        quiet: true
    }
    languageKeyPanel: KeyFace {
        gap: style.gap
        glyph: "globe"
        quiet: true
    }
    handwritingKeyPanel: KeyFace {
        gap: style.gap
        quiet: true
    }
    alternateKeysListBackground: Rectangle {
        color: Theme.ground
        radius: Theme.radius
    }
    alternateKeysListDelegate: StyledText {
        required property var model

        font.pixelSize: Theme.textHeadline
        height: Theme.touch
        horizontalAlignment: Text.AlignHCenter
        text: model.text
        verticalAlignment: Text.AlignVCenter
        width: Theme.touch
    }
    alternateKeysListHighlight: Rectangle {
        color: Theme.plateStrong
        radius: Theme.radius
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard.Styles
import Silta.Kiosk

// The on-screen keyboard in the house's colours: light keys on the plate, ink letters, no ornaments.
// Parts are files of their own: the keyboard makes them itself, which Qt 6.4 refuses for parts bound to this file.
KeyboardStyle {
    id: style

    readonly property Component face: Qt.createComponent("KeyFace.qml")
    readonly property Component ground: Qt.createComponent("KeyGround.qml")

    alternateKeysListBackground: ground
    alternateKeysListBottomMargin: Theme.space1
    alternateKeysListDelegate: Qt.createComponent("KeyChoice.qml")
    alternateKeysListHighlight: ground
    alternateKeysListItemHeight: Theme.touch
    alternateKeysListItemWidth: Theme.touch
    alternateKeysListLeftMargin: Theme.space1
    alternateKeysListRightMargin: Theme.space1
    alternateKeysListTopMargin: Theme.space1
    characterPreviewMargin: 0
    keyboardBackground: ground
    keyboardDesignHeight: 820
    keyboardDesignWidth: 2400
    keyboardRelativeBottomMargin: 0.02
    keyboardRelativeLeftMargin: 0.01
    keyboardRelativeRightMargin: 0.01
    keyboardRelativeTopMargin: 0.02
    selectionListHeight: 0

    backspaceKeyPanel: style.face
    enterKeyPanel: style.face
    handwritingKeyPanel: style.face
    hideKeyPanel: style.face
    keyPanel: style.face
    languageKeyPanel: style.face
    modeKeyPanel: style.face
    shiftKeyPanel: style.face
    spaceKeyPanel: style.face
    symbolKeyPanel: style.face
}

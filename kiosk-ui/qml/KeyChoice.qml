pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A further letter of a key that is held.
StyledText {
    id: choice

    required property var model

    font.pixelSize: Theme.textHeadline
    height: Theme.touch
    horizontalAlignment: Text.AlignHCenter
    text: choice.model.text
    verticalAlignment: Text.AlignVCenter
    width: Theme.touch
}

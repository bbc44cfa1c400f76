pragma ComponentBehavior: Bound

import QtQuick

// A heading in the display face, set tight as large type wants.
StyledText {
    property real size: Theme.textTitle

    Accessible.name: text
    Accessible.role: Accessible.Heading
    font.family: Theme.displayFamily
    font.letterSpacing: size * Theme.tight
    font.pixelSize: size
    font.weight: Font.DemiBold
    lineHeight: Theme.leadingTight
}

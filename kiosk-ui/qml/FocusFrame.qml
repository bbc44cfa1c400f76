pragma ComponentBehavior: Bound

import QtQuick

// Shows where the keyboard is.
Rectangle {
    required property bool shown

    border.color: Theme.accent
    border.width: shown ? Theme.hair * 2 : 0
    color: "transparent"
    radius: Theme.radius
}

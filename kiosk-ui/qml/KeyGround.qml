pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// What the keys, and the lists of further letters, lie on.
Rectangle {
    color: Theme.plateStrong
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Holds one page: made when it is shown; with `kept` it lives on while back() can return to it.
Item {
    id: slot

    required property KioskController controller
    required property int page
    property bool kept: false
    property Component content
    readonly property bool current: controller.page === page
    // The second comparison also makes the binding follow the page.
    readonly property bool alive: current || (kept && controller.page !== page && controller.remembers(page))

    anchors.fill: parent
    enabled: current
    opacity: current ? 1 : 0
    visible: current

    transform: Translate {
        y: slot.current ? 0 : Theme.rise

        Behavior on y {
            enabled: slot.current

            NumberAnimation {
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
        }
    }
    Behavior on opacity {
        enabled: slot.current

        NumberAnimation {
            duration: Theme.calm
            easing.type: Easing.OutCubic
        }
    }

    // A repeater of one: in Qt 6.4 a Loader cannot make a component that is bound to another file.
    Repeater {
        delegate: slot.content
        model: slot.alive ? 1 : 0
    }
}

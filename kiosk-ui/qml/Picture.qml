pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A product's picture on its plate: fills its place, is cut in the middle; the plate alone when there is none.
Item {
    id: picture

    required property string source
    property real radius: Theme.radius

    Rectangle {
        anchors.fill: parent
        color: Theme.plate
        radius: picture.radius
    }
    Glyph {
        anchors.centerIn: parent
        color: Theme.inkFaint
        height: Math.min(Theme.iconLarge, parent.height / 3)
        name: "box"
        opacity: Theme.disabled
        visible: image.status !== Image.Ready
        width: height
    }
    Image {
        id: image

        anchors.fill: parent
        asynchronous: true
        opacity: status === Image.Ready ? 1 : 0
        source: picture.source.length > 0 && picture.width > 1
                ? picture.source + "/" + Math.round(picture.radius) : ""
        sourceSize.height: Math.max(1, Math.round(picture.height))
        sourceSize.width: Math.max(1, Math.round(picture.width))

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.calm
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A product's picture on its plate: fills its place, is cut in the middle. Where there is none, a pattern of the
// product's own stands for it.
Item {
    id: picture

    required property string source
    required property string seed
    property real radius: Theme.radius
    property int cells: 3

    Rectangle {
        anchors.fill: parent
        color: Theme.plate
        radius: picture.radius
    }
    // Not while a picture is on its way: it would flash. One that cannot be read comes as a single point.
    Motif {
        anchors.fill: parent
        cells: picture.cells
        colors: Theme.motifs
        radius: picture.radius
        seed: picture.seed
        visible: picture.source.length === 0 || (image.status === Image.Ready && image.implicitWidth <= 1)
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

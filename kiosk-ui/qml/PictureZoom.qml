pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The picture alone, as large as the screen: a touch brings that spot closer, buttons do the same without aiming, a finger moves it.
Rectangle {
    id: zoom

    required property string source
    property bool open: false

    readonly property list<real> steps: [1, 2, 3.5]
    readonly property real fit: Math.min(view.width, view.height)
    property int step: 0

    signal dismissed()

    // Keeps what is under the finger, or in the middle, where it is.
    function bring(next: int, x: real, y: real): void {
        const ratio = zoom.steps[next] / zoom.steps[zoom.step];
        const keepX = (view.contentX + x) * ratio - x;
        const keepY = (view.contentY + y) * ratio - y;
        zoom.step = next;
        view.contentX = Math.max(0, Math.min(keepX, view.contentWidth - view.width));
        view.contentY = Math.max(0, Math.min(keepY, view.contentHeight - view.height));
    }

    color: Theme.ground
    objectName: "pictureZoom"
    opacity: open ? 1 : 0
    visible: opacity > 0

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.fast
        }
    }

    onOpenChanged: {
        step = 0;
        view.contentX = 0;
        view.contentY = 0;
    }

    MouseArea {
        anchors.fill: parent
    }
    Flickable {
        id: view

        anchors.bottom: bar.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: Math.max(height, zoom.fit * zoom.steps[zoom.step])
        contentWidth: Math.max(width, zoom.fit * zoom.steps[zoom.step])

        Image {
            anchors.centerIn: parent
            asynchronous: true
            height: width
            source: zoom.visible ? zoom.source : ""
            sourceSize.height: Math.round(zoom.fit * 2)
            sourceSize.width: Math.round(zoom.fit * 2)
            width: zoom.fit * zoom.steps[zoom.step]
        }
        TapHandler {
            onTapped: point => zoom.bring((zoom.step + 1) % zoom.steps.length, point.position.x - view.contentX,
                                          point.position.y - view.contentY)
        }
    }
    Item {
        id: bar

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        height: Theme.touchSmall + Theme.space3 * 2

        Row {
            anchors.centerIn: parent
            spacing: Theme.space4

            IconButton {
                enabled: zoom.step > 0
                glyph: "minus"
                objectName: "zoomOut"
                text: qsTr("Further away")

                onClicked: zoom.bring(zoom.step - 1, view.width / 2, view.height / 2)
            }
            IconButton {
                glyph: "close"
                objectName: "zoomClose"
                text: qsTr("Close")

                onClicked: zoom.dismissed()
            }
            IconButton {
                enabled: zoom.step < zoom.steps.length - 1
                glyph: "plus"
                objectName: "zoomIn"
                text: qsTr("Closer")

                onClicked: zoom.bring(zoom.step + 1, view.width / 2, view.height / 2)
            }
        }
    }
}

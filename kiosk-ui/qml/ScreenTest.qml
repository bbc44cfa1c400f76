pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Covers the window: plain colours one after another, or squares that answer to a finger.
Rectangle {
    id: test

    property string kind: "" // "colors", "touch", or nothing

    readonly property list<color> colors: Theme.screenColors
    readonly property int columns: Theme.portrait ? 6 : 10
    readonly property int rows: Theme.portrait ? 10 : 6
    property int shown: 0
    property int touched: 0

    signal finished()

    color: kind === "colors" ? colors[Math.min(shown, colors.length - 1)] : Theme.ground
    objectName: "screenTest"
    visible: kind.length > 0

    onKindChanged: {
        shown = 0;
        touched = 0;
    }

    MouseArea {
        Accessible.name: qsTr("Next colour")
        Accessible.role: Accessible.Button
        anchors.fill: parent
        enabled: test.kind === "colors"
        objectName: "nextColor"
        visible: enabled

        onClicked: {
            test.shown += 1;
            if (test.shown === test.colors.length)
                test.finished();
        }
    }
    Grid {
        anchors.fill: parent
        columns: test.columns
        visible: test.kind === "touch"

        Repeater {
            model: test.kind === "touch" ? test.columns * test.rows : 0

            delegate: Rectangle {
                id: square

                required property int index
                property bool done: false

                border.color: Theme.line
                border.width: Theme.hair
                color: done ? Theme.good : Theme.ground
                height: test.height / test.rows
                width: test.width / test.columns

                MouseArea {
                    Accessible.name: qsTr("Square %1").arg(square.index + 1)
                    Accessible.role: Accessible.Button
                    anchors.fill: parent
                    enabled: !square.done

                    onPressed: {
                        square.done = true;
                        test.touched += 1;
                        if (test.touched === test.columns * test.rows)
                            test.finished();
                    }
                }
            }
        }
    }
    // In nobody's way: the squares below it are touched around its edges.
    Rectangle {
        anchors.centerIn: parent
        border.color: Theme.line
        border.width: Theme.hair
        color: Theme.ground
        height: column.implicitHeight + Theme.space3 * 2
        radius: Theme.radius
        visible: test.kind === "touch"
        width: Math.min(parent.width - Theme.margin * 2, column.implicitWidth + Theme.space4 * 2)

        Column {
            id: column

            anchors.centerIn: parent
            spacing: Theme.space2
            width: Math.min(Theme.readable / 2, test.width - Theme.margin * 2 - Theme.space4 * 2)

            StyledText {
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Touch every square. %1 to go.").arg(test.columns * test.rows - test.touched)
                width: parent.width
            }
            ActionButton {
                objectName: "endTouchTest"
                text: qsTr("End the test")
                width: parent.width

                onClicked: test.finished()
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Shown while there is nothing to show yet; where waiting does not help, it says what does.
Item {
    id: page

    required property string title
    required property string words
    required property list<string> steps

    readonly property bool stuck: steps.length > 0

    objectName: "waitingPage"

    // Beside each other where the window is wide: large words would not fit below each other.
    Grid {
        id: halves

        readonly property real said: columns === 1 ? width : Math.round((width - columnSpacing) * 0.42)
        readonly property real done: columns === 1 ? width : width - columnSpacing - said

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        columnSpacing: Theme.space6
        columns: page.stuck && !Theme.portrait ? 2 : 1
        rowSpacing: Theme.space6
        verticalItemAlignment: Grid.AlignVCenter

        Column {
            spacing: Theme.space4
            width: halves.said

            Glyph {
                color: Theme.accent
                height: Theme.iconLarge
                name: page.stuck ? "bell" : "clock"
                width: height
            }
            DisplayText {
                size: Theme.textDisplay
                text: page.title
                width: parent.width
            }
            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.StaticText
                color: Theme.inkSoft
                font.pixelSize: Theme.textLead
                lineHeight: Theme.leading
                text: page.words
                width: Math.min(parent.width, Theme.readable)
            }
        }
        Rectangle {
            color: Theme.plate
            height: help.implicitHeight + Theme.space4 * 2
            objectName: "waitingHelp"
            radius: Theme.radiusLarge
            visible: page.stuck
            width: halves.done

            Column {
                id: help

                anchors.left: parent.left
                anchors.margins: Theme.space4
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.space3

                SectionTitle {
                    text: qsTr("For our staff")
                    width: parent.width
                }
                Repeater {
                    model: page.steps

                    delegate: Row {
                        id: step

                        required property string modelData
                        required property int index

                        spacing: Theme.space3
                        width: help.width

                        StyledText {
                            id: number

                            color: Theme.accent
                            font.weight: Font.DemiBold
                            text: step.index + 1
                            width: Theme.icon
                        }
                        StyledText {
                            Accessible.name: text
                            Accessible.role: Accessible.StaticText
                            objectName: "waitingStep-" + step.index
                            text: step.modelData
                            width: step.width - number.width - step.spacing
                        }
                    }
                }
            }
        }
    }
}

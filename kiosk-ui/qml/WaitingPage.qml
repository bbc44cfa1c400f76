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

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4

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
        Item {
            height: Theme.space3
            visible: page.stuck
            width: parent.width
        }
        Rectangle {
            color: Theme.plate
            height: help.implicitHeight + Theme.space5 * 2
            objectName: "waitingHelp"
            radius: Theme.radiusLarge
            visible: page.stuck
            width: Math.min(parent.width, Theme.readable + Theme.space5 * 2)

            Column {
                id: help

                anchors.left: parent.left
                anchors.margins: Theme.space5
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.space4

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
                            lineHeight: Theme.leading
                            text: step.index + 1
                            width: Theme.icon
                        }
                        StyledText {
                            Accessible.name: text
                            Accessible.role: Accessible.StaticText
                            lineHeight: Theme.leading
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

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// A code that leads nowhere: what was read, and what to do now.
Item {
    id: page

    required property string title
    required property string help
    required property string code

    signal searchRequested()
    signal homeRequested()

    objectName: "helpPage"

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
            name: "scan"
            width: height
        }
        DisplayText {
            size: Theme.textDisplay
            text: page.title
            width: parent.width
        }
        Rectangle {
            color: Theme.plate
            height: number.implicitHeight + Theme.space3 * 2
            radius: Theme.radius
            visible: page.code.length > 0
            width: Math.min(parent.width, number.implicitWidth + Theme.space4 * 2)

            StyledText {
                id: number

                anchors.left: parent.left
                anchors.leftMargin: Theme.space4
                anchors.verticalCenter: parent.verticalCenter
                font.pixelSize: Theme.textLead
                font.weight: Font.Medium
                objectName: "scannedCode"
                text: page.code
                width: Math.min(implicitWidth, page.width - Theme.margin * 2 - Theme.space4 * 2)
                wrapMode: Text.WrapAnywhere
            }
        }
        StyledText {
            color: Theme.inkSoft
            font.pixelSize: Theme.textLead
            lineHeight: Theme.leading
            text: page.help
            width: Math.min(parent.width, Theme.readable)
        }
        Item {
            height: Theme.space3
            width: parent.width
        }
        Flow {
            spacing: Theme.space3
            width: parent.width

            ActionButton {
                glyph: "search"
                objectName: "helpSearch"
                strong: true
                text: qsTr("Search instead")

                onClicked: page.searchRequested()
            }
            ActionButton {
                objectName: "helpHome"
                text: qsTr("Look around")

                onClicked: page.homeRequested()
            }
        }
    }
}

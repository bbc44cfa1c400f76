pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

Item {
    id: page

    required property SignUpForm form

    signal homeRequested()
    signal finishRequested()

    objectName: "joinedPage"

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space5

        DisplayText {
            size: Theme.textDisplay
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Welcome to the club")
            width: parent.width
        }
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.ink
            height: cardColumn.implicitHeight + Theme.space6 * 2
            radius: Theme.radiusLarge
            width: Math.min(parent.width, Theme.readable)

            Column {
                id: cardColumn

                anchors.centerIn: parent
                spacing: Theme.space4
                width: parent.width - Theme.space6 * 2

                QrItem {
                    Accessible.name: page.form.memberNumber
                    Accessible.role: Accessible.Graphic
                    anchors.horizontalCenter: parent.horizontalCenter
                    dark: Theme.ink
                    height: width
                    light: Theme.ground
                    text: page.form.memberNumber
                    width: Theme.qr
                }
                DisplayText {
                    color: Theme.paper
                    size: Theme.textTitle
                    fontSizeMode: Text.HorizontalFit
                    horizontalAlignment: Text.AlignHCenter
                    objectName: "memberNumber"
                    text: page.form.memberNumberText
                    width: parent.width
                    wrapMode: Text.NoWrap
                }
                StyledText {
                    color: Theme.paperSoft
                    horizontalAlignment: Text.AlignHCenter
                    text: qsTr("Your member number")
                    width: parent.width
                }
            }
        }
        StyledText {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.inkSoft
            font.pixelSize: Theme.textLead
            horizontalAlignment: Text.AlignHCenter
            lineHeight: Theme.leading
            text: qsTr("Photograph the code: it is your card, and it works at the till from now on. What you typed has "
                       + "already left this screen.")
            width: Math.min(parent.width, Theme.readable)
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.space3

            ActionButton {
                objectName: "joinedHome"
                text: qsTr("Look around")

                onClicked: page.homeRequested()
            }
            ActionButton {
                objectName: "joinedFinish"
                strong: true
                text: qsTr("Finish")

                onClicked: page.finishRequested()
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// The new member's card; beside the words on a wide screen, below them on a tall one.
Item {
    id: page

    required property SignUpForm form

    signal homeRequested()
    signal finishRequested()

    objectName: "joinedPage"

    Grid {
        id: grid

        readonly property real cell: Theme.portrait ? width : Math.round((width - columnSpacing) / 2)

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        columnSpacing: Theme.space7
        columns: Theme.portrait ? 1 : 2
        rowSpacing: Theme.space6
        verticalItemAlignment: Grid.AlignVCenter

        Rectangle {
            color: Theme.ink
            height: cardColumn.implicitHeight + Theme.space6 * 2
            radius: Theme.radiusLarge
            width: grid.cell

            Column {
                id: cardColumn

                anchors.centerIn: parent
                spacing: Theme.space4
                width: parent.width - Theme.space5 * 2

                Rectangle {
                    color: Theme.ground
                    height: codes.implicitHeight + Theme.space3
                    radius: Theme.radius
                    width: parent.width

                    Column {
                        id: codes

                        anchors.left: parent.left
                        anchors.margins: Theme.space3
                        anchors.right: parent.right

                        CodeItem {
                            Accessible.name: page.form.memberNumber
                            Accessible.role: Accessible.Graphic
                            anchors.horizontalCenter: parent.horizontalCenter
                            dark: Theme.ink
                            height: width
                            light: Theme.ground
                            text: page.form.memberNumber
                            width: Theme.qr
                        }
                        // For tills whose scanners read no QR codes.
                        CodeItem {
                            Accessible.name: qsTr("Bar code for the till")
                            Accessible.role: Accessible.Graphic
                            dark: Theme.ink
                            height: Theme.barcode
                            kind: CodeItem.Code128
                            light: Theme.ground
                            objectName: "memberBarcode"
                            text: page.form.memberNumber
                            width: parent.width
                        }
                    }
                }
                DisplayText {
                    color: Theme.paper
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
        Column {
            spacing: Theme.space4
            width: grid.cell

            DisplayText {
                size: Theme.textDisplay
                text: qsTr("Welcome to the club")
                width: parent.width
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLead
                lineHeight: Theme.leading
                text: qsTr("Photograph the code: it is your card, and it works at the till from now on. What you "
                           + "typed has already left this screen.")
                width: parent.width
            }
            Item {
                height: Theme.space2
                width: parent.width
            }
            Flow {
                spacing: Theme.space3
                width: parent.width

                ActionButton {
                    objectName: "joinedFinish"
                    strong: true
                    text: qsTr("Finish")

                    onClicked: page.finishRequested()
                }
                ActionButton {
                    objectName: "joinedHome"
                    text: qsTr("Look around")

                    onClicked: page.homeRequested()
                }
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick

// Asks whether anyone is still there before everything is forgotten.
Rectangle {
    id: warning

    required property bool shown
    required property int secondsLeft

    signal stayRequested()
    signal finishRequested()

    color: Theme.scrim
    opacity: shown ? 1 : 0
    visible: opacity > 0

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.calm
        }
    }

    MouseArea {
        anchors.fill: parent

        onClicked: warning.stayRequested()
    }
    Rectangle {
        Accessible.name: title.text
        Accessible.role: Accessible.AlertMessage
        anchors.centerIn: parent
        color: Theme.ground
        height: column.implicitHeight + Theme.space7 * 2
        radius: Theme.radiusLarge
        width: Math.min(parent.width - Theme.margin * 2, Theme.readable)

        Column {
            id: column

            anchors.left: parent.left
            anchors.margins: Theme.space6
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space4

            DisplayText {
                Accessible.role: Accessible.StaticText
                anchors.horizontalCenter: parent.horizontalCenter
                color: Theme.accent
                size: Theme.textGiant
                text: warning.secondsLeft
            }
            SectionTitle {
                id: title

                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Are you still here?")
                width: parent.width
            }
            StyledText {
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
                lineHeight: Theme.leading
                text: qsTr("Otherwise this screen starts afresh, and everything you entered is forgotten.")
                width: parent.width
            }
            Item {
                height: Theme.space2
                width: parent.width
            }
            ActionButton {
                anchors.horizontalCenter: parent.horizontalCenter
                objectName: "stillHere"
                strong: true
                text: qsTr("I'm still here")
                width: parent.width

                onClicked: warning.stayRequested()
            }
            ActionButton {
                anchors.horizontalCenter: parent.horizontalCenter
                objectName: "finishNow"
                text: qsTr("Finish and forget")
                width: parent.width

                onClicked: warning.finishRequested()
            }
        }
    }
}

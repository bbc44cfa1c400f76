pragma ComponentBehavior: Bound

import QtQuick

// On or off, with its words.
Choice {
    id: toggle

    property bool on: false

    Accessible.name: text
    chosen: on
    implicitHeight: Theme.touchSmall
    implicitWidth: row.implicitWidth
    several: true

    background: null
    Item {
        anchors.fill: parent
        Row {
            id: row

            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space2

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                border.color: toggle.visualFocus ? Theme.accent : toggle.on ? Theme.ink : Theme.inkFaint
                border.width: Theme.hair
                color: toggle.on ? Theme.ink : Theme.ground
                height: Theme.icon
                radius: height / 2
                width: height * 1.8

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    color: toggle.on ? Theme.paper : Theme.inkFaint
                    height: parent.height - Theme.space1 * 2
                    radius: height / 2
                    width: height
                    x: toggle.on ? parent.width - width - Theme.space1 : Theme.space1

                    Behavior on x {
                        NumberAnimation {
                            duration: Theme.fast
                            easing.type: Easing.OutCubic
                        }
                    }
                }
            }
            StyledText {
                anchors.verticalCenter: parent.verticalCenter
                font.weight: Font.Medium
                text: toggle.text
                wrapMode: Text.NoWrap
            }
        }
    }
}

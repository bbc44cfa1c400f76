pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

// Ten digits under a finger; what was typed is shown as dots and never spoken.
Column {
    id: pad

    property string digits: ""
    readonly property int most: 12

    signal accepted()

    spacing: Theme.space3

    Rectangle {
        Accessible.name: qsTr("PIN, %n digit(s) typed", "", pad.digits.length)
        Accessible.role: Accessible.StaticText
        color: Theme.plate
        height: Theme.touch
        radius: Theme.radius
        width: parent.width

        Row {
            anchors.centerIn: parent
            spacing: Theme.space2

            Repeater {
                model: pad.digits.length

                delegate: Rectangle {
                    color: Theme.ink
                    height: Theme.space3
                    radius: height / 2
                    width: height
                }
            }
        }
        StyledText {
            anchors.centerIn: parent
            color: Theme.inkFaint
            text: qsTr("PIN")
            visible: pad.digits.length === 0
        }
    }
    Grid {
        id: keys

        readonly property real cell: (width - spacing * 2) / 3

        columns: 3
        layoutDirection: Qt.LeftToRight // figures are written so everywhere
        spacing: Theme.space2
        width: parent.width

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "check"]

            delegate: AbstractButton {
                id: key

                required property string modelData
                readonly property bool isDigit: modelData.length === 1

                Accessible.name: isDigit ? modelData : modelData === "erase" ? qsTr("Erase") : qsTr("Sign in")
                Accessible.role: Accessible.Button
                Accessible.onPressAction: key.clicked()
                enabled: isDigit || pad.digits.length > 0
                height: Theme.touch
                objectName: "pin-" + modelData
                opacity: enabled ? 1 : Theme.disabled
                width: keys.cell

                background: Rectangle {
                    border.color: key.visualFocus ? Theme.accent : Theme.line
                    border.width: Theme.hair
                    color: key.down ? Theme.plateStrong : key.modelData === "check" ? Theme.ink : Theme.ground
                    radius: Theme.radius
                }
                Item {
                    anchors.fill: parent
                    StyledText {
                        anchors.centerIn: parent
                        font.pixelSize: Theme.textLead
                        font.weight: Font.DemiBold
                        text: key.modelData
                        visible: key.isDigit
                    }
                    Glyph {
                        anchors.centerIn: parent
                        color: key.modelData === "check" ? Theme.paper : Theme.ink
                        height: Theme.icon
                        name: key.isDigit ? "" : key.modelData
                        visible: !key.isDigit
                        width: height
                    }
                }

                onClicked: {
                    if (modelData === "check")
                        pad.accepted();
                    else if (modelData === "erase")
                        pad.digits = pad.digits.slice(0, -1);
                    else if (pad.digits.length < pad.most)
                        pad.digits += modelData;
                }
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Asks for a language, and how the screen shall look, over whatever page is shown.
Rectangle {
    id: sheet

    required property list<string> codes
    required property list<string> names
    required property string current
    required property ReadingAids reading
    property bool open: false

    signal chosen(string code)
    signal dismissed()

    color: Theme.scrim
    objectName: "languageSheet"
    opacity: open ? 1 : 0
    visible: opacity > 0

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.fast
        }
    }

    MouseArea {
        Accessible.name: qsTr("Close")
        Accessible.role: Accessible.Button
        anchors.fill: parent

        Accessible.onPressAction: sheet.dismissed()

        onClicked: sheet.dismissed()
    }
    Rectangle {
        anchors.centerIn: parent
        color: Theme.ground
        height: column.implicitHeight + (Theme.portrait ? Theme.space6 : Theme.space4) * 2
        radius: Theme.radiusLarge
        width: Math.min(parent.width - Theme.margin * 2, Theme.readable)

        MouseArea {
            anchors.fill: parent
        }
        Column {
            id: column

            anchors.left: parent.left
            anchors.margins: Theme.space6
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.portrait ? Theme.space5 : Theme.space2

            SectionTitle {
                text: qsTr("Choose your language")
                width: parent.width
            }
            LanguageRow {
                codes: sheet.codes
                current: sheet.current
                names: sheet.names
                width: parent.width

                onChosen: code => sheet.chosen(code)
            }
            SectionTitle {
                text: qsTr("Size of the text")
                width: parent.width
            }
            Flow {
                spacing: Theme.space2
                width: parent.width

                Repeater {
                    model: sheet.reading.scales

                    delegate: Chip {
                        required property real modelData
                        required property int index

                        chosen: sheet.reading.textScale === modelData
                        objectName: "textScale-" + index
                        text: qsTr("%1 %", "a size of text").arg(Math.round(modelData * 100))

                        onClicked: sheet.reading.setTextScale(modelData)
                    }
                }
            }
            ToggleSwitch {
                objectName: "highContrast"
                on: sheet.reading.highContrast
                text: qsTr("High contrast")
                width: parent.width

                onClicked: sheet.reading.setHighContrast(!on)
            }
            ToggleSwitch {
                objectName: "lessMotion"
                on: sheet.reading.lessMotion
                text: qsTr("Less motion")
                width: parent.width

                onClicked: sheet.reading.setLessMotion(!on)
            }
            ActionButton {
                objectName: "languageDone"
                strong: true
                text: qsTr("Done")
                width: parent.width

                onClicked: sheet.dismissed()
            }
        }
    }
}

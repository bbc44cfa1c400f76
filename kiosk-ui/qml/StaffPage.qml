pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// For staff and technicians: badge and PIN first, then how the device is and what can be tried.
Item {
    id: page

    required property StaffView staff
    required property list<string> codes
    required property list<string> names
    required property string language

    signal backRequested()
    signal testRequested(string kind)
    signal languageChosen(string code)
    signal restartRequested()

    readonly property bool open: staff.state === StaffView.SignedIn
    readonly property bool wide: !Theme.portrait && !Theme.stacks

    objectName: "staffPage"

    Connections {
        function onChanged(): void {
            badge.text = page.staff.badge.length > 0 ? page.staff.badge : badge.text;
        }

        target: page.staff
    }
    FormFlick {
        id: entry

        anchors.fill: parent
        contentHeight: form.implicitHeight + Theme.margin * 2
        entry: badge.field.activeFocus ? badge : null
        visible: !page.open

        Column {
            id: form

            spacing: Theme.space4
            width: entry.width - Theme.margin * 2
            x: Theme.margin
            y: Theme.margin

            PageHeader {
                note: qsTr("Scan your badge, then type your PIN.")
                title: qsTr("For our staff")
                width: parent.width

                onBackRequested: page.backRequested()
            }
            Grid {
                id: halves

                readonly property real cell: columns === 1 ? width : (width - columnSpacing) / 2

                columnSpacing: Theme.space6
                columns: page.wide ? 2 : 1
                rowSpacing: Theme.space5
                topPadding: Theme.space3
                width: parent.width

                Column {
                    spacing: Theme.space4
                    width: halves.cell

                    EntryField {
                        id: badge

                        fieldName: "staffBadge"
                        inputMethodHints: Qt.ImhPreferUppercase | Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                        label: qsTr("Badge")
                        width: parent.width
                    }
                    StyledText {
                        Accessible.name: text
                        Accessible.role: Accessible.AlertMessage
                        color: Theme.accent
                        font.weight: Font.Medium
                        objectName: "staffProblem"
                        text: page.staff.problem
                        visible: text.length > 0
                        width: parent.width
                    }
                    StyledText {
                        color: Theme.inkSoft
                        text: qsTr("Checking…")
                        visible: page.staff.state === StaffView.Checking
                        width: parent.width
                    }
                    StyledText {
                        color: Theme.inkSoft
                        font.pixelSize: Theme.textLabel
                        lineHeight: Theme.leading
                        text: qsTr("It is the same badge and PIN as at the till, and works without a connection. "
                                   + "Who signed in is written down.")
                        width: parent.width
                    }
                }
                PinPad {
                    id: pin

                    enabled: page.staff.state === StaffView.SignedOut
                    objectName: "pinPad"
                    opacity: enabled ? 1 : Theme.disabled
                    width: halves.cell

                    onAccepted: {
                        page.staff.signIn(badge.text, pin.digits);
                        pin.digits = "";
                    }
                }
            }
        }
    }
    Flickable {
        id: scroll

        anchors.fill: parent
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: column.implicitHeight + Theme.margin * 2
        flickableDirection: Flickable.VerticalFlick
        visible: page.open

        Column {
            id: column

            spacing: Theme.space5
            width: scroll.width - Theme.margin * 2
            x: Theme.margin
            y: Theme.margin

            PageHeader {
                note: page.staff.name
                title: qsTr("This device")
                width: parent.width

                onBackRequested: page.backRequested()
            }
            Grid {
                id: parts

                readonly property real cell: columns === 1 ? width : (width - columnSpacing) / 2

                columnSpacing: Theme.space7
                columns: page.wide ? 2 : 1
                rowSpacing: Theme.space5
                width: parent.width

                Column {
                    width: parts.cell

                    StyledText {
                        color: Theme.inkSoft
                        text: qsTr("Asking the device how it is…")
                        visible: page.staff.loading
                        width: parent.width
                    }
                    StyledText {
                        Accessible.name: text
                        Accessible.role: Accessible.AlertMessage
                        bottomPadding: Theme.space2
                        color: Theme.accent
                        font.weight: Font.Medium
                        objectName: "staffStale"
                        text: qsTr("The store's device does not answer. What stands here is from before.")
                        visible: page.staff.stale
                        width: parent.width
                    }
                    Repeater {
                        model: page.staff.health

                        delegate: HealthLine {
                            width: parts.cell
                        }
                    }
                }
                Column {
                    spacing: Theme.space4
                    width: parts.cell

                    QrCard {
                        content: page.staff.summary
                        note: qsTr("The same as a code, for whoever helps you on the telephone. It holds no secret.")
                        side: Math.round(Theme.qr * 0.8)
                        title: qsTr("Take a photo")
                        visible: page.staff.summary.length > 0
                        width: parent.width
                    }
                    Rectangle {
                        color: Theme.plate
                        height: scan.implicitHeight + Theme.space4 * 2
                        radius: Theme.radiusLarge
                        width: parent.width

                        Column {
                            id: scan

                            anchors.left: parent.left
                            anchors.margins: Theme.space4
                            anchors.right: parent.right
                            anchors.verticalCenter: parent.verticalCenter
                            spacing: Theme.space1

                            SectionTitle {
                                text: qsTr("Scanner")
                                width: parent.width
                            }
                            StyledText {
                                color: Theme.inkSoft
                                text: qsTr("Scan anything: what was read and what it means appears here.")
                                visible: page.staff.scanCount === 0
                                width: parent.width
                            }
                            StyledText {
                                Accessible.name: text
                                Accessible.role: Accessible.StaticText
                                font.pixelSize: Theme.textLead
                                font.weight: Font.DemiBold
                                objectName: "scanMeaning"
                                text: page.staff.scannedMeaning
                                visible: page.staff.scanCount > 0
                                width: parent.width
                            }
                            StyledText {
                                Accessible.name: text
                                Accessible.role: Accessible.StaticText
                                objectName: "scanText"
                                text: page.staff.scannedText
                                visible: page.staff.scanCount > 0
                                width: parent.width
                                wrapMode: Text.WrapAnywhere
                            }
                            StyledText {
                                color: Theme.inkSoft
                                font.pixelSize: Theme.textSmall
                                text: page.staff.scannedCarrier
                                visible: page.staff.scanCount > 0
                                width: parent.width
                            }
                        }
                    }
                    Grid {
                        id: tests

                        readonly property real cell: (width - spacing * (columns - 1)) / columns
                        readonly property real line: Math.max(restart.implicitHeight, leave.implicitHeight)

                        columns: Theme.stacks ? 1 : 2
                        spacing: Theme.space3
                        width: parent.width

                        ActionButton {
                            objectName: "testTouch"
                            text: qsTr("Test the touch")
                            width: tests.cell

                            onClicked: page.testRequested("touch")
                        }
                        ActionButton {
                            objectName: "testColors"
                            text: qsTr("Test the colours")
                            width: tests.cell

                            onClicked: page.testRequested("colors")
                        }
                        ActionButton {
                            id: restart

                            glyph: "again"
                            height: tests.line
                            objectName: "restartScreen"
                            text: qsTr("Restart this screen")
                            width: tests.cell

                            onClicked: page.restartRequested()
                        }
                        ActionButton {
                            id: leave

                            glyph: "exit"
                            height: tests.line
                            objectName: "staffSignOut"
                            strong: true
                            text: qsTr("Sign out")
                            width: tests.cell

                            onClicked: page.backRequested()
                        }
                    }
                    SectionTitle {
                        text: qsTr("Language")
                        width: parent.width
                    }
                    LanguageRow {
                        codes: page.codes
                        current: page.language
                        names: page.names
                        width: parent.width

                        onChosen: code => page.languageChosen(code)
                    }
                }
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Joining the club. What is typed leaves the page only when it is sent, and is gone from it then.
Item {
    id: page

    required property SignUpForm form

    signal backRequested()
    signal termsToggled(bool granted)
    signal emailMarketingToggled(bool granted)
    signal smsMarketingToggled(bool granted)
    signal submitted(string name, string email, string phone)

    objectName: "joinPage"

    Connections {
        function onCleared(): void {
            nameEntry.text = "";
            emailEntry.text = "";
            phoneEntry.text = "";
        }

        target: page.form
    }
    FormFlick {
        id: scroll

        anchors.fill: parent
        contentHeight: column.implicitHeight + Theme.margin * 2
        entry: nameEntry.field.activeFocus ? nameEntry
             : emailEntry.field.activeFocus ? emailEntry
             : phoneEntry.field.activeFocus ? phoneEntry : null

        Column {
            id: column

            spacing: Theme.portrait ? Theme.space5 : Theme.space3
            width: Math.min(scroll.width - Theme.margin * 2, Theme.portrait ? scroll.width : Theme.readable * 1.6)
            x: Theme.margin
            y: Theme.margin

            PageHeader {
                title: qsTr("Join the club")
                width: parent.width

                onBackRequested: page.backRequested()
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLead
                lineHeight: Theme.leading
                text: page.form.open
                      ? qsTr("Member prices, your list in every store, and a card that works at once. It takes half "
                             + "a minute.")
                      : qsTr("The club opens here as soon as the store's device is connected. Until then our staff "
                             + "are glad to sign you up at the till.")
                width: parent.width
            }
            Grid {
                id: fields

                readonly property real cell: (width - columnSpacing * (columns - 1)) / columns

                columnSpacing: Theme.space5
                columns: Theme.portrait ? 1 : 3
                rowSpacing: Theme.space4
                visible: page.form.open
                width: parent.width

                EntryField {
                    id: nameEntry

                    fieldName: "joinName"
                    inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                    label: qsTr("Name (optional)")
                    width: fields.cell

                    onAccepted: emailEntry.field.forceActiveFocus()
                }
                EntryField {
                    id: emailEntry

                    error: page.form.emailError
                    fieldName: "joinEmail"
                    inputMethodHints: Qt.ImhEmailCharactersOnly | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                                      | Qt.ImhNoAutoUppercase
                    label: qsTr("E-mail")
                    width: fields.cell

                    onAccepted: phoneEntry.field.forceActiveFocus()
                }
                EntryField {
                    id: phoneEntry

                    error: page.form.phoneError
                    fieldName: "joinPhone"
                    inputMethodHints: Qt.ImhDialableCharactersOnly | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                    label: qsTr("Phone")
                    width: fields.cell
                }
            }
            StyledText {
                readonly property bool wrong: page.form.contactError.length > 0

                Accessible.name: text
                Accessible.role: wrong ? Accessible.AlertMessage : Accessible.StaticText
                color: wrong ? Theme.accent : Theme.inkSoft
                font.pixelSize: Theme.textLabel
                text: wrong ? page.form.contactError : qsTr("An e-mail address or a phone number is enough.")
                visible: page.form.open
                width: parent.width
            }
            Column {
                spacing: Theme.space2
                visible: page.form.open
                width: parent.width

                ConsentBox {
                    error: page.form.termsError
                    objectName: "consentTerms"
                    on: page.form.terms
                    text: page.form.termsWording
                    width: parent.width

                    onClicked: page.termsToggled(!on)
                }
                ConsentBox {
                    objectName: "consentEmail"
                    on: page.form.emailMarketing
                    text: page.form.emailWording
                    width: parent.width

                    onClicked: page.emailMarketingToggled(!on)
                }
                ConsentBox {
                    objectName: "consentSms"
                    on: page.form.smsMarketing
                    text: page.form.smsWording
                    width: parent.width

                    onClicked: page.smsMarketingToggled(!on)
                }
            }
            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.AlertMessage
                color: Theme.accent
                text: page.form.failure
                visible: text.length > 0
                width: parent.width
            }
            Column {
                spacing: Theme.space3
                visible: page.form.open
                width: parent.width

                ActionButton {
                    enabled: page.form.state === SignUpForm.Editing
                    objectName: "joinSubmit"
                    strong: true
                    text: page.form.state === SignUpForm.Sending ? qsTr("Sending…") : qsTr("Become a member")
                    width: Theme.portrait ? parent.width : fields.cell

                    onClicked: page.submitted(nameEntry.text, emailEntry.text, phoneEntry.text)
                }
                StyledText {
                    color: Theme.inkSoft
                    font.pixelSize: Theme.textSmall
                    lineHeight: Theme.leading
                    text: qsTr("Your phone number and e-mail address never stay on this device: they are locked the "
                               + "moment you send them, and only our head office can open them.")
                    width: parent.width
                }
            }
        }
    }
}

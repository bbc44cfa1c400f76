pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Who an order is for, and where it goes. What is typed stays here until it is sent.
Grid {
    id: fields

    required property OrderForm form

    readonly property bool home: form.kind === OrderForm.Home
    readonly property real cell: (width - columnSpacing * (columns - 1)) / columns
    readonly property Item typedInto: nameEntry.field.activeFocus ? nameEntry
                                      : streetEntry.field.activeFocus ? streetEntry
                                      : postcodeEntry.field.activeFocus ? postcodeEntry
                                      : cityEntry.field.activeFocus ? cityEntry
                                      : emailEntry.field.activeFocus ? emailEntry
                                      : phoneEntry.field.activeFocus ? phoneEntry : null
    readonly property int hints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText

    // In the order in which OrderForm.submit() takes them.
    function send(): void {
        form.submit(nameEntry.text, emailEntry.text, phoneEntry.text, streetEntry.text, postcodeEntry.text,
                    cityEntry.text);
    }

    columnSpacing: Theme.space4
    columns: Theme.stacks ? (Theme.portrait ? 1 : 2) : (Theme.portrait ? 2 : 3)
    rowSpacing: Theme.space4

    Connections {
        function onCleared(): void {
            nameEntry.text = "";
            emailEntry.text = "";
            phoneEntry.text = "";
            streetEntry.text = "";
            postcodeEntry.text = "";
            cityEntry.text = "";
        }

        target: fields.form
    }
    EntryField {
        id: nameEntry

        error: fields.form.nameError
        fieldName: "orderName"
        inputMethodHints: fields.hints
        label: fields.home ? qsTr("Name") : qsTr("Name (optional)")
        width: fields.cell
    }
    EntryField {
        id: streetEntry

        error: fields.form.streetError
        fieldName: "orderStreet"
        inputMethodHints: fields.hints
        label: qsTr("Street and number")
        visible: fields.home
        width: fields.cell
    }
    EntryField {
        id: postcodeEntry

        error: fields.form.postcodeError
        fieldName: "orderPostcode"
        hint: fields.form.postcodeExample
        inputMethodHints: fields.hints | Qt.ImhPreferUppercase
        label: qsTr("Postcode")
        visible: fields.home
        width: fields.cell
    }
    EntryField {
        id: cityEntry

        error: fields.form.cityError
        fieldName: "orderCity"
        inputMethodHints: fields.hints
        label: qsTr("Town")
        visible: fields.home
        width: fields.cell
    }
    EntryField {
        id: emailEntry

        error: fields.form.emailError
        fieldName: "orderEmail"
        inputMethodHints: fields.hints | Qt.ImhEmailCharactersOnly | Qt.ImhNoAutoUppercase
        label: fields.home ? qsTr("E-mail") : qsTr("E-mail (optional)")
        width: fields.cell
    }
    EntryField {
        id: phoneEntry

        error: fields.form.phoneError
        fieldName: "orderPhone"
        inputMethodHints: fields.hints | Qt.ImhDialableCharactersOnly
        label: fields.home ? qsTr("Phone") : qsTr("Phone (optional)")
        width: fields.cell
    }
}

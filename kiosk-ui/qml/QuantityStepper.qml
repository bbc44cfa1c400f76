pragma ComponentBehavior: Bound

import QtQuick

// How many, one up or down.
Row {
    id: stepper

    required property int count
    required property string what
    property int most: 99

    signal wanted(int count)

    spacing: Theme.space1

    IconButton {
        enabled: stepper.count > 1
        glyph: "minus"
        objectName: "fewer"
        text: qsTr("One less: %1").arg(stepper.what)

        onClicked: stepper.wanted(stepper.count - 1)
    }
    StyledText {
        Accessible.name: qsTr("%1: %2", "a thing and how many").arg(stepper.what).arg(stepper.count)
        Accessible.role: Accessible.StaticText
        anchors.verticalCenter: parent.verticalCenter
        font.pixelSize: Theme.textLead
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        objectName: "quantity"
        text: stepper.count
        width: Theme.space6
    }
    IconButton {
        enabled: stepper.count < stepper.most
        glyph: "plus"
        objectName: "more"
        text: qsTr("One more: %1").arg(stepper.what)

        onClicked: stepper.wanted(stepper.count + 1)
    }
}

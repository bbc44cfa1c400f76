pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// What can be chosen: one of several, or each by itself. A press asks; whoever owns the state answers by `chosen`.
AbstractButton {
    id: choice

    property bool chosen: false
    property bool several: false // more than one may be chosen
    property int kind: several ? Accessible.CheckBox : Accessible.RadioButton
    readonly property bool checkableKind: kind !== Accessible.Button

    // Qt 6.4 tells a control's role by its class, and when assistive technology comes it writes the state of a plain
    // button over these: the state is put back, or nobody would hear what is chosen.
    Accessible.checkable: checkableKind
    Accessible.checked: chosen
    Accessible.role: kind

    Accessible.onPressAction: choice.clicked()
    Accessible.onToggleAction: choice.clicked()
    Accessible.onCheckableChanged: {
        if (Accessible.checkable !== checkableKind)
            Accessible.checkable = Qt.binding(() => choice.checkableKind);
    }
    Accessible.onCheckedChanged: {
        if (Accessible.checked !== chosen)
            Accessible.checked = Qt.binding(() => choice.chosen);
    }
}

pragma ComponentBehavior: Bound

import QtQuick

// A short confirmation that fades by itself.
Rectangle {
    id: notice

    required property string words
    property string last: ""

    Accessible.name: words
    Accessible.role: Accessible.AlertMessage
    color: Theme.ink
    height: text.implicitHeight + Theme.space5
    opacity: words.length > 0 ? 1 : 0
    radius: Math.min(height / 2, Theme.touch / 2)
    visible: opacity > 0
    width: text.width + Theme.space6 * 2

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.calm
        }
    }

    onWordsChanged: notice.last = notice.words.length > 0 ? notice.words : notice.last

    StyledText {
        id: text

        anchors.centerIn: parent
        color: Theme.paper
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
        text: notice.last
        width: Math.min(implicitWidth, Theme.readable)
    }
}

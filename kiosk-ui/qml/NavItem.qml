pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

AbstractButton {
    id: item

    required property string glyph
    property bool current: false
    property int badge: 0

    Accessible.name: badge > 0 ? qsTr("%1, %2").arg(text).arg(badge) : text
    Accessible.role: Accessible.PageTab
    Accessible.onPressAction: item.clicked()
    Accessible.selected: current

    background: FocusFrame {
        shown: item.visualFocus
    }
    Item {
        anchors.fill: parent
        opacity: item.down ? Theme.pressed : 1

        Column {
            anchors.centerIn: parent
            spacing: Theme.space1
            width: parent.width

            Glyph {
                anchors.horizontalCenter: parent.horizontalCenter
                color: item.current ? Theme.accent : Theme.ink
                filled: false
                height: Theme.icon
                name: item.glyph
                width: height

                Rectangle {
                    anchors.horizontalCenter: parent.right
                    anchors.top: parent.top
                    anchors.topMargin: -Theme.space1
                    color: Theme.accent
                    // Even, or a gap shows between its halves where the processor draws.
                    height: 2 * Math.ceil(count.implicitHeight / 2 + Theme.hair)
                    radius: height / 2
                    visible: item.badge > 0
                    width: Math.max(height, 2 * Math.ceil((count.implicitWidth + Theme.space2) / 2))

                    StyledText {
                        id: count

                        anchors.centerIn: parent
                        color: Theme.paper
                        font.pixelSize: Math.round(Theme.textSmall * 0.85)
                        font.weight: Font.DemiBold
                        text: item.badge
                    }
                }
            }
            StyledText {
                color: item.current ? Theme.accent : Theme.inkSoft
                font.pixelSize: Math.round(Theme.textSmall * 0.92)
                font.weight: Font.Medium
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Math.round(font.pixelSize * 0.75)
                horizontalAlignment: Text.AlignHCenter
                leftPadding: Theme.space1
                rightPadding: Theme.space1
                text: item.text
                width: parent.width
                wrapMode: Text.NoWrap
            }
        }
    }
}

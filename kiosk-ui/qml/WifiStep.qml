pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// One of the two steps: a code to photograph, and the same in words for whoever types.
Rectangle {
    id: step

    required property string number
    required property string title
    required property string help
    required property string content
    required property string typed
    required property string typedLabel
    property string typedName: ""

    readonly property real side: Math.round(width * (Theme.portrait ? 0.49 : 0.46))

    color: Theme.plate
    implicitHeight: Math.max(code.height, words.implicitHeight) + Theme.space4 * 2
    radius: Theme.radiusLarge

    CodeItem {
        id: code

        Accessible.name: step.title
        Accessible.role: Accessible.Graphic
        anchors.left: parent.left
        anchors.leftMargin: Theme.space4
        anchors.top: parent.top
        anchors.topMargin: Theme.space4
        dark: Theme.ink
        height: visible ? step.side : 0
        light: Theme.ground
        objectName: "wifiCode-" + step.number
        text: step.content
        visible: step.content.length > 0
        width: visible ? step.side : 0
    }
    Column {
        id: words

        anchors.left: code.visible ? code.right : parent.left
        anchors.leftMargin: Theme.space4
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        anchors.top: parent.top
        anchors.topMargin: Theme.space4
        spacing: Theme.space2

        StyledText {
            color: Theme.accent
            font.pixelSize: Theme.textHeadline
            font.weight: Font.DemiBold
            text: step.number
            width: parent.width
        }
        SectionTitle {
            text: step.title
            width: parent.width
        }
        StyledText {
            color: Theme.inkSoft
            lineHeight: Theme.leading
            text: step.help
            width: parent.width
        }
        Column {
            spacing: Theme.hair
            topPadding: Theme.space2
            visible: step.typed.length > 0
            width: parent.width

            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLabel
                text: step.typedLabel
                width: parent.width
            }
            StyledText {
                font.pixelSize: Theme.textHeadline
                font.weight: Font.DemiBold
                fontSizeMode: Text.HorizontalFit
                horizontalAlignment: Text.AlignLeft
                minimumPixelSize: Theme.textBody
                objectName: step.typedName
                text: step.typed
                textFormat: Text.PlainText
                width: parent.width
                wrapMode: Text.WrapAnywhere
            }
        }
    }
}

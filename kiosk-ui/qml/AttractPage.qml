pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Seen from across the shop: one offer at a time, a greeting, an invitation.
Item {
    id: page

    required property StoreFront store
    required property list<string> languages
    required property list<string> languageNames
    required property string language

    signal leaveRequested()
    signal languageChosen(string code)

    property int shown: 0
    readonly property int count: store.offers.count

    objectName: "attractPage"

    MouseArea {
        Accessible.name: invitation.text
        Accessible.role: Accessible.Button
        anchors.fill: parent
        objectName: "attractTouch"

        onClicked: page.leaveRequested()
    }
    Timer {
        interval: Theme.carousel
        repeat: true
        running: page.count > 1 && page.visible

        onTriggered: page.shown = (page.shown + 1) % page.count
    }

    Rectangle {
        id: stage

        anchors.right: parent.right
        clip: true
        color: Theme.plate
        height: Theme.portrait ? Math.round(parent.height * 0.53) : parent.height
        width: Theme.portrait ? parent.width : Math.round(parent.width * 0.54)

        Repeater {
            model: page.store.offers

            delegate: Item {
                id: slide

                required property int index
                required property string title
                required property string brand
                required property string priceText
                required property string regularPriceText
                required property string picture
                readonly property bool current: index === page.shown
                readonly property bool near: current || index === (page.shown + 1) % Math.max(1, page.count)

                anchors.fill: parent
                opacity: current ? 1 : 0
                visible: opacity > 0

                Behavior on opacity {
                    NumberAnimation {
                        duration: Theme.slow
                        easing.type: Easing.InOutQuad
                    }
                }

                Picture {
                    anchors.fill: parent
                    radius: 0
                    source: slide.near || slide.opacity > 0 ? slide.picture : ""
                }
                Rectangle {
                    anchors.bottom: parent.bottom
                    anchors.left: parent.left
                    anchors.margins: Theme.space5
                    color: Theme.ground
                    height: caption.implicitHeight + Theme.space4 * 2
                    radius: Theme.radius
                    width: Math.min(caption.implicitWidth + Theme.space4 * 2, parent.width - Theme.space5 * 2)

                    Column {
                        id: caption

                        anchors.left: parent.left
                        anchors.leftMargin: Theme.space4
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: Theme.space1

                        StyledText {
                            elide: Text.ElideRight
                            font.weight: Font.Medium
                            maximumLineCount: 2
                            text: slide.title
                            width: Math.min(implicitWidth, stage.width - Theme.space7 * 2)
                        }
                        PriceText {
                            now: slide.priceText
                            pixelSize: Theme.textHeadline
                            regular: slide.regularPriceText
                        }
                    }
                }
            }
        }
    }

    Item {
        id: words

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: Theme.portrait ? parent.right : stage.left
        anchors.top: Theme.portrait ? stage.bottom : parent.top

        Column {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.topMargin: Theme.portrait ? 0 : Theme.space4
            spacing: Theme.space4

            Row {
                spacing: Theme.space3

                StyledText {
                    color: Theme.inkSoft
                    font.pixelSize: Theme.textLead
                    text: page.store.opening
                    visible: text.length > 0
                    wrapMode: Text.NoWrap
                }
            }
            DisplayText {
                size: Theme.textGiant
                fontSizeMode: Text.Fit
                height: Math.min(implicitHeight, words.height - languageRow.height - Theme.space7 * 3)
                minimumPixelSize: Theme.textTitle
                text: page.store.name.length > 0 ? qsTr("Welcome to\n%1").arg(page.store.name) : qsTr("Welcome")
                width: parent.width
                wrapMode: Text.WordWrap
            }
            Row {
                spacing: Theme.space3
                width: parent.width

                Glyph {
                    id: scanGlyph

                    anchors.verticalCenter: invitation.verticalCenter
                    color: Theme.accent
                    height: Theme.icon * 1.4
                    name: "scan"
                    width: height
                }
                StyledText {
                    id: invitation

                    font.pixelSize: Theme.textHeadline
                    lineHeight: Theme.leadingTight * 1.1
                    text: qsTr("Touch the screen, or scan a product")
                    width: parent.width - scanGlyph.width - Theme.space3
                }
            }
        }
        LanguageRow {
            id: languageRow

            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            codes: page.languages
            current: page.language
            names: page.languageNames

            onChosen: code => page.languageChosen(code)
        }
    }
}

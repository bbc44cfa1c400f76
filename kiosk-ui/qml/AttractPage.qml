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
    readonly property int count: store.slides.count

    objectName: "attractPage"

    onCountChanged: shown = 0

    // The touch itself leaves, not its end: nobody waits for a screen that noticed them.
    MouseArea {
        Accessible.name: invitation.text
        Accessible.role: Accessible.Button
        anchors.fill: parent
        objectName: "attractTouch"

        Accessible.onPressAction: page.leaveRequested()
        onPressed: page.leaveRequested()
    }
    Timer {
        interval: Theme.carousel
        repeat: true
        running: page.count > 1 && page.visible && !page.store.asleep

        onTriggered: page.shown = (page.shown + 1) % page.count
    }

    Rectangle {
        id: stage

        anchors.right: parent.right
        clip: true
        color: Theme.plate
        visible: !page.store.asleep
        height: Theme.portrait ? Math.round(parent.height * 0.56) : parent.height
        width: Theme.portrait ? parent.width : Math.round(parent.width * 0.54)

        // Under the slides, and alone where there is nothing to show.
        Motif {
            anchors.fill: parent
            cells: Theme.portrait ? 4 : 5
            colors: Theme.motifs
            seed: page.store.name
            visible: page.count === 0
        }
        Repeater {
            model: page.store.slides

            delegate: Slide {
                required property int index
                readonly property bool current: index === page.shown
                readonly property bool near: current || index === (page.shown + 1) % Math.max(1, page.count)
                required property string picture

                anchors.fill: parent
                objectName: "slide-" + index
                opacity: current ? 1 : 0
                source: near || opacity > 0 ? picture : ""
                visible: opacity > 0

                Behavior on opacity {
                    NumberAnimation {
                        duration: Theme.slow
                        easing.type: Easing.InOutQuad
                    }
                }
            }
        }
    }

    Item {
        id: words

        visible: !page.store.asleep
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

                    heard: false // the whole page is called so
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
    NightClock {
        anchors.fill: parent
        objectName: "nightClock"
        store: page.store
        visible: page.store.asleep
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Ordering: what, how, where, for whom; and what is promised, before anything is sent.
Item {
    id: page

    required property OrderForm form

    signal backRequested()

    readonly property bool editing: form.state === OrderForm.Editing
    readonly property bool home: form.kind === OrderForm.Home

    objectName: "orderPage"

    FormFlick {
        id: scroll

        anchors.bottom: bar.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        contentHeight: column.implicitHeight + Theme.margin * 2
        entry: person.typedInto

        Column {
            id: column

            spacing: Theme.space4
            width: scroll.width - Theme.margin * 2
            x: Theme.margin
            y: Theme.margin

            PageHeader {
                note: page.form.basket.omittedText
                title: qsTr("Your order")
                width: parent.width

                onBackRequested: page.backRequested()
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLead
                lineHeight: Theme.leading
                text: page.form.basket.empty ? qsTr("None of this can be ordered here. Our staff can help you.")
                                             : qsTr("One moment")
                visible: page.form.basket.empty || !page.form.basket.ready
                width: parent.width
            }
            Column {
                width: parent.width

                Repeater {
                    model: page.form.basket.lines

                    delegate: OrderLineItem {
                        id: line

                        editable: page.editing
                        width: column.width

                        onQuantityWanted: count => page.form.basket.setQuantity(line.sku, count)
                    }
                }
            }
            SectionTitle {
                text: qsTr("How would you like to get it?")
                topPadding: Theme.space2
                width: parent.width
            }
            Grid {
                id: ways

                readonly property real cell: (width - columnSpacing * (columns - 1)) / columns
                readonly property real tallest: Math.max(collect.implicitHeight, reserve.implicitHeight,
                                                         deliver.implicitHeight)

                columnSpacing: Theme.space3
                columns: Theme.portrait || Theme.stacks ? 1 : 3
                enabled: page.editing
                rowSpacing: Theme.space2
                width: parent.width

                ChoiceCard {
                    id: collect

                    chosen: page.form.kind === OrderForm.Collect
                    glyph: "bag"
                    height: ways.tallest
                    note: qsTr("Packed and waiting for you, here or in another store. You have seven days.")
                    objectName: "wayCollect"
                    text: qsTr("Collect")
                    width: ways.cell

                    onClicked: page.form.setKind(OrderForm.Collect)
                }
                ChoiceCard {
                    id: reserve

                    chosen: page.form.kind === OrderForm.Reserve
                    enabled: page.form.basket.allHere
                    glyph: "clock"
                    height: ways.tallest
                    note: page.form.basket.allHere ? qsTr("Put aside here for 24 hours. Try it before you pay.")
                                                   : qsTr("Only what this store has in stock.")
                    objectName: "wayReserve"
                    text: qsTr("Reserve here")
                    width: ways.cell

                    onClicked: page.form.setKind(OrderForm.Reserve)
                }
                ChoiceCard {
                    id: deliver

                    chosen: page.home
                    enabled: page.form.canDeliver
                    glyph: "truck"
                    height: ways.tallest
                    note: page.form.canDeliver ? qsTr("You pay here at the till, and it comes to your door.")
                                               : qsTr("As soon as this device is connected again.")
                    objectName: "wayHome"
                    text: qsTr("Order home")
                    width: ways.cell

                    onClicked: page.form.setKind(OrderForm.Home)
                }
            }
            Column {
                enabled: page.editing
                visible: page.form.kind === OrderForm.Collect
                width: parent.width

                SectionTitle {
                    text: qsTr("Where?")
                    topPadding: Theme.space2
                    width: parent.width
                }
                Repeater {
                    model: page.form.basket.stores

                    delegate: PlaceChoice {
                        id: place

                        required property int index

                        objectName: "place-" + index
                        width: column.width

                        onClicked: page.form.setStore(place.code)
                    }
                }
            }
            Column {
                enabled: page.editing
                spacing: Theme.space2
                visible: page.form.words.length > 0
                width: parent.width

                SectionTitle {
                    text: qsTr("Your word")
                    topPadding: Theme.space2
                    width: parent.width
                }
                StyledText {
                    color: Theme.inkSoft
                    lineHeight: Theme.leading
                    text: qsTr("Keep it in mind: our staff ask for it, so that nobody else gets your things.")
                    width: parent.width
                }
                Flow {
                    spacing: Theme.space2
                    width: parent.width

                    Repeater {
                        model: page.form.words

                        delegate: Chip {
                            required property string modelData
                            required property int index

                            chosen: page.form.word === modelData
                            objectName: "word-" + index
                            text: modelData

                            onClicked: page.form.setWord(modelData)
                        }
                    }
                    Chip {
                        glyph: "again"
                        kind: Accessible.Button
                        objectName: "otherWords"
                        text: qsTr("Other words")

                        onClicked: page.form.askWords()
                    }
                }
            }
            SectionTitle {
                text: page.home ? qsTr("Where does it go?") : qsTr("May we tell you when it is ready?")
                topPadding: Theme.space2
                visible: page.form.canDeliver
                width: parent.width
            }
            PersonFields {
                id: person

                enabled: page.editing
                form: page.form
                visible: page.form.canDeliver
                width: parent.width
            }
            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.AlertMessage
                color: Theme.accent
                text: page.form.contactError
                visible: text.length > 0
                width: parent.width
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textSmall
                lineHeight: Theme.leading
                text: qsTr("What you type is locked the moment you send it: this device cannot read it, and forgets it. "
                           + "Only our head office can open it, for this order and nothing else. Our staff see the first "
                           + "letters of your name.")
                visible: page.form.canDeliver
                width: parent.width
            }
        }
    }
    OrderBar {
        id: bar

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        form: page.form

        onSendRequested: page.editing ? person.send() : page.form.sendAgain()
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Search as you type; a department, or what the store carries, is a search without words. What is found can be narrowed.
Item {
    id: page

    required property SearchView search
    required property StoreFront store
    required property RecentProducts recent

    property bool filtering: false
    property bool slow: false // the answer takes long enough to say so

    signal backRequested()
    signal productRequested(var id)

    readonly property int columns: Theme.portrait ? 2 : 4
    readonly property real cell: Math.floor((width - Theme.margin * 2 + Theme.gutter) / columns)
    readonly property bool nothing: search.asked && !search.busy && search.results.count === 0
    readonly property bool asked: search.asked
    readonly property bool narrowed: search.chosen.count > 0 || search.stock !== SearchView.Anywhere

    objectName: "searchPage"

    // Whoever comes to type finds the keyboard open; whoever comes to look does not. It stays while they type.
    Component.onCompleted: field.focus = !search.asked
    onAskedChanged: {
        filtering = false;
        if (!search.asked)
            field.focus = true;
    }
    onVisibleChanged: {
        filtering = false;
        if (visible)
            field.focus = !search.asked;
    }

    Timer {
        interval: 250
        running: page.search.busy && page.search.results.count === 0

        onRunningChanged: page.slow = false
        onTriggered: page.slow = true
    }
    Column {
        id: head

        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: Theme.space3

        Item {
            height: field.implicitHeight
            width: parent.width

            IconButton {
                id: back

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                glyph: page.LayoutMirroring.enabled ? "next" : "back"
                objectName: "back"
                text: qsTr("Back")

                onClicked: page.backRequested()
            }
            SearchField {
                id: field

                anchors.left: back.right
                anchors.leftMargin: Theme.space3
                anchors.right: parent.right
                objectName: "searchField"
                text: page.search.text

                // Done typing: the keyboard makes room for what was found.
                onAccepted: field.focus = false
                onCleared: page.search.setText("")
                onTextEdited: page.search.setText(text)
            }
        }
        Flow {
            spacing: Theme.space2
            width: parent.width

            Chip {
                chosen: page.search.stock === SearchView.Anywhere
                detail: page.search.countAnywhere
                objectName: "stockAnywhere"
                text: qsTr("All stores")

                onClicked: page.search.setStock(SearchView.Anywhere)
            }
            Chip {
                chosen: page.search.stock === SearchView.Here
                detail: page.search.countHere
                objectName: "stockHere"
                text: qsTr("In this store now")

                onClicked: page.search.setStock(SearchView.Here)
            }
            Chip {
                chosen: page.search.stock === SearchView.Nearby
                objectName: "stockNearby"
                text: qsTr("Near here")
                visible: page.search.hasNearby

                onClicked: page.search.setStock(SearchView.Nearby)
            }
            ActionButton {
                glyph: "sliders"
                implicitHeight: Theme.touchSmall
                leftPadding: Theme.space4
                objectName: "filter"
                rightPadding: Theme.space4
                text: page.search.chosen.count > 0 ? qsTr("Filter and sort · %1").arg(page.search.chosen.count)
                                                   : qsTr("Filter and sort")
                visible: page.search.asked

                onClicked: {
                    field.focus = false;
                    page.filtering = true;
                }
            }
            Chip {
                Accessible.description: qsTr("Remove")
                chosen: true
                glyph: "close"
                objectName: "departmentChip"
                text: page.search.department
                visible: text.length > 0

                onClicked: page.search.setDepartment(0, "")
            }
            Repeater {
                model: page.search.chosen

                delegate: Chip {
                    required property int index
                    required property string key
                    required property string label

                    Accessible.description: qsTr("Remove")
                    chosen: true
                    glyph: "close"
                    objectName: "chosen-" + index
                    text: label

                    onClicked: page.search.drop(key)
                }
            }
        }
        StyledText {
            Accessible.name: text
            Accessible.role: Accessible.StaticText
            color: Theme.inkSoft
            font.pixelSize: Theme.textLabel
            text: page.search.summary
            visible: page.search.asked && page.search.results.count > 0
            width: parent.width
        }
    }
    GridView {
        id: grid

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin - Theme.gutter
        anchors.top: head.bottom
        anchors.topMargin: Theme.space4
        boundsBehavior: Flickable.DragOverBounds
        bottomMargin: page.search.hasMore ? more.height + Theme.space4 * 2 : Theme.margin
        cellHeight: page.cell - Theme.gutter + Theme.tileText + Theme.space2
        cellWidth: page.cell
        clip: true
        model: page.search.results
        visible: page.search.asked && !page.nothing && !waiting.visible

        onMovementStarted: field.focus = false

        // Not its footer: Qt 6.4 makes none in a file whose components are bound.
        ActionButton {
            id: more

            enabled: !page.search.busy
            objectName: "showMore"
            parent: grid.contentItem
            text: qsTr("Show more products")
            visible: page.search.hasMore
            x: Math.round((grid.width - Theme.gutter - width) / 2)
            y: grid.originY + grid.contentHeight + Theme.space4

            onClicked: page.search.showMore()
        }

        delegate: Item {
            id: place

            required property var productId
            required property int index
            required property string sku
            required property string title
            required property string brand
            required property string priceText
            required property string regularPriceText
            required property string picture
            required property string availabilityText
            required property string availabilityKind

            height: grid.cellHeight
            width: grid.cellWidth

            ProductTile {
                availabilityKind: place.availabilityKind
                availabilityText: place.availabilityText
                brand: place.brand
                height: implicitHeight
                implicitWidth: page.cell - Theme.gutter
                objectName: "result-" + place.index
                picture: place.picture
                priceText: place.priceText
                regularPriceText: place.regularPriceText
                sku: place.sku
                title: place.title
                width: implicitWidth

                onClicked: page.productRequested(place.productId)
            }
        }
    }
    // Where results will be, once they take long enough to be waited for.
    Grid {
        id: waiting

        Accessible.name: qsTr("One moment")
        Accessible.role: Accessible.StaticText
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.top: head.bottom
        anchors.topMargin: Theme.space4
        columnSpacing: Theme.gutter
        columns: page.columns
        rowSpacing: Theme.tileText
        visible: page.slow

        Repeater {
            model: page.columns * 2

            delegate: Rectangle {
                color: Theme.plate
                height: width
                radius: Theme.radius
                width: page.cell - Theme.gutter
            }
        }
    }
    Flickable {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: head.bottom
        anchors.topMargin: Theme.space6
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: help.implicitHeight + Theme.margin
        visible: !grid.visible && !waiting.visible

        Column {
            id: help

            spacing: Theme.space4
            width: parent.width - Theme.margin * 2
            x: Theme.margin

            DisplayText {
                objectName: "searchHelp"
                size: Theme.textTitle
                text: page.search.failed ? qsTr("Search does not work just now")
                      : page.nothing && page.narrowed ? qsTr("Nothing fits all of this")
                      : page.nothing ? qsTr("Nothing found for this") : qsTr("Type a word, or scan a product")
                width: Math.min(parent.width, Theme.readable)
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLead
                lineHeight: Theme.leading
                text: page.search.failed
                      ? qsTr("Scan a product to see it, or ask our staff. We look into it.")
                      : page.nothing && page.narrowed
                      ? qsTr("Take a filter away, or look in all our stores: we can send it or bring it here.")
                      : page.nothing ? qsTr("Try fewer or other words. Our staff are glad to help as well.")
                                     : qsTr("Names, brands, colours and the number below the barcode all work. "
                                            + "Or begin with a department:")
                width: Math.min(parent.width, Theme.readable)
            }
            Flow {
                spacing: Theme.space2
                visible: page.search.failed || (page.nothing && page.narrowed)
                width: parent.width

                ActionButton {
                    glyph: "again"
                    objectName: "searchAgain"
                    strong: true
                    text: qsTr("Try again")
                    visible: page.search.failed

                    onClicked: page.search.reload()
                }
                ActionButton {
                    objectName: "everywhere"
                    strong: true
                    text: qsTr("Look in all stores: %n product(s)", "", page.search.cardsAnywhere)
                    visible: page.search.stock !== SearchView.Anywhere && page.search.cardsAnywhere > 0

                    onClicked: page.search.setStock(SearchView.Anywhere)
                }
                ActionButton {
                    objectName: "clearFilters"
                    text: qsTr("Clear all filters")
                    visible: page.search.chosen.count > 0

                    onClicked: page.search.clearChoices()
                }
            }
            Flow {
                spacing: Theme.space2
                width: parent.width

                Repeater {
                    model: page.store.departments

                    delegate: Chip {
                        required property var departmentId
                        required property string title
                        required property int index

                        objectName: "departmentChoice-" + index
                        text: title

                        onClicked: page.search.setDepartment(departmentId, title)
                    }
                }
            }
            SectionTitle {
                text: qsTr("Seen a moment ago")
                topPadding: Theme.space3
                visible: seen.visible
                width: parent.width
            }
            ListView {
                id: seen

                boundsBehavior: Flickable.DragOverBounds
                clip: true
                height: Theme.tile + Theme.tileText
                model: page.recent.items
                objectName: "recentProducts"
                orientation: ListView.Horizontal
                spacing: Theme.gutter
                visible: count > 0
                width: parent.width

                delegate: ProductTile {
                    required property var productId
                    required property int index

                    height: implicitHeight
                    objectName: "recent-" + index
                    width: implicitWidth

                    onClicked: page.productRequested(productId)
                }
            }
        }
    }
    FilterSheet {
        anchors.fill: parent
        open: page.filtering
        search: page.search

        onDismissed: page.filtering = false
    }
}

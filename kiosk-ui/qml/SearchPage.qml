pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// Search as you type; a department is a search without words.
Item {
    id: page

    required property SearchView search
    required property StoreFront store
    required property RecentProducts recent

    signal backRequested()
    signal textTyped(string text)
    signal hereOnlyRequested(bool hereOnly)
    signal departmentRequested(var id, string title)
    signal departmentCleared()
    signal productRequested(var id)

    readonly property int columns: Theme.portrait ? 2 : 4
    readonly property real cell: Math.floor((width - Theme.margin * 2 + Theme.gutter) / columns)
    readonly property bool nothing: search.asked && !search.busy && search.results.count === 0

    objectName: "searchPage"

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
                focus: page.search.department.length === 0
                objectName: "searchField"
                text: page.search.text

                // Done typing: the keyboard makes room for what was found.
                onAccepted: field.focus = false
                onCleared: page.textTyped("")
                onTextEdited: page.textTyped(text)
            }
        }
        Flow {
            spacing: Theme.space4
            width: parent.width

            Chip {
                chosen: true
                glyph: "close"
                objectName: "departmentChip"
                text: page.search.department
                visible: text.length > 0

                onClicked: page.departmentCleared()
            }
            ToggleSwitch {
                objectName: "hereOnly"
                on: page.search.hereOnly
                text: qsTr("Only what is in stock here")

                onClicked: page.hereOnlyRequested(!on)
            }
        }
        StyledText {
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
        bottomMargin: Theme.margin
        cellHeight: page.cell - Theme.gutter + Theme.tileText + Theme.space2
        cellWidth: page.cell
        clip: true
        model: page.search.results
        visible: page.search.asked && !page.nothing

        onMovementStarted: field.focus = false

        delegate: Item {
            id: place

            required property var productId
            required property int index
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
                title: place.title
                width: implicitWidth

                onClicked: page.productRequested(place.productId)
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
        visible: !grid.visible

        Column {
            id: help

            spacing: Theme.space4
            width: parent.width - Theme.margin * 2
            x: Theme.margin

            DisplayText {
                size: Theme.textTitle
                text: page.nothing ? qsTr("Nothing found for this") : qsTr("Type a word, or scan a product")
                width: Math.min(parent.width, Theme.readable)
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLead
                lineHeight: Theme.leading
                text: page.nothing && page.search.hereOnly
                      ? qsTr("Not in this store at the moment. Other stores may have it: switch the filter off.")
                      : page.nothing ? qsTr("Try fewer or other words. Our staff are glad to help as well.")
                                     : qsTr("Names, brands, colours and the number below the barcode all work. "
                                            + "Or begin with a department:")
                width: Math.min(parent.width, Theme.readable)
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

                        onClicked: page.departmentRequested(departmentId, title)
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
}

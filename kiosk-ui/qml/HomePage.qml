pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

Flickable {
    id: page

    required property StoreFront store

    signal browseRequested()
    signal searchRequested()
    signal findOrderRequested()
    signal departmentRequested(var id, string title)
    signal productRequested(var id)

    readonly property int columns: Theme.portrait ? 2 : 4
    readonly property real columnWidth: Math.floor((width - Theme.margin * 2 - Theme.gutter * (columns - 1)) / columns)

    boundsBehavior: Flickable.DragOverBounds
    contentHeight: column.implicitHeight + Theme.margin * 2
    flickableDirection: Flickable.VerticalFlick
    objectName: "homePage"

    Column {
        id: column

        spacing: Theme.space5
        width: page.width
        y: Theme.margin

        Grid {
            id: about

            readonly property real cell: width / columns

            columns: Theme.stacks ? 1 : 2
            width: page.width - Theme.margin * 2
            x: Theme.margin

            StyledText {
                font.weight: Font.DemiBold
                text: page.store.name
                width: about.cell
            }
            StyledText {
                color: Theme.inkSoft
                horizontalAlignment: about.columns === 1 ? Text.AlignLeft : Text.AlignRight
                text: page.store.opening
                width: about.cell
            }
        }
        Grid {
            id: searchGrid

            columnSpacing: Theme.space6
            columns: Theme.portrait || Theme.stacks ? 1 : 2
            rowSpacing: Theme.space5
            verticalItemAlignment: Grid.AlignVCenter
            width: page.width - Theme.margin * 2
            x: Theme.margin

            DisplayText {
                size: Theme.portrait ? Theme.textDisplay : Theme.textTitle
                text: qsTr("What are you looking for?")
                width: searchGrid.columns === 1 ? parent.width : Math.round(parent.width * 0.46) - Theme.space6
            }
            AbstractButton {
                id: searchButton

                Accessible.name: text
                Accessible.role: Accessible.Button
                Accessible.onPressAction: searchButton.clicked()
                height: Math.max(Theme.touch + Theme.space2, searchWords.implicitHeight + Theme.space3 * 2)
                objectName: "homeSearch"
                text: qsTr("Search by name, brand or number")
                width: searchGrid.columns === 1 ? parent.width : Math.round(parent.width * 0.54)

                background: Rectangle {
                    border.color: searchButton.visualFocus ? Theme.accent : Theme.ink
                    border.width: searchButton.visualFocus ? Theme.hair * 2 : Theme.fieldLine
                    color: searchButton.down ? Theme.plateStrong : Theme.plate
                    radius: Math.min(height, Theme.touch + Theme.space2) / 2
                }
                Item {
                    anchors.fill: parent
                    Glyph {
                        id: lens

                        anchors.left: parent.left
                        anchors.leftMargin: Theme.space4
                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.ink
                        height: Theme.icon
                        name: "search"
                        width: height
                    }
                    StyledText {
                        id: searchWords

                        anchors.left: lens.right
                        anchors.leftMargin: Theme.space3
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.space3
                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.inkFaint
                        font.pixelSize: Theme.textLead
                        text: searchButton.text
                    }
                }

                onClicked: page.searchRequested()
            }
        }
        Grid {
            id: ways

            readonly property real cell: (width - spacing * (columns - 1)) / columns
            readonly property real line: Math.max(browse.implicitHeight, order.implicitHeight)

            columns: Theme.stacks ? 1 : 2
            spacing: Theme.space3
            width: page.width - Theme.margin * 2
            x: Theme.margin

            ActionButton {
                id: browse

                glyph: "pin"
                height: ways.line
                objectName: "homeBrowse"
                text: qsTr("See what is here today")
                width: ways.cell

                onClicked: page.browseRequested()
            }
            ActionButton {
                id: order

                glyph: "bag"
                height: ways.line
                objectName: "homeFindOrder"
                text: qsTr("Collect or return an order")
                width: ways.cell

                onClicked: page.findOrderRequested()
            }
        }
        SectionTitle {
            text: qsTr("Offers right now")
            topPadding: Theme.space3
            visible: offers.count > 0
            width: page.width - Theme.margin * 2
            x: Theme.margin
        }
        ListView {
            id: offers

            boundsBehavior: Flickable.DragOverBounds
            clip: true
            height: Theme.tile + Theme.tileText
            leftMargin: Theme.margin
            model: page.store.offers
            orientation: ListView.Horizontal
            rightMargin: Theme.margin
            spacing: Theme.gutter
            visible: count > 0
            width: page.width

            delegate: ProductTile {
                required property var productId
                required property int index

                height: implicitHeight
                objectName: "offer-" + index
                width: implicitWidth

                onClicked: page.productRequested(productId)
            }
        }
        SectionTitle {
            text: qsTr("Departments")
            topPadding: Theme.space3
            width: page.width - Theme.margin * 2
            x: Theme.margin
        }
        Grid {
            columnSpacing: Theme.gutter
            columns: page.columns
            rowSpacing: Theme.space4
            x: Theme.margin

            Repeater {
                model: page.store.departments

                delegate: DepartmentTile {
                    required property var departmentId
                    required property int index

                    height: implicitHeight
                    implicitWidth: page.columnWidth
                    objectName: "department-" + index
                    width: page.columnWidth

                    onClicked: page.departmentRequested(departmentId, title)
                }
            }
        }
    }
}

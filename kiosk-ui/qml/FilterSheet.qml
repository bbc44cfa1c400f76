pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Silta.Kiosk

// What a result can be narrowed to and ordered by: from below on a tall screen, where hands are, from the side on a wide one.
Rectangle {
    id: sheet

    required property SearchView search
    property bool open: false

    signal dismissed()

    readonly property real inner: panel.width - Theme.margin * 2

    color: Theme.scrim
    objectName: "filterSheet"
    opacity: open ? 1 : 0
    visible: opacity > 0

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.fast
        }
    }

    MouseArea {
        Accessible.name: qsTr("Close")
        Accessible.role: Accessible.Button
        anchors.fill: parent

        Accessible.onPressAction: sheet.dismissed()

        onClicked: sheet.dismissed()
    }
    Rectangle {
        id: panel

        anchors.bottom: parent.bottom
        anchors.right: parent.right
        color: Theme.ground
        height: Theme.portrait ? Math.round(parent.height * 0.86) : parent.height
        radius: Theme.portrait ? Theme.radiusLarge : 0
        width: Theme.portrait ? parent.width : Math.round(parent.width * (Theme.stacks ? 0.7 : 0.52))

        transform: Translate {
            y: sheet.open ? 0 : Theme.rise

            Behavior on y {
                NumberAnimation {
                    duration: Theme.calm
                    easing.type: Easing.OutCubic
                }
            }
        }

        MouseArea {
            anchors.fill: parent
        }
        // The lower corners lie outside the screen.
        Rectangle {
            anchors.bottom: parent.bottom
            color: Theme.ground
            height: Theme.portrait ? Theme.radiusLarge : 0
            width: parent.width
        }
        Item {
            id: head

            anchors.left: parent.left
            anchors.margins: Theme.margin
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.topMargin: Theme.space4
            height: Math.max(close.height, title.implicitHeight)

            SectionTitle {
                id: title

                anchors.left: parent.left
                anchors.right: close.left
                anchors.rightMargin: Theme.space3
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Filter and sort")
            }
            IconButton {
                id: close

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                glyph: "close"
                objectName: "filterClose"
                text: qsTr("Close")

                onClicked: sheet.dismissed()
            }
        }
        Flickable {
            id: scroll

            anchors.bottom: foot.top
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: head.bottom
            anchors.topMargin: Theme.space3
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            contentHeight: column.implicitHeight + Theme.space5
            flickableDirection: Flickable.VerticalFlick

            ScrollBar.vertical: ScrollBar {
                policy: scroll.contentHeight > scroll.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
            }

            Column {
                id: column

                spacing: Theme.space5
                width: sheet.inner
                x: Theme.margin
                y: Theme.space2

                Column {
                    spacing: Theme.space2
                    width: parent.width

                    StyledText {
                        Accessible.name: text
                        Accessible.role: Accessible.Heading
                        font.pixelSize: Theme.textLead
                        font.weight: Font.DemiBold
                        text: qsTr("Sort by")
                        width: parent.width
                    }
                    Flow {
                        spacing: Theme.space2
                        width: parent.width

                        Repeater {
                            model: [[SearchView.BestMatch, qsTr("Best match")],
                                    [SearchView.PriceUp, qsTr("Lowest price")],
                                    [SearchView.PriceDown, qsTr("Highest price")],
                                    [SearchView.Rating, qsTr("Best rated")]]

                            delegate: Chip {
                                required property var modelData
                                required property int index

                                // Outlives the sheet by a moment.
                                chosen: sheet !== null && sheet.search.order === modelData[0]
                                maximumWidth: sheet.inner
                                objectName: "order-" + index
                                text: modelData[1]

                                onClicked: sheet.search.setOrder(modelData[0])
                            }
                        }
                    }
                }
                FacetGroup {
                    choices: sheet.search.departments
                    prefix: "departmentFacet"
                    title: qsTr("Departments")
                    width: parent.width

                    onChosen: (key, label) => sheet.search.setDepartment(Number(key), label)
                }
                FacetGroup {
                    choices: sheet.search.prices
                    prefix: "price"
                    title: qsTr("Price")
                    width: parent.width

                    onChosen: key => sheet.search.toggle(SearchView.Price, key)
                }
                FacetGroup {
                    choices: sheet.search.colors
                    prefix: "color"
                    title: qsTr("Colour")
                    width: parent.width

                    onChosen: key => sheet.search.toggle(SearchView.Color, key)
                }
                FacetGroup {
                    choices: sheet.search.sizes
                    prefix: "size"
                    title: qsTr("Size")
                    width: parent.width

                    onChosen: key => sheet.search.toggle(SearchView.Size, key)
                }
                FacetGroup {
                    choices: sheet.search.brands
                    prefix: "brand"
                    title: qsTr("Brand")
                    width: parent.width

                    onChosen: key => sheet.search.toggle(SearchView.Brand, key)
                }
                FacetGroup {
                    choices: sheet.search.stars
                    prefix: "stars"
                    title: qsTr("Rating")
                    width: parent.width

                    onChosen: key => sheet.search.toggle(SearchView.Stars, key)
                }
            }
        }
        Rectangle {
            id: foot

            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            color: Theme.ground
            height: buttons.implicitHeight + Theme.space3 * 2

            Rectangle {
                color: Theme.line
                height: Theme.hair
                width: parent.width
            }
            Grid {
                id: buttons

                readonly property bool clears: sheet.search.chosen.count > 0

                anchors.verticalCenter: parent.verticalCenter
                columns: Theme.stacks || !clears ? 1 : 2
                spacing: Theme.space3
                width: sheet.inner
                x: Theme.margin

                ActionButton {
                    objectName: "filterClear"
                    text: qsTr("Clear all filters")
                    visible: buttons.clears
                    width: (buttons.width - buttons.spacing * (buttons.columns - 1)) / buttons.columns

                    onClicked: sheet.search.clearChoices()
                }
                ActionButton {
                    objectName: "filterDone"
                    strong: true
                    text: sheet.search.busy ? qsTr("Show products") : qsTr("Show %n product(s)", "", sheet.search.total)
                    width: (buttons.width - buttons.spacing * (buttons.columns - 1)) / buttons.columns

                    onClicked: sheet.dismissed()
                }
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// One item: its picture, its price, where it is; and the one main action, always in reach.
Item {
    id: page

    required property ProductView product
    required property WishlistView wishlist

    signal backRequested()
    signal variantRequested(var id)
    signal orderRequested()
    signal wishRequested()
    signal wishlistRequested()

    property bool zoomed: false

    readonly property bool wished: wishlist.count > 0 && wishlist.holds(product.sku)

    objectName: "productPage"

    // First, as it stands; over the picture.
    IconButton {
        anchors.left: parent.left
        anchors.margins: Theme.space4
        anchors.top: parent.top
        glyph: page.LayoutMirroring.enabled ? "next" : "back"
        objectName: "back"
        text: qsTr("Back")
        z: 1

        onClicked: page.backRequested()
    }
    Picture {
        id: side

        height: parent.height
        radius: 0
        seed: page.product.sku
        source: Theme.portrait ? "" : page.product.picture
        visible: !Theme.portrait
        width: Theme.portrait ? 0 : Math.round(parent.width * 0.46)
    }
    Flickable {
        id: scroll

        anchors.bottom: actions.top
        anchors.left: side.right
        anchors.right: parent.right
        anchors.top: parent.top
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: column.y + column.implicitHeight + Theme.margin
        opacity: page.product.ready ? 1 : 0

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.fast
            }
        }

        Picture {
            id: hero

            height: Theme.portrait ? Math.round(page.height * 0.44) : 0
            radius: 0
            seed: page.product.sku
            source: Theme.portrait ? page.product.picture : ""
            visible: Theme.portrait
            width: parent.width
        }
        Column {
            id: column

            spacing: Theme.space4
            width: scroll.width - Theme.margin * 2
            x: Theme.margin
            y: hero.height + (Theme.portrait ? Theme.space5 : Theme.margin)

            Column {
                spacing: Theme.space2
                width: parent.width

                StyledText {
                    color: Theme.inkSoft
                    text: page.product.brand
                    visible: text.length > 0
                    width: parent.width
                }
                DisplayText {
                    size: Theme.textTitle
                    objectName: "productTitle"
                    text: page.product.title
                    width: parent.width
                }
            }
            Item {
                height: Math.max(price.implicitHeight, rating.implicitHeight)
                width: parent.width

                PriceText {
                    id: price

                    anchors.left: parent.left
                    anchors.verticalCenter: parent.verticalCenter
                    now: page.product.priceText
                    pixelSize: Theme.textTitle
                    regular: page.product.regularPriceText
                }
                Row {
                    id: rating

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.space1
                    visible: page.product.ratingText.length > 0

                    Glyph {
                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.ink
                        filled: true
                        height: Theme.iconSmall
                        name: "star"
                        width: height
                    }
                    StyledText {
                        font.weight: Font.DemiBold
                        text: page.product.ratingText
                        wrapMode: Text.NoWrap
                    }
                    StyledText {
                        color: Theme.inkSoft
                        text: page.product.ratingCountText
                        wrapMode: Text.NoWrap
                    }
                }
            }
            StyledText {
                color: Theme.inkSoft
                font.pixelSize: Theme.textLabel
                objectName: "unitPrice"
                text: page.product.unitPriceText
                visible: text.length > 0
                width: parent.width
            }
            StyledText {
                color: Theme.accent
                font.pixelSize: Theme.textLabel
                text: page.product.offerText
                visible: text.length > 0
                width: parent.width
            }
            Rectangle {
                color: Theme.plate
                height: here.implicitHeight + Theme.space4 * 2
                radius: Theme.radius
                width: parent.width

                Column {
                    id: here

                    anchors.left: parent.left
                    anchors.margins: Theme.space4
                    anchors.right: aisle.visible ? aisle.left : parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.space1

                    StyledText {
                        color: Theme.inkSoft
                        font.pixelSize: Theme.textLabel
                        text: qsTr("In this store")
                        width: parent.width
                    }
                    StockLine {
                        kind: page.product.hereKind
                        pixelSize: Theme.textLead
                        words: page.product.hereText
                    }
                    StyledText {
                        color: Theme.inkSoft
                        font.pixelSize: Theme.textSmall
                        text: page.product.stockAgeText
                        visible: text.length > 0
                        width: parent.width
                    }
                }
                Column {
                    id: aisle

                    anchors.margins: Theme.space4
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    visible: page.product.aisle.length > 0

                    StyledText {
                        anchors.right: parent.right
                        color: Theme.inkSoft
                        font.pixelSize: Theme.textLabel
                        text: qsTr("Aisle")
                        wrapMode: Text.NoWrap
                    }
                    DisplayText {
                        Accessible.role: Accessible.StaticText
                        anchors.right: parent.right
                        size: Theme.textTitle
                        objectName: "aisle"
                        text: page.product.aisle
                        wrapMode: Text.NoWrap
                    }
                }
            }
            Item {
                height: Math.max(sign.height, promise.implicitHeight)
                visible: promise.text.length > 0
                width: parent.width

                Glyph {
                    id: sign

                    color: Theme.inkSoft
                    height: Theme.iconSmall
                    name: "bag"
                    width: height
                }
                StyledText {
                    id: promise

                    anchors.left: sign.right
                    anchors.leftMargin: Theme.space2
                    anchors.right: parent.right
                    color: Theme.inkSoft
                    objectName: "productPromise"
                    text: page.product.promiseText
                }
            }
            VariantRow {
                choices: page.product.colors
                label: qsTr("Colour")
                pictures: page.product.colorsHavePictures
                value: page.product.color
                width: parent.width

                onChosen: id => page.variantRequested(id)
            }
            VariantRow {
                choices: page.product.sizes
                label: qsTr("Size")
                value: page.product.size
                width: parent.width

                onChosen: id => page.variantRequested(id)
            }
            StyledText {
                font.pixelSize: Theme.textBody
                lineHeight: Theme.leading
                text: page.product.description
                visible: text.length > 0
                width: parent.width
            }
            Column {
                visible: stores.count > 0
                width: parent.width

                SectionTitle {
                    bottomPadding: Theme.space2
                    text: qsTr("In other stores")
                    topPadding: Theme.space3
                    width: parent.width
                }
                Repeater {
                    id: stores

                    model: page.product.otherStores

                    delegate: StoreRow {
                        width: column.width
                    }
                }
            }
            SectionTitle {
                text: qsTr("What others say")
                topPadding: Theme.space3
                visible: page.product.ratingText.length > 0
                width: parent.width
            }
            RatingBlock {
                average: page.product.ratingText
                count: page.product.ratingCountText
                shares: page.product.ratingShares
                width: parent.width
            }
            Repeater {
                model: page.product.reviews

                delegate: ReviewCard {
                    topPadding: Theme.space3
                    width: column.width
                }
            }
            StyledText {
                color: Theme.inkFaint
                font.pixelSize: Theme.textSmall
                text: qsTr("Product number %1").arg(page.product.numberText)
                topPadding: Theme.space3
                width: parent.width
            }
        }
    }
    IconButton {
        anchors.bottom: Theme.portrait ? undefined : side.bottom
        anchors.bottomMargin: Theme.space4
        anchors.right: Theme.portrait ? parent.right : side.right
        anchors.rightMargin: Theme.space4
        glyph: "search"
        objectName: "zoomPicture"
        text: qsTr("Look closer")
        visible: page.product.picture.length > 0 && (!Theme.portrait || y > Theme.space4)
        // On a tall screen it moves away with the picture.
        y: hero.height - height - Theme.space4 - scroll.contentY

        onClicked: page.zoomed = true
    }
    Rectangle {
        id: actions

        anchors.bottom: parent.bottom
        anchors.left: side.right
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

            readonly property real cell: (width - spacing * (columns - 1)) / columns

            anchors.verticalCenter: parent.verticalCenter
            columns: Theme.stacks ? 1 : 2
            spacing: Theme.space3
            width: parent.width - Theme.margin * 2
            x: Theme.margin

            ActionButton {
                enabled: page.product.ready && !page.wishlist.busy
                glyph: "heart"
                glyphFilled: page.wished
                objectName: page.wished ? "showWishlist" : "addToWishlist"
                text: page.wished ? qsTr("On your list") : qsTr("Add to my list")
                width: buttons.cell

                onClicked: page.wished ? page.wishlistRequested() : page.wishRequested()
            }
            ActionButton {
                enabled: page.product.ready && page.product.priceText.length > 0
                glyph: "bag"
                objectName: "orderProduct"
                strong: true
                text: qsTr("Order or reserve")
                width: buttons.cell

                onClicked: page.orderRequested()
            }
        }
    }
    PictureZoom {
        anchors.fill: parent
        open: page.zoomed
        source: page.product.picture
        z: 2

        onDismissed: page.zoomed = false
    }
}

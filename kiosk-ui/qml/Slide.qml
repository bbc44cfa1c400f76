pragma ComponentBehavior: Bound

import QtQuick
import Silta.Kiosk

// One product for those who pass by: its picture as large as the place, and what is to be known on a card.
Item {
    id: slide

    required property string kicker
    required property string title
    required property string brand
    required property string priceText
    required property string regularPriceText
    required property string place
    required property string seed
    property string source: "" // of the picture; empty while it need not be loaded

    Picture {
        anchors.fill: parent
        cells: Theme.portrait ? 4 : 5
        radius: 0
        seed: slide.seed
        source: slide.source
    }
    Rectangle {
        id: card

        readonly property real inner: Math.min(slide.width - Theme.space5 * 2, Theme.slideCard) - Theme.space4 * 2

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.margins: Theme.space5
        color: Theme.ground
        height: caption.implicitHeight + Theme.space4 * 2
        radius: Theme.radiusLarge
        width: inner + Theme.space4 * 2

        Column {
            id: caption

            anchors.centerIn: parent
            spacing: Theme.space2
            width: card.inner

            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.StaticText
                color: Theme.accent
                font.pixelSize: Theme.textLabel
                font.weight: Font.DemiBold
                objectName: "slideKicker"
                text: slide.kicker
                width: parent.width
            }
            StyledText {
                Accessible.name: text
                Accessible.role: Accessible.StaticText
                elide: Text.ElideRight
                font.pixelSize: Theme.textLead
                font.weight: Font.Medium
                maximumLineCount: 2
                text: slide.title
                width: parent.width
            }
            Flow {
                spacing: Theme.space3
                width: parent.width

                PriceText {
                    id: price

                    now: slide.priceText
                    pixelSize: Theme.textTitle
                    regular: slide.regularPriceText
                }
                Row {
                    height: Math.max(price.height, placeWords.implicitHeight)
                    spacing: Theme.space1
                    visible: slide.place.length > 0

                    Glyph {
                        id: pin

                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.inkSoft
                        height: Theme.iconSmall
                        name: "pin"
                        width: height
                    }
                    StyledText {
                        id: placeWords

                        Accessible.name: text
                        Accessible.role: Accessible.StaticText
                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.inkSoft
                        text: slide.place
                        width: Math.min(Math.ceil(natural.advanceWidth) + 1,
                                        card.inner - pin.width - parent.spacing)

                        TextMetrics {
                            id: natural

                            font: placeWords.font
                            text: slide.place
                        }
                    }
                }
            }
        }
    }
}

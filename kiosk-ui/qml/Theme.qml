pragma ComponentBehavior: Bound
pragma Singleton

import QtQuick

// The design system: the only place that knows colours, sizes, type and motion.
// One unit is 1/1080 of the window's shorter side, so a page looks the same on every screen of a shape.
QtObject {
    id: theme

    // Set by Main from its window.
    property real windowWidth: 1080
    property real windowHeight: 1920

    // Set by Main from what the shopper chose.
    property real textScale: 1
    property bool highContrast: false
    property bool lessMotion: false

    readonly property bool portrait: windowHeight > windowWidth
    readonly property real unit: Math.max(0.66, Math.min(windowWidth, windowHeight) / 1080)

    // Colour roles
    readonly property color ground: "#ffffff"
    readonly property color plate: highContrast ? "#ffffff" : "#f3f3f0"
    readonly property color plateStrong: highContrast ? "#dcdcd6" : "#e9e9e5"
    readonly property color line: highContrast ? "#16181b" : "#e0e0db"
    readonly property color ink: highContrast ? "#000000" : "#16181b"
    readonly property color inkSoft: highContrast ? "#000000" : "#5a5f66"
    readonly property color inkFaint: highContrast ? "#33373c" : "#70757c"
    readonly property color paper: "#ffffff"
    readonly property color paperSoft: highContrast ? "#ffffff" : "#c9cbce"
    readonly property color accent: highContrast ? "#9c1406" : "#d22f1c"
    readonly property color accentWash: "#fcefec"
    readonly property color good: highContrast ? "#0a5531" : "#1b7a4b"
    readonly property color few: highContrast ? "#6b3e00" : "#a86200"
    readonly property color scrim: highContrast ? "#f2000000" : "#cc16181b"

    // While the store is closed
    readonly property color night: "#0c0d0f"
    readonly property color nightInk: "#a9adb3"

    // What stands for a picture: a ground and three colours on it, one line for each choice
    readonly property list<color> motifs: ["#f3e3d0", "#d9542b", "#21403f", "#e9b44c",
                                           "#dfe9e4", "#1f6f5c", "#f2a65a", "#123c3a",
                                           "#e6e4f2", "#4b4f9e", "#f0b7a4", "#26284f",
                                           "#f7dfd9", "#a63a50", "#f1c453", "#3d2338",
                                           "#dcebf2", "#1e5f8a", "#f4c095", "#12344d",
                                           "#efe9d2", "#7a8b3c", "#d98f2b", "#38441f"]

    // A screen's own, to be tested by: not the house's
    readonly property list<color> screenColors: ["#ff0000", "#00ff00", "#0000ff", "#ffffff", "#808080", "#000000"]

    function stockColor(kind: string): color {
        return kind === "in-stock" ? theme.good : kind === "last-few" ? theme.few : theme.inkFaint;
    }

    // Signs stand beside words and keep up with them.
    readonly property real signScale: 1 + (textScale - 1) * 0.5

    // Spacing
    readonly property real hair: Math.max(1, Math.round(2 * unit))
    readonly property real space1: Math.round(8 * unit)
    readonly property real space2: Math.round(16 * unit)
    readonly property real space3: Math.round(24 * unit)
    readonly property real space4: Math.round(32 * unit)
    readonly property real space5: Math.round(48 * unit)
    readonly property real space6: Math.round(64 * unit)
    readonly property real space7: Math.round(96 * unit)
    readonly property real margin: portrait ? space6 : Math.round(72 * unit)
    readonly property real gutter: space3

    // A fingertip needs 20 mm: 88 px or more on the screens kiosks have.
    readonly property real touch: Math.max(88, Math.round(96 * unit))
    readonly property real touchSmall: Math.max(88, Math.round(88 * unit))
    // Larger words want a line of their own.
    readonly property bool stacks: textScale > 1.25
    readonly property real navSize: Math.max(104, Math.round((portrait ? (stacks ? 300 : 144)
                                                                       : 152 + 150 * (textScale - 1)) * unit))
    readonly property real radius: Math.round(14 * unit)
    readonly property real radiusLarge: Math.round(28 * unit)
    readonly property real fieldLine: highContrast ? hair : 0 // of a field that is not typed into
    readonly property real icon: Math.round(40 * unit * signScale)
    readonly property real iconSmall: Math.round(30 * unit * signScale)
    readonly property real iconLarge: Math.round(96 * unit)
    readonly property real dot: Math.round(14 * unit * signScale)
    readonly property real qr: Math.round(360 * unit)
    readonly property real barcode: Math.round((portrait ? 150 : 104) * unit)
    readonly property real thumb: Math.round(168 * unit)
    readonly property real swatch: Math.max(88, Math.round(112 * unit))
    readonly property real tile: Math.round((portrait ? 372 : 330) * unit)
    readonly property real tileText: Math.round(232 * unit * textScale)
    readonly property real slideCard: Math.round(760 * unit * signScale)
    readonly property real readable: Math.round(880 * unit * signScale)

    // Type. Headings are read from afar already: they grow by a part of what running text grows by.
    readonly property real headingScale: 1 + (textScale - 1) * 0.3
    readonly property string displayFamily: "Inter Display"
    readonly property real textGiant: Math.round((portrait ? 124 : 100) * unit * headingScale)
    readonly property real textDisplay: Math.round(84 * unit * headingScale)
    readonly property real textTitle: Math.round(58 * unit * headingScale)
    readonly property real textHeadline: Math.round(42 * unit * (1 + (textScale - 1) * 0.6))
    readonly property real textLead: Math.round(34 * unit * textScale)
    readonly property real textBody: Math.round(28 * unit * textScale)
    readonly property real textLabel: Math.round(25 * unit * textScale)
    readonly property real textSmall: Math.round(23 * unit * textScale)
    readonly property real tight: -0.022
    readonly property real leading: 1.35
    readonly property real leadingTight: 1.04

    // Motion: opacity and position only
    readonly property int fast: lessMotion ? 0 : 140
    readonly property int calm: lessMotion ? 0 : 320
    readonly property int slow: lessMotion ? 0 : 900
    readonly property int carousel: 6000
    readonly property real staffPress: 2.5 // seconds: nobody rests a finger so long by chance
    readonly property real rise: lessMotion ? 0 : Math.round(20 * unit)
    readonly property real pressed: 0.62
    readonly property real disabled: 0.38
}

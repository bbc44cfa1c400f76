pragma ComponentBehavior: Bound

import QtQuick
import QtTest
import Silta.Kiosk

// Controls for fingers: size, names for those who do not see, signals.
Item {
    height: Theme.windowHeight
    width: Theme.windowWidth

    ActionButton {
        id: button

        text: "Go"
    }
    ConsentBox {
        id: consent

        text: "I agree to everything that is written here, at some length, over several lines of text."
        width: Theme.tile
        y: 120
    }
    PriceText {
        id: price

        now: "€3.00"
        regular: ""
        y: 400
    }
    SignalSpy {
        id: clicks

        signalName: "clicked"
        target: button
    }
    TestCase {
        function init(): void {
            failOnWarning(/.?/);
        }
        function test_touchTargetsAreLargeEnough(): void {
            verify(button.height >= 88);
            verify(consent.height >= 88);
            verify(Theme.touch >= 88 && Theme.touchSmall >= 88);
        }
        function test_consentGrowsWithItsWording(): void {
            verify(consent.implicitHeight > Theme.touchSmall);
        }
        function test_buttonIsNamedAndClicks(): void {
            compare(button.Accessible.name, "Go");
            mouseClick(button);
            compare(clicks.count, 1);
        }
        function test_offerIsInTheAccentOnlyWhenReduced(): void {
            verify(!Qt.colorEqual(price.children[0].color, Theme.accent));
            price.regular = "€4.00";
            verify(Qt.colorEqual(price.children[0].color, Theme.accent));
        }
        function test_stockIsToldByColour_data(): var {
            return [{ tag: "in-stock", color: Theme.good }, { tag: "last-few", color: Theme.few },
                    { tag: "out", color: Theme.inkFaint }, { tag: "unknown", color: Theme.inkFaint }];
        }
        function test_stockIsToldByColour(data: var): void {
            verify(Qt.colorEqual(Theme.stockColor(data.tag), data.color));
        }
        function test_textIsReadableOnItsGround_data(): var {
            return [{ tag: "ink", color: Theme.ink }, { tag: "inkSoft", color: Theme.inkSoft },
                    { tag: "inkFaint", color: Theme.inkFaint }, { tag: "accent", color: Theme.accent },
                    { tag: "good", color: Theme.good }, { tag: "few", color: Theme.few }];
        }
        // WCAG 2.2, 1.4.3: 4.5 to 1 against white, and against the plate that texts also stand on.
        function test_textIsReadableOnItsGround(data: var): void {
            const linear = part => part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
            const light = color => 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
            verify((light(Theme.ground) + 0.05) / (light(data.color) + 0.05) >= 4.5);
            if (data.tag !== "inkFaint" && data.tag !== "few")
                verify((light(Theme.plate) + 0.05) / (light(data.color) + 0.05) >= 4.4);
        }

        name: "Components"
        when: windowShown
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Silta.Kiosk

// The window: pages, the way between them, and what may lie over them.
Window {
    id: window

    required property KioskController controller
    property url keyboardPanel

    readonly property bool idlePage: controller.page === KioskController.Attract
                                     || controller.page === KioskController.Waiting

    property bool choosingLanguage: false
    property string screenTest: ""

    color: Theme.ground
    title: controller.store.name

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: controller.rightToLeft

    Binding {
        property: "windowWidth"
        restoreMode: Binding.RestoreNone
        target: Theme
        value: window.width
    }
    Binding {
        property: "windowHeight"
        restoreMode: Binding.RestoreNone
        target: Theme
        value: window.height
    }
    Binding {
        property: "textScale"
        restoreMode: Binding.RestoreNone
        target: Theme
        value: window.controller.reading.textScale
    }
    Binding {
        property: "highContrast"
        restoreMode: Binding.RestoreNone
        target: Theme
        value: window.controller.reading.highContrast
    }
    Binding {
        property: "lessMotion"
        restoreMode: Binding.RestoreNone
        target: Theme
        value: window.controller.reading.lessMotion
    }
    Connections {
        function onPageChanged(): void {
            window.choosingLanguage = false;
            window.screenTest = "";
        }

        target: window.controller
    }

    Item {
        id: content

        anchors.bottom: Theme.portrait && nav.visible ? nav.top : parent.bottom
        anchors.bottomMargin: Math.max(0, keyboard.height - (Theme.portrait && nav.visible ? nav.height : 0))
        anchors.left: Theme.portrait || !nav.visible ? parent.left : nav.right
        anchors.right: parent.right
        anchors.top: banner.bottom

        PageSlot {
            controller: window.controller
            page: KioskController.Attract
            content: AttractPage {
                anchors.fill: parent
                language: window.controller.language
                languageNames: window.controller.languageNames
                languages: window.controller.languages
                store: window.controller.store

                onLanguageChosen: code => window.controller.setLanguage(code)
                onLeaveRequested: window.controller.openHome()
            }
        }
        PageSlot {
            controller: window.controller
            kept: true
            page: KioskController.Home
            content: HomePage {
                anchors.fill: parent
                store: window.controller.store

                onDepartmentRequested: (id, title) => window.controller.openDepartment(id, title)
                onFindOrderRequested: window.controller.openFindOrder()
                onBrowseRequested: window.controller.browseStore()
                onProductRequested: id => window.controller.openProduct(id)
                onSearchRequested: window.controller.openSearch()
            }
        }
        PageSlot {
            controller: window.controller
            kept: true
            page: KioskController.Search
            content: SearchPage {
                anchors.fill: parent
                recent: window.controller.recent
                search: window.controller.search
                store: window.controller.store

                onBackRequested: window.controller.back()
                onProductRequested: id => window.controller.openProduct(id)
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Product
            content: ProductPage {
                anchors.fill: parent
                product: window.controller.product
                wishlist: window.controller.wishlist

                onBackRequested: window.controller.back()
                onOrderRequested: window.controller.orderProduct()
                onVariantRequested: id => window.controller.openVariant(id)
                onWishRequested: window.controller.addToWishlist()
                onWishlistRequested: window.controller.openWishlist()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Wishlist
            content: WishlistPage {
                anchors.fill: parent
                wishlist: window.controller.wishlist

                onBackRequested: window.controller.back()
                onHomeRequested: window.controller.openHome()
                onOrderRequested: window.controller.orderWishlist()
                onProductRequested: id => window.controller.openProduct(id)
                onRemoveRequested: sku => window.controller.removeFromWishlist(sku)
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Join
            content: JoinPage {
                anchors.fill: parent
                form: window.controller.signUp

                onBackRequested: window.controller.back()
                onEmailMarketingToggled: granted => window.controller.signUp.setEmailMarketing(granted)
                onSmsMarketingToggled: granted => window.controller.signUp.setSmsMarketing(granted)
                onSubmitted: (name, email, phone) => window.controller.signUp.submit(name, email, phone)
                onTermsToggled: granted => window.controller.signUp.setTerms(granted)
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Joined
            content: JoinedPage {
                anchors.fill: parent
                form: window.controller.signUp

                onFinishRequested: window.controller.resetSession()
                onHomeRequested: window.controller.openHome()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Member
            content: MemberPage {
                anchors.fill: parent
                card: window.controller.memberText
                wishlist: window.controller.wishlist

                onHomeRequested: window.controller.openHome()
                onWishlistRequested: window.controller.openWishlist()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Wifi
            content: WifiPage {
                anchors.fill: parent
                wifi: window.controller.wifi

                onBackRequested: window.controller.back()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Order
            content: OrderPage {
                anchors.fill: parent
                form: window.controller.orderForm

                onBackRequested: window.controller.back()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Ordered
            content: OrderedPage {
                anchors.fill: parent
                order: window.controller.orderView
                sending: window.controller.orderForm.state === OrderForm.Sending
                unsure: window.controller.orderForm.state === OrderForm.Unsure

                onAgainRequested: window.controller.orderForm.sendAgain()
                onElsewhereRequested: store => window.controller.orderElsewhere(store)
                onFinishRequested: window.controller.resetSession()
                onHomeRequested: window.controller.openHome()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.FindOrder
            content: FindOrderPage {
                anchors.fill: parent

                onBackRequested: window.controller.back()
                onNumberTyped: number => window.controller.findOrder(number)
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.FoundOrder
            content: FoundOrderPage {
                anchors.fill: parent
                order: window.controller.orderView

                onBackRequested: window.controller.back()
                onHomeRequested: window.controller.openHome()
                onRetryRequested: window.controller.openFindOrder()
                onReturnRequested: window.controller.openReturn()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.ReturnOrder
            content: ReturnPage {
                anchors.fill: parent
                order: window.controller.orderView

                onBackRequested: window.controller.back()
                onHomeRequested: window.controller.openHome()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.NotCarried
            content: HelpPage {
                anchors.fill: parent
                code: window.controller.scannedText
                help: qsTr("The code is sound, but this product is not in our range. Search for something like it, "
                           + "or ask our staff.")
                title: qsTr("We do not carry this product")

                onHomeRequested: window.controller.openHome()
                onSearchRequested: window.controller.openSearch()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.UnknownCode
            content: HelpPage {
                anchors.fill: parent
                code: window.controller.scannedText
                help: qsTr("It is not a product, a member card or a list of ours. Try the barcode on the package, or "
                           + "search by name.")
                title: qsTr("This code is new to us")

                onHomeRequested: window.controller.openHome()
                onSearchRequested: window.controller.openSearch()
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Staff
            content: StaffPage {
                anchors.fill: parent
                codes: window.controller.languages
                language: window.controller.language
                names: window.controller.languageNames
                staff: window.controller.staff

                onBackRequested: {
                    window.controller.staff.signOut();
                    window.controller.resetSession();
                }
                onLanguageChosen: code => window.controller.setLanguage(code)
                onRestartRequested: window.controller.restart()
                onTestRequested: kind => window.screenTest = kind
            }
        }
        PageSlot {
            controller: window.controller
            page: KioskController.Waiting
            content: WaitingPage {
                anchors.fill: parent
                steps: window.controller.waitingSteps
                title: window.controller.waitingTitle
                words: window.controller.waitingText
            }
        }
    }
    StatusBanner {
        id: banner

        anchors.left: content.left
        anchors.right: parent.right
        anchors.top: parent.top
        height: implicitHeight
        words: window.controller.page === KioskController.Waiting ? "" : window.controller.banner
    }
    NavBar {
        id: nav

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        height: Theme.portrait ? Theme.navSize : parent.height
        page: window.controller.page
        visible: !window.idlePage
        width: Theme.portrait ? parent.width : Theme.navSize
        wifi: window.controller.hasGuestNetwork
        wishes: window.controller.wishlist.count

        onFinishRequested: window.controller.resetSession()
        onHomeRequested: window.controller.openHome()
        onJoinRequested: window.controller.openJoin()
        onLanguageRequested: window.choosingLanguage = true
        onSearchRequested: window.controller.openSearch()
        onWifiRequested: window.controller.openWifi()
        onWishlistRequested: window.controller.openWishlist()
    }
    Notice {
        anchors.horizontalCenter: content.horizontalCenter
        anchors.top: content.top
        anchors.topMargin: Theme.space4
        words: window.controller.notice
    }
    // As tall as the open keyboard, else nothing; see KeyboardPanel.
    Loader {
        id: keyboard

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        source: window.keyboardPanel
    }
    Binding {
        property: "localeName"
        target: keyboard.item
        value: window.controller.localeName
        when: keyboard.status === Loader.Ready
    }
    LanguageSheet {
        anchors.fill: parent
        codes: window.controller.languages
        current: window.controller.language
        names: window.controller.languageNames
        open: window.choosingLanguage
        reading: window.controller.reading

        onChosen: code => {
            window.controller.setLanguage(code);
            window.choosingLanguage = false;
        }
        onDismissed: window.choosingLanguage = false
    }
    ScreenTest {
        anchors.fill: parent
        kind: window.screenTest

        onFinished: window.screenTest = ""
    }
    // The way in for staff: a finger that rests in the upper right corner. It takes nothing from what lies below.
    Item {
        anchors.right: parent.right
        anchors.top: parent.top
        height: Theme.touch
        objectName: "staffCorner"
        width: Theme.touch

        TapHandler {
            gesturePolicy: TapHandler.DragThreshold
            longPressThreshold: Theme.staffPress

            onLongPressed: window.controller.openStaff()
        }
    }
    Shortcut {
        sequence: "Ctrl+Alt+S"

        onActivated: window.controller.openStaff()
    }
    IdleWarning {
        anchors.fill: parent
        secondsLeft: window.controller.idle.secondsLeft
        shown: window.controller.idle.warning

        onFinishRequested: window.controller.resetSession()
        onStayRequested: window.controller.stillHere()
    }
}

// KioskController: the one object that pages read from and turn to.
#pragma once

#include "view/desk.h"
#include "view/idle_watch.h"
#include "view/order_form.h"
#include "view/order_view.h"
#include "view/product_view.h"
#include "view/reading_aids.h"
#include "view/recent_products.h"
#include "view/search_view.h"
#include "view/sign_up_form.h"
#include "view/staff_view.h"
#include "view/store_front.h"
#include "view/wifi_view.h"
#include "view/wishlist_view.h"

#include <silta/scan.h>

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <functional>

namespace silta::kiosk {

inline constexpr int kIdleSecondsDefault = 60;
inline constexpr int kStatusPollMs = 2'000;
/// An edge that has not answered for so long does not come back by being waited for.
inline constexpr std::int64_t kEdgeLostMs = 60'000;
/// Pages that back() can return to; older ones are forgotten.
inline constexpr int kHistoryMax = 32;

/// Thread: GUI. Never waits: questions go to the desk's services, answers come back as signals of properties.
class KioskController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made in main")
    Q_PROPERTY(Page page READ page NOTIFY pageChanged)
    /// Counts shoppers; a page kept for one is not shown to the next.
    Q_PROPERTY(int session READ session NOTIFY pageChanged)
    Q_PROPERTY(silta::kiosk::StoreFront* store READ store CONSTANT)
    Q_PROPERTY(silta::kiosk::SearchView* search READ search CONSTANT)
    Q_PROPERTY(silta::kiosk::ProductView* product READ product CONSTANT)
    Q_PROPERTY(silta::kiosk::RecentProducts* recent READ recent CONSTANT)
    Q_PROPERTY(silta::kiosk::WishlistView* wishlist READ wishlist CONSTANT)
    Q_PROPERTY(silta::kiosk::SignUpForm* signUp READ signUp CONSTANT)
    Q_PROPERTY(silta::kiosk::OrderForm* orderForm READ orderForm CONSTANT)
    Q_PROPERTY(silta::kiosk::OrderView* orderView READ orderView CONSTANT)
    Q_PROPERTY(silta::kiosk::WifiView* wifi READ wifi CONSTANT)
    Q_PROPERTY(silta::kiosk::StaffView* staff READ staff CONSTANT)
    Q_PROPERTY(silta::kiosk::ReadingAids* reading READ reading CONSTANT)
    Q_PROPERTY(silta::kiosk::IdleWatch* idle READ idle CONSTANT)
    Q_PROPERTY(QString language READ language NOTIFY languageChanged)
    Q_PROPERTY(QList<QString> languages READ languages CONSTANT)
    Q_PROPERTY(QList<QString> languageNames READ languageNames CONSTANT)
    Q_PROPERTY(QString localeName READ localeName NOTIFY languageChanged)
    Q_PROPERTY(bool rightToLeft READ rightToLeft NOTIFY languageChanged)
    Q_PROPERTY(bool edgeReachable READ edgeReachable NOTIFY statusChanged)
    Q_PROPERTY(bool enrolled READ enrolled NOTIFY statusChanged)
    Q_PROPERTY(bool hasGuestNetwork READ hasGuestNetwork NOTIFY statusChanged)
    /// What is wrong with the connection, in words; empty when nothing is.
    Q_PROPERTY(QString banner READ banner NOTIFY statusChanged)
    Q_PROPERTY(QString waitingTitle READ waitingTitle NOTIFY statusChanged)
    Q_PROPERTY(QString waitingText READ waitingText NOTIFY statusChanged)
    /// What staff can do about it, in order; empty while waiting is enough.
    Q_PROPERTY(QList<QString> waitingSteps READ waitingSteps NOTIFY statusChanged)
    /// The code that could not be placed, as it is printed.
    Q_PROPERTY(QString scannedText READ scannedText NOTIFY pageChanged)
    Q_PROPERTY(QString memberText READ memberText NOTIFY pageChanged)
    /// A short confirmation that fades by itself; empty when there is none.
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)

public:
    enum Page {
        Attract,
        Home,
        Search,
        Product,
        Wishlist,
        Join,
        Joined,
        Member,
        Wifi,
        Order,      ///< the form
        Ordered,    ///< its slip
        FindOrder,  ///< a number is typed, or a slip scanned
        FoundOrder, ///< what became of it
        ReturnOrder,
        NotCarried,
        UnknownCode,
        Staff, ///< what shoppers do not see
        Waiting
    };
    Q_ENUM(Page)
    using LanguageHook = std::function<void(const QString& language)>;
    using MediaHook = std::function<void(const QString& folder)>;
    using RestartHook = std::function<void()>;

    struct Options {
        QString language = QStringLiteral("en"); ///< the store's; every session begins in it
        int idleSeconds = kIdleSecondsDefault;
        LanguageHook useLanguage; ///< installs texts; may be empty
        RestartHook restart;      ///< ends the program, which is started anew; may be empty
        MediaHook useMedia;       ///< told where pictures are; may be empty
        ChainCodes codes;         ///< the member prefix is the edge's where that has one
    };

    KioskController(const Desk& desk, Options options, QObject* parent = nullptr);

    [[nodiscard]] Page page() const { return catalogReady_ || page_ == Staff ? page_ : Waiting; }
    [[nodiscard]] int session() const { return session_; }
    StoreFront* store() { return &store_; }
    SearchView* search() { return &search_; }
    ProductView* product() { return &product_; }
    RecentProducts* recent() { return &recent_; }
    WishlistView* wishlist() { return &wishlist_; }
    SignUpForm* signUp() { return &signUp_; }
    OrderForm* orderForm() { return &orderForm_; }
    OrderView* orderView() { return &orderView_; }
    WifiView* wifi() { return &wifi_; }
    StaffView* staff() { return &staff_; }
    ReadingAids* reading() { return &reading_; }
    IdleWatch* idle() { return &idle_; }
    [[nodiscard]] QString language() const { return language_; }
    [[nodiscard]] static QStringList languages();
    /// Each language by its own name, in the order of languages().
    [[nodiscard]] static QStringList languageNames();
    [[nodiscard]] QString localeName() const { return localeOf(language_).name(); }
    [[nodiscard]] bool rightToLeft() const { return localeOf(language_).textDirection() == Qt::RightToLeft; }
    [[nodiscard]] bool edgeReachable() const { return edgeReachable_; }
    [[nodiscard]] bool enrolled() const { return status_.enrolled; }
    [[nodiscard]] bool hasGuestNetwork() const { return status_.hasGuestNetwork; }
    [[nodiscard]] QString banner() const;
    [[nodiscard]] QString waitingTitle() const;
    [[nodiscard]] QString waitingText() const;
    [[nodiscard]] QStringList waitingSteps() const;
    [[nodiscard]] QString scannedText() const { return scannedText_; }
    [[nodiscard]] QString memberText() const { return memberText_; }
    [[nodiscard]] QString notice() const { return notice_; }

    /// True while back() can return to the page.
    Q_INVOKABLE bool remembers(int page) const { return history_.contains(page); }
    Q_INVOKABLE void openHome();
    Q_INVOKABLE void openSearch();
    Q_INVOKABLE void openDepartment(qint64 id, const QString& title);
    /// All that is in stock here.
    Q_INVOKABLE void browseStore();
    Q_INVOKABLE void openProduct(qint64 id);
    /// Another colour or size of the item shown: takes its place in the history.
    Q_INVOKABLE void openVariant(qint64 id);
    Q_INVOKABLE void openWishlist();
    Q_INVOKABLE void openJoin();
    Q_INVOKABLE void openWifi();
    /// Orders the item shown.
    Q_INVOKABLE void orderProduct();
    /// Orders what is on the list.
    Q_INVOKABLE void orderWishlist();
    /// Places the order that was just placed anew, for another store; the first one is called off then.
    Q_INVOKABLE void orderElsewhere(const QString& storeCode);
    Q_INVOKABLE void openFindOrder();
    Q_INVOKABLE void findOrder(const QString& code);
    Q_INVOKABLE void openReturn();
    /// The corner of staff: asks for badge and PIN.
    Q_INVOKABLE void openStaff();
    /// Only where somebody of staff is signed in.
    Q_INVOKABLE void restart();
    Q_INVOKABLE void back();
    Q_INVOKABLE void addToWishlist();
    Q_INVOKABLE void removeFromWishlist(const QString& sku);
    Q_INVOKABLE void setLanguage(const QString& language);
    Q_INVOKABLE void stillHere();
    /// Forgets the shopper: models, fields, list, clipboard, language.
    Q_INVOKABLE void resetSession();

    void scan(const ScannedCode& code);
    /// Begins to poll the edge and to watch for idleness.
    void start();
    /// Asks the edge once; does nothing while an answer is due.
    void pollStatus();
    [[nodiscard]] bool catalogReady() const { return catalogReady_; }

signals:
    void pageChanged();
    void languageChanged();
    void statusChanged();
    void noticeChanged();

private:
    void go(Page page);
    void takeStatus(Result<EdgeStatus> status);
    void openCatalog(const EdgeStatus& status);
    void lookUp(const Meaning& meaning, const std::string& text);
    void enrol(const Meaning& meaning);
    void connectOrders();
    void beginOrder(std::vector<ListItem> items);
    void say(const QString& notice);
    void useLanguage(const QString& language);
    /// The list that goes along with a voucher; none where nothing is on it.
    [[nodiscard]] SharedList sharedList() const;

    Desk desk_;
    Options options_;
    StoreFront store_;
    SearchView search_;
    ProductView product_;
    RecentProducts recent_;
    WishlistView wishlist_;
    SignUpForm signUp_;
    WifiView wifi_;
    StaffView staff_;
    OrderForm orderForm_;
    OrderView orderView_;
    ReadingAids reading_;
    IdleWatch idle_;
    Page page_ = Attract;
    QList<int> history_;
    int session_ = 0;
    QString language_, scannedText_, memberText_, notice_;
    EdgeStatus status_, openedFor_;
    bool edgeReachable_ = false, statusDue_ = false, catalogReady_ = false, catalogDue_ = false;
    bool edgeLost_ = false;
    std::int64_t edgeHeardMs_ = 0; ///< steady
    QTimer pollTimer_, idleTimer_, noticeTimer_, clockTimer_;
};

} // namespace silta::kiosk

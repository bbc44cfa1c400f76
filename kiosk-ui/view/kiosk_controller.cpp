#include "view/kiosk_controller.h"

#include "core/log.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QUrlQuery>
#include <algorithm>

namespace silta::kiosk {

namespace {

constexpr int kIdleTickMs = 250;
constexpr int kNoticeMs = 4'000;           // read twice at leisure
constexpr int kClockMs = 30'000;           // ages and opening states are given in minutes
constexpr qsizetype kScannedCharsMax = 48; // what fits a line; longer codes are not read by people

/// What of a code can be shown: printable characters only, cut.
QString printable(const std::string& bytes) {
    QString text;
    for (const QChar c : QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()))) {
        if (text.size() == kScannedCharsMax) return text + QStringLiteral("…");
        if (c.isPrint() && c != QChar::ReplacementCharacter) text += c;
    }
    return text;
}

} // namespace

KioskController::KioskController(const Desk& desk, Options options, QObject* parent)
    : QObject(parent), desk_(desk), options_(std::move(options)), store_(desk), search_(desk), product_(desk),
      recent_(desk), wishlist_(desk), signUp_(desk), wifi_(desk), staff_(desk), orderForm_(desk),
      orderView_(desk), idle_(desk.clock, options_.idleSeconds) {
    connect(&product_, &ProductView::missing, this, [this] {
        if (page_ != Product) return;
        page_ = NotCarried;
        scannedText_ = product_.numberText();
        emit pageChanged();
    });
    connect(&product_, &ProductView::changed, this, [this] {
        if (product_.ready()) recent_.add(product_.sku().toStdString());
    });
    connect(&wishlist_, &WishlistView::saved, this, [this] { say(Words::tr("Saved to your list")); });
    connect(&wishlist_, &WishlistView::removed, this, [this] { say(Words::tr("Removed from your list")); });
    connect(&wishlist_, &WishlistView::failed, this, [this](Errc code) {
        if (code == Errc::NotFound || code == Errc::Invalid)
            say(Words::tr("This list could not be found"));
        else if (code == Errc::Full)
            say(Words::tr("Not saved: this device has no room left. Please ask our staff."));
        else
            say(Words::tr("Not saved just now. Please try again in a moment."));
    });
    connect(&signUp_, &SignUpForm::joined, this, [this] {
        page_ = Joined;
        history_.clear();
        emit pageChanged();
    });
    connect(&store_, &StoreFront::changed, this, &KioskController::statusChanged);
    connect(&idle_, &IdleWatch::expired, this, &KioskController::resetSession);
    connect(this, &KioskController::pageChanged, this,
            [this] { idle_.setArmed(page() != Attract && page() != Waiting); });
    connect(&pollTimer_, &QTimer::timeout, this, &KioskController::pollStatus);
    connect(this, &KioskController::pageChanged, this, [this] {
        if (page() != Wifi) wifi_.close();
        if (page() != Staff) staff_.close("sign-out");
        if (page() != Ordered && page() != FoundOrder && page() != ReturnOrder) orderView_.close();
    });
    connectOrders();
    connect(&idleTimer_, &QTimer::timeout, &idle_, &IdleWatch::tick);
    connect(&idleTimer_, &QTimer::timeout, &wifi_, &WifiView::tick);
    connect(&idleTimer_, &QTimer::timeout, &orderView_, &OrderView::tick);
    connect(&clockTimer_, &QTimer::timeout, &store_, &StoreFront::refreshTimes);
    connect(&clockTimer_, &QTimer::timeout, this, [this] {
        if (page() == Attract) store_.refreshSlides(); // while nobody waits for an answer
    });
    noticeTimer_.setSingleShot(true);
    connect(&noticeTimer_, &QTimer::timeout, this, [this] { say({}); });
    edgeHeardMs_ = desk_.clock.steadyMs();
    useLanguage(options_.language);
}

void KioskController::start() {
    idleTimer_.start(kIdleTickMs);
    pollTimer_.start(kStatusPollMs);
    clockTimer_.start(kClockMs);
    pollStatus();
}

QStringList KioskController::languages() {
    QStringList codes;
    for (const auto code : kLanguages)
        codes.append(QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size())));
    return codes;
}

QStringList KioskController::languageNames() {
    return {QStringLiteral("English"), QStringLiteral("Suomi"), QStringLiteral("Svenska"),
            QStringLiteral("Polski")};
}

QString KioskController::banner() const {
    if (!catalogReady_) return {};
    if (!edgeReachable_)
        return Words::tr("Lists and memberships are paused for a moment. You can look around as usual.");
    if (status_.hubReachable) return {};
    if (store_.stockAge().isEmpty()) return Words::tr("Working without a connection.");
    return Words::tr("Working without a connection. Stock as of %1.").arg(store_.stockAge());
}

QString KioskController::waitingTitle() const {
    if (edgeLost_) return Words::tr("This screen needs a hand");
    if (!edgeReachable_) return Words::tr("One moment");
    return status_.enrolled ? Words::tr("This device is waiting for its catalogue")
                            : Words::tr("This device is new here");
}

QString KioskController::waitingText() const {
    if (edgeLost_) return Words::tr("Please ask our staff: they are glad to help.");
    if (!edgeReachable_) return Words::tr("The screen is connecting to the store's device.");
    if (status_.enrolled) return Words::tr("It will open by itself as soon as the catalogue has arrived.");
    if (status_.enrolling) return Words::tr("Enrolling this device…");
    if (!status_.enrolmentError.empty()) return Words::tr("Enrolling did not work. Is the code still valid?");
    return Words::tr("Technician: hold the enrolment code in front of the scanner.");
}

QStringList KioskController::waitingSteps() const {
    if (!edgeLost_) return {};
    return {Words::tr("Switch this device off and on again, and give it five minutes."),
            Words::tr("If this page comes back, call support and say: the store's device does not answer.")};
}

// ---- pages
// -------------------------------------------------------------------------------------------------------

void KioskController::go(Page page) {
    if (page != page_) {
        say({}); // what was confirmed belongs to the page before
        if (page_ != Attract && page_ != Joined && page_ != Order && page_ != Ordered &&
            page_ != UnknownCode && page_ != NotCarried && page_ != Staff)
            history_.append(page_);
        if (history_.size() > kHistoryMax) history_.removeFirst();
        page_ = page;
    }
    emit pageChanged();
}

void KioskController::openHome() {
    history_.clear();
    page_ = Home;
    emit pageChanged();
}

void KioskController::openSearch() {
    search_.reset();
    go(Search);
}

void KioskController::openDepartment(qint64 id, const QString& title) {
    search_.reset();
    search_.setDepartment(id, title);
    go(Search);
}

void KioskController::browseStore() {
    search_.reset();
    search_.setStock(SearchView::Here);
    go(Search);
}

void KioskController::openProduct(qint64 id) {
    product_.reset();
    product_.show(id);
    go(Product);
}

void KioskController::openVariant(qint64 id) {
    product_.show(id);
}

void KioskController::openWishlist() {
    go(Wishlist);
}

void KioskController::openJoin() {
    signUp_.reset();
    signUp_.setWishlist(wishlist_.id());
    go(Join);
}

SharedList KioskController::sharedList() const {
    if (wishlist_.count() == 0) return {};
    auto url = wishlist_.url().toStdString();
    // The page names what it knows by then; the short list in its address is for a hub that was not told yet.
    if (url.size() > kSharedUrlBytesMax) url.resize(std::min(url.find('?'), url.size()));
    return {wishlist_.id(), std::move(url)};
}

void KioskController::openWifi() {
    wifi_.open(sharedList());
    go(Wifi);
}

void KioskController::openStaff() {
    history_.clear();
    page_ = Staff;
    emit pageChanged();
}

void KioskController::restart() {
    if (staff_.state() == StaffView::SignedIn && options_.restart) options_.restart();
}

void KioskController::back() {
    if (history_.isEmpty()) return openHome();
    page_ = static_cast<Page>(history_.takeLast());
    if (page_ == Product && !product_.ready()) page_ = Home;
    if (page_ == FoundOrder && orderView_.state() != OrderView::State::Shown) page_ = Home;
    if (page_ == Wifi) wifi_.open(sharedList());
    emit pageChanged();
}

// ---- orders
// -------------------------------------------------------------------------------------------------------

void KioskController::connectOrders() {
    connect(&orderForm_, &OrderForm::placed, this, [this](const kiosk::Order& order) {
        const std::string former = orderView_.isOwn() ? orderView_.order().id : std::string();
        const std::string word = orderView_.order().word;
        orderView_.show(order);
        page_ = Ordered;
        history_.clear();
        emit pageChanged();
        // It took the place of one that could not be had. Where this fails, the hub ends that one in time.
        if (!former.empty()) desk_.edge.cancelOrder(this, former, word, [](const Result<kiosk::Order>&) {});
    });
    connect(&orderForm_, &OrderForm::placingFailed, this, [this] {
        if (page_ == Ordered) say(orderForm_.failure());
    });
}

void KioskController::beginOrder(std::vector<ListItem> items) {
    orderView_.reset();
    orderForm_.begin(std::move(items));
    go(Order);
}

void KioskController::orderProduct() {
    if (product_.ready()) beginOrder({{product_.sku().toStdString(), 1}});
}

void KioskController::orderWishlist() {
    if (wishlist_.count() > 0) beginOrder(wishlist_.list());
}

void KioskController::orderElsewhere(const QString& storeCode) {
    orderForm_.placeElsewhere(storeCode.toStdString());
}

void KioskController::openFindOrder() {
    orderView_.reset();
    go(FindOrder);
}

void KioskController::findOrder(const QString& code) {
    orderView_.find(code);
    go(FoundOrder);
}

void KioskController::openReturn() {
    go(ReturnOrder);
}

void KioskController::addToWishlist() {
    if (product_.ready()) wishlist_.add(product_.sku().toStdString(), product_.gtin());
}

void KioskController::removeFromWishlist(const QString& sku) {
    wishlist_.remove(sku.toStdString());
}

void KioskController::useLanguage(const QString& language) {
    language_ = language;
    if (options_.useLanguage) options_.useLanguage(language);
    search_.setLanguage(language);
    product_.setLanguage(language);
    recent_.setLanguage(language);
    wishlist_.setLanguage(language);
    signUp_.setLanguage(language);
    wifi_.setLanguage(language);
    staff_.setLanguage(language);
    orderForm_.setLanguage(language);
    orderView_.setLanguage(language);
    store_.reload(language);
    emit languageChanged();
    emit statusChanged();
}

void KioskController::setLanguage(const QString& language) {
    if (language != language_ && languages().contains(language)) useLanguage(language);
}

void KioskController::stillHere() {
    idle_.touch();
}

void KioskController::resetSession() {
    ++session_;
    staff_.close("idle");
    search_.reset();
    product_.reset();
    recent_.reset();
    wishlist_.reset();
    signUp_.reset();
    wifi_.reset();
    orderForm_.reset();
    orderView_.reset();
    reading_.reset();
    history_.clear();
    scannedText_.clear();
    memberText_.clear();
    say({});
    if (QGuiApplication::clipboard() != nullptr) QGuiApplication::clipboard()->clear();
    if (language_ != options_.language) useLanguage(options_.language);
    page_ = Attract;
    emit pageChanged();
}

void KioskController::say(const QString& notice) {
    notice_ = notice;
    if (!notice.isEmpty()) noticeTimer_.start(kNoticeMs);
    emit noticeChanged();
}

// ---- codes
// -------------------------------------------------------------------------------------------------------

void KioskController::scan(const ScannedCode& code) {
    idle_.touch();
    const Meaning meaning = explain(code, options_.codes);
    if (page() == Staff) return staff_.take(code, meaning);
    if (meaning.kind == MeaningKind::Enrolment) return enrol(meaning);
    if (!catalogReady_) return;
    switch (meaning.kind) {
    case MeaningKind::Product:
    case MeaningKind::DigitalLink:
        if (meaning.gtin) lookUp(meaning, code.bytes);
        break;
    case MeaningKind::Member:
        memberText_ =
            Words::tr("Card ending in %1").arg(QString::fromStdString(meaning.memberNumber).right(4));
        go(Member);
        break;
    case MeaningKind::Order:
        findOrder(QString::fromStdString(meaning.orderNumber));
        break;
    case MeaningKind::Wishlist:
        wishlist_.open(meaning.wishlistId);
        go(Wishlist);
        break;
    default:
        scannedText_ = printable(code.bytes);
        go(UnknownCode);
        break;
    }
}

/// The catalogue may know an item by the number itself, by the same text as a SKU, by the other reading of an
/// ambiguous code, or, of what was weighed or priced in the store, by the number without its measure.
void KioskController::lookUp(const Meaning& meaning, const std::string& text) {
    std::vector<Gtin> gtins{*meaning.gtin};
    for (const auto& other : meaning.alternatives)
        if (other.gtin) gtins.push_back(*other.gtin);
    std::vector<std::string> skus{text};
    if (meaning.inStore) {
        if (const auto unmeasured = unmeasuredOf(*meaning.inStore)) gtins.push_back(*unmeasured);
        skus.push_back(meaning.inStore->item);
    }
    desk_.catalog.ask(
        this,
        [gtins, skus](const CatalogReader& reader) {
            Result<std::int64_t> id = Error{Errc::NotFound, "look up code: no such item"};
            for (auto gtin = gtins.begin(); gtin != gtins.end() && !id; ++gtin)
                id = reader.idOfGtin(*gtin);
            for (auto sku = skus.begin(); sku != skus.end() && !id; ++sku)
                id = reader.idOfSku(*sku);
            return id;
        },
        [this, gtin = gtins.front(), session = session_](Result<std::int64_t> id) {
            if (session != session_) return;
            if (id) return openProduct(*id);
            scannedText_ = QString::fromStdString(gtin.shortForm());
            go(NotCarried);
        });
}

void KioskController::enrol(const Meaning& meaning) {
    if (!edgeReachable_) return say(Words::tr("The screen is connecting to the store's device."));
    if (status_.enrolled) return say(Words::tr("This device is enrolled already"));
    say(Words::tr("Enrolling this device…"));
    desk_.edge.enrol(this, meaning, [this](Result<bool> done) {
        if (!done) say(Words::tr("Enrolling did not work. Is the code still valid?"));
        pollStatus();
    });
}

// ---- the edge
// ----------------------------------------------------------------------------------------------------

void KioskController::pollStatus() {
    staff_.refresh();
    if (statusDue_) return;
    statusDue_ = true;
    desk_.edge.status(this, [this](Result<EdgeStatus> status) {
        statusDue_ = false;
        takeStatus(std::move(status));
    });
}

void KioskController::takeStatus(Result<EdgeStatus> status) {
    if (edgeReachable_ != status.has_value()) {
        edgeReachable_ = status.has_value();
        if (edgeReachable_)
            log::info("kiosk", "edge reachable");
        else
            log::warning("kiosk", "edge not reachable cause={}", status.error().what);
        emit statusChanged();
    }
    if (status) edgeHeardMs_ = desk_.clock.steadyMs();
    const bool lost = desk_.clock.steadyMs() - edgeHeardMs_ > kEdgeLostMs;
    if (lost != edgeLost_) {
        edgeLost_ = lost;
        emit statusChanged();
    }
    if (!status) return;
    openCatalog(*status);
    if (*status == status_) return;
    status_ = std::move(*status);
    if (!status_.memberPrefix.empty()) options_.codes.memberPrefix = status_.memberPrefix;
    wishlist_.setPublicUrl(status_.publicUrl);
    signUp_.setSealKey(status_.sealKey);
    orderForm_.setSealKey(status_.sealKey);
    orderView_.setHomeStore(status_.storeCode);
    store_.setStatus(status_);
    if (options_.useMedia) options_.useMedia(QString::fromStdString(status_.mediaDir));
    emit statusChanged();
}

void KioskController::openCatalog(const EdgeStatus& status) {
    const bool same = status.catalogPath == openedFor_.catalogPath &&
                      status.storeCode == openedFor_.storeCode &&
                      status.catalogSeq == openedFor_.catalogSeq && status.stockSeq == openedFor_.stockSeq;
    if (status.catalogPath.empty() || same || catalogDue_) return;
    catalogDue_ = true;
    desk_.catalog.open(this, status.catalogPath, status.storeCode, desk_.clock.nowMs(),
                       [this, status](Result<CatalogInfo> info) {
                           catalogDue_ = false;
                           if (!info) {
                               log::warning("kiosk", "catalogue not opened cause={}", info.error().what);
                               return; // asked again with the next status
                           }
                           openedFor_ = status;
                           store_.setInfo(*info);
                           staff_.setInfo(*info);
                           store_.reload(language_);
                           search_.reload();
                           product_.reload();
                           recent_.reload();
                           orderForm_.basket()->reload();
                           wishlist_.reload();
                           if (catalogReady_) return;
                           catalogReady_ = true;
                           log::info("kiosk", "catalogue open products={} stores={}", info->products,
                                     info->stores);
                           emit pageChanged();
                           emit statusChanged();
                       });
}

} // namespace silta::kiosk

#include "view/gallery.h"

#include "core/log.h"
#include "view/item_tree.h"

#include <QDir>
#include <QImage>

namespace silta::kiosk {

namespace {

constexpr int kLookMs = 50;

/// Moves every visible list and page to `share` of its way.
void scrollAll(QQuickItem* item, qreal share) {
    if (!item->isVisible()) return;
    const qreal way = item->property("contentHeight").toReal() - item->height();
    if (item->inherits("QQuickFlickable") && way > 0) item->setProperty("contentY", way * share);
    for (QQuickItem* child : item->childItems())
        scrollAll(child, share);
}

} // namespace

Gallery::Gallery(KioskController& controller, QQuickWindow& window, QString folder, QStringList languages,
                 QObject* parent)
    : QObject(parent), controller_(controller), window_(window), folder_(std::move(folder)),
      languages_(std::move(languages)) {
    connect(&timer_, &QTimer::timeout, this, &Gallery::look);
}

void Gallery::start() {
    QDir().mkpath(folder_);
    steps_ = steps();
    next();
}

std::vector<Gallery::Step> Gallery::steps() {
    std::vector<Step> all;
    all.push_back({"attract",
                   [this] {
                       controller_.resetSession();
                       controller_.setLanguage(languages_[language_]);
                   },
                   [this] {
                       return controller_.page() == KioskController::Attract &&
                              controller_.store()->offers()->count() > 0 &&
                              !controller_.store()->name().isEmpty();
                   }});
    addShoppingSteps(all);
    addOrderSteps(all);
    addServiceSteps(all);
    return all;
}

void Gallery::addShoppingSteps(std::vector<Step>& all) {
    const auto scrollTo = [this](qreal share) { scrollAll(window_.contentItem(), share); };
    const auto showOffer = [this](std::size_t index) {
        const auto& rows = controller_.store()->offers()->rows();
        if (!rows.empty()) controller_.openProduct(rows[std::min(index, rows.size() - 1)].productId);
    };
    const auto productReady = [this] { return controller_.product()->ready(); };
    const auto settled = [this] { return !controller_.search()->busy() && !controller_.wishlist()->busy(); };
    const auto wish = [this](int count) {
        return [this, count] {
            return controller_.wishlist()->count() >= count && !controller_.wishlist()->busy();
        };
    };
    all.push_back({"home", [this] { controller_.openHome(); },
                   [this] { return controller_.store()->departments()->count() > 0; }});
    all.push_back({"home-end", [scrollTo] { scrollTo(1); }, settled});
    all.push_back({"search-empty", [this] { controller_.openSearch(); }, settled});
    all.push_back({"department",
                   [this] {
                       const auto& rows = controller_.store()->departments()->rows();
                       if (!rows.empty()) controller_.openDepartment(rows[0].departmentId, rows[0].title);
                   },
                   settled});
    all.push_back({"filter",
                   [this] {
                       const auto& colors = controller_.search()->colors()->rows();
                       if (!colors.empty()) controller_.search()->toggle(SearchView::Color, colors[0].key);
                       (void)tapItem(&window_, QStringLiteral("filter"));
                   },
                   settled});
    all.push_back({"filtered", [this] { (void)tapItem(&window_, QStringLiteral("filterDone")); }, settled});
    all.push_back({"store", [this] { controller_.browseStore(); }, settled});
    all.push_back({"search",
                   [this] {
                       controller_.openSearch();
                       const auto& rows = controller_.store()->offers()->rows();
                       if (!rows.empty())
                           controller_.search()->setText(rows[0].title.section(QLatin1Char(' '), 0, 0));
                   },
                   settled});
    all.push_back(
        {"search-nothing", [this] { controller_.search()->setText(QStringLiteral("qqxzzy")); }, settled});
    all.push_back({"product", [showOffer] { showOffer(0); }, productReady});
    all.push_back({"product-middle", [scrollTo] { scrollTo(0.45); }, productReady});
    all.push_back({"product-end", [scrollTo] { scrollTo(1); }, productReady});
    all.push_back({"wishlist-empty", [this] { controller_.openWishlist(); }, settled});
    all.push_back({"product-wished", [showOffer] { showOffer(1); }, productReady});
    all.push_back({"product-saved", [this] { controller_.addToWishlist(); }, wish(1)});
    all.push_back({"product-other", [showOffer] { showOffer(2); }, productReady});
    all.push_back({"product-other-saved", [this] { controller_.addToWishlist(); }, wish(2)});
    all.push_back({"wishlist", [this] { controller_.openWishlist(); }, wish(2)});
}

void Gallery::addOrderSteps(std::vector<Step>& all) {
    const auto ready = [this] { return controller_.orderForm()->basket()->ready(); };
    const auto found = [this] { return controller_.orderView()->state() != OrderView::State::Asking; };
    all.push_back({"order", [this] { controller_.orderWishlist(); }, ready});
    all.push_back({"order-end", [this] { scrollAll(window_.contentItem(), 1); }, ready});
    if (controller_.orderForm()->canDeliver()) {
        all.push_back({"order-home",
                       [this] {
                           controller_.orderForm()->setKind(OrderForm::Kind::Home);
                           controller_.orderForm()->submit({}, {}, {}, {}, {}, {});
                       },
                       ready});
        all.push_back({"order-home-end", [this] { scrollAll(window_.contentItem(), 1); }, ready});
    }
    all.push_back({"ordered",
                   [this] {
                       controller_.orderForm()->setKind(OrderForm::Kind::Collect);
                       controller_.orderForm()->submit({}, {}, {}, {}, {}, {});
                   },
                   [this] { return controller_.page() == KioskController::Ordered; }});
    all.push_back({"find-order",
                   [this] {
                       orderNumber_ = controller_.orderView()->numberText();
                       controller_.openFindOrder();
                   },
                   [] { return true; }});
    all.push_back({"found-order", [this] { controller_.findOrder(orderNumber_); }, found});
    all.push_back({"found-no-order", [this] { controller_.findOrder(QStringLiteral("0000-0000")); }, found});
}

void Gallery::addServiceSteps(std::vector<Step>& all) {
    const auto settled = [] { return true; };
    const auto type = [this](const char* field, const char* text) {
        (void)typeInto(&window_, QString::fromLatin1(field), QString::fromLatin1(text));
    };
    const auto scan = [this](const char* code) {
        controller_.scan({Symbology::Unknown, {}, code, "gallery"});
    };
    all.push_back({"join", [this] { controller_.openJoin(); }, settled});
    if (controller_.signUp()->open()) {
        all.push_back({"join-errors",
                       [this, type] {
                           type("joinEmail", "maija.example.com");
                           (void)tapItem(&window_, QStringLiteral("joinSubmit"));
                       },
                       settled});
        all.push_back({"joined",
                       [this] {
                           controller_.openJoin();
                           controller_.signUp()->setTerms(true);
                           controller_.signUp()->submit({}, QString::fromLatin1("gallery@example.com"), {});
                       },
                       [this] { return controller_.page() == KioskController::Joined; }});
    }
    if (controller_.hasGuestNetwork())
        all.push_back({"wifi", [this] { controller_.openWifi(); },
                       [this] { return controller_.wifi()->state() == WifiView::State::Ready; }});
    all.push_back({"member", [scan] { scan(makeMemberNumber("9246", 1, 1).value_or(std::string()).c_str()); },
                   settled});
    all.push_back({"not-carried", [scan] { scan("4006381333931"); },
                   [this] { return controller_.page() != KioskController::Member; }});
    all.push_back({"unknown-code", [scan] { scan("WIFI:T:WPA;S=lobby"); },
                   [this] { return controller_.page() == KioskController::UnknownCode; }});
    all.push_back({"staff", [this] { controller_.openStaff(); }, settled});
    all.push_back({"language",
                   [this] {
                       controller_.openHome();
                       (void)tapItem(&window_, QStringLiteral("navLanguage"));
                   },
                   settled});
}

void Gallery::next() {
    if (step_ == steps_.size()) {
        step_ = 0;
        if (++language_ == languages_.size()) {
            controller_.resetSession();
            return emit finished(failed_);
        }
    }
    waitedMs_ = 0;
    controller_.stillHere();
    steps_[step_].act();
    timer_.start(kLookMs);
}

void Gallery::look() {
    waitedMs_ += kLookMs;
    const bool ready = steps_[step_].ready() && !picturesLoading(window_.contentItem());
    if (!ready && waitedMs_ < kGalleryStepMs) return;
    if (!ready) {
        ++failed_;
        log::error("kiosk", "gallery page not ready page={}", steps_[step_].name.toStdString());
    }
    timer_.stop();
    QTimer::singleShot(kGallerySettleMs, this, &Gallery::shoot);
}

void Gallery::shoot() {
    const QString file = QStringLiteral("%1/%2-%3-%4-%5x%6.png")
                             .arg(folder_, languages_[language_])
                             .arg(step_ + 1, 2, 10, QLatin1Char('0'))
                             .arg(steps_[step_].name)
                             .arg(window_.width())
                             .arg(window_.height());
    if (!window_.grabWindow().save(file)) {
        ++failed_;
        log::error("kiosk", "gallery picture not written file={}", file.toStdString());
    }
    ++step_;
    next();
}

} // namespace silta::kiosk

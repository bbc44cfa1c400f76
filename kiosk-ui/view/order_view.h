// OrderView: one order on the screen: just placed here, or found by its code. In words, with what can be
// done.
#pragma once

#include "view/desk.h"
#include "view/order_models.h"

#include <QtQml/qqmlregistration.h>

#include <QObject>

namespace silta::kiosk {

/// After an order was placed the hub is looked for that often, and that long.
inline constexpr std::int64_t kOrderSoonMs = 500;
inline constexpr std::int64_t kOrderDecidedMs = 4'000;
/// Later, while it is on the screen.
inline constexpr std::int64_t kOrderLaterMs = 15'000;

/// Thread: GUI. What it shows is forgotten with the shopper.
class OrderView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(Tone tone READ tone NOTIFY changed)
    /// Placed on this screen a moment ago: its word and its page may be shown.
    Q_PROPERTY(bool isOwn READ isOwn NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString numberText READ numberText NOTIFY changed)
    Q_PROPERTY(QString word READ word NOTIFY changed)
    /// For the till's scanner, as a bar code.
    Q_PROPERTY(QString barcode READ barcode NOTIFY changed)
    Q_PROPERTY(QString pageUrl READ pageUrl NOTIFY changed)
    Q_PROPERTY(QString payText READ payText NOTIFY changed)
    Q_PROPERTY(QString totalText READ totalText NOTIFY changed)
    Q_PROPERTY(silta::kiosk::OrderLineModel* lines READ lines CONSTANT)
    Q_PROPERTY(silta::kiosk::PickUpModel* alternatives READ alternatives CONSTANT)
    Q_PROPERTY(bool canArrive READ canArrive NOTIFY changed)
    Q_PROPERTY(bool hasArrived READ hasArrived NOTIFY changed)
    Q_PROPERTY(bool canCancel READ canCancel NOTIFY changed)
    Q_PROPERTY(bool canReturn READ canReturn NOTIFY changed)
    Q_PROPERTY(bool isReturnAsked READ isReturnAsked NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// What went wrong with the last wish, in words.
    Q_PROPERTY(QString failure READ failure NOTIFY changed)

public:
    enum class State {
        None,
        Asking, ///< being looked for
        Shown,
        Unknown, ///< nobody here knows such an order
        Failed   ///< the device does not answer
    };
    Q_ENUM(State)
    enum class Tone { Waiting, Good, Bad, Over };
    Q_ENUM(Tone)

    explicit OrderView(const Desk& desk, QObject* parent = nullptr);

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] Tone tone() const;
    [[nodiscard]] bool isOwn() const { return isOwn_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString numberText() const;
    [[nodiscard]] QString word() const { return QString::fromStdString(order_.word); }
    [[nodiscard]] QString barcode() const { return QString::fromStdString(order_.code); }
    [[nodiscard]] QString pageUrl() const { return QString::fromStdString(order_.pageUrl); }
    [[nodiscard]] QString payText() const;
    [[nodiscard]] QString totalText() const;
    OrderLineModel* lines() { return &lines_; }
    PickUpModel* alternatives() { return &alternatives_; }
    [[nodiscard]] bool canArrive() const;
    [[nodiscard]] bool hasArrived() const { return order_.hasArrived; }
    [[nodiscard]] bool canCancel() const;
    [[nodiscard]] bool canReturn() const;
    [[nodiscard]] bool isReturnAsked() const { return order_.isReturnAsked; }
    [[nodiscard]] bool busy() const { return isBusy_; }
    [[nodiscard]] QString failure() const { return failure_; }
    [[nodiscard]] const Order& order() const { return order_; }

    /// The order that a scanned code or a typed number means.
    Q_INVOKABLE void find(const QString& code);
    Q_INVOKABLE void arrive();
    /// With the word that the shopper knows; of an own order it is known here.
    Q_INVOKABLE void cancel(const QString& word);
    /// `reason` as app/docs/orders.md names it. All that was not brought back yet, of the lines with the
    /// skus.
    Q_INVOKABLE void askReturn(const QStringList& skus, const QString& reason);

    /// One that was placed here.
    void show(const Order& order);
    /// The page is left: nothing is asked for any more.
    void close() { isWatched_ = false; }
    /// Call a few times a second: looks whether the order has changed.
    void tick();
    void setLanguage(const QString& language);
    void setHomeStore(const std::string& code) { homeStore_ = code; }
    void reset();

signals:
    void changed();
    /// The shopper called it off.
    void cancelled();

private:
    struct Named {
        std::vector<std::pair<std::string, ProductPage>> products; ///< by sku, those that are known
        std::vector<StoreRecord> stores;                           ///< those that the order names
    };
    void take(Order order);
    void readNames();
    void takeNames(const Named& named);
    void takeLines(const Named& named, const Words& words);
    /// What all wishes have in common: one at a time, and its answer is the order as it is now.
    [[nodiscard]] EdgeService::Reply<Order> wish();
    void refuse(const Error& error);
    void lose(const Error& error);
    [[nodiscard]] QString place() const;
    [[nodiscard]] QString moment(UtcMs ms) const;
    [[nodiscard]] QString promisedText() const;
    [[nodiscard]] QString requestedText() const;
    [[nodiscard]] bool isDeciding() const;
    [[nodiscard]] bool isOver() const;

    Desk desk_;
    QString language_;
    std::string homeStore_;
    State state_ = State::None;
    Order order_;
    std::string code_;  ///< by which it was found
    StoreRecord place_; ///< which hands it over; without a code while that is not known
    bool isOwn_ = false, isBusy_ = false, isWatched_ = false, isAsking_ = false;
    QString failure_;
    OrderLineModel lines_;
    PickUpModel alternatives_;
    std::int64_t shownMs_ = 0, nextMs_ = 0; ///< steady
    quint64 session_ = 0, ticket_ = 0;
};

} // namespace silta::kiosk

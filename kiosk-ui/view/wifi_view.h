// WifiView: the way into the guest Wi-Fi, as the screen shows it: a code that joins, and a pass for one
// phone.
#pragma once

#include "view/desk.h"

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QString>

namespace silta::kiosk {

/// Before a pass expires it is replaced, so that the one that is shown can still be used by whoever takes a
/// minute to join.
inline constexpr std::int64_t kPassRenewedMs = 2 * 60'000;
/// Between questions to a device that does not answer, or that has given out too many passes.
inline constexpr std::int64_t kPassRetryMs = 5'000;

/// Thread: GUI. What it shows is forgotten with the shopper.
class WifiView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(State state READ state NOTIFY changed)
    /// What a camera joins the network by; empty where its access points are not ours.
    Q_PROPERTY(QString joinCode READ joinCode NOTIFY changed)
    Q_PROPERTY(QString networkName READ networkName NOTIFY changed)
    Q_PROPERTY(QString password READ password NOTIFY changed)
    /// The address of the pass, for a camera.
    Q_PROPERTY(QString passUrl READ passUrl NOTIFY changed)
    /// The same pass, to type.
    Q_PROPERTY(QString passText READ passText NOTIFY changed)
    /// How long a phone is online with it: "2 hours", "45 minutes".
    Q_PROPERTY(QString duration READ duration NOTIFY changed)

public:
    enum class State {
        Asking, ///< nothing to show yet
        Ready,  ///< all of it is there
        Closed, ///< guests are let in while the store is open
        None,   ///< this store has no guest Wi-Fi
        Failed  ///< no pass can be had now; it is asked for again by itself
    };
    Q_ENUM(State)

    explicit WifiView(const Desk& desk, QObject* parent = nullptr);

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] QString joinCode() const { return QString::fromStdString(wifi_.code); }
    [[nodiscard]] QString networkName() const { return QString::fromStdString(wifi_.name); }
    [[nodiscard]] QString password() const { return QString::fromStdString(wifi_.password); }
    [[nodiscard]] QString passUrl() const { return QString::fromStdString(pass_.url); }
    [[nodiscard]] QString passText() const { return QString::fromStdString(pass_.letters); }
    [[nodiscard]] QString duration() const;

    /// Asks for what is shown. A pass of the same shopper that is still good is shown again, unless there is
    /// a list now that did not come with it.
    void open(const SharedList& list);
    /// A pass for another phone, without the list; the one that was shown goes on working, and is shown again
    /// where no other can be had.
    Q_INVOKABLE void another();
    /// The page is left: nothing is asked for any more.
    void close() { isShown_ = false; }
    /// Call a few times a second: replaces a pass that is about to expire.
    void tick();
    void setLanguage(const QString& language);
    void reset();

signals:
    void changed();

private:
    void ask();
    void askPass();
    void showPass();
    void show(State state);
    [[nodiscard]] bool isPassGood(std::int64_t forMs) const;

    Desk desk_;
    QString language_;
    State state_ = State::Asking;
    GuestWifi wifi_;
    WifiVoucher pass_;
    SharedList list_, passList_;  ///< the shopper's, and the one that came with the pass
    std::int64_t passEndsMs_ = 0; ///< steady
    std::int64_t retryMs_ = 0;    ///< steady: not before
    bool isShown_ = false, isAsking_ = false, wantsAnother_ = false;
    quint64 session_ = 0; ///< answers to an earlier shopper's question are dropped
};

} // namespace silta::kiosk

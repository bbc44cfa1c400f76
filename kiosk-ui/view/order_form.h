// OrderForm: ordering what is in the basket: to whose home, to which store, under which word. What is typed
// is sealed to the hub's key the moment it is sent, and then forgotten.
#pragma once

#include "view/order_basket.h"

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QStringList>

namespace silta::kiosk {

/// Longest name, street or town, and longest postcode: with an e-mail address and a phone number they fit the
/// sealed box that silta-edge takes.
inline constexpr int kAddressCharsMax = 100;
inline constexpr int kPostcodeCharsMax = 12;
inline constexpr int kOrderPhoneCharsMax = 30;

/// What a shopper types about themselves; each may be empty where it is not asked for.
struct OrderPerson {
    QString name, email, phone, street, postcode, city;
};

/// Thread: GUI.
class OrderForm : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(silta::kiosk::OrderBasket* basket READ basket CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(Kind kind READ kind NOTIFY changed)
    /// Home delivery needs the hub's key, to which an address can be sealed.
    Q_PROPERTY(bool canDeliver READ canDeliver NOTIFY changed)
    Q_PROPERTY(QList<QString> words READ words NOTIFY changed)
    Q_PROPERTY(QString word READ word NOTIFY changed)
    Q_PROPERTY(bool isPostcodeFirst READ isPostcodeFirst NOTIFY changed)
    Q_PROPERTY(QString postcodeExample READ postcodeExample NOTIFY changed)
    /// What would be promised if it were sent now; empty while nobody knows.
    Q_PROPERTY(QString promiseText READ promiseText NOTIFY changed)
    Q_PROPERTY(bool isKept READ isKept NOTIFY changed)
    Q_PROPERTY(QString nameError READ nameError NOTIFY changed)
    Q_PROPERTY(QString contactError READ contactError NOTIFY changed)
    Q_PROPERTY(QString emailError READ emailError NOTIFY changed)
    Q_PROPERTY(QString phoneError READ phoneError NOTIFY changed)
    Q_PROPERTY(QString streetError READ streetError NOTIFY changed)
    Q_PROPERTY(QString postcodeError READ postcodeError NOTIFY changed)
    Q_PROPERTY(QString cityError READ cityError NOTIFY changed)
    Q_PROPERTY(QString failure READ failure NOTIFY changed)

public:
    enum class State {
        Editing,
        Sending,
        Unsure ///< sent, and not known to be taken: only the same can be sent again
    };
    Q_ENUM(State)
    enum class Kind { Collect, Reserve, Home };
    Q_ENUM(Kind)

    explicit OrderForm(const Desk& desk, QObject* parent = nullptr);

    OrderBasket* basket() { return &basket_; }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool canDeliver() const { return !sealKey_.empty(); }
    [[nodiscard]] QStringList words() const { return words_; }
    [[nodiscard]] QString word() const { return word_; }
    [[nodiscard]] bool isPostcodeFirst() const;
    [[nodiscard]] QString postcodeExample() const;
    [[nodiscard]] QString promiseText() const;
    [[nodiscard]] bool isKept() const { return promise_ && promise_->isKept; }
    [[nodiscard]] QString nameError() const { return nameError_; }
    [[nodiscard]] QString contactError() const { return contactError_; }
    [[nodiscard]] QString emailError() const { return emailError_; }
    [[nodiscard]] QString phoneError() const { return phoneError_; }
    [[nodiscard]] QString streetError() const { return streetError_; }
    [[nodiscard]] QString postcodeError() const { return postcodeError_; }
    [[nodiscard]] QString cityError() const { return cityError_; }
    [[nodiscard]] QString failure() const { return failure_; }

    Q_INVOKABLE void setKind(silta::kiosk::OrderForm::Kind kind);
    /// Of those that the basket offers.
    Q_INVOKABLE void setStore(const QString& code) {
        if (state_ == State::Editing) basket_.setStore(code.toStdString());
    }
    Q_INVOKABLE void setWord(const QString& word);
    Q_INVOKABLE void askWords();
    /// Checks what was typed; when it is sound seals and sends it and wipes the plain text, whatever comes of
    /// it. Emits cleared() so that the page empties its fields.
    void submit(OrderPerson person);
    Q_INVOKABLE void submit(const QString& name, const QString& email, const QString& phone,
                            const QString& street, const QString& postcode, const QString& city) {
        submit(OrderPerson{name, email, phone, street, postcode, city});
    }
    /// Sends the same again, sealed as it is. Only while Unsure.
    Q_INVOKABLE void sendAgain();
    /// Places the order that was sent last anew, to be collected in another store. While Unsure: sends the
    /// same again, where it was for that store; nothing otherwise.
    void placeElsewhere(const std::string& store);

    void begin(std::vector<ListItem> items);
    void setLanguage(const QString& language);
    void setSealKey(const std::string& key);
    void reset();

signals:
    void changed();
    void cleared();
    void placed(const silta::kiosk::Order& order);
    /// An order placed elsewhere did not come about.
    void placingFailed();

private:
    bool check(const OrderPerson& person);
    void checkAddress(const OrderPerson& person);
    [[nodiscard]] OrderRequest draft() const;
    void askPromise();
    void send();
    void take(Result<Order> order);
    void clearErrors();

    Desk desk_;
    QString language_;
    OrderBasket basket_;
    std::string sealKey_;
    State state_ = State::Editing;
    Kind kind_ = Kind::Collect;
    QStringList words_;
    QString word_;
    std::optional<OrderPromise> promise_;
    OrderRequest sent_; ///< kept for sending again: nothing in it can be read here
    QString nameError_, contactError_, emailError_, phoneError_, streetError_, postcodeError_, cityError_,
        failure_;
    quint64 session_ = 0, promiseTicket_ = 0;
};

} // namespace silta::kiosk

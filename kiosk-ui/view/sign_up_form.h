// SignUpForm: joining the club. What is typed is sealed to the hub's key the moment it is sent, and then
// forgotten.
#pragma once

#include "view/desk.h"

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QString>

namespace silta::kiosk {

/// Thread: GUI.
class SignUpForm : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(bool open READ open NOTIFY changed)
    Q_PROPERTY(bool terms READ terms NOTIFY changed)
    Q_PROPERTY(bool emailMarketing READ emailMarketing NOTIFY changed)
    Q_PROPERTY(bool smsMarketing READ smsMarketing NOTIFY changed)
    Q_PROPERTY(QString contactError READ contactError NOTIFY changed)
    Q_PROPERTY(QString emailError READ emailError NOTIFY changed)
    Q_PROPERTY(QString phoneError READ phoneError NOTIFY changed)
    Q_PROPERTY(QString termsError READ termsError NOTIFY changed)
    Q_PROPERTY(QString failure READ failure NOTIFY changed)
    Q_PROPERTY(QString termsWording READ termsWording NOTIFY changed)
    Q_PROPERTY(QString emailWording READ emailWording NOTIFY changed)
    Q_PROPERTY(QString smsWording READ smsWording NOTIFY changed)
    Q_PROPERTY(QString memberNumber READ memberNumber NOTIFY changed)
    Q_PROPERTY(QString memberNumberText READ memberNumberText NOTIFY changed)

public:
    enum class State { Editing, Sending, Joined };
    Q_ENUM(State)

    explicit SignUpForm(const Desk& desk, QObject* parent = nullptr);

    [[nodiscard]] State state() const { return state_; }
    /// False until the hub's sealing key is known: nobody's data is taken that could not be sealed.
    [[nodiscard]] bool open() const { return !sealKey_.empty(); }
    [[nodiscard]] bool terms() const { return terms_; }
    [[nodiscard]] bool emailMarketing() const { return emailMarketing_; }
    [[nodiscard]] bool smsMarketing() const { return smsMarketing_; }
    [[nodiscard]] QString contactError() const { return contactError_; }
    [[nodiscard]] QString emailError() const { return emailError_; }
    [[nodiscard]] QString phoneError() const { return phoneError_; }
    [[nodiscard]] QString termsError() const { return termsError_; }
    [[nodiscard]] QString failure() const { return failure_; }
    [[nodiscard]] QString termsWording() const;
    [[nodiscard]] QString emailWording() const;
    [[nodiscard]] QString smsWording() const;
    [[nodiscard]] QString memberNumber() const { return memberNumber_; }
    /// In groups of four, as on a card.
    [[nodiscard]] QString memberNumberText() const;

    Q_INVOKABLE void setTerms(bool granted);
    Q_INVOKABLE void setEmailMarketing(bool granted);
    Q_INVOKABLE void setSmsMarketing(bool granted);
    /// Checks what was typed; when it is sound seals and sends it and wipes the plain text, whatever comes of
    /// it. Emits cleared() so that the page empties its fields.
    Q_INVOKABLE void submit(QString name, QString email, QString phone);

    void setLanguage(const QString& language);
    void setSealKey(const std::string& key);
    /// The list that the new member takes over; empty for none.
    void setWishlist(const std::string& id) { wishlistId_ = id; }
    void reset();

signals:
    void changed();
    void cleared();
    void joined();

private:
    bool check(const QString& name, const QString& email, const QString& phone);
    [[nodiscard]] std::vector<Consent> consents() const;

    Desk desk_;
    QString language_;
    std::string sealKey_, wishlistId_;
    State state_ = State::Editing;
    bool terms_ = false, emailMarketing_ = false, smsMarketing_ = false;
    QString contactError_, emailError_, phoneError_, termsError_, failure_, memberNumber_;
    quint64 session_ = 0;
};

} // namespace silta::kiosk

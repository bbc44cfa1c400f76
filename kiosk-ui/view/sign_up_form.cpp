#include "view/sign_up_form.h"

#include "core/json.h"
#include "view/personal.h"
#include "view/words.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

namespace silta::kiosk {

SignUpForm::SignUpForm(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {}

QString SignUpForm::termsWording() const {
    return Words::tr(
        "I want to become a member and accept the membership terms. My details are used to run my "
        "membership.");
}

QString SignUpForm::emailWording() const {
    return Words::tr("Send me news and offers by e-mail.");
}

QString SignUpForm::smsWording() const {
    return Words::tr("Send me news and offers by text message.");
}

QString SignUpForm::memberNumberText() const {
    QString text;
    for (qsizetype i = 0; i < memberNumber_.size(); ++i) {
        if (i > 0 && i % 4 == 0) text += QChar::Nbsp;
        text += memberNumber_.at(i);
    }
    return text;
}

void SignUpForm::setTerms(bool granted) {
    terms_ = granted;
    if (granted) termsError_.clear();
    emit changed();
}

void SignUpForm::setEmailMarketing(bool granted) {
    emailMarketing_ = granted;
    emit changed();
}

void SignUpForm::setSmsMarketing(bool granted) {
    smsMarketing_ = granted;
    emit changed();
}

bool SignUpForm::check(const QString& name, const QString& email, const QString& phone) {
    contactError_.clear();
    emailError_.clear();
    phoneError_.clear();
    termsError_.clear();
    failure_.clear();
    if (email.isEmpty() && phone.isEmpty())
        contactError_ =
            Words::tr("Enter an e-mail address or a phone number, so that we can find you again.");
    if (!email.isEmpty() && !looksLikeEmail(email))
        emailError_ = Words::tr("This does not look like an e-mail address. Example: name@example.com");
    if (!phone.isEmpty() && !looksLikePhone(phone))
        phoneError_ = Words::tr("This does not look like a phone number. Example: +358 40 123 4567");
    if (!terms_) termsError_ = Words::tr("Membership needs your consent to the terms.");
    return name.size() <= kFieldCharsMax && contactError_.isEmpty() && emailError_.isEmpty() &&
           phoneError_.isEmpty() && termsError_.isEmpty();
}

std::vector<Consent> SignUpForm::consents() const {
    const auto hashOf = [](const QString& wording) { return sha256Hex(wording.toStdString()); };
    return {{"membership-terms", "any", hashOf(termsWording()), terms_},
            {"marketing", "email", hashOf(emailWording()), emailMarketing_},
            {"marketing", "sms", hashOf(smsWording()), smsMarketing_}};
}

void SignUpForm::submit(QString name, QString email, QString phone) {
    if (state_ == State::Sending || !open()) return;
    QString trimmedName = name.trimmed(), trimmedEmail = email.trimmed(), trimmedPhone = phone.trimmed();
    if (!check(trimmedName, trimmedEmail, trimmedPhone)) return emit changed();

    auto sealed =
        sealPerson({{"name", &trimmedName}, {"email", &trimmedEmail}, {"phone", &trimmedPhone}}, sealKey_);
    for (QString* text : {&name, &email, &phone})
        wipe(*text);
    emit cleared();

    const auto fail = [this](Errc code) {
        state_ = State::Editing;
        failure_ = code == Errc::Full
                       ? Words::tr("This device has no room for new memberships right now. Please ask "
                                   "at the till, where you can join as well.")
                       : Words::tr("Joining did not work just now, and nothing was kept. Please try "
                                   "again, or ask at the till.");
        emit changed();
    };
    if (!sealed) return fail(sealed.error().code);

    SealedSignUp signUp;
    signUp.memberId = makeUuid(desk_.clock, desk_.random);
    signUp.sealed = std::move(*sealed);
    signUp.lang = language_.toStdString();
    signUp.wishlistId = wishlistId_;
    signUp.consents = consents();
    state_ = State::Sending;
    emit changed();
    desk_.edge.join(this, signUp, [this, fail, session = session_](Result<std::string> number) {
        if (session != session_) return;
        if (!number) return fail(number.error().code);
        memberNumber_ = QString::fromStdString(*number);
        state_ = State::Joined;
        emit changed();
        emit joined();
    });
}

void SignUpForm::setLanguage(const QString& language) {
    language_ = language;
    // A consent given to one language's wording is not one to another's.
    if (state_ == State::Editing) terms_ = emailMarketing_ = smsMarketing_ = false;
    contactError_.clear();
    emailError_.clear();
    phoneError_.clear();
    termsError_.clear();
    failure_.clear();
    emit changed();
}

void SignUpForm::setSealKey(const std::string& key) {
    if (key == sealKey_) return;
    sealKey_ = key;
    emit changed();
}

void SignUpForm::reset() {
    ++session_;
    state_ = State::Editing;
    terms_ = emailMarketing_ = smsMarketing_ = false;
    for (QString* text : {&contactError_, &emailError_, &phoneError_, &termsError_, &failure_})
        text->clear();
    wipe(memberNumber_);
    wishlistId_.clear();
    emit cleared();
    emit changed();
}

} // namespace silta::kiosk

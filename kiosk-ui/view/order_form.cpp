#include "view/order_form.h"

#include "view/personal.h"
#include "view/postcode.h"

#include <silta/uuid.h>

namespace silta::kiosk {

namespace {

constexpr int kInitialsMax = 3;

OrderKind kindOf(OrderForm::Kind kind) {
    if (kind == OrderForm::Kind::Home) return OrderKind::Home;
    return kind == OrderForm::Kind::Reserve ? OrderKind::Reserve : OrderKind::Collect;
}

/// "Maija Meikäläinen" is MM: what staff may call out.
QString initialsOf(const QString& name) {
    QString initials;
    for (const QString& part : name.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (initials.size() < kInitialsMax && part.at(0).isLetter()) initials += part.at(0).toUpper();
    return initials;
}

QString tooLong() {
    return Words::tr("This is too long.");
}

} // namespace

OrderForm::OrderForm(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk), basket_(desk) {
    connect(&basket_, &OrderBasket::changed, this, [this] {
        if (kind_ == Kind::Reserve && basket_.ready() && !basket_.allHere()) kind_ = Kind::Collect;
        if (basket_.ready() && state_ == State::Editing) askPromise();
        emit changed();
    });
}

bool OrderForm::isPostcodeFirst() const {
    return postcodeRuleOf(basket_.country()).isBeforeCity;
}

QString OrderForm::postcodeExample() const {
    return QString::fromLatin1(postcodeRuleOf(basket_.country()).example);
}

QString OrderForm::promiseText() const {
    if (!promise_) return {};
    if (promise_->isKept) return Words::tr("In stock here: it is put aside for you at once.");
    return promise_->isOnline
               ? Words::tr("We ask for it as soon as you order, and you know in a moment.")
               : Words::tr("No connection just now: we ask for it as soon as there is one, and the page on "
                           "your phone tells you. Until then nothing is promised.");
}

void OrderForm::setKind(Kind kind) {
    if (state_ != State::Editing || kind == kind_) return;
    kind_ = kind;
    clearErrors();
    askPromise();
    emit changed();
}

void OrderForm::setWord(const QString& word) {
    if (state_ != State::Editing || !words_.contains(word)) return;
    word_ = word;
    emit changed();
}

void OrderForm::askWords() {
    desk_.edge.orderWords(this, language_.toStdString(),
                          [this, session = session_](Result<std::vector<std::string>> words) {
                              if (session != session_ || !words || state_ != State::Editing) return;
                              words_.clear();
                              for (const std::string& word : *words)
                                  words_.append(QString::fromStdString(word));
                              // Without any the device draws one itself.
                              word_ = words_.isEmpty() ? QString() : words_.first();
                              emit changed();
                          });
}

void OrderForm::begin(std::vector<ListItem> items) {
    reset();
    basket_.fill(std::move(items));
    askWords();
}

OrderRequest OrderForm::draft() const {
    OrderRequest order;
    order.kind = kindOf(kind_);
    if (kind_ == Kind::Collect && basket_.store() != basket_.homeStore()) order.store = basket_.store();
    order.lang = language_.toStdString();
    order.word = word_.toStdString();
    for (const OrderLine& line : basket_.ordered())
        order.lines.push_back({line.sku, line.quantity, line.unitPrice.minor});
    if (basket_.total()) order.currency = std::string(basket_.total()->currency.code());
    return order;
}

void OrderForm::askPromise() {
    const quint64 ticket = ++promiseTicket_;
    promise_.reset();
    if (basket_.ordered().empty()) return;
    desk_.edge.checkOrder(this, draft(), [this, ticket](Result<OrderPromise> promise) {
        if (ticket != promiseTicket_) return;
        if (promise) promise_ = *promise;
        emit changed();
    });
}

void OrderForm::clearErrors() {
    for (QString* text : {&nameError_, &contactError_, &emailError_, &phoneError_, &streetError_,
                          &postcodeError_, &cityError_, &failure_})
        text->clear();
}

void OrderForm::checkAddress(const OrderPerson& person) {
    const auto missing = [](const QString& text, const QString& words) {
        if (text.isEmpty()) return words;
        return text.size() > kAddressCharsMax ? tooLong() : QString();
    };
    nameError_ = missing(person.name, Words::tr("Enter the name that is on the door."));
    streetError_ = missing(person.street, Words::tr("Enter the street and the number."));
    cityError_ = missing(person.city, Words::tr("Enter the town."));
    if (!isPostcode(basket_.country(), person.postcode.toStdString()))
        postcodeError_ = postcodeExample().isEmpty()
                             ? Words::tr("Enter the postcode.")
                             : Words::tr("Enter the postcode, such as %1.").arg(postcodeExample());
}

bool OrderForm::check(const OrderPerson& person) {
    clearErrors();
    if (kind_ == Kind::Home) {
        checkAddress(person);
        if (person.email.isEmpty() && person.phone.isEmpty())
            contactError_ = Words::tr("Enter an e-mail address or a phone number for the delivery.");
    } else if (person.name.size() > kAddressCharsMax) {
        nameError_ = tooLong();
    }
    if (!person.email.isEmpty() && !looksLikeEmail(person.email))
        emailError_ = Words::tr("This does not look like an e-mail address. Example: name@example.com");
    if (!person.phone.isEmpty() &&
        (!looksLikePhone(person.phone) || person.phone.size() > kOrderPhoneCharsMax))
        phoneError_ = Words::tr("This does not look like a phone number. Example: +358 40 123 4567");
    return nameError_.isEmpty() && contactError_.isEmpty() && emailError_.isEmpty() &&
           phoneError_.isEmpty() && streetError_.isEmpty() && postcodeError_.isEmpty() &&
           cityError_.isEmpty();
}

void OrderForm::submit(OrderPerson person) {
    if (state_ != State::Editing || basket_.ordered().empty()) return;
    for (QString* text :
         {&person.name, &person.email, &person.phone, &person.street, &person.postcode, &person.city})
        *text = text->trimmed();
    if (kind_ == Kind::Home && !canDeliver()) return;
    if (!check(person)) return emit changed();

    sent_ = draft();
    sent_.orderId = makeUuid(desk_.clock, desk_.random);
    const bool isSomebody = !person.name.isEmpty() || !person.email.isEmpty() || !person.phone.isEmpty();
    if (isSomebody && canDeliver()) {
        sent_.initials = initialsOf(person.name).toStdString();
        QString country = kind_ == Kind::Home ? QString::fromStdString(basket_.country()) : QString();
        auto sealed = sealPerson({{"name", &person.name},
                                  {"email", &person.email},
                                  {"phone", &person.phone},
                                  {"street", &person.street},
                                  {"postcode", &person.postcode},
                                  {"city", &person.city},
                                  {"country", &country}},
                                 sealKey_);
        if (!sealed) { // nobody is told that they will be written to when they will not
            failure_ = Words::tr("The order was not taken. Please ask our staff.");
            return emit changed();
        }
        sent_.sealed = std::move(*sealed);
    }
    for (QString* text :
         {&person.name, &person.email, &person.phone, &person.street, &person.postcode, &person.city})
        wipe(*text);
    emit cleared();
    send();
}

void OrderForm::sendAgain() {
    if (state_ == State::Unsure) send();
}

void OrderForm::placeElsewhere(const std::string& store) {
    if (state_ == State::Sending || sent_.orderId.empty()) return;
    // The one on its way may have arrived: another would be a second order.
    if (state_ == State::Unsure) return store == sent_.store ? send() : void();
    sent_.orderId = makeUuid(desk_.clock, desk_.random);
    sent_.kind = OrderKind::Collect;
    sent_.store = store;
    send();
}

void OrderForm::send() {
    state_ = State::Sending;
    failure_.clear();
    emit changed();
    desk_.edge.placeOrder(this, sent_, [this, session = session_](Result<Order> order) {
        if (session == session_) take(std::move(order));
    });
}

void OrderForm::take(Result<Order> order) {
    state_ = State::Editing;
    if (order) {
        emit changed();
        return emit placed(*order);
    }
    switch (order.error().code) {
    case Errc::Unavailable:
    case Errc::Internal:
    case Errc::Corrupt:
        state_ = State::Unsure;
        failure_ = Words::tr("We do not know whether your order arrived. Send it again: it counts once, "
                             "however often you do.");
        break;
    case Errc::Full:
        failure_ = Words::tr("This device has no room for orders right now. Our staff take your order at the "
                             "till.");
        break;
    case Errc::Limit:
        state_ = State::Unsure; // not taken, and what was typed is wiped: what is sealed can go again
        failure_ = Words::tr("Many orders are coming in just now. Please try again in a minute.");
        break;
    default:
        failure_ = Words::tr("The order was not taken. Please ask our staff.");
        break;
    }
    emit changed();
    emit placingFailed();
}

void OrderForm::setLanguage(const QString& language) {
    language_ = language;
    basket_.setLanguage(language);
    clearErrors();
    if (!words_.isEmpty()) askWords(); // a word is remembered in one's own language
    emit changed();
}

void OrderForm::setSealKey(const std::string& key) {
    if (key == sealKey_) return;
    sealKey_ = key;
    emit changed();
}

void OrderForm::reset() {
    ++session_;
    ++promiseTicket_;
    state_ = State::Editing;
    kind_ = Kind::Collect;
    words_.clear();
    word_.clear();
    promise_.reset();
    sent_ = {};
    basket_.reset();
    clearErrors();
    emit cleared();
    emit changed();
}

} // namespace silta::kiosk

#include "view/order_view.h"

#include "core/order_number.h"

#include <algorithm>

namespace silta::kiosk {

OrderView::OrderView(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {}

// ---- what is said
// ----------------------------------------------------------------------------------------------------------

bool OrderView::isOver() const {
    return order_.isRefused || order_.state == OrderState::HandedOver ||
           order_.state == OrderState::Returned || order_.state == OrderState::Cancelled ||
           order_.state == OrderState::NotCollected;
}

/// The hub may still say in this very moment.
bool OrderView::isDeciding() const {
    return isOwn_ && !order_.isRefused && order_.state == OrderState::Placed && !order_.isKept &&
           desk_.clock.steadyMs() < shownMs_ + kOrderDecidedMs;
}

OrderView::Tone OrderView::tone() const {
    if (order_.isRefused || order_.state == OrderState::Unallocated ||
        order_.state == OrderState::NotCollected)
        return Tone::Bad;
    if (isOver()) return Tone::Over;
    return order_.isKept || order_.state != OrderState::Placed ? Tone::Good : Tone::Waiting;
}

QString OrderView::title() const {
    if (order_.number.empty()) return {};
    if (order_.isRefused) return Words::tr("This order did not go through");
    switch (order_.state) {
    case OrderState::Placed:
        if (isDeciding()) return Words::tr("One moment");
        if (!order_.isKept) return Words::tr("We have asked for it");
        return order_.kind == OrderKind::Reserve ? Words::tr("Put aside for you") : Words::tr("It is yours");
    case OrderState::Accepted:
        return order_.kind == OrderKind::Reserve ? Words::tr("Put aside for you") : Words::tr("It is yours");
    case OrderState::Unallocated:
        return Words::tr("We are sorry: it is gone");
    case OrderState::Picking:
        return Words::tr("We are fetching it");
    case OrderState::Ready:
        return Words::tr("It is ready for you");
    case OrderState::HandedOver:
        return order_.isReturnAsked ? Words::tr("Bring it to our staff") : Words::tr("You have it");
    case OrderState::Returned:
        return Words::tr("It came back to us");
    case OrderState::Cancelled:
        return Words::tr("This order was called off");
    case OrderState::NotCollected:
        break;
    }
    return Words::tr("Nobody came for this order");
}

QString OrderView::place() const {
    if (!place_.name.empty()) return QString::fromStdString(place_.name);
    return QString::fromStdString(order_.storeName.empty() ? order_.store : order_.storeName);
}

QString OrderView::moment(UtcMs ms) const {
    return Words(language_).moment(ms, place_.timeZone, desk_.clock.nowMs());
}

QString OrderView::promisedText() const {
    if (order_.kind == OrderKind::Home)
        return order_.isPaid ? Words::tr("It is paid and comes to your home.")
                             : Words::tr("Pay with this slip at the till, %1 at the latest. Then it comes to "
                                         "your home.")
                                   .arg(moment(order_.expiresMs));
    if (order_.kind == OrderKind::Reserve)
        return Words::tr("%1 keeps it until %2. Try it, and pay only if you like it.")
            .arg(place(), moment(order_.expiresMs));
    return Words::tr("Ready for you in %1: %2. It waits until %3.")
        .arg(place(), moment(order_.promisedMs), moment(order_.expiresMs));
}

QString OrderView::requestedText() const {
    if (isDeciding()) return Words::tr("We are asking whether it is there.");
    return order_.pageUrl.empty() ? Words::tr("Nothing is promised yet. Ask here or at the till with the "
                                              "number of your order.")
                                  : Words::tr("Nothing is promised yet. The page on your phone tells you as "
                                              "soon as it is certain.");
}

QString OrderView::text() const {
    if (order_.number.empty()) return {};
    if (order_.isRefused)
        return order_.kind == OrderKind::Home ? Words::tr("Nothing is sent, and nothing is to be paid. "
                                                          "Something in the address may be missing: "
                                                          "order again, or ask our staff with this number.")
                                              : Words::tr("Nothing is put aside, and nothing is to be paid. "
                                                          "Order again, or ask our staff with "
                                                          "this number.");
    switch (order_.state) {
    case OrderState::Placed:
        return order_.isKept ? promisedText() : requestedText();
    case OrderState::Accepted:
        return promisedText();
    case OrderState::Unallocated:
        return alternatives_.count() > 0
                   ? Words::tr("Somebody else was faster. These stores have all of it:")
                   : Words::tr("Somebody else was faster, and no other store has all of it. Our staff look "
                               "for a way; you can also call the order off.");
    case OrderState::Picking:
        return Words::tr("Our staff in %1 are collecting your things.").arg(place());
    case OrderState::Ready:
        return order_.kind == OrderKind::Home
                   ? promisedText()
                   : Words::tr("It lies at the desk of %1 until %2.").arg(place(), moment(order_.expiresMs));
    case OrderState::HandedOver:
        return order_.isReturnAsked
                   ? Words::tr("Show the number of your order at the desk. They look at it together with "
                               "you.")
                   : Words::tr("Something is not right? You can return it here.");
    case OrderState::Returned:
        return Words::tr("Everything of this order was returned.");
    case OrderState::Cancelled:
        return Words::tr("Nothing is put aside any more, and nothing is to be paid.");
    case OrderState::NotCollected:
        break;
    }
    return Words::tr("It was kept until %1 and is back on the shelf.").arg(moment(order_.expiresMs));
}

QString OrderView::numberText() const {
    return order_.number.empty() ? QString() : QString::fromStdString(shownOrderNumber(order_.number));
}

QString OrderView::payText() const {
    if (order_.isPaid) return Words::tr("Paid");
    if (isOver()) return {};
    return order_.kind == OrderKind::Home ? Words::tr("To pay at the till")
                                          : Words::tr("To pay when you fetch it");
}

QString OrderView::totalText() const {
    return order_.total ? Words(language_).money(*order_.total) : QString();
}

bool OrderView::canArrive() const {
    if (order_.isRefused || order_.kind == OrderKind::Home || order_.store != homeStore_ || order_.hasArrived)
        return false;
    return order_.state == OrderState::Accepted || order_.state == OrderState::Picking ||
           order_.state == OrderState::Ready || (order_.state == OrderState::Placed && order_.isKept);
}

bool OrderView::canCancel() const {
    return !isOver() && !order_.isPaid && state_ == State::Shown;
}

bool OrderView::canReturn() const {
    return !order_.isRefused && order_.state == OrderState::HandedOver && !order_.isReturnAsked;
}

// ---- what is asked
// ---------------------------------------------------------------------------------------------------------

void OrderView::find(const QString& code) {
    const QString wanted = code.trimmed();
    if (wanted.isEmpty()) return;
    reset();
    code_ = wanted.toStdString();
    state_ = State::Asking;
    isWatched_ = true;
    emit changed();
    desk_.edge.findOrder(this, code_, language_.toStdString(),
                         [this, session = session_](Result<Order> order) {
                             if (session != session_) return;
                             if (order) return take(std::move(*order));
                             lose(order.error());
                         });
}

void OrderView::lose(const Error& error) {
    const bool isNone = error.code == Errc::NotFound || error.code == Errc::Invalid;
    state_ = isNone ? State::Unknown : State::Failed;
    emit changed();
}

void OrderView::show(const Order& order) {
    reset();
    isOwn_ = true;
    isWatched_ = true;
    shownMs_ = desk_.clock.steadyMs();
    take(order);
}

void OrderView::take(Order order) {
    if (isOwn_ && order.word.empty()) order.word = order_.word;
    if (isOwn_ && order.pageUrl.empty()) order.pageUrl = order_.pageUrl;
    order_ = std::move(order);
    state_ = State::Shown;
    nextMs_ = desk_.clock.steadyMs() + (isDeciding() ? kOrderSoonMs : kOrderLaterMs);
    readNames();
    emit changed();
}

void OrderView::tick() {
    const std::int64_t now = desk_.clock.steadyMs();
    if (!isWatched_ || isAsking_ || isBusy_ || state_ != State::Shown || now < nextMs_) return;
    isAsking_ = true;
    const auto reply = [this, session = session_](Result<Order> order) {
        if (session != session_) return;
        isAsking_ = false;
        if (order) return take(std::move(*order));
        nextMs_ = desk_.clock.steadyMs() + kOrderLaterMs;
        emit changed(); // "one moment" has an end even when nobody answers
    };
    if (isOwn_)
        desk_.edge.order(this, order_.id, language_.toStdString(), reply);
    else
        desk_.edge.findOrder(this, code_, language_.toStdString(), reply);
}

EdgeService::Reply<Order> OrderView::wish() {
    isBusy_ = true;
    failure_.clear();
    emit changed();
    return [this, session = session_](Result<Order> order) {
        if (session != session_) return;
        isBusy_ = false;
        if (!order) return refuse(order.error());
        take(std::move(*order));
        if (order_.state == OrderState::Cancelled) emit cancelled();
    };
}

void OrderView::refuse(const Error& error) {
    switch (error.code) {
    case Errc::Denied:
        failure_ = Words::tr("This is not the word of the order. It stands on your slip.");
        break;
    case Errc::Limit:
        failure_ = Words::tr("Too many tries. Please wait a minute, or ask our staff.");
        break;
    case Errc::Conflict:
        failure_ = Words::tr("This is not possible any more. Our staff can help.");
        nextMs_ = 0; // something has changed meanwhile
        break;
    default:
        failure_ = Words::tr("This did not work just now. Please try again, or ask our staff.");
        break;
    }
    emit changed();
}

void OrderView::arrive() {
    if (!isBusy_ && canArrive()) desk_.edge.arrive(this, order_.id, wish());
}

void OrderView::cancel(const QString& word) {
    const std::string said = isOwn_ ? order_.word : word.trimmed().toStdString();
    if (!isBusy_ && canCancel()) desk_.edge.cancelOrder(this, order_.id, said, wish());
}

void OrderView::askReturn(const QStringList& skus, const QString& reason) {
    std::vector<ReturnLine> wanted;
    for (const OrderedLine& line : order_.lines)
        if (skus.contains(QString::fromStdString(line.sku)) && line.returned < line.quantity)
            wanted.push_back({line.sku, line.quantity - line.returned, reason.toStdString()});
    if (!isBusy_ && canReturn() && !wanted.empty()) desk_.edge.askReturn(this, order_.id, wanted, wish());
}

// ---- names and pictures
// ----------------------------------------------------------------------------------------------------

void OrderView::readNames() {
    const quint64 ticket = ++ticket_;
    std::vector<std::string> skus, stores{order_.store};
    for (const OrderedLine& line : order_.lines)
        skus.push_back(line.sku);
    for (const OrderAlternative& other : order_.alternatives)
        stores.push_back(other.store);
    desk_.catalog.ask(
        this,
        [skus, stores, lang = language_.toStdString()](const CatalogReader& reader) -> Result<Named> {
            Named named;
            for (const std::string& sku : skus) {
                const auto id = reader.idOfSku(sku);
                auto page = id ? reader.product(*id, lang) : Result<ProductPage>(id.error());
                if (page) named.products.emplace_back(sku, std::move(*page));
            }
            auto all = reader.stores();
            if (!all) return all.error();
            for (StoreRecord& store : *all)
                if (std::find(stores.begin(), stores.end(), store.code) != stores.end())
                    named.stores.push_back(std::move(store));
            return named;
        },
        [this, ticket](Result<Named> named) {
            if (ticket == ticket_) takeNames(named ? *named : Named{});
        });
}

void OrderView::takeNames(const Named& named) {
    const Words words(language_);
    takeLines(named, words);
    const auto storeOf = [&named](const std::string& code) {
        const auto found = std::find_if(named.stores.begin(), named.stores.end(),
                                        [&](const StoreRecord& store) { return store.code == code; });
        return found == named.stores.end() ? StoreRecord{} : *found;
    };
    place_ = storeOf(order_.store);
    std::vector<PickUpRow> rows;
    for (const OrderAlternative& other : order_.alternatives) {
        const StoreRecord store = storeOf(other.store);
        PickUpRow row;
        row.code = QString::fromStdString(other.store);
        row.name = QString::fromStdString(other.name.empty() ? store.name : other.name);
        row.distance = words.distance(other.km);
        row.opening = words.opening(store, desk_.clock.nowMs());
        row.stock = words.availability(Availability::InStock);
        row.stockKind = kindOf(Availability::InStock);
        rows.push_back(std::move(row));
    }
    alternatives_.setRows(std::move(rows));
    emit changed();
}

void OrderView::takeLines(const Named& named, const Words& words) {
    std::vector<OrderLineRow> rows;
    for (const OrderedLine& line : order_.lines) {
        OrderLineRow row;
        row.sku = QString::fromStdString(line.sku);
        row.title = line.name.empty() ? Words::tr("Item %1").arg(row.sku) : QString::fromStdString(line.name);
        row.count = line.quantity;
        const auto known = std::find_if(named.products.begin(), named.products.end(),
                                        [&](const auto& entry) { return entry.first == line.sku; });
        if (known != named.products.end()) {
            row.title = QString::fromStdString(known->second.text.title);
            row.brand = QString::fromStdString(known->second.record.brand);
            row.picture = pictureUrl(known->second.record.picture);
        }
        if (order_.total) {
            const Money unit{line.unitPriceMinor, order_.total->currency};
            row.price = words.money(Money{unit.minor * line.quantity, unit.currency});
            if (line.quantity > 1)
                row.quantity = Words::tr("%1 × %2", "a quantity and a price")
                                   .arg(words.number(line.quantity), words.money(unit));
        }
        rows.push_back(std::move(row));
    }
    lines_.setRows(std::move(rows));
}

void OrderView::setLanguage(const QString& language) {
    language_ = language;
    failure_.clear();
    if (state_ == State::Shown) readNames();
    emit changed();
}

void OrderView::reset() {
    ++session_;
    ++ticket_;
    state_ = State::None;
    order_ = {};
    code_.clear();
    place_ = {};
    isOwn_ = isBusy_ = isWatched_ = isAsking_ = false;
    failure_.clear();
    lines_.setRows({});
    alternatives_.setRows({});
    emit changed();
}

} // namespace silta::kiosk

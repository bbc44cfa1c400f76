#include "view/order_basket.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace silta::kiosk {

OrderBasket::OrderBasket(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {}

QString OrderBasket::omittedText() const {
    const auto omitted = static_cast<int>(items_.size() - ordered_.size());
    return ready_ && omitted > 0
               ? Words::tr("%n item(s) cannot be ordered here and are left out.", nullptr, omitted)
               : QString();
}

void OrderBasket::setLanguage(const QString& language) {
    language_ = language;
    reload();
}

void OrderBasket::fill(std::vector<ListItem> items) {
    reset();
    items_ = std::move(items);
    for (ListItem& item : items_)
        item.quantity = std::clamp(item.quantity, 1, kOrderQuantityMax);
    reload();
}

void OrderBasket::setQuantity(const QString& sku, int quantity) {
    if (quantity < 1 || quantity > kOrderQuantityMax) return;
    const std::string wanted = sku.toStdString();
    for (ListItem& item : items_)
        if (item.sku == wanted) item.quantity = quantity;
    reload();
}

Result<std::vector<OrderBasket::Found>>
OrderBasket::read(const CatalogReader& reader, const std::vector<ListItem>& items, const std::string& lang) {
    std::vector<Found> found;
    for (const ListItem& item : items) {
        const auto id = reader.idOfSku(item.sku);
        if (!id && id.error().code == Errc::NotFound) continue;
        if (!id) return id.error();
        auto page = reader.product(*id, lang);
        if (!page) return page.error();
        auto stock = reader.storesWithStock(*id);
        if (!stock) return stock.error();
        found.push_back({item, std::move(*page), std::move(*stock)});
    }
    return found;
}

void OrderBasket::reload() {
    if (items_.empty()) return;
    const quint64 ticket = ++ticket_;
    desk_.catalog.ask(
        this,
        [items = items_, lang = language_.toStdString()](const CatalogReader& reader) {
            return read(reader, items, lang);
        },
        [this, ticket](Result<std::vector<Found>> found) {
            if (ticket == ticket_ && found) take(*found);
        });
}

void OrderBasket::take(const std::vector<Found>& found) {
    const Words words(language_);
    const UtcMs now = desk_.clock.nowMs();
    ordered_.clear();
    total_.reset();
    std::vector<Found> kept;
    std::vector<OrderLineRow> rows;
    for (const Found& entry : found) {
        const auto& price = entry.page.record.price;
        // One order is paid in one sum.
        const bool isOther = price && total_ && total_->currency != price->at(now).currency;
        if (!price || isOther || ordered_.size() == kOrderLinesMax) continue;
        takeLine(entry, words, now, rows);
        kept.push_back(entry);
    }
    totalText_ = total_ ? words.money(*total_) : QString();
    takeStores(kept, words, now);
    lines_.setRows(std::move(rows));
    ready_ = true;
    emit changed();
}

void OrderBasket::takeLine(const Found& entry, const Words& words, UtcMs now,
                           std::vector<OrderLineRow>& rows) {
    const Money unit = entry.page.record.price->at(now);
    Money sum = unit;
    sum.minor *= entry.item.quantity;
    if (total_)
        total_->minor += sum.minor;
    else
        total_ = sum;
    ordered_.push_back({entry.item.sku, entry.item.quantity, unit});

    OrderLineRow row;
    row.sku = QString::fromStdString(entry.item.sku);
    row.title = QString::fromStdString(entry.page.text.title);
    row.brand = QString::fromStdString(entry.page.record.brand);
    row.picture = pictureUrl(entry.page.record.picture);
    row.price = words.money(sum);
    row.count = entry.item.quantity;
    if (row.count > 1)
        row.quantity =
            Words::tr("%1 × %2", "a quantity and a price").arg(words.number(row.count), words.money(unit));
    if (!entry.stock.empty() && !entry.stock.front().isEstimate) {
        row.availability = words.availability(entry.stock.front().availability);
        row.availabilityKind = kindOf(entry.stock.front().availability);
    }
    rows.push_back(std::move(row));
}

std::vector<OrderBasket::Cover> OrderBasket::nearest(const std::vector<Found>& found) {
    std::map<std::string, Cover> covers;
    for (const Found& entry : found)
        for (const StoreStock& cell : entry.stock) {
            Cover& cover = covers[cell.store->code];
            if (!cover.scarcest.store || cell.quantity < cover.scarcest.quantity) cover.scarcest = cell;
            if (cell.quantity >= entry.item.quantity) ++cover.lines;
        }
    std::vector<Cover> stores;
    for (auto& [code, cover] : covers) {
        cover.isWhole = cover.lines == static_cast<int>(found.size());
        stores.push_back(std::move(cover));
    }
    // This store first, then those that have all of it; of those, the nearest.
    const auto rank = [](const Cover& cover) {
        return std::tuple(cover.scarcest.isEstimate, !cover.isWhole, cover.scarcest.distanceKm);
    };
    std::sort(stores.begin(), stores.end(),
              [rank](const Cover& a, const Cover& b) { return rank(a) < rank(b); });
    // Nobody crosses a border for this; and prices, taxes and the law are others there.
    if (!stores.empty() && !stores.front().scarcest.isEstimate)
        std::erase_if(stores, [country = stores.front().scarcest.store->country](const Cover& cover) {
            return cover.scarcest.store->country != country;
        });
    if (stores.size() > kPickUpStoresMax) stores.resize(kPickUpStoresMax);
    return stores;
}

PickUpRow OrderBasket::toPickUp(const Cover& cover, int lines, const Words& words, UtcMs now) {
    const StoreRecord& store = *cover.scarcest.store;
    PickUpRow row;
    row.code = QString::fromStdString(store.code);
    row.name = QString::fromStdString(store.name);
    row.address = QString::fromStdString(store.street + ", " + store.city);
    row.opening = words.opening(store, now);
    row.distance =
        cover.scarcest.isEstimate ? words.distance(cover.scarcest.distanceKm) : Words::tr("This store");
    Availability availability = cover.lines == 0 ? Availability::Out : Availability::LastFew;
    if (cover.isWhole) availability = lines == 1 ? cover.scarcest.availability : Availability::InStock;
    row.stockKind = kindOf(availability);
    row.stock = lines == 1      ? words.availability(availability)
                : cover.isWhole ? Words::tr("All items in stock")
                                : Words::tr("%1 of %2 items in stock").arg(cover.lines).arg(lines);
    return row;
}

void OrderBasket::takeStores(const std::vector<Found>& found, const Words& words, UtcMs now) {
    const std::vector<Cover> covers = nearest(found);
    const bool isHomeKnown = !covers.empty() && !covers.front().scarcest.isEstimate;
    if (isHomeKnown) {
        homeStore_ = covers.front().scarcest.store->code;
        country_ = covers.front().scarcest.store->country;
    }
    allHere_ = isHomeKnown && covers.front().isWhole;
    const auto has = [&covers](auto test) { return std::find_if(covers.begin(), covers.end(), test); };
    const auto chosen =
        has([this](const Cover& cover) { return isStoreChosen_ && cover.scarcest.store->code == store_; });
    const auto whole = has([](const Cover& cover) { return cover.isWhole; });
    const auto best = chosen != covers.end() ? chosen : whole != covers.end() ? whole : covers.begin();
    store_ = covers.empty() ? std::string() : best->scarcest.store->code;
    std::vector<PickUpRow> rows;
    rows.reserve(covers.size());
    for (const Cover& cover : covers)
        rows.push_back(toPickUp(cover, static_cast<int>(found.size()), words, now));
    stores_.setRows(std::move(rows));
    stores_.choose(QString::fromStdString(store_));
}

void OrderBasket::setStore(const std::string& code) {
    const QString wanted = QString::fromStdString(code);
    const auto& rows = stores_.rows();
    if (std::none_of(rows.begin(), rows.end(), [&](const PickUpRow& row) { return row.code == wanted; }))
        return;
    store_ = code;
    isStoreChosen_ = true;
    stores_.choose(wanted);
    emit changed();
}

void OrderBasket::reset() {
    ++ticket_;
    items_.clear();
    ordered_.clear();
    total_.reset();
    totalText_.clear();
    store_.clear();
    ready_ = allHere_ = isStoreChosen_ = false;
    lines_.setRows({});
    stores_.setRows({});
    emit changed();
}

} // namespace silta::kiosk

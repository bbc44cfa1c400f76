#include "catalog/replica_view.h"

#include "catalog/codec.h"
#include "catalog/limits.h"

#include <algorithm>

namespace silta {

namespace {

constexpr std::size_t kHoursBytesMax = 1 << 18; // kSpecialDaysMax days of kIntervalsPerDayMax intervals

Error damaged(const char* what) {
    return Error{Errc::Corrupt, std::string("read catalog: damaged ") + what};
}

/// Runs `row` for each row of `query`; `row` returns false when it makes no sense.
template <class Row>
Result<void> forEach(Query& query, const char* what, Row row) {
    bool sane = true;
    auto done = forEachRow(query, [&](const Statement& each) { return sane = row(each); });
    if (!done) return done;
    return sane ? Result<void>{} : damaged(what);
}

Availability better(Availability a, Availability b) {
    auto order = [](Availability availability) {
        switch (availability) {
        case Availability::InStock:
            return 3;
        case Availability::LastFew:
            return 2;
        case Availability::Out:
            return 1;
        case Availability::Unknown:
            return 0;
        }
        return 0;
    };
    return order(a) >= order(b) ? a : b;
}

} // namespace

// ---- ReplicaView
// ---------------------------------------------------------------------------------------------------

Result<ReplicaView::Snapshot> ReplicaView::snapshot() {
    if (auto done = database_.exec("BEGIN"); !done) return done.error();
    Snapshot snapshot(database_);
    if (auto done = refresh(); !done) return done.error();
    return snapshot;
}

Result<void> ReplicaView::refresh() {
    const auto isChanged = refreshTables();
    if (!isChanged) return isChanged.error();
    fresh_ = false; // unless all of it is
    const auto isStockNew = stock_.refresh(stockState_, *isChanged);
    if (!isStockNew) return isStockNew.error();
    fresh_ = true;
    if (!*isStockNew) return {};
    takeReports();
    info_.stockAsOf = stock_.asOf();
    info_.reports = stock_.reportsName();
    info_.stock.clear();
    for (const auto& [region, seq] : stock_.positions())
        info_.stock.push_back({region, seq});
    const auto oldest = std::ranges::min_element(info_.stock, {}, &StockPosition::seq);
    info_.stockSeq = oldest != info_.stock.end() ? oldest->seq : 0;
    return {};
}

/// True when the file has changed.
Result<bool> ReplicaView::refreshTables() {
    {
        auto query = statements_.get("PRAGMA data_version");
        if (!query) return query.error();
        auto more = (*query)->step();
        if (!more) return more.error();
        const auto version = (*query)->integer(0);
        if (fresh_ && version == dataVersion_) return false;
        dataVersion_ = version;
        fresh_ = false;
    }
    if (auto done = readMeta(); !done) return done.error();
    if (storesRead_ != storesChange_)
        if (auto done = readStores(); !done) return done.error();
    if (namesRead_ != namesChange_)
        if (auto done = readNames(); !done) return done.error();
    return true;
}

Result<void> ReplicaView::readMeta() {
    info_ = {};
    indexState_ = {};
    stockState_ = {};
    std::string searchWords;
    auto query = statements_.get("SELECT key, value FROM meta");
    if (!query) return query.error();
    auto done = forEach(*query, "head", [this, &searchWords](const Statement& row) {
        const auto key = row.text(0);
        if (key == "search_words") searchWords = row.string(1);
        const auto value = row.integer(1);
        stockState_.readMeta(key, value);
        if (key == "epoch")
            info_.epoch = row.string(1);
        else if (key == "catalog_seq")
            info_.catalogSeq = value;
        else if (key == "products")
            info_.products = value;
        else if (key == "stores")
            info_.stores = value;
        else if (key == "stores_change")
            storesChange_ = value;
        else if (key == "names_change")
            namesChange_ = value;
        else if (key == "index_source")
            indexState_.source = value;
        else if (key == "index_change")
            indexState_.change = value;
        else if (key == "index_from")
            indexState_.from = value;
        return true;
    });
    if (!done) return done;
    readSearchWords(std::move(searchWords));
    return {};
}

// They were looked at before they were put there; of damaged ones, search goes on without any.
void ReplicaView::readSearchWords(std::string text) {
    if (text == searchWordsText_) return;
    auto words = SearchWords::parse(text);
    searchWords_ = words ? std::move(*words) : SearchWords();
    searchWordsText_ = std::move(text);
}

Result<std::int64_t> ReplicaView::departmentAt(std::string_view path) {
    auto query = statements_.get("SELECT id FROM departments WHERE path = ?");
    if (!query) return query.error();
    auto row = (*query)->bind(0, path).step();
    if (!row) return row.error();
    return *row ? (*query)->integer(0) : 0;
}

Result<void> ReplicaView::readStores() {
    auto stores = std::make_shared<Stores>();
    homeStore_ = 0;
    storesRead_ = -1;
    auto query =
        statements_.get("SELECT id, code, name, street, city, postcode, country, phone, latitude, longitude,"
                        " time_zone, hours FROM stores");
    if (!query) return query.error();
    auto done = forEach(*query, "store", [&](const Statement& row) {
        Store store;
        if (row.integer(0) < 1 || row.integer(0) > kStoreIdMax) return false;
        store.id = static_cast<std::int32_t>(row.integer(0));
        auto& record = store.record;
        record.code = row.string(1);
        record.name = row.string(2);
        record.street = row.string(3);
        record.city = row.string(4);
        record.postcode = row.string(5);
        record.country = row.string(6);
        record.phone = row.string(7);
        record.latitude = row.real(8);
        record.longitude = row.real(9);
        record.timeZone = row.string(10);
        const auto json = parseJson(row.text(11), kHoursBytesMax);
        if (!json) return false;
        auto hours = hoursFromJson(*json);
        if (!hours) return false;
        record.hours = std::move(*hours);
        if (record.code == homeCode_) homeStore_ = store.id;
        stores->push_back(std::move(store));
        return true;
    });
    if (!done) return done;
    const auto home = std::ranges::find(*stores, homeStore_, &Store::id);
    if (home != stores->end()) {
        const auto latitude = home->record.latitude;
        const auto longitude = home->record.longitude;
        for (auto& store : *stores)
            store.distanceKm = distanceKm(latitude, longitude, store.record.latitude, store.record.longitude);
    }
    std::ranges::sort(*stores, [this](const Store& a, const Store& b) {
        if ((a.id == homeStore_) != (b.id == homeStore_)) return a.id == homeStore_;
        if (a.distanceKm != b.distanceKm) return a.distanceKm < b.distanceKm;
        return a.record.code < b.record.code;
    });
    places_.clear();
    for (std::size_t place = 0; place < stores->size(); ++place) {
        const auto id = static_cast<std::size_t>((*stores)[place].id);
        if (id >= places_.size()) places_.resize(id + 1);
        places_[id] = static_cast<std::uint32_t>(place + 1);
    }
    stores_ = std::move(stores);
    storesRead_ = storesChange_;
    return {};
}

std::optional<std::size_t> ReplicaView::placeOf(std::int32_t store) const {
    const auto at = static_cast<std::size_t>(store);
    if (store < 0 || at >= places_.size() || places_[at] == 0) return std::nullopt;
    return places_[at] - 1;
}

void ReplicaView::takeReports() {
    reportedAt_.clear();
    reportedAt_.reserve(stores_->size());
    for (const auto& store : *stores_)
        reportedAt_.push_back(stock_.reportOf(store.id));
}

Result<void> ReplicaView::readNames() {
    paths_.clear();
    aisles_.clear();
    parents_.clear();
    namesRead_ = -1;
    auto list = [this](const char* sql, std::vector<std::string>& texts,
                       std::size_t sizeMax) -> Result<void> {
        auto query = statements_.get(sql);
        if (!query) return query.error();
        return forEach(*query, "names", [&texts, sizeMax](const Statement& row) {
            texts.push_back(row.string(1));
            return row.integer(0) == static_cast<std::int64_t>(texts.size()) && texts.size() <= sizeMax;
        });
    };
    if (auto done = list("SELECT id, path FROM paths ORDER BY id", paths_, kPathsMax); !done) return done;
    if (auto done = list("SELECT id, name FROM aisles ORDER BY id", aisles_, kAislesMax); !done) return done;
    auto query = statements_.get("SELECT id, parent FROM departments ORDER BY id");
    if (!query) return query.error();
    auto done = forEach(*query, "departments", [this](const Statement& row) {
        parents_.push_back(row.integer(1));
        const auto id = static_cast<std::int64_t>(parents_.size());
        return row.integer(0) == id && row.integer(1) >= 0 && row.integer(1) < id &&
               parents_.size() <= kDepartmentsMax;
    });
    if (!done) return done;
    namesRead_ = namesChange_;
    return {};
}

std::string_view ReplicaView::pathText(std::int64_t id) const {
    const auto index = static_cast<std::size_t>(id - 1);
    return id > 0 && index < paths_.size() ? std::string_view(paths_[index]) : std::string_view();
}

std::string_view ReplicaView::aisle(std::int32_t id) const {
    if (id < 0) return stock_.aisle(id);
    const auto index = static_cast<std::size_t>(id - 1);
    return id > 0 && index < aisles_.size() ? std::string_view(aisles_[index]) : std::string_view();
}

std::int64_t ReplicaView::parentOf(std::int64_t department) const {
    const auto index = static_cast<std::size_t>(department - 1);
    return department > 0 && index < parents_.size() ? parents_[index] : 0;
}

bool ReplicaView::isBelow(std::int64_t department, std::int64_t ancestor) const {
    while (department != 0 && department != ancestor)
        department = parentOf(department);
    return department == ancestor;
}

Result<ProductRow> ReplicaView::row(std::int64_t id) {
    auto query = statements_.get("SELECT " SILTA_PRODUCT_COLUMNS " FROM products WHERE id = ?");
    if (!query) return query.error();
    auto more = (*query)->bind(0, id).step();
    if (!more) return more.error();
    if (!*more) return Error{Errc::NotFound, "read product: no such row"};
    return readProductRow(**query);
}

Result<ProductRecord> ReplicaView::record(const ProductRow& row) {
    ProductRecord record;
    record.sku = row.sku;
    record.gtin = row.gtin;
    record.group = row.group;
    record.brand = row.brand;
    record.price = row.price;
    record.picture = row.picture;
    record.rating = row.rating;
    for (const auto& text : row.texts)
        record.texts.push_back(
            {text.lang, text.title, {}, std::string(pathText(text.path)), text.color, text.size});
    auto query = statements_.get("SELECT body FROM details WHERE product = ?");
    if (!query) return query.error();
    auto more = (*query)->bind(0, row.id).step();
    if (!more) return more.error();
    if (*more)
        if (auto done = addDetails((*query)->text(0), record); !done) return done.error();
    return record;
}

Result<Availability> ReplicaView::availabilityHere(std::int64_t product) {
    if (homeStore_ == 0) return Availability::Unknown;
    const auto quantity = stock_.quantity(product, homeStore_);
    if (!quantity) return quantity.error();
    if (*quantity > 0) return availabilityOf(*quantity);
    return reportedAt_.front() ? Availability::Out : Availability::Unknown;
}

Result<std::vector<std::int64_t>> ReplicaView::variantsOf(const std::string& group) {
    std::vector<std::int64_t> ids;
    auto query = statements_.get("SELECT id FROM products WHERE group_key = ? ORDER BY id LIMIT ?");
    if (!query) return query.error();
    (*query)->bind(0, group).bind(1, static_cast<std::int64_t>(kVariantsMax));
    auto done = forEachRow(*query, [&ids](const Statement& row) {
        ids.push_back(row.integer(0));
        return true;
    });
    if (!done) return done.error();
    return ids;
}

Result<ProductCard> ReplicaView::card(const ProductRow& row, std::string_view lang) {
    ProductCard card;
    card.id = row.id;
    card.sku = row.sku;
    card.gtin = row.gtin;
    card.title = textFor(row.texts, lang).title;
    card.brand = row.brand;
    card.price = row.price;
    card.picture = row.picture;
    card.rating = row.rating;
    std::vector<std::int64_t> ids = {row.id};
    if (!row.group.empty()) {
        auto variants = variantsOf(row.group);
        if (!variants) return variants.error();
        if (!variants->empty()) ids = std::move(*variants);
    }
    card.variants = static_cast<int>(ids.size());
    for (const auto id : ids) {
        const auto here = availabilityHere(id);
        if (!here) return here.error();
        card.here = better(card.here, *here);
    }
    return card;
}

Result<std::string> ReplicaView::departmentTitle(std::int64_t id, std::string_view lang) {
    auto query = statements_.get("SELECT title FROM department_titles WHERE department = ?1 ORDER BY"
                                 " lang = ?2 DESC, lang = 'en' DESC, lang LIMIT 1");
    if (!query) return query.error();
    auto more = (*query)->bind(0, id).bind(1, lang).step();
    if (!more) return more.error();
    if (*more) return (*query)->string(0);
    auto path = statements_.get("SELECT path FROM departments WHERE id = ?");
    if (!path) return path.error();
    more = (*path)->bind(0, id).step();
    if (!more) return more.error();
    return (*path)->string(0);
}

Result<const HomeStock*> ReplicaView::homeStock() {
    return stock_.home(homeStore_);
}

Result<const HomeStock*> ReplicaView::homeStockIfLoaded() {
    if (!stock_.isHomeLoaded()) return nullptr;
    return homeStock();
}

} // namespace silta

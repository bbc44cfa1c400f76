#include "edge/store_face.h"

#include "core/money_json.h"
#include "sync/catalog_puller.h"

#include <algorithm>
#include <array>
#include <utility>

namespace silta {

namespace {

constexpr std::int64_t kShownMs = 15'000; // as old as a head may be
constexpr std::int64_t kListMs = 500;     // the guest who waits for it is not in yet
constexpr int kCandidatesMax = 200;       // offers looked at; the reader scans more
constexpr int kPerDepartment = 2;         // before every other department has had its turn

struct Candidate {
    ProductCard card;
    std::string department; ///< the top one
    std::int64_t permille = 0;
};

std::int64_t discountPermille(const Price& price) {
    constexpr std::int64_t kPermille = 1'000;
    const auto regular = price.regular.minor;
    return regular > 0 ? (regular - price.sale->minor) * kPermille / regular : 0;
}

std::string topOf(const std::string& department) {
    return department.substr(0, department.find(" > "));
}

/// The biggest discounts, at most kPerDepartment of a department; then what is left, as there is room.
std::vector<Candidate> chosen(std::vector<Candidate> all) {
    std::ranges::stable_sort(all, std::greater<>(), &Candidate::permille);
    std::vector<Candidate> first, rest;
    std::map<std::string, int> taken;
    for (auto& candidate : all) {
        const bool isNew = taken[candidate.department]++ < kPerDepartment;
        (isNew ? first : rest).push_back(std::move(candidate));
    }
    first.insert(first.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
    if (first.size() > kGuestOffersMax) first.resize(kGuestOffersMax);
    return first;
}

Result<std::vector<Candidate>> candidates(const CatalogReader& reader, UtcMs nowMs) {
    auto cards = reader.offers(kLanguages.front(), nowMs, kCandidatesMax);
    if (!cards) return cards.error();
    std::vector<Candidate> all;
    for (auto& card : *cards) {
        const bool isHere = card.here == Availability::InStock || card.here == Availability::LastFew;
        if (!isHere || !card.price || !card.price->isOffer(nowMs)) continue;
        auto page = reader.product(card.id, kLanguages.front());
        if (!page) return page.error();
        const auto permille = discountPermille(*card.price);
        all.push_back({std::move(card), topOf(page->text.department), permille});
    }
    return all;
}

/// One line of a list; a null value for what the catalogue does not know.
Result<Json> listLine(const CatalogReader& reader, const WishlistItem& item, const std::string& lang,
                      UtcMs nowMs) {
    const auto id = reader.idOfSku(item.sku);
    if (!id && id.error().code == Errc::NotFound) return Json(nullptr);
    if (!id) return id.error();
    auto page = reader.product(*id, lang);
    if (!page) return page.error();
    auto stock = reader.storesWithStock(*id);
    if (!stock) return stock.error();
    Json line = {{"name", page->text.title}, {"quantity", item.quantity}};
    const auto& product = page->record;
    if (!product.brand.empty()) line["brand"] = product.brand;
    if (product.price) line["price"] = moneyToJson(product.price->at(nowMs));
    if (!product.picture.empty()) line["picture"] = product.picture;
    const bool isKnownHere =
        !stock->empty() && !stock->front().isEstimate && stock->front().availability != Availability::Unknown;
    if (isKnownHere) line["stockHere"] = stock->front().quantity;
    return line;
}

/// What does not depend on the language; a null value when this very item is not here.
Result<Json> plainOffer(const CatalogReader& reader, const ProductCard& card) {
    auto stock = reader.storesWithStock(card.id);
    if (!stock) return stock.error();
    if (stock->empty() || stock->front().isEstimate || stock->front().quantity < 1) return Json(nullptr);
    const auto& here = stock->front();
    Json offer = {{"sku", card.sku},
                  {"price", moneyToJson(*card.price->sale)},
                  {"regularPrice", moneyToJson(card.price->regular)},
                  {"stockHere", here.quantity},
                  {"asOfMs", here.asOf}};
    if (!here.aisle.empty()) offer["aisle"] = here.aisle;
    if (!card.picture.empty()) offer["picture"] = card.picture;
    return offer;
}

} // namespace

Result<std::shared_ptr<const StoreFace::Shown>> StoreFace::read(const std::string& storeCode) const {
    auto reader = open_(storeCode);
    if (!reader) return reader.error();
    auto shown = std::make_shared<Shown>();
    auto stores = (*reader)->stores();
    if (!stores) return stores.error();
    const auto home = std::ranges::find(*stores, storeCode, &StoreRecord::code);
    if (home == stores->end()) return Error{Errc::NotFound, "read store: not in the catalogue"};
    shown->store = *home;
    auto all = candidates(**reader, clock_.nowMs());
    if (!all) return all.error();
    for (const auto& candidate : chosen(std::move(*all))) {
        auto offer = plainOffer(**reader, candidate.card);
        if (!offer) return offer.error();
        if (offer->is_null()) continue;
        for (const auto lang : kLanguages) {
            auto page = (*reader)->product(candidate.card.id, lang);
            if (!page) return page.error();
            (*offer)["name"] = page->text.title;
            shown->offers[std::string(lang)].push_back(dumpJson(*offer));
        }
    }
    return std::shared_ptr<const Shown>(std::move(shown));
}

Result<std::shared_ptr<const StoreFace::Shown>> StoreFace::shown(const std::string& storeCode) {
    {
        const std::lock_guard lock(mutex_);
        const bool isDue = clock_.steadyMs() >= nextReadMs_;
        const bool isOthers = shown_ && shown_->store.code != storeCode;
        if (reading_ || (!isDue && !isOthers)) {
            if (shown_ && !isOthers) return shown_;
            return failure_.value_or(Error{Errc::Unavailable, "read store: being read"});
        }
        reading_ = true;
    }
    auto fresh = read(storeCode);
    const std::lock_guard lock(mutex_);
    reading_ = false;
    nextReadMs_ = clock_.steadyMs() + kShownMs;
    if (fresh) {
        shown_ = *fresh;
        failure_.reset();
        return shown_;
    }
    shown_.reset(); // offers of a catalogue that cannot be read any more are worth nothing
    failure_ = fresh.error();
    if (failure_->code == Errc::NotFound) failure_->code = Errc::Unavailable;
    return *failure_;
}

StoreFace::OpenCatalog StoreFace::openerOf(std::string catalogFolder) {
    return [folder = std::move(catalogFolder)](
               const std::string& storeCode) -> Result<std::unique_ptr<CatalogReader>> {
        auto path = CatalogPuller::currentFile(folder);
        if (!path) return path.error();
        return CatalogReader::open(*path, storeCode);
    };
}

Result<StoreRecord> StoreFace::store(const std::string& storeCode) {
    auto now = shown(storeCode);
    if (!now) return now.error();
    return (*now)->store;
}

Result<std::string> StoreFace::offers(const std::string& storeCode, const std::string& lang, int limit) {
    auto now = shown(storeCode);
    if (!now) return now.error();
    std::string text = R"({"offers":[)";
    auto texts = (*now)->offers.find(lang);
    if (texts == (*now)->offers.end()) texts = (*now)->offers.find(std::string(kLanguages.front()));
    if (texts != (*now)->offers.end()) {
        const auto count = std::min(texts->second.size(), static_cast<std::size_t>(std::max(limit, 0)));
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) text.push_back(',');
            text += texts->second[i];
        }
    }
    return text + "]}";
}

Result<Json> StoreFace::list(const std::string& storeCode, const std::vector<WishlistItem>& items,
                             const std::string& lang) const {
    auto reader = open_(storeCode);
    if (!reader) return reader.error();
    auto lines = Json::array();
    const auto until = clock_.steadyMs() + kListMs;
    for (const auto& item : items) {
        if (lines.size() == kGuestListShownMax || clock_.steadyMs() >= until) break;
        auto line = listLine(**reader, item, lang, clock_.nowMs());
        if (!line) return line.error();
        if (!line->is_null()) lines.push_back(std::move(*line));
    }
    return Json{{"items", std::move(lines)}, {"count", items.size()}};
}

} // namespace silta

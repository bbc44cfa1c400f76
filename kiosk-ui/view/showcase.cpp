#include "view/showcase.h"

#include <silta/browse.h>

#include <algorithm>
#include <array>

namespace silta::kiosk {

namespace {

/// Of the best rated that are out here, so many are asked after in other stores at most.
constexpr std::size_t kAskedNearbyMax = 24;

bool isThere(Availability availability) {
    return availability == Availability::InStock || availability == Availability::LastFew;
}

/// Begins at another place each turn, so that all of them have theirs; those with a picture go first.
std::vector<ProductCard> chosenOf(std::vector<ProductCard> cards, std::size_t turn, std::size_t count) {
    if (cards.empty()) return cards;
    const auto first = static_cast<std::ptrdiff_t>(turn * count % cards.size());
    std::rotate(cards.begin(), cards.begin() + first, cards.end());
    std::stable_partition(cards.begin(), cards.end(),
                          [](const ProductCard& card) { return !card.picture.empty(); });
    if (cards.size() > count) cards.resize(count);
    return cards;
}

} // namespace

// ---- the look, on the catalogue's thread

Result<Showcase::Found> Showcase::look(const CatalogReader& reader, const Question& question) {
    Found found;
    const auto itemOf = [&reader](const ProductCard& card) {
        Found::Item item{card, {}, {}, 0};
        const auto stock = reader.storesWithStock(card.id);
        if (!stock) return item;
        for (const StoreStock& cell : *stock) {
            if (cell.quantity <= 0) continue;
            if (!cell.isEstimate) {
                item.aisle = cell.aisle;
            } else if (cell.distanceKm <= kNearbyKm && item.store.empty()) {
                item.store = cell.store->name;
                item.km = cell.distanceKm;
            }
        }
        return item;
    };
    const auto fill = [&](std::vector<Found::Item>& items, std::vector<ProductCard> cards) {
        for (const ProductCard& card : chosenOf(std::move(cards), question.turn, kSlidesEach))
            items.push_back(itemOf(card));
    };

    auto offers = reader.offers(question.lang, question.now, kSearchLimitMax);
    if (!offers) return offers.error();
    if (std::any_of(offers->begin(), offers->end(), [](const auto& card) { return isThere(card.here); }))
        std::erase_if(*offers, [](const auto& card) { return !isThere(card.here); });
    fill(found.offers, std::move(*offers));

    BrowseQuery best;
    best.lang = question.lang;
    best.now = question.now;
    best.order = BrowseOrder::Rating;
    best.limit = kMissedMax;
    const auto page = reader.browse(best);
    if (!page) return page.error();
    std::vector<ProductCard> here, back, missed;
    for (const ProductCard& card : page->cards) {
        const bool isBack = question.missed.contains(card.sku) || question.back.contains(card.sku);
        if (isThere(card.here))
            (isBack ? back : here).push_back(card);
        else
            missed.push_back(card);
        if (card.here == Availability::Out) found.missed.insert(card.sku);
    }
    fill(found.here, std::move(here));
    fill(found.back, std::move(back));
    for (const ProductCard& card : chosenOf(missed, question.turn, kAskedNearbyMax)) {
        auto item = itemOf(card);
        if (!item.store.empty() && found.nearby.size() < kSlidesEach) found.nearby.push_back(std::move(item));
    }
    // Where nobody knows any stock there is still something to see.
    if (found.offers.empty() && found.here.empty() && found.nearby.empty())
        fill(found.range, std::move(missed));
    return found;
}

// ---- what came of it

void Showcase::reload(const QString& language) {
    language_ = language;
    readMs_ = desk_.clock.steadyMs();
    const quint64 ticket = ++ticket_;
    Question question{language.toStdString(), desk_.clock.nowMs(), turn_, missed_, {}};
    while (!back_.empty() && readMs_ - back_.front().first > kBackMs)
        back_.pop_front();
    for (const auto& [since, sku] : back_)
        question.back.insert(sku);
    desk_.catalog.ask(
        this, [question](const CatalogReader& reader) { return look(reader, question); },
        [this, ticket](Result<Found> found) {
            if (ticket == ticket_ && found) take(std::move(*found));
        });
}

void Showcase::refresh() {
    if (desk_.clock.steadyMs() - readMs_ < kShowcaseMs) return;
    ++turn_;
    reload(language_);
}

void Showcase::take(Found found) {
    for (const auto& item : found.back) {
        const auto isKnown = [&item](const auto& entry) { return entry.second == item.card.sku; };
        if (std::none_of(back_.begin(), back_.end(), isKnown))
            back_.emplace_back(desk_.clock.steadyMs(), item.card.sku);
    }
    if (back_.size() > kMissedMax) back_.pop_front();
    missed_ = std::move(found.missed);

    const Words words(language_);
    using Kind = SlideRow::Kind;
    const std::array<std::pair<Kind, const std::vector<Found::Item>*>, 5> kinds = {
        {{Kind::Back, &found.back},
         {Kind::Offer, &found.offers},
         {Kind::Here, &found.here},
         {Kind::Nearby, &found.nearby},
         {Kind::Range, &found.range}}};
    std::set<std::string> shown;
    std::vector<SlideRow> rows;
    for (std::size_t i = 0; i < kSlidesEach; ++i)
        for (const auto& [kind, items] : kinds)
            if (i < items->size() && shown.insert((*items)[i].card.sku).second)
                rows.push_back(rowOf(kind, (*items)[i], words));
    if (rows != slides_.rows()) slides_.setRows(std::move(rows)); // the same again would begin anew
}

SlideRow Showcase::rowOf(SlideRow::Kind kind, const Found::Item& item, const Words& words) const {
    const ProductRow product = toRow(item.card, words, desk_.clock.nowMs());
    SlideRow row;
    row.kind = kind;
    switch (kind) {
    case SlideRow::Kind::Offer:
        row.kicker = Words::tr("Offer right now");
        break;
    case SlideRow::Kind::Here:
        row.kicker = Words::tr("In this store now");
        break;
    case SlideRow::Kind::Back:
        row.kicker = Words::tr("Back in stock");
        break;
    case SlideRow::Kind::Nearby:
        row.kicker = Words::tr("In a store nearby");
        break;
    case SlideRow::Kind::Range:
        row.kicker = Words::tr("From our range");
        break;
    }
    row.title = product.title;
    row.brand = product.brand;
    row.price = product.price;
    row.regularPrice = product.regularPrice;
    row.picture = product.picture;
    row.seed = product.sku;
    if (!item.aisle.empty())
        row.place = Words::tr("Aisle %1").arg(QString::fromStdString(item.aisle));
    else if (!item.store.empty() && kind != SlideRow::Kind::Here && kind != SlideRow::Kind::Back)
        row.place = Words::tr("%1 · %2", "a store, a distance")
                        .arg(QString::fromStdString(item.store), words.distance(item.km));
    return row;
}

// ---- the model

QVariant SlideModel::data(const QModelIndex& index, int role) const {
    const SlideRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case Kicker:
        return row->kicker;
    case Title:
        return row->title;
    case Brand:
        return row->brand;
    case PriceText:
        return row->price;
    case RegularPriceText:
        return row->regularPrice;
    case Place:
        return row->place;
    case Picture:
        return row->picture;
    case Seed:
        return row->seed;
    default:
        return {};
    }
}

QHash<int, QByteArray> SlideModel::roleNames() const {
    return {{Kicker, "kicker"},
            {Title, "title"},
            {Brand, "brand"},
            {PriceText, "priceText"},
            {RegularPriceText, "regularPriceText"},
            {Place, "place"},
            {Picture, "picture"},
            {Seed, "seed"}};
}

} // namespace silta::kiosk

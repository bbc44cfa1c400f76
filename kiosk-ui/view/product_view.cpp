#include "view/product_view.h"

#include <algorithm>
#include <set>

namespace silta::kiosk {

ProductView::ProductView(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {}

std::string ProductView::gtin() const {
    return page_.record.gtin ? page_.record.gtin->shortForm() : std::string();
}

QString ProductView::numberText() const {
    const std::string number = gtin();
    return number.empty() ? sku() : QString::fromStdString(number);
}

void ProductView::setLanguage(const QString& language) {
    language_ = language;
    reload();
}

Result<ProductView::Answer> ProductView::read(const CatalogReader& reader, std::int64_t id,
                                              const std::string& lang) {
    auto page = reader.product(id, lang);
    if (!page) return page.error();
    auto stock = reader.stock(id);
    if (!stock) return stock.error();
    return Answer{std::move(*page), std::move(*stock)};
}

void ProductView::show(qint64 id) {
    id_ = id;
    const quint64 ticket = ++ticket_;
    desk_.catalog.ask(
        this,
        [id, lang = language_.toStdString()](const CatalogReader& reader) { return read(reader, id, lang); },
        [this, ticket](Result<Answer> answer) {
            if (ticket != ticket_) return;
            if (!answer) return emit missing();
            take(std::move(*answer));
        });
}

void ProductView::reload() {
    if (!ready()) return;
    const quint64 ticket = ++ticket_;
    desk_.catalog.ask(
        this,
        [sku = page_.record.sku,
         lang = language_.toStdString()](const CatalogReader& reader) -> Result<Answer> {
            const auto id = reader.idOfSku(sku);
            if (!id) return id.error();
            return read(reader, *id, lang);
        },
        [this, ticket](Result<Answer> answer) {
            if (ticket != ticket_) return;
            if (answer) return take(std::move(*answer));
            if (answer.error().code == Errc::NotFound) emit missing();
        });
}

void ProductView::reset() {
    ++ticket_;
    id_ = 0;
    loaded_ = false;
    page_ = {};
    take({});
    loaded_ = false;
    emit changed();
}

void ProductView::take(Answer answer) {
    page_ = std::move(answer.page);
    id_ = page_.id;
    loaded_ = true;
    const Words words(language_);
    const UtcMs now = desk_.clock.nowMs();

    const auto& price = page_.record.price;
    const bool offer = price && price->isOffer(now);
    priceText_ = price ? words.money(price->at(now)) : QString();
    regularPriceText_ = offer ? words.money(price->regular) : QString();
    unitPriceText_.clear();
    for (const auto& [name, measure] : page_.record.attributes)
        if (price && name == "unit_pricing_measure")
            unitPriceText_ = words.unitPrice(price->at(now), measure);
    offerText_.clear();
    if (offer && price->saleTo) {
        // The last moment of the half-open interval, so that an offer until midnight names the day before.
        const LocalMoment last = localMoment({}, *price->saleTo - 1);
        offerText_ = Words::tr("Offer until %1").arg(words.date(last.date));
    }

    const Rating& rating = page_.record.rating;
    ratingText_ = rating.count > 0 ? words.rating(rating.average) : QString();
    ratingCountText_ = rating.count > 0 ? Words::tr("%n review(s)", nullptr, rating.count) : QString();
    ratingShares_.clear();
    for (auto stars = rating.histogram.rbegin(); stars != rating.histogram.rend(); ++stars)
        ratingShares_.append(rating.count > 0 ? static_cast<qreal>(*stars) / rating.count : 0);
    std::vector<ReviewRow> reviews;
    for (const Review& review : page_.record.reviews)
        reviews.push_back({review.stars, QString::fromStdString(review.title),
                           QString::fromStdString(review.text), words.date(review.date)});
    reviews_.setRows(std::move(reviews));

    takeVariants(words);
    takeStock(answer.stock, words, now);
    emit changed();
}

void ProductView::takeVariants(const Words& words) {
    const auto row = [&words](const ProductVariant& variant, const std::string& label, bool selected) {
        return VariantRow{variant.id,
                          QString::fromStdString(label),
                          pictureUrl(variant.picture),
                          words.availability(variant.here),
                          kindOf(variant.here),
                          selected};
    };
    // A colour leads to the same size where it exists, else to the group's first item of that colour.
    std::vector<VariantRow> colors, sizes;
    std::set<std::string> seenColors, pictures;
    bool pictured = true;
    for (const ProductVariant& variant : page_.variants) {
        if (variant.color.empty() || !seenColors.insert(variant.color).second) continue;
        const auto same = std::find_if(page_.variants.begin(), page_.variants.end(), [&](const auto& other) {
            return other.color == variant.color && other.size == page_.text.size;
        });
        const ProductVariant& target = same == page_.variants.end() ? variant : *same;
        colors.push_back(row(target, variant.color, variant.color == page_.text.color));
        pictured = pictured && !target.picture.empty();
        pictures.insert(target.picture);
    }
    colorsHavePictures_ = pictured && pictures.size() == colors.size();
    for (const ProductVariant& variant : page_.variants)
        if (!variant.size.empty() && variant.color == page_.text.color)
            sizes.push_back(row(variant, variant.size, variant.size == page_.text.size));
    if (colors.size() < 2) colors.clear();
    if (sizes.size() < 2) sizes.clear();
    colors_.setRows(std::move(colors));
    sizes_.setRows(std::move(sizes));
}

void ProductView::takeStock(const std::vector<StoreStock>& stock, const Words& words, UtcMs now) {
    hereText_.clear();
    hereKind_ = kindOf(Availability::Unknown);
    aisle_.clear();
    stockAgeText_.clear();
    std::vector<StockRow> others;
    for (std::size_t i = 0; i < stock.size(); ++i) {
        const StoreStock& cell = stock[i];
        if (i == 0) { // the home store leads
            hereText_ = words.availability(cell.availability);
            hereKind_ = kindOf(cell.availability);
            if (cell.quantity > 0) aisle_ = QString::fromStdString(cell.aisle);
            if (cell.asOf > 0) stockAgeText_ = Words::tr("as of %1", "an age").arg(words.age(cell.asOf, now));
            continue;
        }
        others.push_back({QString::fromStdString(cell.store->name),
                          QString::fromStdString(cell.store->street + ", " + cell.store->city),
                          words.distance(cell.distanceKm), words.availability(cell.availability),
                          kindOf(cell.availability), words.opening(*cell.store, now),
                          cell.asOf > 0 ? words.age(cell.asOf, now) : QString()});
    }
    promiseText_ = promiseOf(others);
    otherStores_.setRows(std::move(others));
}

QString ProductView::promiseOf(const std::vector<StockRow>& others) const {
    const auto isThere = [](const QString& kind) {
        return kind == kindOf(Availability::InStock) || kind == kindOf(Availability::LastFew);
    };
    if (priceText_.isEmpty()) return {};
    if (isThere(hereKind_)) return Words::tr("Take it now, let us put it aside, or have it sent home.");
    return std::any_of(others.begin(), others.end(),
                       [&](const auto& row) { return isThere(row.availabilityKind); })
               ? Words::tr("Collect it in another store, or have it sent home.")
               : Words::tr("Order it, and we ask all our stores.");
}

} // namespace silta::kiosk

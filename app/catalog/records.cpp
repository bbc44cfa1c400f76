#include <silta/catalog.h>

namespace silta {

bool Price::isOffer(UtcMs now) const {
    if (!sale || sale->currency != regular.currency || sale->minor >= regular.minor) return false;
    return (!saleFrom || now >= *saleFrom) && (!saleTo || now < *saleTo);
}

Money Price::at(UtcMs now) const {
    return isOffer(now) ? *sale : regular;
}

const char* toString(Availability availability) {
    switch (availability) {
    case Availability::Unknown:
        return "unknown";
    case Availability::InStock:
        return "in-stock";
    case Availability::LastFew:
        return "last-few";
    case Availability::Out:
        return "out";
    }
    return "unknown";
}

Availability availabilityOf(std::int32_t quantity) {
    if (quantity <= 0) return Availability::Out;
    return quantity <= kLastFewMax ? Availability::LastFew : Availability::InStock;
}

namespace {

bool same(const Price& a, const Price& b) {
    return a.regular == b.regular && a.sale == b.sale && a.saleFrom == b.saleFrom && a.saleTo == b.saleTo;
}

bool same(const ProductText& a, const ProductText& b) {
    return a.lang == b.lang && a.title == b.title && a.description == b.description &&
           a.department == b.department && a.color == b.color && a.size == b.size;
}

bool same(const Review& a, const Review& b) {
    return a.stars == b.stars && a.lang == b.lang && a.title == b.title && a.text == b.text &&
           a.date == b.date;
}

template <class T>
bool sameList(const std::vector<T>& a, const std::vector<T>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!same(a[i], b[i])) return false;
    return true;
}

bool same(const Rating& a, const Rating& b) {
    return a.count == b.count && a.average == b.average && a.histogram == b.histogram;
}

} // namespace

bool ProductRecord::operator==(const ProductRecord& other) const {
    const bool samePrice =
        price.has_value() == other.price.has_value() && (!price || same(*price, *other.price));
    return sku == other.sku && gtin == other.gtin && group == other.group && brand == other.brand &&
           samePrice && picture == other.picture && sameList(texts, other.texts) &&
           attributes == other.attributes && same(rating, other.rating) && sameList(reviews, other.reviews);
}

} // namespace silta

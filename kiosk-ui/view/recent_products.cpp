#include "view/recent_products.h"

#include <algorithm>

namespace silta::kiosk {

void RecentProducts::add(const std::string& sku) {
    if (sku.empty() || (!skus_.empty() && skus_.front() == sku)) return;
    std::erase(skus_, sku);
    skus_.push_front(sku);
    if (skus_.size() > kRecentMax) skus_.pop_back();
    reload();
}

void RecentProducts::setLanguage(const QString& language) {
    language_ = language;
    reload();
}

void RecentProducts::reload() {
    if (skus_.empty()) return;
    const quint64 ticket = ++ticket_;
    desk_.catalog.ask(
        this,
        [skus = skus_,
         lang = language_.toStdString()](const CatalogReader& reader) -> Result<std::vector<ProductCard>> {
            std::vector<ProductCard> cards;
            for (const std::string& sku : skus)
                if (auto card = cardOfSku(reader, sku, lang)) cards.push_back(std::move(*card));
            return cards;
        },
        [this, ticket](Result<std::vector<ProductCard>> cards) {
            if (ticket != ticket_ || !cards) return;
            const Words words(language_);
            std::vector<ProductRow> rows;
            for (const ProductCard& card : *cards)
                rows.push_back(toRow(card, words, desk_.clock.nowMs()));
            items_.setRows(std::move(rows));
        });
}

void RecentProducts::reset() {
    ++ticket_;
    skus_.clear();
    items_.setRows({});
}

} // namespace silta::kiosk

#include "view/wishlist_view.h"

#include <silta/uuid.h>

#include <QUrl>
#include <algorithm>

namespace silta::kiosk {

std::string wishlistUrl(const std::string& publicUrl, const std::string& id,
                        const std::vector<ListItem>& list) {
    if (publicUrl.empty() || list.empty()) return {};
    std::string skus;
    std::size_t taken = 0;
    for (const ListItem& item : list) {
        if (taken == kUrlItemsMax) break;
        if (item.sku.find('~') != std::string::npos) continue;
        if (taken++ > 0) skus += '~';
        skus += QUrl::toPercentEncoding(QString::fromStdString(item.sku)).toStdString();
    }
    return publicUrl + "/w/" + id + (skus.empty() ? "" : "?i=" + skus);
}

WishlistView::WishlistView(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {}

QString WishlistView::countText() const {
    return Words::tr("%n item(s)", nullptr, count());
}

bool WishlistView::holds(const QString& sku) const {
    const std::string wanted = sku.toStdString();
    return std::any_of(list_.begin(), list_.end(), [&](const ListItem& item) { return item.sku == wanted; });
}

void WishlistView::setLanguage(const QString& language) {
    language_ = language;
    reload();
}

void WishlistView::setPublicUrl(const std::string& publicUrl) {
    if (publicUrl == publicUrl_) return;
    publicUrl_ = publicUrl;
    url_ = wishlistUrl(publicUrl_, id_, list_);
    emit changed();
}

void WishlistView::add(const std::string& sku, const std::string& gtin) {
    if (id_.empty()) id_ = makeUuid(desk_.clock, desk_.random);
    ++pending_;
    emit changed();
    desk_.edge.addItem(this, id_, sku, gtin, [this, session = session_](Result<std::vector<ListItem>> list) {
        if (session != session_) return;
        --pending_;
        emit changed();
        if (!list) return emit failed(list.error().code);
        take(std::move(*list));
        emit saved();
    });
}

void WishlistView::remove(const std::string& sku) {
    if (id_.empty()) return;
    ++pending_;
    emit changed();
    desk_.edge.removeItem(this, id_, sku, [this, session = session_](Result<std::vector<ListItem>> list) {
        if (session != session_) return;
        --pending_;
        emit changed();
        if (!list) return emit failed(list.error().code);
        take(std::move(*list));
        emit removed();
    });
}

void WishlistView::open(const std::string& id) {
    if (!isUuid(id)) return emit failed(Errc::Invalid);
    ++pending_;
    emit changed();
    desk_.edge.list(this, id, [this, id, session = session_](Result<std::vector<ListItem>> list) {
        if (session != session_) return;
        --pending_;
        emit changed();
        if (!list) return emit failed(list.error().code);
        id_ = id;
        take(std::move(*list));
    });
}

void WishlistView::take(std::vector<ListItem> list) {
    list_ = std::move(list);
    url_ = wishlistUrl(publicUrl_, id_, list_);
    emit changed();
    resolve();
}

void WishlistView::reload() {
    if (!list_.empty()) resolve();
}

void WishlistView::resolve() {
    struct Line {
        ListItem item;
        std::optional<ProductCard> card;
    };
    const quint64 ticket = ++ticket_;
    desk_.catalog.ask(
        this,
        [list = list_,
         lang = language_.toStdString()](const CatalogReader& reader) -> Result<std::vector<Line>> {
            std::vector<Line> lines;
            for (const ListItem& item : list) {
                Line line{item, std::nullopt};
                if (auto card = cardOfSku(reader, item.sku, lang)) line.card = std::move(*card);
                lines.push_back(std::move(line));
            }
            return lines;
        },
        [this, ticket](Result<std::vector<Line>> lines) {
            if (ticket != ticket_ || !lines) return;
            const Words words(language_);
            const UtcMs now = desk_.clock.nowMs();
            std::vector<ProductRow> rows;
            std::optional<Money> total;
            bool oneCurrency = true;
            for (const Line& line : *lines) {
                ProductRow row;
                if (line.card) row = toRow(*line.card, words, now);
                row.sku = QString::fromStdString(line.item.sku);
                if (!line.card) row.title = Words::tr("Item %1").arg(row.sku);
                rows.push_back(std::move(row));
                if (!line.card || !line.card->price) continue;
                Money price = line.card->price->at(now);
                price.minor *= line.item.quantity;
                if (total && total->currency != price.currency) oneCurrency = false;
                if (total)
                    total->minor += price.minor;
                else
                    total = price;
            }
            totalText_ = total && oneCurrency ? words.money(*total) : QString();
            items_.setRows(std::move(rows));
            emit changed();
        });
}

void WishlistView::reset() {
    ++session_;
    ++ticket_;
    pending_ = 0;
    id_.clear();
    url_.clear();
    list_.clear();
    totalText_.clear();
    items_.setRows({});
    emit changed();
}

} // namespace silta::kiosk

// The feed files that a retailer would export: products, texts in further languages, local inventory,
// reviews.
#pragma once

#include "chain.h"
#include "stores.h"

#include <QByteArray>

namespace silta::demo {

/// Google product feed, English. Source: Google Merchant Center product data specification.
QByteArray productFeed(const Assortment& assortment, const std::vector<Shop>& shops, QDate today);
/// Google supplemental feed: the texts of one language.
QByteArray supplementalFeed(const Assortment& assortment, std::size_t language);
/// Google local inventory feed. Source: Google local inventory data specification.
QByteArray inventoryFeed(const Assortment& assortment, const std::vector<Shop>& shops);
/// Google product reviews feed, schema 2.3, with the review_language of later versions.
/// Errors: NotFound, Invalid (a department without phrases in some language).
Result<QByteArray> reviewFeed(const Assortment& assortment, QDate today);

} // namespace silta::demo

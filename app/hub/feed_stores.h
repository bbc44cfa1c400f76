// Stores of a chain: schema.org JSON (JSON-LD) or CSV.
#pragma once

#include "hub/feed_row.h"
#include "hub/feed_source.h"

#include <silta/catalog.h>

#include <functional>
#include <string>
#include <string_view>

namespace silta::hub {

/// The largest chain planned for has 10,000 stores; a store is about 1 KiB of JSON.
inline constexpr std::size_t kStoresFileBytesMax = std::size_t{64} << 20;
/// One store with a year of special days.
inline constexpr std::size_t kStoreJsonBytesMax = std::size_t{256} * 1024;
inline constexpr std::size_t kStoresMax = 20'000;

/// Takes the stores of one file in their order.
class StoreSink {
public:
    virtual ~StoreSink() = default;
    /// Returns whether the store was good (a duplicate is not).
    virtual bool onStore(std::int64_t line, StoreRecord& store) = 0;
    /// `code` is what was still readable of its identity, or empty.
    virtual void onBadStore(std::int64_t line, const RowFault& fault, const std::string& code) = 0;
};

/// Reads a whole file. `timeZone` stands in where a store names none and its country has several.
/// JSON: an array, one object, or an object with @graph; each a Store or another LocalBusiness with
/// branchCode. CSV: a header with
/// code,name,street,city,postcode,country,latitude,longitude,phone,time_zone,hours, or the schema.org names
/// of these. Errors: Invalid (neither, or no usable header), Limit, Io, Unsupported.
Result<FeedEnd> readStores(ByteSource& source, std::string_view timeZone, StoreSink& sink);

/// IANA zone of a country that has only one, or empty.
std::string_view timeZoneOf(std::string_view country);

/// The same for one store object; used by readStores. `code` receives the store's identity as soon as it is
/// known.
std::optional<RowFault> readStoreJson(std::string_view json, std::string_view timeZone, StoreRecord& store);
/// What every store must have whatever its format; fills in the time zone.
std::optional<RowFault> checkStore(StoreRecord& store, std::string_view timeZone);

Result<FeedEnd> readStoresJson(std::string_view text, std::string_view timeZone, StoreSink& sink);
Result<FeedEnd> readStoresCsv(std::string_view text, std::string_view timeZone, StoreSink& sink);

} // namespace silta::hub

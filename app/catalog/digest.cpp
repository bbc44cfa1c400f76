#include "catalog/digest.h"

#include "core/json.h"

#include <fmt/format.h>

#include <charconv>

namespace silta {

namespace {

constexpr unsigned kRangeShift = 64 - 8; // 256 ranges

std::uint64_t hashOf(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
}

std::size_t rangeOf(std::string_view key) {
    return static_cast<std::size_t>(hashOf(key) >> kRangeShift);
}

Json toJson(const CatalogDigest::Ranges& ranges) {
    auto list = Json::array();
    for (const auto sum : ranges)
        list.push_back(fmt::format("{:016x}", sum));
    return list;
}

bool fromJson(const Json& list, CatalogDigest::Ranges& ranges) {
    if (list.size() != ranges.size()) return false;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        if (!list[i].is_string()) return false;
        const auto& text = list[i].get_ref<const std::string&>();
        const auto* end = text.data() + text.size();
        if (const auto done = std::from_chars(text.data(), end, ranges[i], 16);
            done.ec != std::errc{} || done.ptr != end)
            return false;
    }
    return true;
}

} // namespace

void CatalogDigest::addItem(std::string_view key, std::string_view line) {
    items[rangeOf(key)] += hashOf(line);
}

void CatalogDigest::addStock(std::string_view sku, std::string_view storeCode, std::int32_t quantity,
                             UtcMs asOf, std::string_view aisle) {
    stock[rangeOf(sku)] += hashOf(fmt::format("{}\n{}\n{}\n{}\n{}", sku, storeCode, quantity, asOf, aisle));
}

int differingRanges(const CatalogDigest& a, const CatalogDigest& b) {
    int count = 0;
    for (std::size_t i = 0; i < kDigestRanges; ++i)
        count += (a.items[i] != b.items[i] ? 1 : 0) + (a.stock[i] != b.stock[i] ? 1 : 0);
    return count;
}

std::string toText(const CatalogDigest& digest) {
    return dumpJson({{"form", kDigestForm},
                     {"epoch", digest.epoch},
                     {"catalogSeq", digest.catalogSeq},
                     {"stockSeq", digest.stockSeq},
                     {"items", toJson(digest.items)},
                     {"stock", toJson(digest.stock)}});
}

Result<CatalogDigest> parseDigest(std::string_view text) {
    auto json = parseJson(text, kDigestBytesMax);
    if (!json) return json.error();
    if (integerMember(*json, "form") != kDigestForm)
        return Error{Errc::Unsupported, "read digest: of another form"};
    CatalogDigest digest;
    digest.epoch = textMember(*json, "epoch").value_or("");
    digest.catalogSeq = integerMember(*json, "catalogSeq").value_or(-1);
    digest.stockSeq = integerMember(*json, "stockSeq").value_or(-1);
    const bool isWhole = !digest.epoch.empty() && digest.catalogSeq >= 0 && digest.stockSeq >= 0 &&
                         fromJson(arrayMember(*json, "items"), digest.items) &&
                         fromJson(arrayMember(*json, "stock"), digest.stock);
    if (!isWhole) return Error{Errc::Invalid, "read digest: a member is missing"};
    return digest;
}

} // namespace silta

#include "edge/voucher_book.h"

#include "core/crockford.h"
#include "core/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::string_view kTokenStart = "SW1.";
constexpr UtcMs kKeptAfterMs = 24 * 60 * 60 * 1000; // a used one must be remembered longer than it is valid

std::string signedText(std::string_view payload) {
    return fmt::format("silta-wifi:{}", payload);
}

bool isSane(const Voucher& voucher) {
    return normalizeVoucher(voucher.id) == voucher.id && !voucher.id.empty() && voucher.minutes >= 1 &&
           voucher.minutes <= kVoucherMinutesMax && voucher.quotaBytes >= 0 &&
           voucher.quotaBytes <= kVoucherQuotaBytesMax;
}

} // namespace

bool isListAddress(const VoucherList& list, std::string_view publicUrl) {
    const auto page = fmt::format("{}/w/{}", publicUrl, list.id);
    const std::string_view url = list.url;
    if (publicUrl.empty() || url.size() > kListUrlBytesMax || !url.starts_with(page)) return false;
    const auto rest = url.substr(page.size());
    const auto isPlain = [](char c) { return c > ' ' && c < '\x7f' && c != '#'; };
    return rest.empty() || (rest.starts_with("?i=") && std::ranges::all_of(rest, isPlain));
}

std::string makeVoucherId(Random& random) {
    return crockfordText(random.next64(), kVoucherLetters);
}

std::string normalizeVoucher(std::string_view text) {
    if (text.size() > kVoucherBytesMax) return {};
    std::string id;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        const auto letter = crockfordLetter(c);
        if (letter == '\0' || id.size() == kVoucherLetters) return {};
        id.push_back(letter);
    }
    return id.size() == kVoucherLetters ? id : std::string();
}

std::string voucherToken(const Voucher& voucher, std::string_view storeCode, const KeyPair& keys) {
    const auto payload = toBase64(dumpJson({{"v", voucher.id},
                                            {"s", storeCode},
                                            {"m", voucher.minutes},
                                            {"q", voucher.quotaBytes},
                                            {"e", voucher.expiresMs}}));
    return fmt::format("{}{}.{}", kTokenStart, payload, toBase64(sign(signedText(payload), keys)));
}

bool isVoucherToken(std::string_view text) {
    return text.starts_with(kTokenStart);
}

Result<Voucher> readVoucherToken(std::string_view token, std::string_view storeCode,
                                 std::string_view publicKey) {
    const Error unknown{Errc::NotFound, "read voucher: not one of this store's"};
    if (!isVoucherToken(token) || token.size() > kVoucherBytesMax) return unknown;
    token.remove_prefix(kTokenStart.size());
    const auto dot = token.find('.');
    if (dot == std::string_view::npos) return unknown;
    const auto payload = token.substr(0, dot);
    const auto signature = fromBase64(token.substr(dot + 1));
    if (!signature || !verify(signedText(payload), *signature, publicKey)) return unknown;
    const auto text = fromBase64(payload);
    if (!text) return unknown;
    const auto json = parseJson(*text, kVoucherBytesMax);
    if (!json || textMember(*json, "s") != storeCode) return unknown;
    const auto minutes = integerMember(*json, "m").value_or(0);
    if (minutes < 1 || minutes > kVoucherMinutesMax) return unknown;
    const Voucher voucher{textMember(*json, "v").value_or(""), static_cast<int>(minutes),
                          integerMember(*json, "q").value_or(-1), integerMember(*json, "e").value_or(0)};
    if (!isSane(voucher)) return unknown;
    return voucher;
}

const char* toString(VoucherUse use) {
    switch (use) {
    case VoucherUse::Taken:
        return "taken";
    case VoucherUse::Expired:
        return "expired";
    case VoucherUse::UsedUp:
        return "used up";
    case VoucherUse::Unknown:
        break;
    }
    return "unknown";
}

Result<void> VoucherBook::add(const Voucher& voucher, UtcMs nowMs) {
    auto forget = database_.prepare("DELETE FROM voucher WHERE expires_ms < ?");
    if (!forget) return forget.error();
    if (auto done = forget->bind(0, nowMs - kKeptAfterMs).run(); !done) return done;
    {
        auto open = database_.prepare("SELECT count(*) FROM voucher WHERE used_ms = 0 AND expires_ms > ?");
        if (!open) return open.error();
        auto row = open->bind(0, nowMs).step();
        if (!row) return row.error();
        if (open->integer(0) >= kVouchersOpenMax)
            return Error{Errc::Limit, "make voucher: too many wait to be used"};
    }
    auto insert =
        database_.prepare("INSERT INTO voucher(id, minutes, quota_bytes, expires_ms) VALUES(?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, voucher.id).bind(1, voucher.minutes).bind(2, voucher.quotaBytes);
    return insert->bind(3, voucher.expiresMs).run();
}

Result<Voucher> VoucherBook::find(const std::string& id) const {
    auto query = database_.prepare("SELECT minutes, quota_bytes, expires_ms FROM voucher WHERE id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, id).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find voucher: unknown"};
    return Voucher{id, static_cast<int>(query->integer(0)), query->integer(1), query->integer(2)};
}

Result<VoucherUse> VoucherBook::use(const Voucher& voucher, const std::string& usedFor, UtcMs nowMs) {
    {
        auto query = database_.prepare("SELECT used_ms, used_for FROM voucher WHERE id = ?");
        if (!query) return query.error();
        auto row = query->bind(0, voucher.id).step();
        if (!row) return row.error();
        if (*row && query->integer(0) > 0) {
            const bool isSame = !usedFor.empty() && query->text(1) == usedFor;
            return isSame ? VoucherUse::Taken : VoucherUse::UsedUp;
        }
    }
    if (nowMs >= voucher.expiresMs) return VoucherUse::Expired;
    auto upsert = database_.prepare(
        "INSERT INTO voucher(id, minutes, quota_bytes, expires_ms, used_ms, used_for) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(id) DO UPDATE SET used_ms = ?5, used_for = ?6");
    if (!upsert) return upsert.error();
    upsert->bind(0, voucher.id).bind(1, voucher.minutes).bind(2, voucher.quotaBytes);
    upsert->bind(3, voucher.expiresMs).bind(4, nowMs).bind(5, usedFor);
    if (auto done = upsert->run(); !done) return done.error();
    return VoucherUse::Taken;
}

} // namespace silta

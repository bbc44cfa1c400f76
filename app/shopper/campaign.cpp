#include "shopper/campaign.h"

#include "core/digits.h"
#include "core/local_time.h"

#include <silta/money.h>

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace silta {

namespace {

constexpr std::array<std::string_view, 4> kTitleLanguages = {"en", "fi", "sv", "pl"};
constexpr std::string_view kTokenPoolStart = "token/";
constexpr std::size_t kStoreCodeBytesMax = 64;
constexpr std::size_t kCampaignSkuBytesMax = 128;

Error wrongCampaign(const char* what) {
    return {Errc::Invalid, std::string("read campaign: ") + what};
}

/// The integer member `key`, 0 where there is none; nothing when it is not within 0..max.
std::optional<std::int64_t> upTo(const Json& json, const char* key, std::int64_t max) {
    if (!json.contains(key)) return 0;
    const auto number = integerMember(json, key);
    return number && *number >= 0 && *number <= max ? number : std::nullopt;
}

/// A list of texts; nothing when it is too long or holds anything else.
std::optional<std::vector<std::string>> textsOf(const Json& json, const char* key, std::size_t countMax,
                                                std::size_t bytesMax) {
    std::vector<std::string> texts;
    if (!json.contains(key)) return texts;
    const auto& list = arrayMember(json, key);
    if (list.is_null() || list.size() > countMax) return std::nullopt;
    for (const auto& entry : list) {
        if (!entry.is_string()) return std::nullopt;
        const auto& text = entry.get_ref<const std::string&>();
        if (text.empty() || text.size() > bytesMax || text.find('\0') != std::string::npos)
            return std::nullopt;
        texts.push_back(text);
    }
    return texts;
}

Result<void> checkWorth(const Campaign& campaign) {
    const bool isCard = campaign.kind == TokenKind::GiftCard;
    const bool hasMoney = isCard || campaign.amountMinor > 0 || campaign.minPurchaseMinor > 0;
    if (hasMoney && !Currency::parse(campaign.currency)) return wrongCampaign("its currency is not known");
    if (!hasMoney && !campaign.currency.empty()) return wrongCampaign("a currency and no money");
    if (campaign.amountMinor > 0 && campaign.percent > 0) return wrongCampaign("an amount and a percentage");
    const bool isCouponOnly = campaign.amountMinor > 0 || campaign.percent > 0 ||
                              campaign.minPurchaseMinor > 0 || !campaign.skus.empty() || campaign.membersOnly;
    if (isCard && (isCouponOnly || campaign.uses != 0)) return wrongCampaign("a gift card is no coupon");
    if (!isCard && campaign.offlinePerToken != 0)
        return wrongCampaign("a coupon has no offline limit of a card");
    return {};
}

Result<void> checkOffline(const Campaign& campaign) {
    const bool isOpen = campaign.offlineBudget > 0;
    if (isOpen && !campaign.isCounted()) return wrongCampaign("an offline budget, and nothing is counted");
    if (isOpen != (campaign.offlineShare > 0))
        return wrongCampaign("an offline budget needs a share of a device");
    if (campaign.offlineShare > campaign.offlineBudget) return wrongCampaign("a share above the budget");
    const bool needsLimit = isOpen && campaign.kind == TokenKind::GiftCard;
    if (needsLimit != (campaign.offlinePerToken > 0))
        return wrongCampaign("an offline budget needs a card's limit");
    return {};
}

} // namespace

Result<std::map<std::string, std::string>> parseTitles(const Json& titles) {
    std::map<std::string, std::string> read;
    for (const auto lang : kTitleLanguages) {
        const std::string key(lang);
        if (!titles.is_object() || !titles.contains(key)) continue;
        const auto title = textMember(titles, key.c_str(), kTitleBytesMax);
        if (!title || title->empty())
            return Error{Errc::Invalid, "read titles: one is empty, too long or no text"};
        read[key] = *title;
    }
    if (read.empty()) return Error{Errc::Invalid, "read titles: none in en, fi, sv or pl"};
    return read;
}

const std::string& titleIn(const std::map<std::string, std::string>& titles, const std::string& lang,
                           const std::string& fallback) {
    for (const auto& wanted : {lang, fallback})
        if (const auto found = titles.find(wanted); found != titles.end()) return found->second;
    return titles.begin()->second;
}

Json toJson(const Campaign& campaign) {
    Json json = {{"id", campaign.id},           {"kind", toString(campaign.kind)},
                 {"titles", campaign.titles},   {"firstDay", campaign.firstDay},
                 {"lastDay", campaign.lastDay}, {"uses", campaign.uses}};
    if (!campaign.currency.empty()) json["currency"] = campaign.currency;
    if (!campaign.stores.empty()) json["stores"] = campaign.stores;
    if (!campaign.skus.empty()) json["skus"] = campaign.skus;
    if (campaign.membersOnly) json["membersOnly"] = true;
    const auto add = [&json](const char* key, std::int64_t number) {
        if (number > 0) json[key] = number;
    };
    add("amountMinor", campaign.amountMinor);
    add("percent", campaign.percent);
    add("minPurchaseMinor", campaign.minPurchaseMinor);
    add("offlineBudget", campaign.offlineBudget);
    add("offlineShare", campaign.offlineShare);
    add("offlinePerToken", campaign.offlinePerToken);
    return json;
}

Result<Campaign> parseCampaign(const Json& json) {
    if (!json.is_object()) return wrongCampaign("no object");
    Campaign campaign;
    const auto kind = textMember(json, "kind").value_or("");
    campaign.kind = kind == toString(TokenKind::GiftCard) ? TokenKind::GiftCard : TokenKind::Coupon;
    if (kind != toString(campaign.kind)) return wrongCampaign("kind is coupon or gift-card");
    const auto id = upTo(json, "id", kTokenCampaignMax);
    if (!id || *id == 0) return wrongCampaign("id is 1 to 65535");
    campaign.id = static_cast<int>(*id);
    auto titles = parseTitles(objectMember(json, "titles"));
    if (!titles) return titles.error();
    campaign.titles = std::move(*titles);
    campaign.firstDay = textMember(json, "firstDay").value_or("");
    campaign.lastDay = textMember(json, "lastDay").value_or("");
    if (!parseDay(campaign.firstDay) || !parseDay(campaign.lastDay) || campaign.lastDay < campaign.firstDay)
        return wrongCampaign("its days are no dates like 2027-01-31, or end before they begin");
    auto stores = textsOf(json, "stores", kCampaignStoresMax, kStoreCodeBytesMax);
    auto skus = textsOf(json, "skus", kCampaignSkusMax, kCampaignSkuBytesMax);
    if (!stores || !skus) return wrongCampaign("stores or skus are too many or malformed");
    campaign.stores = std::move(*stores);
    campaign.skus = std::move(*skus);
    campaign.currency = textMember(json, "currency").value_or("");
    campaign.membersOnly = boolMember(json, "membersOnly").value_or(false);
    const auto amount = upTo(json, "amountMinor", kMoneyMinorMax);
    const auto percent = upTo(json, "percent", 100);
    const auto purchase = upTo(json, "minPurchaseMinor", kMoneyMinorMax);
    const auto uses = upTo(json, "uses", kTokenUsesMax);
    const auto budget = upTo(json, "offlineBudget", kOfflineBudgetMax);
    const auto share = upTo(json, "offlineShare", kMoneyMinorMax);
    const auto perToken = upTo(json, "offlinePerToken", kMoneyMinorMax);
    if (!amount || !percent || !purchase || !uses || !budget || !share || !perToken)
        return wrongCampaign("a number is out of range");
    campaign.amountMinor = *amount;
    campaign.percent = static_cast<int>(*percent);
    campaign.minPurchaseMinor = *purchase;
    campaign.uses = static_cast<int>(*uses);
    campaign.offlineBudget = *budget;
    campaign.offlineShare = *share;
    campaign.offlinePerToken = *perToken;
    if (auto done = checkWorth(campaign); !done) return done.error();
    if (auto done = checkOffline(campaign); !done) return done.error();
    return campaign;
}

std::string tokenPool(const TokenPlace& place) {
    return fmt::format("{}{}/{}", kTokenPoolStart, place.campaign, place.serial);
}

Result<TokenPlace> parseTokenPool(std::string_view pool) {
    const Error none{Errc::Invalid, "read pool: not one of a token"};
    if (!pool.starts_with(kTokenPoolStart)) return none;
    const auto rest = pool.substr(kTokenPoolStart.size());
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return none;
    TokenPlace place;
    const auto read = [](std::string_view digits, auto& number) {
        const auto* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, number);
        return error == std::errc{} && stop == end;
    };
    if (!read(rest.substr(0, slash), place.campaign) || !read(rest.substr(slash + 1), place.serial))
        return none;
    if (place.campaign < 1 || place.campaign > kTokenCampaignMax || place.serial < 0 ||
        place.serial > kTokenSerialMax)
        return none;
    if (tokenPool(place) != pool) return none; // 007
    return place;
}

std::string offlinePool(int campaign) {
    return fmt::format("offline/{}", campaign);
}

} // namespace silta

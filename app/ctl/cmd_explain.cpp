#include "core/json.h"
#include "ctl/commands.h"
#include "scan/chain_config.h"

#include <silta/scan.h>
#include <silta/time.h>

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace silta::ctl {

namespace {

int yearOf(UtcMs now) {
    const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(now)};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
    return static_cast<int>(day.year());
}

std::string written(const std::chrono::year_month_day& day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

/// The members of an enumeration by name, in its order.
template <std::size_t N, class Kind>
const char* nameOf(const std::array<const char*, N>& names, Kind kind) {
    return names.at(static_cast<std::size_t>(kind));
}

Json describe(const InStoreMeasure& measure) {
    constexpr std::array kMeasures = {"price", "weight", "count"};
    return Json{{"measure", nameOf(kMeasures, measure.kind)},
                {"item", measure.item},
                {"value", measure.value},
                {"decimals", measure.decimals}};
}

Json describe(const Coupon& coupon, int year) {
    constexpr std::array kKinds = {"gcn", "north-american", "positive-offer"};
    Json line{{"kind", nameOf(kKinds, coupon.kind)}, {"offer", coupon.offer}};
    if (!coupon.issuer.empty()) line["issuer"] = coupon.issuer;
    if (!coupon.serial.empty()) line["serial"] = coupon.serial;
    if (!coupon.saves.empty()) line["saves"] = coupon.saves;
    if (const auto day = dateOfShort(coupon.starts, year)) line["starts"] = written(*day);
    if (const auto day = dateOfShort(coupon.expires, year)) line["expires"] = written(*day);
    return line;
}

Json describe(const ForeignCode& foreign) {
    constexpr std::array kKinds = {"web-address", "wifi", "contact", "sign-in-secret", "other"};
    Json line{{"kind", nameOf(kKinds, foreign.kind)}};
    if (!foreign.name.empty()) line["name"] = foreign.name;
    return line;
}

Json describe(const Gs1Element& element, int year) {
    Json line{{"ai", element.ai}, {"value", element.value}};
    if (const auto day = dateOf(element, year)) line["date"] = written(*day);
    return line;
}

Json describe(const Token& token) {
    Json line{{"kind", toString(token.kind)}, {"key", token.keyId}};
    if (token.kind == TokenKind::MemberCard)
        line["memberNumber"] = std::to_string(memberNumberOf(token));
    else
        line.update({{"campaign", token.campaign}, {"serial", token.serial}});
    if (token.lastDay) line["lastDay"] = written(*token.lastDay);
    return line;
}

Json describe(const Meaning& meaning, int year) {
    Json line;
    line["meaning"] = toString(meaning.kind);
    if (meaning.gtin) {
        line["gtin"] = meaning.gtin->toString();
        line["short"] = meaning.gtin->shortForm();
        line["restricted"] = meaning.gtin->isRestricted();
    }
    if (meaning.inStore) line["inStore"] = describe(*meaning.inStore);
    if (meaning.publication) {
        constexpr std::array kKinds = {"isbn", "ismn", "issn"};
        line[nameOf(kKinds, meaning.publication->kind)] = meaning.publication->number;
    }
    if (!meaning.addOn.empty()) line["addOn"] = meaning.addOn;
    if (!meaning.memberNumber.empty()) line["memberNumber"] = meaning.memberNumber;
    if (!meaning.enrolmentCode.empty()) line["enrolmentCode"] = meaning.enrolmentCode;
    if (!meaning.wishlistId.empty()) line["wishlistId"] = meaning.wishlistId;
    if (!meaning.receiptNumber.empty()) line["receiptNumber"] = meaning.receiptNumber;
    if (meaning.token) line["token"] = describe(*meaning.token);
    if (!meaning.uri.empty()) line["uri"] = meaning.uri;
    if (meaning.coupon) line["coupon"] = describe(*meaning.coupon, year);
    if (meaning.foreign) line["foreign"] = describe(*meaning.foreign);
    for (const auto& element : meaning.elements)
        line["elements"].push_back(describe(element, year));
    if (!meaning.reason.empty()) line["reason"] = meaning.reason;
    for (const auto& other : meaning.alternatives)
        line["alternatives"].push_back(describe(other, year));
    return line;
}

} // namespace

// Always JSON lines, as scan. A code that means nothing to us is an answer too: the status says only that
// there is one.
int explain(CommandContext& context, std::span<const std::string> args) {
    ScannedCode code;
    code.source = "typed";
    ChainCodes chain;
    std::vector<std::string> codes;
    bool isLiteral = false;
    for (std::size_t i = 0; i < args.size(); ++i) {
        const auto& arg = args[i];
        if (isLiteral || !arg.starts_with("--")) {
            codes.push_back(arg);
        } else if (arg == "--") {
            isLiteral = true;
        } else if (arg == "--symbology" && i + 1 < args.size()) {
            const auto symbology = parseSymbology(args[++i]);
            if (!symbology) return usageError(context, "explain", "no such symbology: " + args[i]);
            code.symbology = *symbology;
        } else if (arg == "--codes" && i + 1 < args.size()) {
            auto loaded = loadChainCodes(args[++i]);
            if (!loaded) {
                context.err << "siltactl explain: " << loaded.error().what << '\n';
                return kExitFailed;
            }
            chain = std::move(*loaded);
        } else if (arg == "--codes") {
            return usageError(context, "explain", "--codes needs a file");
        } else if (arg == "--country" && i + 1 < args.size()) {
            chain.inStoreCountry = args[++i];
        } else if (arg == "--country") {
            return usageError(context, "explain", "--country needs two letters, such as DE");
        } else if (arg == "--symbology") {
            return usageError(context, "explain", "--symbology needs a name, such as EAN-13");
        } else {
            return usageError(context, "explain", "no such option: " + arg);
        }
    }
    if (codes.empty()) return usageError(context, "explain", "no code given");
    const int year = yearOf(SystemClock().nowMs());
    for (auto& text : codes) {
        code.bytes = std::move(text);
        auto line = describe(silta::explain(code, chain), year);
        line["code"] = code.bytes;
        context.out << dumpJson(line) << '\n';
    }
    return kExitOk;
}

} // namespace silta::ctl

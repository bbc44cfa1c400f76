#include "core/json.h"
#include "ctl/commands.h"

#include <silta/scan.h>

#include <array>

namespace silta::ctl {

namespace {

Json describe(const ScannedCode& code, const Meaning& meaning) {
    Json line;
    line["code"] = code.bytes;
    line["meaning"] = toString(meaning.kind);
    if (meaning.gtin) {
        line["gtin"] = meaning.gtin->toString();
        line["short"] = meaning.gtin->shortForm();
        line["restricted"] = meaning.gtin->isRestricted();
    }
    if (meaning.inStore) {
        constexpr std::array kMeasures = {"price", "weight", "count"};
        const auto& measure = *meaning.inStore;
        line["inStore"] = Json{{"measure", kMeasures.at(static_cast<std::size_t>(measure.kind))},
                               {"item", measure.item},
                               {"value", measure.value},
                               {"decimals", measure.decimals}};
    }
    if (!meaning.memberNumber.empty()) line["memberNumber"] = meaning.memberNumber;
    if (!meaning.enrolmentCode.empty()) line["enrolmentCode"] = meaning.enrolmentCode;
    if (!meaning.wishlistId.empty()) line["wishlistId"] = meaning.wishlistId;
    if (!meaning.uri.empty()) line["uri"] = meaning.uri;
    if (!meaning.elements.empty()) {
        auto& elements = line["elements"] = Json::array();
        for (const auto& element : meaning.elements)
            elements.push_back(Json{{"ai", element.ai}, {"value", element.value}});
    }
    if (!meaning.reason.empty()) line["reason"] = meaning.reason;
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
    for (auto& text : codes) {
        code.bytes = std::move(text);
        context.out << dumpJson(describe(code, silta::explain(code, chain))) << '\n';
    }
    return kExitOk;
}

} // namespace silta::ctl

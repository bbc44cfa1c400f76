#include "core/digits.h"
#include "core/json.h"
#include "ctl/commands.h"

#include <silta/catalog.h>

#include <fstream>
#include <optional>

namespace silta::ctl {

namespace {

constexpr std::string_view kStateDir = "/var/lib/silta/catalog";
constexpr std::string_view kPointerName =
    "catalog.current";                        // one line: the name of a file in the same folder
constexpr std::size_t kPointerBytesMax = 255; // the longest file name there is
constexpr int kLimitDefault = 20;

struct CatalogOptions {
    std::string catalog;
    std::string state = std::string(kStateDir);
    std::string store;
    std::string lang = "en";
    int limit = kLimitDefault;
    std::string words; ///< what is no option, parted by spaces
};

/// Fills `options`, or says what is wrong with the command line.
std::optional<std::string> parseCatalogOptions(std::span<const std::string> args, CatalogOptions& options) {
    bool isLiteral = false;
    for (std::size_t i = 0; i < args.size(); ++i) {
        const auto& arg = args[i];
        if (isLiteral || !arg.starts_with("--")) {
            options.words += (options.words.empty() ? "" : " ") + arg;
            continue;
        }
        if (arg == "--") {
            isLiteral = true;
            continue;
        }
        std::string* text = arg == "--catalog" ? &options.catalog
                            : arg == "--state" ? &options.state
                            : arg == "--store" ? &options.store
                            : arg == "--lang"  ? &options.lang
                                               : nullptr;
        if (text == nullptr && arg != "--limit") return "no such option: " + arg;
        if (i + 1 == args.size()) return arg + " needs a value";
        const auto& value = args[++i];
        if (text != nullptr) {
            *text = value;
            continue;
        }
        options.limit = parseNumber<int>(value).value_or(0);
        if (options.limit < 1 || options.limit > kSearchLimitMax)
            return "--limit needs a number from 1 to " + std::to_string(kSearchLimitMax);
    }
    return std::nullopt;
}

Result<std::string> catalogPath(const CatalogOptions& options) {
    if (!options.catalog.empty()) return options.catalog;
    std::ifstream pointer(options.state + '/' + std::string(kPointerName));
    std::string name;
    if (!pointer || !std::getline(pointer, name))
        return Error{Errc::NotFound,
                     "find catalog: no " + std::string(kPointerName) + " in " + options.state};
    if (name.empty() || name.size() > kPointerBytesMax || name.find('/') != std::string::npos)
        return Error{Errc::Corrupt, "find catalog: " + std::string(kPointerName) + " names no file"};
    return options.state + '/' + name;
}

Result<std::unique_ptr<CatalogReader>> openCatalog(const CatalogOptions& options) {
    const auto path = catalogPath(options);
    if (!path) return path.error();
    return CatalogReader::open(*path, options.store);
}

int failure(CommandContext& context, std::string_view command, const Error& error) {
    context.err << "siltactl " << command << ": " << error.what << '\n';
    return kExitFailed;
}

Json describe(const ProductCard& card) {
    Json line = {{"id", card.id}, {"sku", card.sku}, {"title", card.title}};
    if (card.gtin) line["gtin"] = card.gtin->toString();
    if (!card.brand.empty()) line["brand"] = card.brand;
    if (card.price) line["price"] = card.price->regular.toString();
    if (card.price && card.price->sale) line["sale"] = card.price->sale->toString();
    if (card.variants > 1) line["variants"] = card.variants;
    line["here"] = toString(card.here);
    return line;
}

Json describe(const StoreStock& item) {
    Json line = {{"store", item.store->code}, {"name", item.store->name}, {"quantity", item.quantity}};
    line["availability"] = toString(item.availability);
    if (item.availability != Availability::Unknown) line["asOf"] = item.asOf;
    if (item.isEstimate) line["estimate"] = true;
    if (item.distanceKm > 0) line["km"] = item.distanceKm;
    if (!item.aisle.empty()) line["aisle"] = item.aisle;
    return line;
}

} // namespace

// Always JSON lines, as scan. Nothing found is an answer: no line, and status 0.
int search(CommandContext& context, std::span<const std::string> args) {
    CatalogOptions options;
    if (const auto wrong = parseCatalogOptions(args, options)) return usageError(context, "search", *wrong);
    if (options.words.empty()) return usageError(context, "search", "no words given");
    const auto catalog = openCatalog(options);
    if (!catalog) return failure(context, "search", catalog.error());
    const auto cards = (*catalog)->search({options.words, options.lang, options.limit, 0, false});
    if (!cards) return failure(context, "search", cards.error());
    for (const auto& card : *cards)
        context.out << dumpJson(describe(card)) << '\n';
    return kExitOk;
}

int stock(CommandContext& context, std::span<const std::string> args) {
    CatalogOptions options;
    if (const auto wrong = parseCatalogOptions(args, options)) return usageError(context, "stock", *wrong);
    if (options.words.empty()) return usageError(context, "stock", "no GTIN or sku given");
    const auto catalog = openCatalog(options);
    if (!catalog) return failure(context, "stock", catalog.error());
    auto id = (*catalog)->idOfSku(options.words);
    if (!id && id.error().code == Errc::NotFound)
        if (const auto gtin = Gtin::parse(options.words)) id = (*catalog)->idOfGtin(*gtin);
    if (!id) return failure(context, "stock", id.error());
    const auto list = (*catalog)->stock(*id);
    if (!list) return failure(context, "stock", list.error());
    for (const auto& item : *list)
        context.out << dumpJson(describe(item)) << '\n';
    return kExitOk;
}

} // namespace silta::ctl

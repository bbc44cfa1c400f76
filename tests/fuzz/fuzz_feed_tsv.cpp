// TSV feeds: whatever the pieces in which they arrive, the rows and the end are the same, and each row stays
// in limits.
#include "fuzz_check.h"
#include "hub/feed_items.h"
#include "hub/feed_tsv.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace silta::hub;

class Keeper final : public RowSink {
public:
    bool onRow(FeedRow& row) override {
        silta::fuzz::check(row.line > lastLine_);
        lastLine_ = row.line;
        seen += std::to_string(row.line);
        for (const auto& value : row.values)
            seen += "|" + value;
        silta::ProductRecord product;
        silta::StockRecord cell;
        silta::ProductText text;
        std::string sku;
        const auto bad = readProduct(row, "en", product);
        if (!bad) {
            silta::fuzz::check(!product.sku.empty() && product.texts.size() == 1);
            silta::CatalogChange change;
            change.product = product;
            const auto back = silta::parseChange(silta::toLine(change));
            silta::fuzz::check(back && *back->product == product);
        }
        if (!readStock(row, cell))
            silta::fuzz::check(cell.quantity >= 0 && cell.quantity <= silta::kQuantityMax);
        readTitles(row, "fi", sku, text);
        return !bad;
    }
    void onBadRow(std::int64_t line, const RowFault& fault, const FeedRow&) override {
        silta::fuzz::check(line > lastLine_);
        silta::fuzz::check(fault.excerpt.size() <= kExcerptBytesMax + 3);
        lastLine_ = line;
        seen += std::to_string(line) + fault.reason;
    }
    std::string seen;

private:
    std::int64_t lastLine_ = 0;
};

std::string readInPieces(std::string_view text, std::size_t pieceBytes) {
    Keeper keeper;
    TsvReader reader(keeper, requiredOfProducts());
    for (std::size_t i = 0; i < text.size(); i += pieceBytes)
        if (const auto done = reader.feed(text.substr(i, pieceBytes)); !done) return done.error().what;
    const auto end = reader.finish();
    if (!end) return end.error().what;
    return keeper.seen + std::to_string(static_cast<int>(end->how)) + std::to_string(end->line);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string_view body = text;
    const auto whole = readInPieces(body, body.size() + 1);
    silta::fuzz::check(whole == readInPieces(body, std::size_t{data[0]} + 1));
    // The same bytes behind a good header get further.
    const auto headed =
        "id\ttitle\tdescription\tgtin\tprice\tsale_price\tsale_price_effective_date\tproduct_detail\t"
        "store_code\tquantity\n" +
        text;
    readInPieces(headed, headed.size());
    return 0;
}

// Store files, JSON and CSV: every store that comes out is one that the replica takes.
#include "catalog/codec.h"
#include "fuzz_check.h"
#include "hub/feed_hours.h"
#include "hub/feed_stores.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace silta::hub;

class Keeper final : public StoreSink {
public:
    bool onStore(std::int64_t line, silta::StoreRecord& store) override {
        silta::fuzz::check(line > 0);
        silta::CatalogChange change;
        change.store = store;
        const auto back = silta::parseChange(silta::toLine(change));
        silta::fuzz::check(back && *back->store == store);
        return true;
    }
    void onBadStore(std::int64_t line, const RowFault& fault, const std::string&) override {
        silta::fuzz::check(line > 0 && !fault.reason.empty());
    }
};

void read(std::string_view text) {
    Keeper keeper;
    (void)readStores(*memoryFeed(text), "Europe/Helsinki", keeper);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    read(text);
    read("[{\"branchCode\": \"1\", \"name\": \"S\", " + text + "}]");
    read("code,name,country,latitude,longitude,hours\n" + text);
    silta::OpeningHours hours;
    (void)addHoursText(text, hours);
    return 0;
}

// Rows of a feed as a device takes them in: any lines leave a catalogue that answers. What was put is found
// by its sku and counted, what is removed is gone.
#include "fuzz/fuzz_check.h"

#include <silta/browse.h>
#include <silta/catalog.h>

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace silta;

constexpr std::size_t kLinesMax = 16;
constexpr int kRunsOfOne = 500; // a reader takes in so many changes, and a catalogue grows

/// A live catalogue with its writer and its reader; made anew from time to time.
class Replica {
public:
    Replica()
        : folder_(std::filesystem::temp_directory_path() / ("fuzz_rows_" + std::to_string(::getpid()))) {
        make();
    }
    Replica(const Replica&) = delete;
    Replica& operator=(const Replica&) = delete;
    ~Replica() { std::filesystem::remove_all(folder_); }

    CatalogWriter& writer() {
        if (++runs_ % kRunsOfOne == 0) make();
        return *writer_;
    }
    [[nodiscard]] const CatalogReader& reader() const { return *reader_; }

private:
    void make() {
        reader_.reset();
        writer_.reset();
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        const auto path = (folder_ / "catalog.db").string();
        {
            auto made = CatalogWriter::create(path);
            fuzz::check(made && (*made)->setPosition("fuzz", 1) && (*made)->finish());
        }
        auto writer = CatalogWriter::open(path);
        auto reader = CatalogReader::open(path, "1");
        fuzz::check(writer && reader);
        writer_ = std::move(*writer);
        reader_ = std::move(*reader);
    }

    std::filesystem::path folder_;
    int runs_ = 0;
    std::unique_ptr<CatalogWriter> writer_;
    std::unique_ptr<CatalogReader> reader_;
};

void look(const CatalogReader& reader, const std::string& text) {
    const auto cards = reader.search({text, "en"});
    fuzz::check(cards.has_value());
    BrowseQuery query;
    query.text = text;
    const auto page = reader.browse(query);
    fuzz::check(page && page->total >= static_cast<int>(page->cards.size()));
    fuzz::check(page->anywhere >= page->here);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Replica replica;
    std::string_view rest(static_cast<const char*>(static_cast<const void*>(data)), size);
    std::vector<CatalogChange> changes;
    for (std::size_t i = 0; i < kLinesMax && !rest.empty(); ++i) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (auto change = parseChange(rest.substr(0, end)); change) changes.push_back(std::move(*change));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (changes.empty()) return 0;
    auto& writer = replica.writer();
    std::set<std::string> skus;
    fuzz::check(writer.begin().has_value());
    for (const auto& change : changes) {
        fuzz::check(applyChange(writer, change).has_value());
        if (change.product) skus.insert(change.product->sku);
        if (!change.removedSku.empty()) skus.erase(change.removedSku);
    }
    fuzz::check(writer.commit().has_value());
    const auto& reader = replica.reader();
    for (const auto& change : changes)
        if (change.product && !change.product->texts.empty())
            look(reader, change.product->texts.front().title.substr(0, kQueryBytesMax));
    look(reader, "");
    fuzz::check(writer.begin().has_value());
    for (const auto& sku : skus) {
        const auto id = reader.idOfSku(sku);
        fuzz::check(id && reader.product(*id, "en").has_value());
        fuzz::check(writer.removeProduct(sku).has_value());
    }
    fuzz::check(writer.commit().has_value());
    for (const auto& sku : skus)
        fuzz::check(!reader.idOfSku(sku).has_value());
    return 0;
}

#include "hub/cmd_search_words.h"

#include "core/durable_file.h"
#include "hub/cmd_import.h"
#include "hub/options.h"
#include "hub/publisher.h"
#include "hub/session.h"

#include <silta/catalog.h>

#include <fmt/format.h>

namespace silta::hub {

int runSearchWords(std::span<const std::string> args) {
    auto options = Options::parse(args, {"--db", "--from"}, {"--none"});
    if (!options) return printFailure(options.error());
    if (!options->has("--db")) return printFailure({Errc::Invalid, "set search words: --db is missing"});
    if (options->has("--from") && options->has("--none"))
        return printFailure({Errc::Invalid, "set search words: --from and --none exclude each other"});
    const auto database = options->value("--db");
    SystemClock clock;
    SystemRandom random;
    auto store = CatalogStore::open(database, random);
    if (!store) return printFailure(store.error());
    if (!options->has("--from") && !options->has("--none")) {
        auto words = store->searchWords();
        if (!words) return printFailure(words.error());
        fmt::print("{}", words->value_or(""));
        return 0;
    }
    std::string text;
    if (options->has("--from")) {
        auto read = readFile(options->value("--from"), kSearchWordsBytesMax);
        if (!read) return printFailure(read.error());
        text = std::move(*read);
    }
    if (auto done = store->setSearchWords(text); !done) return printFailure(done.error());
    auto files = MediaStore::open(filesFolderOf(database));
    if (!files) return printFailure(files.error());
    if (auto head = publish(*store, *files, database, clock); !head) return printFailure(head.error());
    return 0;
}

} // namespace silta::hub

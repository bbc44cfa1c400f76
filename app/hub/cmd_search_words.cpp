#include "hub/cmd_search_words.h"

#include "hub/cmd_import.h"
#include "hub/options.h"
#include "hub/publisher.h"
#include "hub/session.h"

#include <silta/catalog.h>

#include <fmt/format.h>

#include <fstream>

namespace silta::hub {

namespace {

/// Errors: NotFound, Limit.
Result<std::string> readWords(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Errc::NotFound, "read search words: cannot open " + path};
    std::string text(kSearchWordsBytesMax + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad()) return Error{Errc::Io, "read search words: cannot read " + path};
    if (text.size() > kSearchWordsBytesMax)
        return Error{Errc::Limit, "read search words: the file is too large"};
    return text;
}

} // namespace

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
        auto read = readWords(options->value("--from"));
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

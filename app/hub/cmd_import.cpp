#include "hub/cmd_import.h"

#include "hub/feed_items.h"
#include "hub/importer.h"
#include "hub/publisher.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <memory>
#include <ostream>

namespace silta::hub {

const char* const kImportUsage =
    R"(usage: silta-hub import --db PATH [--products FILE] [--titles LANG=FILE]... [--inventory FILE]
                        [--stores FILE] [--reviews FILE] [options]

  --products FILE     Google Merchant product feed: TSV, RSS 2.0 or Atom
  --titles LANG=FILE  texts of the products in another language: id, title, description, product_type, color, size
  --inventory FILE    Google local inventory feed: store_code, id, quantity or availability
  --stores FILE       schema.org JSON or CSV
  --reviews FILE      Google Product Reviews XML
  --partial           the files hold changes only: remove nothing
  --report FILE       write every problem to FILE as TSV: file, line, field, value, reason
  --language LANG     language of the product feed (en)
  --as-of TIME        when the inventory was true, ISO 8601 (now)
  --time-zone ZONE    for stores that name none, e.g. Europe/Helsinki
  --no-publish        do not make files for the devices

Files packed with zstd are unpacked on the way. Exit status: 0 done, 1 refused or a file was cut, 2 wrong usage.
)";

namespace {

struct Arguments {
    std::string database;
    std::string report;
    ImportOptions import;
    bool publishes = true;
    bool wantsHelp = false;
};

Error usage(std::string words) {
    return Error{Errc::Invalid, std::move(words)};
}

bool isLanguage(std::string_view text) {
    return text.size() >= 2 && text.size() <= 16 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Result<void> setOption(Arguments& arguments, const std::string& name, const std::string& value) {
    auto& import = arguments.import;
    struct Path {
        const char* name;
        std::string* target;
    };
    const Path paths[] = {{"--db", &arguments.database},      {"--products", &import.products},
                          {"--inventory", &import.inventory}, {"--stores", &import.stores},
                          {"--reviews", &import.reviews},     {"--report", &arguments.report},
                          {"--time-zone", &import.timeZone}};
    for (const auto& path : paths) {
        if (name != path.name) continue;
        if (!path.target->empty()) return usage(fmt::format("{} is given twice", name));
        if (value.empty()) return usage(fmt::format("{} has no value", name));
        *path.target = value;
        return {};
    }
    if (name == "--titles") {
        const auto equals = value.find('=');
        const auto lang = value.substr(0, equals);
        if (equals == std::string::npos || equals + 1 == value.size() || !isLanguage(lang))
            return usage("--titles wants LANG=FILE, as in fi=titles-fi.tsv");
        for (const auto& other : import.titles)
            if (other.first == lang) return usage(fmt::format("--titles {} is given twice", lang));
        import.titles.emplace_back(lang, value.substr(equals + 1));
        return {};
    }
    if (name == "--language") {
        if (!isLanguage(value)) return usage("--language wants a language, as in en");
        import.lang = value;
        return {};
    }
    if (name == "--as-of") {
        auto moment = parseMoment(value, false);
        if (!moment) return usage("--as-of wants a time, as in 2026-02-24T11:07:00Z");
        import.asOf = *moment;
        return {};
    }
    return usage(fmt::format("no option {}", name));
}

Result<Arguments> parseArguments(std::span<const std::string> args, const Clock& clock) {
    Arguments arguments;
    arguments.import.asOf = clock.nowMs();
    for (std::size_t i = 0; i < args.size(); ++i) {
        const auto& name = args[i];
        if (name == "--help" || name == "-h") {
            arguments.wantsHelp = true;
            return arguments;
        }
        if (name == "--partial") {
            arguments.import.partial = true;
        } else if (name == "--no-publish") {
            arguments.publishes = false;
        } else {
            if (i + 1 == args.size()) return usage(fmt::format("{} has no value", name));
            if (auto done = setOption(arguments, name, args[++i]); !done) return done.error();
        }
    }
    const auto& import = arguments.import;
    if (arguments.database.empty()) return usage("--db is missing");
    if (import.products.empty() && import.inventory.empty() && import.stores.empty() &&
        import.reviews.empty() && import.titles.empty())
        return usage("no file to import");
    return arguments;
}

/// Shows the first problems and writes all of them to the report.
class ProblemWriter {
public:
    ProblemWriter(std::ostream& err, const std::string& path) : err_(err) {
        if (path.empty()) return;
        report_ = std::make_unique<std::ofstream>(path, std::ios::binary | std::ios::trunc);
        *report_ << "file\tline\tfield\tvalue\treason\n";
    }
    [[nodiscard]] bool isFailed() {
        if (report_) report_->flush();
        return report_ && !*report_;
    }
    void add(const FeedProblem& problem) {
        if (shown_ < kProblemsShownMax) {
            err_ << problem.file << ':' << problem.line << ": " << problem.fault.field << ": "
                 << problem.fault.reason << '\n';
            ++shown_;
        } else {
            ++hidden_;
        }
        if (report_)
            *report_ << excerptOf(problem.file) << '\t' << problem.line << '\t' << problem.fault.field << '\t'
                     << problem.fault.excerpt << '\t' << problem.fault.reason << '\n';
    }
    void finish() {
        if (hidden_ > 0) err_ << fmt::format("… and {} more\n", hidden_);
    }

private:
    std::ostream& err_;
    std::unique_ptr<std::ofstream> report_;
    int shown_ = 0;
    std::int64_t hidden_ = 0;
};

void tell(std::ostream& out, const char* what, const Tally& tally) {
    out << fmt::format("{:<10}{} added, {} changed, {} unchanged, {} removed\n", what, tally.added,
                       tally.changed, tally.unchanged, tally.removed);
}

void tell(std::ostream& out, const ImportOptions& options, const ImportReport& report) {
    const auto& products = report.products;
    if (!options.stores.empty()) tell(out, "stores", report.stores);
    if (!options.products.empty() || products.changed > 0 || products.unchanged > 0)
        tell(out, "products", products);
    if (!options.inventory.empty() || report.cells.removed > 0) tell(out, "stock", report.cells);
    std::int64_t rows = 0;
    for (const auto& file : report.files)
        rows += file.rows;
    out << fmt::format("{:<10}{} of {}, skipped\n", "bad rows", report.badRows, rows);
    if (report.picturesStored + report.picturesRemote + report.picturesRefused > 0)
        out << fmt::format("{:<10}{} stored, {} not fetched yet, {} refused\n", "pictures",
                           report.picturesStored, report.picturesRemote, report.picturesRefused);
    if (report.reviewsUnknown > 0)
        out << fmt::format("{:<10}{} of products that are not sold here, passed over\n", "reviews",
                           report.reviewsUnknown);
    out << fmt::format("{:<10}catalog {} to {}, stock {} to {}\n", "sequence", report.before.catalogSeq,
                       report.after.catalogSeq, report.before.stockSeq, report.after.stockSeq);
}

} // namespace

std::string filesFolderOf(const std::string& databasePath) {
    return databasePath + ".files";
}

int runImport(std::span<const std::string> args, const Clock& clock, Random& random) {
    return runImport(args, clock, random, std::cout, std::cerr);
}

int runImport(std::span<const std::string> args, const Clock& clock, Random& random, std::ostream& out,
              std::ostream& err) {
    const auto arguments = parseArguments(args, clock);
    if (!arguments) {
        err << arguments.error().what << '\n' << kImportUsage;
        return 2;
    }
    if (arguments->wantsHelp) {
        out << kImportUsage;
        return 0;
    }
    const auto refuse = [&err](const Error& error) {
        err << error.what << '\n';
        return 1;
    };
    ProblemWriter problems(err, arguments->report);
    if (problems.isFailed()) {
        err << "write report: " << arguments->report << " cannot be written\n";
        return 2;
    }
    auto store = CatalogStore::open(arguments->database, random);
    if (!store) return refuse(store.error());
    auto files = MediaStore::open(filesFolderOf(arguments->database));
    if (!files) return refuse(files.error());
    Importer importer(*store, *files, arguments->database,
                      [&problems](const FeedProblem& problem) { problems.add(problem); });
    const auto report = importer.run(arguments->import);
    problems.finish();
    if (problems.isFailed()) err << "write report: it is incomplete\n";
    if (!report) return refuse(report.error());
    for (const auto& warning : report->warnings)
        err << warning << '\n';
    tell(out, arguments->import, *report);
    if (arguments->publishes) {
        const auto head = publish(*store, *files, arguments->database, clock);
        if (!head) return refuse(head.error());
        out << fmt::format("{:<10}{}\n", "published",
                           !head->isNew          ? "nothing new"
                           : head->isNewSnapshot ? "a new snapshot"
                           : head->isReportsOnly ? "only when stores last reported"
                                                 : "segments");
    }
    return report->isCut ? 1 : 0;
}

} // namespace silta::hub

// Reads one file of an import into the staging file: checks each row, reports what is wrong, keeps the rest.
#pragma once

#include "hub/feed_staging.h"
#include "hub/importer.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace silta::hub {

/// What the steps of one import share.
struct ImportState {
    const ImportOptions& options;
    const CatalogStore& store;
    MediaStore& media;
    Staging& staging;
    const Importer::OnProblem& onProblem;
    ImportReport& report;
    bool keepsUnnamed = true; ///< products that the feed does not name stay

    /// Counts and reports a row that is skipped.
    void bad(FileTally& file, std::int64_t line, RowFault fault) const;
    void notice(const FileTally& file, std::int64_t line, RowFault fault) const;
};

struct StagedStore {
    std::int64_t id = 0;
    std::string code;
    std::string body; ///< empty for a bad row: leave the store as it is
};

struct StagedStores {
    std::vector<StagedStore> stores;
    std::unordered_map<std::string, std::size_t> byCode;
};

/// Each reads `path`, adds its tally to the report and refuses a file that is mostly bad.
/// Errors: as readItems, with the file's name in front; Invalid (mostly bad); Io, Full.
Result<FileTally> stageProducts(ImportState& state, const std::string& path);
Result<FileTally> stageTitles(ImportState& state, const std::string& path, const std::string& lang);
Result<FileTally> stageReviews(ImportState& state, const std::string& path);
Result<FileTally> stageStores(ImportState& state, const std::string& path, StagedStores& stores);
/// `storeIds` holds the stores by code as they will be; `reported` receives those that the feed names.
Result<FileTally> stageInventory(ImportState& state, const std::string& path,
                                 const std::unordered_map<std::string, std::int64_t>& storeIds,
                                 std::unordered_set<std::int64_t>& reported);

/// Errors: Invalid when more than half of the rows are bad or none is good.
Result<void> checkUsable(const FileTally& file);

} // namespace silta::hub

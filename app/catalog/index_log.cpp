#include "catalog/index_log.h"

namespace silta {

namespace {

Result<void> setMeta(Statements& statements, std::string_view key, std::int64_t value) {
    auto query = statements.get("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, key).bind(1, value).run();
}

} // namespace

void IndexLog::readMeta(std::string_view key, std::int64_t value) {
    if (key == "index_source") state_.source = value;
    if (key == "index_change") state_.change = value;
}

Result<void> IndexLog::flush(Statements& statements) {
    if (state_.source != 0 && touched_.empty()) return {};
    if (state_.source == 0) {
        auto random = statements.get("SELECT abs(random() / 2) + 1");
        if (!random) return random.error();
        auto row = (*random)->step();
        if (!row) return row.error();
        state_.source = (*random)->integer(0);
    }
    if (!touched_.empty()) ++state_.change;
    for (const auto product : touched_) {
        auto query = statements.get("INSERT OR REPLACE INTO index_log (product, change) VALUES (?, ?)");
        if (!query) return query.error();
        if (auto done = (*query)->bind(0, product).bind(1, state_.change).run(); !done) return done;
    }
    touched_.clear();
    if (auto done = setMeta(statements, "index_source", state_.source); !done) return done;
    return setMeta(statements, "index_change", state_.change);
}

} // namespace silta

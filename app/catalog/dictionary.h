// The writer's picture of the small tables: department paths, the department tree, aisles.
#pragma once

#include "catalog/statements.h"

#include <silta/catalog.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace silta {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using IdByText = std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>>;

/// Gives each text a row of its own. What it holds is what the database holds, so load() again after a
/// rollback. Thread: the connection's owner.
class Dictionary {
public:
    explicit Dictionary(Statements& statements) : statements_(statements) {}

    Result<void> load();
    /// The row of a department path as written; 0 for an empty one. Errors: Limit.
    Result<std::int64_t> pathId(std::string_view path);
    [[nodiscard]] std::string_view pathText(std::int64_t id) const;
    /// The row of the department of a product, made with all above it and their titles. 0 = none. Errors:
    /// Limit.
    Result<std::int64_t> departmentOf(const std::vector<ProductText>& texts);
    /// From `department` up to the root.
    [[nodiscard]] std::vector<std::int64_t> upwards(std::int64_t department) const;
    /// Errors: Limit.
    Result<std::int64_t> aisleId(std::string_view name);
    /// Counts up when a row was added or changed since load(): readers then read these tables again.
    [[nodiscard]] bool changed() const { return changed_; }

private:
    Result<std::int64_t> department(std::int64_t parent, std::string_view path);
    Result<void> setTitle(std::int64_t department, const std::string& lang, std::string_view title);

    Statements& statements_;
    IdByText paths_;
    std::vector<std::string> pathTexts_; ///< [id - 1]
    IdByText departments_;
    std::vector<std::int64_t> parents_; ///< [id - 1]
    std::map<std::pair<std::int64_t, std::string>, std::string> titles_;
    IdByText aisles_;
    bool changed_ = false;
};

} // namespace silta

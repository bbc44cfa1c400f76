#include "catalog/dictionary.h"

#include "catalog/limits.h"
#include "catalog/product_row.h"

namespace silta {

namespace {

Error damaged() {
    return Error{Errc::Corrupt, "read catalog: damaged table of names"};
}

/// Runs `row` for each row of `sql`; `row` returns false when it makes no sense.
template <class Row>
Result<void> forEach(Statements& statements, const char* sql, Row row) {
    auto query = statements.get(sql);
    if (!query) return query.error();
    bool sane = true;
    auto done = forEachRow(*query, [&](const Statement& each) { return sane = row(each); });
    if (!done) return done;
    return sane ? Result<void>{} : damaged();
}

} // namespace

// Rows of "paths" and "departments" are numbered from 1 without gaps and never deleted.
Result<void> Dictionary::load() {
    paths_.clear();
    pathTexts_.clear();
    departments_.clear();
    parents_.clear();
    titles_.clear();
    aisles_.clear();
    changed_ = false;
    auto done = forEach(statements_, "SELECT id, path FROM paths ORDER BY id", [this](const Statement& row) {
        pathTexts_.push_back(row.string(1));
        paths_.emplace(row.string(1), row.integer(0));
        return row.integer(0) == static_cast<std::int64_t>(pathTexts_.size()) &&
               pathTexts_.size() <= kPathsMax;
    });
    if (!done) return done;
    done = forEach(
        statements_, "SELECT id, parent, path FROM departments ORDER BY id", [this](const Statement& row) {
            departments_.emplace(row.string(2), row.integer(0));
            parents_.push_back(row.integer(1));
            return row.integer(0) == static_cast<std::int64_t>(parents_.size()) && row.integer(1) >= 0 &&
                   row.integer(1) < row.integer(0) && parents_.size() <= kDepartmentsMax;
        });
    if (!done) return done;
    done = forEach(statements_, "SELECT department, lang, title FROM department_titles",
                   [this](const Statement& row) {
                       titles_[{row.integer(0), row.string(1)}] = row.string(2);
                       return true;
                   });
    if (!done) return done;
    return forEach(statements_, "SELECT id, name FROM aisles", [this](const Statement& row) {
        aisles_.emplace(row.string(1), row.integer(0));
        return row.integer(0) > 0;
    });
}

Result<std::int64_t> Dictionary::pathId(std::string_view path) {
    if (path.empty()) return 0;
    if (const auto found = paths_.find(path); found != paths_.end()) return found->second;
    if (paths_.size() >= kPathsMax) return Error{Errc::Limit, "put product: too many department paths"};
    const auto id = static_cast<std::int64_t>(paths_.size()) + 1;
    auto query = statements_.get("INSERT INTO paths (id, path) VALUES (?, ?)");
    if (!query) return query.error();
    if (auto done = (*query)->bind(0, id).bind(1, path).run(); !done) return done.error();
    paths_.emplace(path, id);
    pathTexts_.emplace_back(path);
    changed_ = true;
    return id;
}

std::string_view Dictionary::pathText(std::int64_t id) const {
    const auto index = static_cast<std::size_t>(id - 1);
    return id > 0 && index < pathTexts_.size() ? std::string_view(pathTexts_[index]) : std::string_view();
}

Result<std::int64_t> Dictionary::department(std::int64_t parent, std::string_view path) {
    if (const auto found = departments_.find(path); found != departments_.end()) return found->second;
    if (departments_.size() >= kDepartmentsMax)
        return Error{Errc::Limit, "put product: too many departments"};
    const auto id = static_cast<std::int64_t>(departments_.size()) + 1;
    auto query = statements_.get("INSERT INTO departments (id, parent, path, cards) VALUES (?, ?, ?, 0)");
    if (!query) return query.error();
    if (auto done = (*query)->bind(0, id).bind(1, parent).bind(2, path).run(); !done) return done.error();
    departments_.emplace(path, id);
    parents_.push_back(parent);
    changed_ = true;
    return id;
}

Result<void> Dictionary::setTitle(std::int64_t department, const std::string& lang, std::string_view title) {
    auto& known = titles_[{department, lang}];
    if (known == title) return {};
    auto query = statements_.get(
        "INSERT OR REPLACE INTO department_titles (department, lang, title) VALUES (?, ?, ?)");
    if (!query) return query.error();
    if (auto done = (*query)->bind(0, department).bind(1, lang).bind(2, title).run(); !done)
        return done.error();
    known = title;
    changed_ = true;
    return {};
}

Result<std::int64_t> Dictionary::departmentOf(const std::vector<ProductText>& texts) {
    std::string_view key = textFor(texts, kLanguages.front()).department;
    if (key.empty()) key = texts.front().department;
    const auto steps = stepsOf(key);
    std::vector<std::int64_t> chain;
    std::string path;
    std::int64_t id = 0;
    for (const auto step : steps) {
        if (!path.empty()) path.append(" > ");
        path.append(step);
        auto next = department(id, path);
        if (!next) return next.error();
        id = *next;
        chain.push_back(id);
    }
    for (const auto& text : texts) {
        const auto titles = stepsOf(text.department);
        if (titles.size() != chain.size())
            continue; // another tree in that language: no way to tell which is which
        for (std::size_t i = 0; i < titles.size(); ++i)
            if (auto done = setTitle(chain[i], text.lang, titles[i]); !done) return done.error();
    }
    return id;
}

std::vector<std::int64_t> Dictionary::upwards(std::int64_t department) const {
    std::vector<std::int64_t> chain;
    while (department > 0 && static_cast<std::size_t>(department) <= parents_.size()) {
        chain.push_back(department);
        department = parents_[static_cast<std::size_t>(department) - 1];
    }
    return chain;
}

Result<std::int64_t> Dictionary::aisleId(std::string_view name) {
    if (name.empty()) return 0;
    if (const auto found = aisles_.find(name); found != aisles_.end()) return found->second;
    if (aisles_.size() >= kAislesMax) return Error{Errc::Limit, "put stock: too many aisles"};
    const auto id = static_cast<std::int64_t>(aisles_.size()) + 1;
    auto query = statements_.get("INSERT INTO aisles (id, name) VALUES (?, ?)");
    if (!query) return query.error();
    if (auto done = (*query)->bind(0, id).bind(1, name).run(); !done) return done.error();
    aisles_.emplace(name, id);
    changed_ = true;
    return id;
}

} // namespace silta

#include "catalog/search_words.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "catalog/schema.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace silta {

namespace {

constexpr std::string_view kArrow = "->";
constexpr std::string_view kDepartment = "department ";
constexpr std::string_view kProduct = "product ";

std::string_view trimmed(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

Error invalid(std::string_view what) {
    return {Errc::Invalid, std::string(what)};
}

/// A form as it is compared. Errors: Invalid.
Result<std::string> formOf(std::string_view text) {
    auto folded = foldText(text);
    if (folded.empty()) return invalid("a word is missing");
    if (folded.size() > kSearchWordsFormBytesMax || wordsOf(folded).size() > kSearchWordsFormWordsMax)
        return Error{Errc::Limit, "a form is too long"};
    return folded;
}

std::string joined(std::span<const std::string_view> words) {
    std::string text;
    for (const auto word : words) {
        if (!text.empty()) text.push_back(' ');
        text.append(word);
    }
    return text;
}

} // namespace

// ---- reading

Result<void> SearchWords::addForms(std::string_view line) {
    std::vector<Form> forms;
    while (true) {
        const auto end = line.find('=');
        auto folded = formOf(line.substr(0, end));
        if (!folded) return folded.error();
        if (groupOf_.contains(*folded) || std::ranges::find(forms, *folded, &Form::folded) != forms.end())
            return invalid(fmt::format("\"{}\" stands here or in another line already", *folded));
        forms.push_back({std::move(*folded), std::string(trimmed(line.substr(0, end)))});
        if (forms.size() > kSearchWordsFormsMax) return Error{Errc::Limit, "too many forms"};
        if (end == std::string_view::npos) break;
        line.remove_prefix(end + 1);
    }
    if (forms.size() < 2) return invalid("neither \"=\" nor \"->\"");
    for (const auto& form : forms)
        groupOf_[form.folded] = groups_.size();
    groups_.push_back(std::move(forms));
    return {};
}

Result<void> SearchWords::addRedirect(std::string_view typed, std::string_view target) {
    auto form = formOf(typed);
    if (!form) return form.error();
    Redirect redirect;
    if (target.starts_with(kDepartment))
        redirect.department = trimmed(target.substr(kDepartment.size()));
    else if (target.starts_with(kProduct))
        redirect.sku = trimmed(target.substr(kProduct.size()));
    if (redirect.department.empty() && redirect.sku.empty())
        return invalid("it leads neither to \"department PATH\" nor to \"product SKU\"");
    if (redirect.department.size() > kDepartmentBytesMax || characterCount(redirect.sku) > kSkuCharactersMax)
        return Error{Errc::Limit, "what it leads to is too long"};
    if (!redirects_.try_emplace(std::move(*form), std::move(redirect)).second)
        return invalid("it leads somewhere in another line already");
    return {};
}

Result<void> SearchWords::addLine(std::string_view line) {
    if (line.size() > kSearchWordsLineBytesMax) return Error{Errc::Limit, "too long"};
    if (!isUtf8(line)) return invalid("not UTF-8");
    line = trimmed(line);
    if (line.empty() || line.front() == '#') return {};
    if (groups_.size() + redirects_.size() >= kSearchWordsLinesMax)
        return Error{Errc::Limit, "too many lines"};
    const auto arrow = line.find(kArrow);
    if (arrow == std::string_view::npos) return addForms(line);
    return addRedirect(line.substr(0, arrow), trimmed(line.substr(arrow + kArrow.size())));
}

Result<SearchWords> SearchWords::parse(std::string_view text) {
    if (text.size() > kSearchWordsBytesMax)
        return Error{Errc::Limit, "read search words: the file is too large"};
    SearchWords words;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        if (auto done = words.addLine(text.substr(0, end)); !done)
            return Error{done.error().code,
                         fmt::format("read search words: line {}: {}", number, done.error().what)};
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return words;
}

// ---- asking

std::vector<std::string> SearchWords::otherWordings(std::string_view typed) const {
    std::vector<std::string> wordings;
    if (groups_.empty()) return wordings;
    const auto folded = foldText(typed);
    const auto split = wordsOf(folded);
    const std::span<const std::string_view> words(split);
    const std::string_view end = typed.ends_with(' ') ? " " : "";
    for (std::size_t first = 0; first < words.size(); ++first) {
        for (auto count = std::min(kSearchWordsFormWordsMax, words.size() - first); count > 0; --count) {
            const auto form = joined(words.subspan(first, count));
            const auto group = groupOf_.find(form);
            if (group == groupOf_.end()) continue;
            for (const auto& other : groups_[group->second]) {
                if (other.folded == form) continue;
                std::vector<std::string_view> all(split.begin(),
                                                  split.begin() + static_cast<std::ptrdiff_t>(first));
                all.emplace_back(other.written);
                all.insert(all.end(), split.begin() + static_cast<std::ptrdiff_t>(first + count),
                           split.end());
                wordings.push_back(joined(all).append(end));
                if (wordings.size() == kOtherWordingsMax) return wordings;
            }
            first += count - 1;
            break;
        }
    }
    return wordings;
}

const SearchWords::Redirect* SearchWords::redirectOf(std::string_view typed) const {
    if (redirects_.empty()) return nullptr;
    const auto found = redirects_.find(foldText(typed));
    return found == redirects_.end() ? nullptr : &found->second;
}

// ---- keeping

Result<void> checkSearchWords(std::string_view text) {
    auto words = SearchWords::parse(text);
    if (!words) return words.error();
    return {};
}

Result<bool> putSearchWords(const std::string& catalogPath, std::string_view text) {
    if (auto checked = checkSearchWords(text); !checked) return checked.error();
    auto database = Database::open(catalogPath, OpenMode::Replica);
    if (!database) return database.error();
    if (auto header = checkCatalogHeader(*database); !header) return header.error();
    auto query = database->prepare("SELECT value FROM meta WHERE key = 'search_words'");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (*row && query->text(0) == text) return false;
    query->reset();
    auto put = database->prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('search_words', ?)");
    if (!put) return put.error();
    if (auto done = put->bind(0, text).run(); !done) return done.error();
    return true;
}

} // namespace silta

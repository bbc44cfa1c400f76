// A search has four steps: exact codes (GTIN, sku), whole words, words of which the last is a beginning, and,
// only when nothing was found, words that end like the typed one (compounds) or differ from it by one letter.
// Each step stops at a named number of rows. The rows come in the order of their rank and are then sorted by
// how well the title fits.
#include "catalog/search.h"

#include "catalog/fold.h"
#include "catalog/index_writer.h"
#include "catalog/limits.h"
#include "core/digits.h"

#include <algorithm>
#include <unordered_set>

namespace silta {

namespace {

constexpr const char* kMatch = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid";
constexpr std::string_view kAfterAll =
    "\xf4\x8f\xbf\xbf"; // U+10FFFF: sorts after every continuation of a prefix

/// How well a product fits; smaller is better.
enum class Fit { Code, SameTitle, TitleStarts, TitleWords, TitlePrefix, OwnLanguage, Elsewhere };

struct Candidate {
    ProductRow row;
    Fit fit = Fit::Elsewhere;
    bool here = false;
};

std::string phrase(std::string_view word) {
    return '"' + std::string(word) + '"'; // a folded word holds no quotation mark
}

std::u32string charactersOf(std::string_view text) {
    std::u32string characters;
    while (!text.empty())
        characters.push_back(nextCharacter(text));
    return characters;
}

/// At most one letter replaced, left out, put in, or two neighbours swapped.
bool isClose(std::u32string_view a, std::u32string_view b) {
    std::size_t start = 0;
    while (start < a.size() && start < b.size() && a[start] == b[start])
        ++start;
    a.remove_prefix(start);
    b.remove_prefix(start);
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    if (a.size() <= 1 && b.size() <= 1) return true;
    return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

/// isClose() to the word or, when it is still being typed, to a beginning of the word.
bool isCloseTo(std::u32string_view typed, std::u32string_view word, bool beginning) {
    if (isClose(typed, word)) return true;
    if (!beginning) return false;
    for (std::size_t size = typed.size() - 1; size <= typed.size() + 1 && size < word.size(); ++size)
        if (isClose(typed, word.substr(0, size))) return true;
    return false;
}

class Search {
public:
    Search(ReplicaView& view, const SearchQuery& query)
        : view_(view), query_(query), folded_(foldText(query.text)), words_(wordsOf(folded_)),
          limit_(static_cast<std::size_t>(std::clamp(query.limit, 1, kSearchLimitMax))) {
        if (words_.size() > kQueryWordsMax) words_.resize(kQueryWordsMax);
    }

    Result<std::vector<ProductCard>> run();

private:
    using Alternatives = std::vector<std::string>;

    Result<void> addCodes();
    Result<void> addListed(Query& query);
    Result<void> addCode(const char* sql, std::string_view low, std::string_view high);
    Result<void> addGtins(std::int64_t first, std::int64_t last);
    Result<void> addMatches(const std::string& match, int rowsMax);
    Result<void> addSpelledOtherwise();
    Result<void> addProduct(std::int64_t id, bool isCode);
    Result<bool> occurs(std::string_view word, bool beginning);
    Result<Alternatives> compoundsOf(std::string_view word);
    Result<Alternatives> closeWordsOf(std::string_view word, bool beginning);
    Result<void> scanWords(const char* sql, std::string_view prefix,
                           std::vector<std::pair<std::int64_t, std::string>>& found,
                           std::u32string_view typed, bool beginning);
    [[nodiscard]] std::string inDepartment(std::string match) const;
    [[nodiscard]] std::string matchOf(bool lastIsBeginning) const;
    [[nodiscard]] Fit fitOf(const ProductRow& row) const;
    [[nodiscard]] bool isEnough(int rowsMax) const;

    ReplicaView& view_;
    const SearchQuery& query_;
    std::string folded_;
    std::vector<std::string_view> words_;
    std::size_t limit_;
    const HomeStock* home_ = nullptr;
    std::vector<Candidate> candidates_;
    std::unordered_set<std::int64_t> seen_;
    std::unordered_set<std::string> groups_;
    std::size_t cards_ = 0;
};

// ---- exact codes
// ---------------------------------------------------------------------------------------------------

Result<void> Search::addListed(Query& query) {
    std::vector<std::int64_t> ids;
    auto done = forEachRow(query, [&ids](const Statement& row) {
        ids.push_back(row.integer(0));
        return true;
    });
    if (!done) return done;
    for (const auto id : ids)
        if (done = addProduct(id, true); !done) return done;
    return {};
}

Result<void> Search::addCode(const char* sql, std::string_view low, std::string_view high) {
    auto query = view_.statements().get(sql);
    if (!query) return query.error();
    (*query)->bind(0, low).bind(1, high);
    return addListed(*query);
}

Result<void> Search::addGtins(std::int64_t first, std::int64_t last) {
    auto query =
        view_.statements().get("SELECT id FROM products WHERE gtin BETWEEN ? AND ? ORDER BY gtin LIMIT 100");
    if (!query) return query.error();
    (*query)->bind(0, first).bind(1, last);
    return addListed(*query);
}

Result<void> Search::addCodes() {
    constexpr std::size_t kGtinPrefixMin = 5; // fewer digits are a quantity rather than the start of a code
    constexpr std::size_t kGtinDigits = 13;
    std::string_view text = query_.text;
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (text.empty()) return {};
    if (auto done = addCode("SELECT id FROM products WHERE sku BETWEEN ? AND ? LIMIT 1", text, text); !done)
        return done;
    if (!allDigits(text) || text.size() > 14) return {};
    if (const auto gtin = Gtin::parse(text))
        if (auto done = addGtins(gtin->number(), gtin->number()); !done) return done;
    if (text.size() < kGtinPrefixMin || !candidates_.empty()) return {};
    const auto after = std::string(text) + ':'; // the character after '9'
    if (auto done = addCode("SELECT id FROM products WHERE sku >= ? AND sku < ? LIMIT 100", text, after);
        !done)
        return done;
    if (text.size() > kGtinDigits) return {};
    std::int64_t first = 0;
    std::int64_t width = 1;
    for (const char c : text)
        first = first * 10 + (c - '0');
    for (auto digits = text.size(); digits < kGtinDigits; ++digits)
        first *= 10, width *= 10;
    return addGtins(first, first + width - 1);
}

// ---- words
// ---------------------------------------------------------------------------------------------------------

std::string Search::inDepartment(std::string match) const {
    if (query_.department == 0 && !match.empty()) return match;
    const auto department = phrase(departmentWord(query_.department));
    return match.empty() ? department : match + " AND " + department;
}

std::string Search::matchOf(bool lastIsBeginning) const {
    std::string match;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (i > 0) match.append(" AND ");
        match.append(phrase(words_[i]));
    }
    if (lastIsBeginning) match.append("*");
    return inDepartment(std::move(match));
}

bool Search::isEnough(int rowsMax) const {
    if (candidates_.size() >= static_cast<std::size_t>(kCandidateRowsMax)) return true;
    return candidates_.size() >= static_cast<std::size_t>(rowsMax) && cards_ >= limit_;
}

Result<void> Search::addMatches(const std::string& match, int rowsMax) {
    auto query = view_.statements().get(kMatch);
    if (!query) return query.error();
    (*query)->bind(0, match);
    for (int scanned = 0; scanned < kScanMax; ++scanned) {
        auto more = (*query)->step();
        if (!more) return more.error();
        if (!*more) return {};
        const auto id = productOfSearchId((*query)->integer(0));
        if (isEnough(rowsMax)) {
            // Rank has had its say; what is on the shelf here may still jump the queue.
            if (home_ == nullptr || scanned >= kShelfScanMax || isEnough(rowsMax + kShelfRowsMax)) return {};
            if (!home_->has(id)) continue;
        }
        if (query_.hereOnly && home_ != nullptr && !home_->has(id)) continue;
        if (auto done = addProduct(id, false); !done) return done;
    }
    return {};
}

Result<void> Search::addProduct(std::int64_t id, bool isCode) {
    if (!seen_.insert(id).second) return {};
    auto row = view_.row(id);
    if (!row) {
        if (row.error().code == Errc::NotFound)
            return Error{Errc::Corrupt, "search products: index without its row"};
        return row.error();
    }
    bool here = false;
    if (home_ != nullptr) {
        here = home_->has(id);
    } else {
        const auto availability = view_.availabilityHere(id);
        if (!availability) return availability.error();
        here = *availability == Availability::InStock || *availability == Availability::LastFew;
    }
    if (isCode) {
        if (query_.hereOnly && !here) return {};
        if (query_.department != 0 && !view_.isBelow(row->department, query_.department)) return {};
    }
    if (row->group.empty() || groups_.insert(row->group).second) ++cards_;
    const auto fit = isCode ? Fit::Code : fitOf(*row);
    candidates_.push_back({std::move(*row), fit, here});
    return {};
}

Fit Search::fitOf(const ProductRow& row) const {
    if (words_.empty()) return Fit::Elsewhere;
    const auto& text = textFor(row.texts, query_.lang);
    const auto title = foldText(text.title);
    if (title == folded_) return Fit::SameTitle;
    if (title.starts_with(folded_) && title[folded_.size()] == ' ') return Fit::TitleStarts;
    const auto titleWords = wordsOf(title);
    auto holds = [](const std::vector<std::string_view>& own, std::string_view word) {
        return std::ranges::find(own, word) != own.end();
    };
    auto holdsAll = [this, &holds](const std::vector<std::string_view>& own) {
        return std::ranges::all_of(words_, [&](std::string_view word) { return holds(own, word); });
    };
    auto holdsBeginnings = [this, &holds](const std::vector<std::string_view>& own) {
        const auto whole = std::span(words_).first(words_.size() - 1);
        return std::ranges::all_of(whole, [&](std::string_view word) { return holds(own, word); }) &&
               std::ranges::any_of(own,
                                   [this](std::string_view word) { return word.starts_with(words_.back()); });
    };
    if (holdsAll(titleWords)) return Fit::TitleWords;
    if (title.starts_with(folded_) || holdsBeginnings(titleWords)) return Fit::TitlePrefix;
    const auto more = foldText(text.title + ' ' + row.brand + ' ' + text.color + ' ' + text.size);
    return holdsBeginnings(wordsOf(more)) ? Fit::OwnLanguage : Fit::Elsewhere;
}

// ---- words spelled otherwise
// ---------------------------------------------------------------------------------------

Result<bool> Search::occurs(std::string_view word, bool beginning) {
    auto query = view_.statements().get(kMatch);
    if (!query) return query.error();
    const auto match = phrase(word) + (beginning ? "*" : "");
    return (*query)->bind(0, match).step();
}

Result<void> Search::scanWords(const char* sql, std::string_view prefix,
                               std::vector<std::pair<std::int64_t, std::string>>& found,
                               std::u32string_view typed, bool beginning) {
    const auto high = std::string(prefix) + std::string(kAfterAll);
    auto query = view_.statements().get(sql);
    if (!query) return query.error();
    (*query)->bind(0, prefix).bind(1, high).bind(2, kCloseScanMax);
    for (;;) {
        auto more = (*query)->step();
        if (!more) return more.error();
        if (!*more) return {};
        const auto word = (*query)->text(0);
        if (!beginning && word.size() > typed.size() * 4 + 4) continue;
        if (typed.empty() || isCloseTo(typed, charactersOf(word), beginning))
            found.emplace_back(-(*query)->integer(1), std::string(word));
    }
}

namespace {

std::vector<std::string> mostFrequent(std::vector<std::pair<std::int64_t, std::string>> found) {
    std::ranges::sort(found);
    std::vector<std::string> words;
    for (auto& [frequency, word] : found) {
        if (words.size() == kCloseWordsMax) break;
        if (std::ranges::find(words, word) == words.end()) words.push_back(std::move(word));
    }
    return words;
}

constexpr const char* kForwards = "SELECT word, products FROM words WHERE word >= ? AND word < ? LIMIT ?";
constexpr const char* kBackwards = "SELECT word, products FROM words INDEXED BY words_backwards WHERE "
                                   "backwards >= ? AND backwards < ? LIMIT ?";

} // namespace

Result<Search::Alternatives> Search::compoundsOf(std::string_view word) {
    std::vector<std::pair<std::int64_t, std::string>> found;
    if (auto done = scanWords(kBackwards, backwards(word), found, {}, true); !done) return done.error();
    return mostFrequent(std::move(found));
}

// One mistake leaves either what is before it or what is after it as it should be, so two narrow ranges of
// the vocabulary hold all words that are close: those that begin like the first part and those that end like
// the last.
Result<Search::Alternatives> Search::closeWordsOf(std::string_view word, bool beginning) {
    const auto typed = charactersOf(word);
    const auto half = (typed.size() + 1) / 2;
    auto bytesOf = [word](std::size_t characters) {
        auto rest = word;
        while (characters-- > 0)
            nextCharacter(rest);
        return word.size() - rest.size();
    };
    const auto first = word.substr(0, bytesOf(half - 1));
    const auto last = word.substr(bytesOf(half));
    std::vector<std::pair<std::int64_t, std::string>> found;
    if (auto done = scanWords(kForwards, first, found, typed, beginning); !done) return done.error();
    if (auto done = scanWords(kBackwards, backwards(last), found, typed, false); !done) return done.error();
    return mostFrequent(std::move(found));
}

Result<void> Search::addSpelledOtherwise() {
    std::string match;
    int unknown = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const auto word = words_[i];
        const bool beginning = i + 1 == words_.size();
        auto known = occurs(word, beginning);
        if (!known) return known.error();
        Alternatives words;
        if (!*known) {
            if (++unknown > kMistypedWordsMax || !isVocabulary(word)) return {};
            auto others = compoundsOf(word);
            if (others && others->empty()) others = closeWordsOf(word, beginning);
            if (!others) return others.error();
            if (others->empty()) return {};
            words = std::move(*others);
        }
        if (i > 0) match.append(" AND ");
        if (words.empty()) {
            match.append(phrase(word)).append(beginning ? "*" : "");
            continue;
        }
        match.push_back('(');
        for (std::size_t k = 0; k < words.size(); ++k)
            match.append(k > 0 ? " OR " : "").append(phrase(words[k]));
        match.push_back(')');
    }
    if (unknown == 0) return {};
    return addMatches(inDepartment(std::move(match)), kCandidatesMax);
}

// ---- the whole
// -----------------------------------------------------------------------------------------------------

Result<std::vector<ProductCard>> Search::run() {
    auto home = query_.hereOnly ? view_.homeStock() : view_.homeStockIfLoaded();
    if (!home) return home.error();
    home_ = *home;
    const bool isBrowsing = std::ranges::all_of(query_.text, [](char c) { return c == ' '; });
    if (isBrowsing) {
        if (auto done = addMatches(inDepartment({}), kCandidatesMax); !done) return done.error();
    } else {
        if (auto done = addCodes(); !done) return done.error();
        if (!words_.empty()) {
            if (auto done = addMatches(matchOf(false), kWholeWordCandidatesMax); !done) return done.error();
            if (auto done = addMatches(matchOf(true), kCandidatesMax); !done) return done.error();
            if (candidates_.empty())
                if (auto done = addSpelledOtherwise(); !done) return done.error();
        }
    }
    std::ranges::stable_sort(candidates_, [](const Candidate& a, const Candidate& b) {
        if (a.fit != b.fit) return a.fit < b.fit;
        if (a.here != b.here) return a.here;
        return searchIdOf(a.row.rank, a.row.id) < searchIdOf(b.row.rank, b.row.id);
    });
    std::vector<ProductCard> cards;
    groups_.clear();
    for (const auto& candidate : candidates_) {
        if (cards.size() == limit_) break;
        if (!candidate.row.group.empty() && !groups_.insert(candidate.row.group).second) continue;
        auto card = view_.card(candidate.row, query_.lang);
        if (!card) return card.error();
        cards.push_back(std::move(*card));
    }
    return cards;
}

} // namespace

Result<std::vector<ProductCard>> searchProducts(ReplicaView& view, const SearchQuery& query) {
    if (query.text.size() > kQueryBytesMax) return Error{Errc::Limit, "search products: text too long"};
    if (query.department < 0) return std::vector<ProductCard>{};
    return Search(view, query).run();
}

} // namespace silta

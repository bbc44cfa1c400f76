// A search asks the index (index/finder.h) for candidates, reads their rows and puts those first that fit
// best: what the index cannot see, which is the title in the shopper's language, its letters as they were
// typed, and what stands on the shelf here.
#include "catalog/search.h"

#include "catalog/fold.h"
#include "catalog/limits.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace silta {

namespace {

constexpr std::size_t kStemBytesMin = 3;   // of a typed word that another one begins with
constexpr std::size_t kEndingBytesMax = 2; // that forms of a word differ by

/// How well a product fits; smaller is better.
enum class Fit {
    Code,
    SameTitle,
    TitleStarts,
    TitleWords,
    TitlePrefix,
    TitleCompound,
    OwnLanguage,
    Elsewhere
};

struct Candidate {
    ProductRow row;
    IndexHit hit;
    Fit fit = Fit::Elsewhere;
    bool isOwnLanguage = false; ///< the title is in the shopper's
    bool isSpelledSo = false;   ///< the title has the words letter by letter: ä is not a
    bool isMarked = false;      ///< the same, where letters beyond a to z were typed
    bool isAkin = false;        ///< the title has words of which what was typed may be a form
    std::size_t place = 0; ///< of the first typed word in the title, in bytes; the largest number: nowhere
    bool here = false;
};

bool isBetterThan(const Candidate& a, const Candidate& b) {
    const auto stageOf = [](const Candidate& each) {
        return each.hit.tier <= FindTier::Exact ? FindTier::Exact : each.hit.tier;
    };
    if (stageOf(a) != stageOf(b)) return stageOf(a) < stageOf(b);
    // Who has typed "äpple" knows the letter: "Apple" comes after all that has it.
    if (a.isMarked != b.isMarked) return a.isMarked;
    // The shopper's language counts for more than how a title has the words, but less than whether it has
    // them: no "Broth" for somebody who wants "Brot", and no "Ris de veau" for "ris".
    const auto closenessOf = [](const Candidate& each) {
        return each.fit <= Fit::SameTitle    ? each.fit
               : each.fit <= Fit::TitleWords ? Fit::TitleWords
                                             : Fit::Elsewhere;
    };
    if (closenessOf(a) != closenessOf(b)) return closenessOf(a) < closenessOf(b);
    if (a.isOwnLanguage != b.isOwnLanguage) return a.isOwnLanguage;
    if (a.fit != b.fit) return a.fit < b.fit;
    if (a.isSpelledSo != b.isSpelledSo) return a.isSpelledSo;
    if (a.here != b.here) return a.here;
    if (a.hit.tier > FindTier::Exact) return a.hit.isBefore(b.hit); // it knows which word was guessed
    return std::tuple(a.row.rank, a.place, a.row.id) < std::tuple(b.row.rank, b.place, b.row.id);
}

class Search {
public:
    Search(ReplicaView& view, LiveIndex& index, const SearchQuery& query, const HomeStock* home)
        : view_(view), index_(index), query_(query), home_(home), filter_(*this),
          limit_(static_cast<std::size_t>(std::clamp(query.limit, 1, kSearchLimitMax))) {
        take(query.text);
    }

    Result<std::vector<ProductCard>> run();

private:
    class Filter final : public IndexFilter {
    public:
        explicit Filter(const Search& search) : search_(search) {}
        bool passes(const IndexFile& file, std::uint32_t doc) const override {
            const auto department = search_.query_.department;
            if (department != 0 && !search_.view_.isBelow(file.facet(kDepartmentFacet, doc), department))
                return false;
            return !isHereOnly || search_.home_ == nullptr || search_.home_->has(file.product(doc));
        }
        bool isHereOnly = false;

    private:
        const Search& search_;
    };

    /// From here on, products are looked for by this text.
    void take(std::string text);
    Result<void> addSku(const std::string& sku);
    Result<void> addOtherWordings();
    /// In the department and of the stock that was asked for.
    FindOptions optionsAsAsked();
    Result<void> collect();
    Result<void> add(std::span<const LiveIndex::Hit> hits);
    Result<void> addShelf();
    void dropUnlikely();
    Result<void> addWhole();
    std::span<const LiveIndex::Hit> ask(const FindOptions& options);
    Result<bool> isHere(std::int64_t product);
    /// The title in the shopper's language.
    struct Title {
        explicit Title(std::string_view title) : folded(foldText(title)), words(wordsOf(folded)) {}
        Title(const Title&) = delete;
        Title& operator=(const Title&) = delete;
        std::string folded;
        std::vector<std::string_view> words;
    };
    [[nodiscard]] Fit fitOf(const ProductRow& row, const Title& title) const;
    [[nodiscard]] bool isSpelledSo(const std::string& title) const;
    [[nodiscard]] bool isAkin(const Title& title, bool isOwnLanguage) const;
    [[nodiscard]] bool isBrowsing() const {
        return std::ranges::all_of(query_.text, [](char c) { return c == ' '; });
    }

    ReplicaView& view_;
    LiveIndex& index_;
    const SearchQuery& query_;
    const HomeStock* home_;
    std::string text_; ///< what was typed, or what means the same
    TypedText typed_;
    std::string folded_;
    std::vector<std::string_view> words_;
    bool isMarked_ = false; ///< letters beyond a to z were typed
    Filter filter_;
    std::size_t limit_;
    std::vector<Candidate> candidates_;
    std::unordered_set<std::int64_t> seen_;
    std::unordered_set<std::string> groups_;
    std::size_t cards_ = 0;
};

void Search::take(std::string text) {
    text_ = std::move(text);
    typed_ = TypedText::parse(text_);
    folded_ = foldText(text_);
    words_ = wordsOf(folded_);
    isMarked_ = lowerText(text_) != folded_ && !words_.empty();
}

std::span<const LiveIndex::Hit> Search::ask(const FindOptions& options) {
    return isBrowsing() ? index_.browse(options) : index_.find(typed_, options);
}

FindOptions Search::optionsAsAsked() {
    filter_.isHereOnly = query_.hereOnly;
    FindOptions options;
    options.filter = query_.department != 0 || query_.hereOnly ? &filter_ : nullptr;
    return options;
}

// Variants of a group make one card, so it may take several rounds until there are enough cards.
Result<void> Search::collect() {
    auto options = optionsAsAsked();
    options.enough = kEnoughHits;
    for (auto limit = std::max(limit_ + limit_ / 2, kCandidatesMin);; limit *= 4) {
        options.limit = std::min(limit, kCandidatesMax);
        const auto hits = ask(options);
        const bool isAll = hits.size() < options.limit || options.limit == kCandidatesMax;
        if (auto done = add(hits); !done) return done;
        if (isAll || cards_ >= limit_) return {};
    }
}

// Of a short word there are so many beginnings that none of the best is the word itself: "ris" and Risotto.
Result<void> Search::addWhole() {
    if (typed_.words.empty() || !typed_.words.back().isOpen) return {};
    auto options = optionsAsAsked();
    options.limit = options.enough = isMarked_ ? kMarkedRowsMax : kWholeRowsMax;
    options.lastTier = FindTier::Exact;
    options.isExact = true;
    return add(index_.find(TypedText::parse(text_ + ' '), options));
}

// What is said in other words is found by those only as they stand: a guess at what means the same is far
// from what was typed.
Result<void> Search::addOtherWordings() {
    auto wordings = view_.searchWords().otherWordings(query_.text);
    if (wordings.empty()) return {}; // as with most of what is typed
    for (auto& wording : wordings) {
        take(std::move(wording));
        auto options = optionsAsAsked();
        options.limit = options.enough = std::max(limit_, kCandidatesMin);
        options.lastTier = FindTier::Exact;
        if (auto done = add(index_.find(typed_, options)); !done) return done;
        if (auto done = addWhole(); !done) return done;
    }
    take(query_.text);
    return {};
}

// Rank has had its say; what is on the shelf here may still jump the queue.
Result<void> Search::addShelf() {
    if (home_ == nullptr || query_.hereOnly || isBrowsing()) return {};
    filter_.isHereOnly = true;
    FindOptions options;
    options.filter = &filter_;
    options.limit = options.enough = kShelfRowsMax;
    options.lastTier = FindTier::Exact;
    options.exactVisits = kShelfScanMax;
    return add(ask(options));
}

Result<void> Search::add(std::span<const LiveIndex::Hit> hits) {
    for (const auto& hit : hits) {
        if (!seen_.insert(hit.product).second) continue;
        auto row = view_.row(hit.product);
        // An index may be a moment ahead of the catalogue, or damaged: what is not there is not shown.
        if (!row && row.error().code == Errc::NotFound) continue;
        if (!row) return row.error();
        auto here = isHere(hit.product);
        if (!here) return here.error();
        if (row->group.empty() || groups_.insert(row->group).second) ++cards_;
        Candidate candidate;
        const auto& text = textFor(row->texts, query_.lang);
        const Title title(text.title);
        candidate.fit = hit.hit.tier == FindTier::Code ? Fit::Code : fitOf(*row, title);
        candidate.isOwnLanguage = text.lang == query_.lang;
        candidate.isSpelledSo = isSpelledSo(text.title);
        candidate.isMarked = isMarked_ && candidate.isSpelledSo;
        candidate.isAkin = hit.hit.tier <= FindTier::Exact || isAkin(title, candidate.isOwnLanguage);
        if (!words_.empty()) candidate.place = title.folded.find(words_.front());
        candidate.row = std::move(*row);
        candidate.hit = hit.hit;
        candidate.here = *here;
        candidates_.push_back(std::move(candidate));
    }
    return {};
}

Result<bool> Search::isHere(std::int64_t product) {
    if (home_ != nullptr) return home_->has(product);
    const auto availability = view_.availabilityHere(product);
    if (!availability) return availability.error();
    return *availability == Availability::InStock || *availability == Availability::LastFew;
}

bool Search::isSpelledSo(const std::string& utf8) const {
    const auto title = lowerText(utf8);
    const auto typed = lowerText(text_);
    return std::ranges::all_of(
        wordsOf(typed), [&title](std::string_view word) { return title.find(word) != std::string::npos; });
}

// "kahvi" and "kahve", "suodatinkahvi"; not "kaviar", which is as near by its letters.
bool Search::isAkin(const Title& title, bool isOwnLanguage) const {
    const auto endingBytes = isOwnLanguage ? kEndingBytesMax : 1;
    return std::ranges::all_of(words_, [&](std::string_view typed) {
        const auto stem =
            typed.substr(0, std::max(kStemBytesMin, typed.size() - std::min(typed.size(), endingBytes)));
        return std::ranges::any_of(title.words, [&](std::string_view word) {
            if (word.find(typed) != std::string_view::npos) return true;
            return word.starts_with(stem) && word.size() <= typed.size() + endingBytes;
        });
    });
}

Fit Search::fitOf(const ProductRow& row, const Title& title) const {
    if (row.sku == query_.text) return Fit::Code;
    if (words_.empty()) return Fit::Elsewhere;
    if (title.folded == folded_) return Fit::SameTitle;
    const bool isBegun = title.folded.starts_with(folded_);
    if (isBegun && title.folded[folded_.size()] == ' ') return Fit::TitleStarts;
    auto isBeginning = [](std::string_view word, std::string_view typed) { return word.starts_with(typed); };
    auto isEnd = [](std::string_view word, std::string_view typed) { return word.ends_with(typed); };
    auto isSame = [](std::string_view word, std::string_view typed) { return word == typed; };
    auto holdsAll = [this](const std::vector<std::string_view>& own, auto matches, auto matchesLast) {
        auto holds = [&own](std::string_view typed, auto how) {
            return std::ranges::any_of(own, [&](std::string_view word) { return how(word, typed); });
        };
        const auto whole = std::span(words_).first(words_.size() - 1);
        return std::ranges::all_of(whole, [&](std::string_view typed) { return holds(typed, matches); }) &&
               holds(words_.back(), matchesLast);
    };
    if (holdsAll(title.words, isSame, isSame)) return Fit::TitleWords;
    if (isBegun || holdsAll(title.words, isSame, isBeginning)) return Fit::TitlePrefix;
    if (holdsAll(title.words, isEnd, isEnd)) return Fit::TitleCompound;
    const auto& text = textFor(row.texts, query_.lang);
    const auto more = foldText(text.title + ' ' + row.brand + ' ' + text.color + ' ' + text.size);
    return holdsAll(wordsOf(more), isSame, isBeginning) ? Fit::OwnLanguage : Fit::Elsewhere;
}

/// A code of the chain's own may look like anything: a number in titles, the beginning of a GTIN.
Result<void> Search::addSku(const std::string& sku) {
    if (isBrowsing()) return {};
    auto query = view_.statements().get("SELECT id, department FROM products WHERE sku = ?");
    if (!query) return query.error();
    auto row = (*query)->bind(0, sku).step();
    if (!row) return row.error();
    if (!*row) return {};
    LiveIndex::Hit hit;
    hit.product = static_cast<std::uint32_t>((*query)->integer(0));
    hit.hit.tier = FindTier::Code;
    const auto department = static_cast<std::uint32_t>((*query)->integer(1));
    if (query_.department != 0 && !view_.isBelow(department, query_.department)) return {};
    if (query_.hereOnly && home_ != nullptr && !home_->has(hit.product)) return {};
    return add(std::span(&hit, 1));
}

// Where a title holds all that was typed as whole words, it was no mistake: "kahvi" does not mean "kaviar",
// and only forms of it are added.
// And where one in the shopper's language holds it, though only as a beginning, no other language is guessed
// at: "olut" and "peruna" are meant in Finnish, not as "Time out" and "Peru".
void Search::dropUnlikely() {
    const auto isHeldBy = [this](auto fits) {
        return std::ranges::any_of(candidates_, [&](const Candidate& each) {
            return each.hit.tier <= FindTier::Exact && fits(each);
        });
    };
    const bool isMeantSo = isHeldBy([](const Candidate& each) { return each.fit <= Fit::TitleWords; });
    const bool isWord = isHeldBy([](const Candidate& each) { return each.fit <= Fit::TitleCompound; });
    const bool isOwnWord =
        isHeldBy([](const Candidate& each) { return each.isOwnLanguage && each.fit <= Fit::TitleCompound; });
    std::erase_if(candidates_, [&](const Candidate& each) {
        if (each.hit.tier <= FindTier::Exact) return false;
        if (isMeantSo && each.hit.tier > FindTier::Likely) return true;
        if (each.isOwnLanguage) return isMeantSo && isOwnWord && !each.isAkin;
        return isOwnWord || (isWord && !each.isAkin);
    });
}

Result<std::vector<ProductCard>> Search::run() {
    if (auto done = addSku(query_.text); !done) return done.error();
    if (const auto* redirect = view_.searchWords().redirectOf(query_.text); redirect != nullptr)
        if (auto done = addSku(redirect->sku); !done) return done.error();
    if (auto done = collect(); !done) return done.error();
    if (auto done = addWhole(); !done) return done.error();
    if (auto done = addOtherWordings(); !done) return done.error();
    if (auto done = addShelf(); !done) return done.error();
    dropUnlikely();
    std::ranges::stable_sort(candidates_, &isBetterThan);
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
    if (const auto* redirect = view.searchWords().redirectOf(query.text);
        redirect != nullptr && !redirect->department.empty()) {
        auto department = view.departmentAt(redirect->department);
        if (!department) return department.error();
        if (*department != 0 && (query.department == 0 || view.isBelow(*department, query.department))) {
            auto there = searchProducts(view, {{}, query.lang, query.limit, *department, query.hereOnly});
            if (!there || !there->empty()) return there; // an empty one is no place to lead to
        }
    }
    auto index = view.searchIndex();
    if (!index) return index.error();
    auto home = query.hereOnly ? view.homeStock() : view.homeStockIfLoaded();
    if (!home) return home.error();
    return Search(view, **index, query, *home).run();
}

} // namespace silta

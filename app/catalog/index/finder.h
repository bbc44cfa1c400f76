// Finds documents of one index by what a shopper has typed so far.
//
// It works in tiers, from what was typed to what may have been meant; each runs only while fewer than
// FindOptions::enough documents are found, and all after Exact share a budget of candidates:
//
// clang-format off
//   Code          a GTIN, by its beginning
//   Title         a whole title, however low its rank
//   Exact         every word; the last, while it is still typed, by its beginning; ends of compounds
//   Likely        one word as it is likely meant: the beginning of another, inflected, with a likely slip of
//                 the finger (spelling.h), as a rarer end of compounds, two words for one, one for two
//   OtherEdits    one word with any one mistake
//   Endings       one word without its last one to four letters: inflections
//   TwoEdits      a long word that no product has, with two mistakes, if nothing was found yet
//   OneLess       without one of the words, if nothing was found yet
// clang-format on
//
// Within a tier the order is the rank, weighed: a whole word counts for more than the beginning of another,
// the end of a compound for less, and for much less what stands in the name of the department only.
// Inflections and slips share a tier since neither is the likelier: "linta" may be "linti" or "lintra", and
// the rank tells better.
#pragma once

#include "catalog/index/file.h"
#include "catalog/index/lookup.h"
#include "catalog/index/spelling.h"
#include "catalog/index/words.h"

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

enum class FindTier : std::uint8_t {
    Code,
    Title,
    Exact,
    Likely,
    OtherEdits,
    Endings,
    TwoEdits,
    OneLess,
};

struct IndexHit {
    std::uint32_t doc = 0;
    std::uint32_t order = 0; ///< within the step, smaller is better; comparable between indexes
    FindTier tier = FindTier::Exact;
    std::uint8_t step = 0; ///< within the tier; odd after Exact: all words relaxed together
    /// Whether this one is shown before `other`, of this index or of another.
    [[nodiscard]] bool isBefore(const IndexHit& other) const {
        if (tier != other.tier) return tier < other.tier;
        return step != other.step ? step < other.step : order < other.order;
    }
    /// Found by what is tried only while nothing at all has been found.
    [[nodiscard]] bool isLastResort() const {
        return tier >= FindTier::TwoEdits || (tier >= FindTier::Likely && step % 2 != 0);
    }
    bool operator==(const IndexHit&) const = default;
};

/// What was typed, taken apart once for all indexes that are searched.
struct TypedText {
    struct Word {
        std::string text;
        bool isOpen = false; ///< still being typed: stands for all words that begin so
    };
    std::vector<Word> words;       ///< model codes taken apart
    std::vector<Word> joinedWords; ///< model codes as one; empty when there is none
    std::string digits;            ///< when nothing but digits was typed, perhaps a GTIN

    /// At most kTypedWordsMax words.
    static TypedText parse(std::string_view utf8);
};

inline constexpr std::size_t kTypedWordsMax = 10; ///< nobody types more at a kiosk
inline constexpr std::size_t kGtinDigitsMin = 5;  ///< fewer digits are a quantity, not the start of a code
inline constexpr std::int64_t kExactVisitsMax = 200'000; ///< 10 ms, for words that are seldom together
inline constexpr std::int64_t kRelaxedVisitsMax = 5'000; ///< of all later tiers together

/// Decides whether a document may be shown. Called for each candidate that fits.
class IndexFilter {
public:
    virtual ~IndexFilter() = default;
    virtual bool passes(const IndexFile& file, std::uint32_t doc) const = 0;
};

struct FindOptions {
    std::size_t limit = 10;
    std::size_t enough = 10;                    ///< hits at which no further tier runs; at most `limit`
    const IndexFilter* filter = nullptr;        ///< may be null
    FindTier lastTier = FindTier::OneLess;      ///< what comes after is left out
    std::int64_t exactVisits = kExactVisitsMax; ///< candidates looked at in the exact tier
    bool isExact = false;                       ///< neither the end of a compound nor a department
    std::uint32_t knownWords = 0; ///< what an index that is searched together with this one knows; a bit each
};

/// Thread: its owner's.
class IndexFinder {
public:
    explicit IndexFinder(std::shared_ptr<const IndexFile> file);
    [[nodiscard]] const IndexFile& file() const { return *file_; }
    /// Before which document of the index that this one is searched together with each would stand. None: it
    /// is searched alone, or is that index.
    void setPlaces(std::vector<std::uint32_t> places) { places_ = std::move(places); }
    /// Documents that are never found, one bit each.
    void setDead(std::vector<std::uint64_t> dead) { dead_ = std::move(dead); }
    [[nodiscard]] bool isDead(std::uint32_t doc) const {
        return doc / 64 < dead_.size() && (dead_[doc / 64] >> (doc % 64) & 1) != 0;
    }

    /// Best first. The view lives until the next call.
    std::span<const IndexHit> find(const TypedText& typed, const FindOptions& options);
    /// Which of the words of the last find() some product has, or options.knownWords holds: a bit each.
    [[nodiscard]] std::uint32_t knownWords() const { return knownWords_; }
    /// All documents in the order of rank that pass, at most `limit`: what is shown when nothing is typed.
    std::span<const IndexHit> browse(const FindOptions& options);
    /// Calls visit(doc), ascending, for every document that the tiers Code and Exact could find; all where
    /// nothing is typed. Unlike find(), it reads the lists to their ends.
    template <class Visit>
    void forEachMatch(const TypedText& typed, Visit visit) {
        const auto docs = matches(typed);
        for (std::uint32_t word = 0; word < docs.size(); ++word)
            for (auto left = docs[word]; left != 0; left &= left - 1)
                visit(word * kDocsOfWord + static_cast<std::uint32_t>(std::countr_zero(left)));
    }
    /// Before which document of the index that this one is searched together with `doc` would stand.
    [[nodiscard]] std::uint32_t place(std::uint32_t doc) const { return places_[doc]; }

private:
    /// One typed word in this index.
    struct Slot {
        ListRanges exact;      ///< without the ends of compounds
        ListRanges whole;      ///< of an open word: the word itself
        ListRanges named;      ///< `exact` and the ends of compounds
        ListRanges strict;     ///< `named` and asides
        ListRanges fresh;      ///< what the tier that runs adds
        ListRanges freshAside; ///< of that, asides
        ListRanges freshWhole; ///< of that, what an open word may be as a whole
        ListRanges relaxed;    ///< what all tiers so far have added, and `strict`
        SpellingRanges spellings;
    };
    using Groups = std::array<const ListRanges*, kTypedWordsMax>;
    static constexpr std::uint32_t kDocsOfWord = 64; ///< one bit each

    /// What forEachMatch() visits, one bit each.
    std::vector<std::uint64_t> matches(const TypedText& typed);

    void findCodes(std::string_view digits);
    void findTitles(std::span<const TypedText::Word> words);
    [[nodiscard]] bool passes(std::uint32_t doc) const {
        return !isDead(doc) && (options_.filter == nullptr || options_.filter->passes(*file_, doc));
    }
    /// `step`: of the exact tier. Later tiers run only after the last.
    void findWords(std::span<const TypedText::Word> words, std::uint8_t step);
    void prepare(std::span<const TypedText::Word> words);
    void runExact();
    /// False when the remaining tiers need not run.
    bool relax(FindTier tier, std::uint8_t step = 0);
    void addBeginnings();
    void addInflections(Slot& slot, std::string_view word);
    void addCompounds(Slot& slot, std::string_view word);
    void addLikelySlips();
    void addOtherSlips();
    void addEndings(std::size_t letters);
    void addTwoEdits();
    void runJoinedAndParted();
    void runWithoutOne();
    void add(Slot& slot, ListRange terms);
    void addAll(Slot& slot, const ListRanges& terms);
    /// Collects at most `limit` documents; see orderOf() for `weight`.
    void run(std::span<const ListRanges* const> groups, std::uint32_t weight);
    /// The first document that is of no use to the step that runs, at this weight: there are enough before.
    [[nodiscard]] std::uint32_t endOfUse(std::uint32_t weight);
    /// Ends a step of a tier. True when there are enough.
    bool settle(FindTier tier, std::uint8_t step);
    /// Even numbers are between the documents of the index that is searched together with this one.
    [[nodiscard]] std::uint32_t placeOf(std::uint32_t doc) const {
        return doc < places_.size() ? 2 * places_[doc] : 2 * doc + 1;
    }
    [[nodiscard]] std::uint32_t orderOf(std::uint32_t doc, std::uint32_t weight) const;
    [[nodiscard]] bool wants(FindTier tier) const;

    std::shared_ptr<const IndexFile> file_;
    IndexLookup lookup_;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint64_t> dead_;
    FindOptions options_;
    std::span<const TypedText::Word> words_;
    std::array<Slot, kTypedWordsMax> slots_;
    std::uint32_t knownWords_ = 0;
    std::int64_t costLeft_ = 0;
    std::vector<IndexHit> hits_;
    std::vector<IndexHit> found_;      ///< by the tier that runs; several times what is found several ways
    std::vector<IndexHit> distinct_;   ///< of found_
    std::vector<std::uint64_t> known_; ///< documents of hits_, one bit each
};

} // namespace silta

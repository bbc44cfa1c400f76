#include "catalog/index/finder.h"

#include "catalog/fold.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace silta {

namespace {

// How far back a hit stands for being less than what was typed.
constexpr std::uint32_t kWeightOfWhole = 6;
constexpr std::uint32_t kWeightOfBeginning = 8;
constexpr std::uint32_t kWeightOfCompound = 10;
constexpr std::uint32_t kWeightOfAside = 64; // one product in eight is of the department, few are so popular
constexpr std::uint32_t kWeightOfWholeSlip = 2; // "texek": rather "texel" than the start of "texskaka"
constexpr std::uint32_t kWeightUnit = 8;        // neither better nor worse
static_assert(std::uint64_t{2} * kIndexDocsMax * kWeightOfAside <= 0xffffffff, "an order is 32 bits");

constexpr std::size_t kBeginningMin = 3;    // bytes of a finished word that may be the start of another
constexpr std::size_t kStemMin = 4;         // letters left when endings are taken off
constexpr std::size_t kEndingMax = 4;       // letters taken off
constexpr std::size_t kTwoEditsMin = 7;     // letters of a word that may have two mistakes
constexpr std::size_t kEndMin = 3;          // bytes of a typed word that may end others: "vyö"
constexpr std::size_t kCompoundsMax = 64;   // words that end in a typed one
constexpr std::size_t kPartMin = 3;         // bytes of each part of a word that should be two
constexpr std::size_t kPartedMax = 4;       // ways to part a word that are tried
constexpr std::size_t kTypedDigitsMax = 13; // a typed beginning is one of these, not of the leading zero
constexpr std::size_t kTitleBytesMin = 3;   // "k" is the beginning of something, also where a "K" is sold
constexpr std::uint8_t kStepOfParts = 1;    // of the exact tier: model codes as one come before
constexpr std::uint32_t kBits = 64;

/// Folded endings of nouns and adjectives: English, Finnish, Swedish, Polish.
constexpr std::array<std::string_view, 45> kEndings = {
    "s",   "es", "ed", "ing",                                                                        // en
    "n",   "t",  "a",  "ja",  "ta", "tta", "ssa",  "sta",  "lla",  "lle", "lta", "ien", "iin", "in", // fi
    "en",  "et", "ar", "er",  "or", "na",  "arna", "erna", "orna", "ens", "ets",                     // sv
    "y",   "i",  "e",  "u",   "ow", "om",  "em",   "ami",  "ach",  "ego", "ej",  "ych", "ie",  "owi",
    "ymi", "ia"}; // pl
constexpr std::string_view kStemVowels = "aeioy";
constexpr std::size_t kInflectedStemMin = 3; // "duży", "dużego"

struct GtinRange {
    std::uint64_t first = 0, last = 0;
};
struct TypedCodes {
    std::optional<GtinRange> begun; ///< by the digits, as they are typed: without the leading zero
    GtinRange whole;
};

TypedCodes codesOf(std::string_view digits) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    TypedCodes codes{std::nullopt, {number, number}};
    std::uint64_t width = 1;
    for (auto size = digits.size(); size < kTypedDigitsMax; ++size)
        width *= 10;
    if (digits.size() <= kTypedDigitsMax) codes.begun = GtinRange{number * width, number * width + width - 1};
    return codes;
}

/// `word` without its last character.
std::string_view shortened(std::string_view word) {
    while (!word.empty() && (static_cast<unsigned char>(word.back()) & 0xc0) == 0x80)
        word.remove_suffix(1);
    if (!word.empty()) word.remove_suffix(1);
    return word;
}

} // namespace

std::uint32_t IndexFinder::orderOf(std::uint32_t doc, std::uint32_t weight) const {
    return placeOf(doc) * weight;
}

IndexFinder::IndexFinder(std::shared_ptr<const IndexFile> file)
    : file_(std::move(file)), lookup_(*file_), known_(file_->docCount() / kBits + 1) {}

bool IndexFinder::wants(FindTier tier) const {
    return tier <= options_.lastTier && hits_.size() < options_.enough && costLeft_ > 0;
}

std::span<const IndexHit> IndexFinder::browse(const FindOptions& options) {
    options_ = options;
    hits_.clear();
    for (std::uint32_t doc = 0; doc < file_->docCount() && hits_.size() < options.limit; ++doc)
        if (passes(doc)) hits_.push_back({doc, placeOf(doc)});
    return hits_;
}

std::span<const IndexHit> IndexFinder::find(const TypedText& typed, const FindOptions& options) {
    options_ = options;
    options_.enough = std::min(options.enough, options.limit);
    hits_.clear();
    knownWords_ = options.knownWords;
    if (file_->docCount() == 0 || options.limit == 0) return {};
    if (!typed.digits.empty()) findCodes(typed.digits);
    findTitles(typed.words);
    if (hits_.size() < options_.limit && !typed.joinedWords.empty()) findWords(typed.joinedWords, 0);
    if (hits_.size() < options_.limit) findWords(typed.words, kStepOfParts);
    for (const auto& hit : hits_)
        known_[hit.doc / kBits] = 0;
    return hits_;
}

std::vector<std::uint64_t> IndexFinder::matches(const TypedText& typed) {
    options_ = {};
    std::vector<std::uint64_t> all(file_->docCount() / kBits + 1, ~std::uint64_t{0});
    all.back() = (1ULL << (file_->docCount() % kBits)) - 1;
    auto take = [](std::vector<std::uint64_t>& to, const std::vector<std::uint64_t>& from) {
        for (std::size_t word = 0; word < to.size(); ++word)
            to[word] |= from[word];
    };
    auto keep = [&](std::span<const TypedText::Word> words) {
        auto docs = all;
        prepare(words);
        for (const auto& slot : std::span(slots_).first(words.size()))
            lookup_.intersect(docs, slot.strict);
        return docs;
    };
    auto docs = keep(typed.words);
    if (!typed.joinedWords.empty()) take(docs, keep(typed.joinedWords));
    auto takeCodes = [&](const GtinRange& range) {
        for (const auto doc : file_->docsOfGtins(range.first, range.last))
            docs[doc / kBits] |= 1ULL << (doc % kBits);
    };
    if (!typed.digits.empty()) {
        const auto codes = codesOf(typed.digits);
        if (codes.begun) takeCodes(*codes.begun);
        takeCodes(codes.whole);
    }
    for (std::size_t word = 0; word < std::min(docs.size(), dead_.size()); ++word)
        docs[word] &= ~dead_[word];
    return docs;
}

// ---- running a tier

std::uint32_t IndexFinder::endOfUse(std::uint32_t weight) {
    const auto docs = file_->docCount();
    const auto wanted = options_.limit - hits_.size();
    if (found_.size() < wanted) return docs;
    distinct_ = found_;
    std::ranges::sort(distinct_, {}, [](const IndexHit& hit) { return std::pair(hit.doc, hit.order); });
    const auto isSame = [](const IndexHit& one, const IndexHit& other) { return one.doc == other.doc; };
    distinct_.erase(std::unique(distinct_.begin(), distinct_.end(), isSame), distinct_.end());
    if (distinct_.size() < wanted) return docs;
    const auto last = distinct_.begin() + static_cast<std::ptrdiff_t>(wanted) - 1;
    std::ranges::nth_element(distinct_, last, {}, &IndexHit::order);
    std::uint32_t low = 0;
    for (auto high = docs; low < high;) {
        const auto middle = low + (high - low) / 2;
        if (orderOf(middle, weight) <= last->order)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void IndexFinder::run(std::span<const ListRanges* const> groups, std::uint32_t weight) {
    auto left = options_.limit - hits_.size();
    lookup_.forEach(groups, endOfUse(weight), left, costLeft_, [&](std::uint32_t doc) {
        if ((known_[doc / kBits] >> (doc % kBits) & 1) != 0 || !passes(doc)) return true;
        found_.push_back({doc, orderOf(doc, weight)});
        return --left > 0;
    });
}

bool IndexFinder::settle(FindTier tier, std::uint8_t step) {
    std::ranges::sort(found_, [](const IndexHit& a, const IndexHit& b) {
        return a.order != b.order ? a.order < b.order : a.doc < b.doc;
    });
    for (const auto& hit : found_) {
        if (hits_.size() >= options_.limit) break;
        auto& word = known_[hit.doc / kBits];
        const auto bit = 1ULL << (hit.doc % kBits);
        if ((word & bit) != 0) continue;
        word |= bit;
        hits_.push_back({hit.doc, hit.order, tier, step});
    }
    found_.clear();
    return hits_.size() >= options_.enough;
}

void IndexFinder::findCodes(std::string_view digits) {
    const auto codes = codesOf(digits);
    auto take = [&](const GtinRange& range) {
        for (const auto doc : file_->docsOfGtins(range.first, range.last))
            if (passes(doc)) found_.push_back({doc, placeOf(doc)});
    };
    if (codes.begun) take(*codes.begun);
    // Of a short beginning there may be many; twice the limit, since one may be a whole code as well.
    const auto size = std::min(found_.size(), 2 * options_.limit);
    std::ranges::partial_sort(found_, found_.begin() + static_cast<std::ptrdiff_t>(size), {},
                              &IndexHit::order);
    found_.resize(size);
    take(codes.whole);
    settle(FindTier::Code, 0);
}

void IndexFinder::findTitles(std::span<const TypedText::Word> words) {
    if (words.size() > kTitleWordsMax) return;
    std::array<std::string_view, kTitleWordsMax> texts;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        texts[i] = words[i].text;
        bytes += texts[i].size();
    }
    if (bytes < kTitleBytesMin) return;
    const auto typed = std::span(texts).first(words.size());
    for (const auto doc : file_->docsOfTitle(titleKey(typed))) {
        const bool holdsAll = std::ranges::all_of(typed, [&](std::string_view word) {
            const ListRange own[] = {file_->termsLike(word, false)};
            return file_->holds(doc, own);
        });
        if (holdsAll && passes(doc)) found_.push_back({doc, placeOf(doc)});
    }
    settle(FindTier::Title, 0);
}

void IndexFinder::findWords(std::span<const TypedText::Word> words, std::uint8_t step) {
    if (words.empty()) return;
    prepare(words);
    costLeft_ = options_.exactVisits * kLookUpCost;
    runExact();
    if (settle(FindTier::Exact, step) || step != kStepOfParts) return;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (!slots_[i].strict.empty()) knownWords_ |= 1U << i;
    costLeft_ = kRelaxedVisitsMax * kLookUpCost;
    if (wants(FindTier::Likely)) {
        addBeginnings();
        addLikelySlips();
        runJoinedAndParted();
        if (relax(FindTier::Likely)) return;
    }
    if (wants(FindTier::OtherEdits)) {
        addOtherSlips();
        if (relax(FindTier::OtherEdits)) return;
    }
    for (std::size_t letters = 1; letters <= kEndingMax && wants(FindTier::Endings); ++letters) {
        addEndings(letters);
        if (relax(FindTier::Endings, static_cast<std::uint8_t>(2 * letters))) return;
    }
    if (hits_.empty() && wants(FindTier::TwoEdits)) {
        addTwoEdits();
        if (relax(FindTier::TwoEdits)) return;
    }
    if (hits_.empty() && options_.lastTier >= FindTier::OneLess) runWithoutOne();
}

// ---- the typed words

void IndexFinder::add(Slot& slot, ListRange terms) {
    if (terms.isEmpty()) return;
    slot.fresh.push_back(terms);
    if (const auto heads = file_->headsAmong(terms); !heads.isEmpty()) slot.fresh.push_back(heads);
    if (const auto asides = file_->asidesAmong(terms); !asides.isEmpty()) slot.freshAside.push_back(asides);
}

void IndexFinder::addAll(Slot& slot, const ListRanges& terms) {
    for (const auto range : terms)
        add(slot, range);
}

void IndexFinder::prepare(std::span<const TypedText::Word> words) {
    words_ = words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto& slot = slots_[i];
        const auto& word = words[i];
        const auto range = file_->termsLike(word.text, word.isOpen);
        slot.exact.assign(1, range);
        slot.whole.clear();
        if (word.isOpen) slot.whole.push_back(file_->termsLike(word.text, false));
        tidyRanges(slot.exact);
        tidyRanges(slot.whole);
        slot.named = slot.strict = slot.exact;
        if (!options_.isExact) {
            slot.named.push_back(file_->headsAmong(range));
            slot.strict.insert(slot.strict.end(), {slot.named.back(), file_->asidesAmong(range)});
        }
        tidyRanges(slot.named);
        tidyRanges(slot.strict);
        slot.relaxed = slot.strict;
        slot.fresh.clear();
        slot.freshAside.clear();
        slot.freshWhole.clear();
        slot.spellings.clear();
    }
}

void IndexFinder::runExact() {
    Groups groups{};
    const auto count = words_.size();
    const auto all = std::span(groups).first(count);
    const auto take = [&](ListRanges Slot::*ranges) {
        for (std::size_t i = 0; i < count; ++i)
            groups[i] = &(slots_[i].*ranges);
    };
    const auto differs = [&](ListRanges Slot::*one, ListRanges Slot::*other) {
        return std::ranges::any_of(std::span(slots_).first(count),
                                   [&](const Slot& slot) { return slot.*one != slot.*other; });
    };
    const auto& last = slots_[count - 1];
    const auto wanted = options_.limit - hits_.size();
    const bool hasAsides = differs(&Slot::named, &Slot::strict);
    const bool hasCompounds = differs(&Slot::exact, &Slot::named);
    take(&Slot::strict);
    run(all, hasAsides ? kWeightOfAside : kWeightOfCompound);
    if (found_.size() < wanted) {
        // These are all: it only remains to say what each of them is.
        const auto holds = [&](std::uint32_t doc, ListRanges Slot::*ranges) {
            return std::ranges::all_of(std::span(slots_).first(count),
                                       [&](const Slot& slot) { return file_->holds(doc, slot.*ranges); });
        };
        for (auto& hit : found_) {
            const bool isNamed = !hasAsides || holds(hit.doc, &Slot::named);
            const bool isExact = isNamed && holds(hit.doc, &Slot::exact);
            const bool isWhole = isExact && (!words_.back().isOpen || file_->holds(hit.doc, last.whole));
            hit.order = orderOf(hit.doc, isWhole   ? kWeightOfWhole
                                         : isExact ? kWeightOfBeginning
                                         : isNamed ? kWeightOfCompound
                                                   : kWeightOfAside);
        }
        return;
    }
    if (hasAsides && hasCompounds) {
        take(&Slot::named);
        run(all, kWeightOfCompound);
    }
    const auto weight = words_.back().isOpen ? kWeightOfBeginning : kWeightOfWhole;
    take(&Slot::exact);
    if (hasAsides || hasCompounds)
        run(all, weight);
    else
        for (auto& hit : found_)
            hit.order = orderOf(hit.doc, weight);
    if (last.whole.empty()) return;
    groups[count - 1] = &last.whole;
    run(all, kWeightOfWhole);
}

// One word at a time; all of them together only if nothing at all was found. What a word has been taken for
// already has been looked for beside the others, so only what is new is.
bool IndexFinder::relax(FindTier tier, std::uint8_t step) {
    Groups groups{};
    const auto slots = std::span(slots_).first(words_.size());
    const auto all = std::span(groups).first(words_.size());
    std::size_t relaxed = 0;
    for (std::size_t i = 0; i < slots.size(); ++i)
        groups[i] = &slots[i].strict;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        auto& slot = slots[i];
        auto runFresh = [&](ListRanges& fresh, std::uint32_t weight) {
            tidyRanges(fresh);
            dropRanges(fresh, slot.relaxed);
            if (fresh.empty()) return;
            groups[i] = &fresh;
            run(all, weight);
            groups[i] = &slot.strict;
            slot.relaxed.insert(slot.relaxed.end(), fresh.begin(), fresh.end());
            tidyRanges(slot.relaxed);
            fresh.clear();
        };
        runFresh(slot.freshWhole, kWeightOfWholeSlip);
        runFresh(slot.fresh, kWeightUnit);
        runFresh(slot.freshAside, kWeightOfAside);
        if (slot.relaxed != slot.strict) ++relaxed;
    }
    if (settle(tier, step)) return true;
    if (!hits_.empty() || relaxed < 2) return false;
    for (std::size_t i = 0; i < slots.size(); ++i)
        groups[i] = &slots[i].relaxed;
    run(all, kWeightUnit);
    return settle(tier, static_cast<std::uint8_t>(step + 1));
}

void IndexFinder::addBeginnings() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const auto& word = words_[i];
        if (!word.isOpen && word.text.size() >= kBeginningMin)
            add(slots_[i], file_->termsLike(word.text, true));
        addInflections(slots_[i], word.text);
        addCompounds(slots_[i], word.text);
    }
}

void IndexFinder::addCompounds(Slot& slot, std::string_view word) {
    if (word.size() < kEndMin || !isAllLetters(word)) return;
    for (const auto term : file_->termsEndingIn(word, kCompoundsMax))
        add(slot, {term, term + 1});
}

// The word without a usual ending, as it is or with the vowel that the ending took the place of.
void IndexFinder::addInflections(Slot& slot, std::string_view word) {
    for (const auto ending : kEndings) {
        if (!word.ends_with(ending) || word.size() < kInflectedStemMin + ending.size()) continue;
        std::string stem(word.substr(0, word.size() - ending.size()));
        add(slot, file_->termsLike(stem, false));
        stem.push_back(' ');
        for (const char vowel : kStemVowels) {
            stem.back() = vowel;
            if (stem != word) add(slot, file_->termsLike(stem, false));
        }
    }
}

void IndexFinder::addLikelySlips() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const auto& word = words_[i];
        if (!isAllLetters(word.text) || characterCount(word.text) < kMistypedLettersMin) continue;
        auto& slot = slots_[i];
        findSpellings(*file_, word.text, word.isOpen, 1, slot.spellings);
        addAll(slot, slot.spellings.likely);
        slot.freshWhole = slot.spellings.likelyWhole;
    }
}

void IndexFinder::addOtherSlips() {
    for (auto& slot : std::span(slots_).first(words_.size())) {
        addAll(slot, slot.spellings.other);
        slot.freshWhole = slot.spellings.otherWhole;
    }
}

void IndexFinder::addEndings(std::size_t letters) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        std::string_view stem = words_[i].text;
        if (!isAllLetters(stem) || characterCount(stem) < kStemMin + letters) continue;
        for (std::size_t k = 0; k < letters; ++k)
            stem = shortened(stem);
        add(slots_[i], file_->termsLike(stem, true));
    }
}

// Who misses a word twice seldom hits another; and the walk is the dearest of all that a search does.
void IndexFinder::addTwoEdits() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const auto& word = words_[i];
        if ((knownWords_ >> i & 1) != 0) continue;
        if (!isAllLetters(word.text) || characterCount(word.text) < kTwoEditsMin) continue;
        auto& slot = slots_[i];
        slot.spellings.clear();
        findSpellings(*file_, word.text, word.isOpen, 2, slot.spellings);
        addAll(slot, slot.spellings.likely);
        addAll(slot, slot.spellings.other);
    }
}

// "coca cola" for "cocacola", and the other way round.
void IndexFinder::runJoinedAndParted() {
    Groups groups{};
    const auto count = words_.size();
    auto strictExcept = [&](std::size_t from, std::size_t to, std::size_t& used) {
        used = 0;
        for (std::size_t i = 0; i < count; ++i)
            if (i < from || i >= to) groups[used++] = &slots_[i].strict;
    };
    std::size_t used = 0;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        ListRanges joined(1, file_->termsLike(words_[i].text + words_[i + 1].text, words_[i + 1].isOpen));
        tidyRanges(joined);
        if (joined.empty()) continue;
        strictExcept(i, i + 2, used);
        groups[used++] = &joined;
        run(std::span(groups).first(used), kWeightUnit);
    }
    if (count >= kTypedWordsMax) return;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view word = words_[i].text;
        if (!isAllLetters(word)) continue;
        std::size_t tried = 0;
        for (auto at = kPartMin; at + kPartMin <= word.size() && tried < kPartedMax; ++at) {
            ListRanges left(1, file_->termsLike(word.substr(0, at), false));
            ListRanges right(1, file_->termsLike(word.substr(at), words_[i].isOpen));
            if (left[0].isEmpty() || right[0].isEmpty()) continue;
            ++tried;
            strictExcept(i, i + 1, used);
            groups[used++] = &left;
            groups[used++] = &right;
            run(std::span(groups).first(used), kWeightUnit);
        }
    }
}

void IndexFinder::runWithoutOne() {
    if (words_.size() < 2) return;
    costLeft_ = kRelaxedVisitsMax * kLookUpCost;
    Groups groups{};
    for (auto left = words_.size(); left-- > 0;) {
        std::size_t used = 0;
        std::size_t longest = 0; // "a7" without its "7" says nothing
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (i == left) continue;
            groups[used++] = &slots_[i].relaxed;
            longest = std::max(longest, words_[i].text.size());
        }
        if (longest < kPartMin) continue;
        run(std::span(groups).first(used), kWeightUnit);
        if (settle(FindTier::OneLess, static_cast<std::uint8_t>(words_.size() - left))) return;
    }
}

} // namespace silta

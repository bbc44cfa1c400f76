#include "catalog/index/spelling.h"

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::array<std::string_view, 3> kKeyRows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
constexpr int kStepsMax = 200'000; ///< a damaged trie ends here; a sound one takes a tenth

using KeyTable = std::array<std::array<bool, 26>, 26>;

constexpr KeyTable makeKeyTable() {
    KeyTable table{};
    for (std::size_t row = 0; row < kKeyRows.size(); ++row)
        for (std::size_t column = 0; column < kKeyRows[row].size(); ++column)
            for (std::size_t other = row == 0 ? 0 : row - 1; other <= row + 1 && other < 3; ++other)
                for (std::size_t near = column == 0 ? 0 : column - 1;
                     near <= column + 1 && near < kKeyRows[other].size(); ++near)
                    table[static_cast<std::size_t>(kKeyRows[row][column] - 'a')]
                         [static_cast<std::size_t>(kKeyRows[other][near] - 'a')] = true;
    return table;
}

constexpr KeyTable kKeyTable = makeKeyTable();

std::size_t characterBytes(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
}

/// Walks the trie of words along the typed word, one mistake at most `edits` times. A step is a character,
/// which may be several bytes of the trie.
class Walk {
public:
    Walk(const IndexFile& file, std::string_view word, bool isBeginning, SpellingRanges& found)
        : file_(file), isBeginning_(isBeginning), found_(found) {
        while (!word.empty()) {
            const auto size = std::min(characterBytes(word.front()), word.size());
            typed_.push_back(word.substr(0, size));
            word.remove_prefix(size);
        }
    }

    void run(int edits) { walk(placeAt(0, 0), 0, edits, {}); }

private:
    /// A node, or a place within the rest of a node's single word. `depth`: bytes from the root.
    struct Place {
        std::uint32_t node = 0;
        std::uint32_t depth = 0;
        ListRange children;
        std::string_view rest; ///< what is left of the single word of a node without children
    };
    /// Whether the mistakes so far are likely ones: when the word goes on, and when it ends here.
    struct Odds {
        bool open = true;
        bool whole = true;
        [[nodiscard]] Odds also(bool isLikely) const { return {open && isLikely, whole && isLikely}; }
        [[nodiscard]] Odds notWhileTyped() const { return {false, whole}; }
    };

    [[nodiscard]] Place placeAt(std::uint32_t node, std::uint32_t depth) const;
    bool stepByte(Place& place, char byte) const;
    bool step(Place& place, std::string_view character) const;
    template <class Visit>
    void forEachNext(Place place, Visit visit);
    template <class Visit>
    void gather(Place place, std::array<char, 4>& bytes, std::size_t have, Visit& visit);
    /// From `place`, with typed_[i] next: what matches with at most `edits` further mistakes.
    void walk(Place place, std::size_t i, int edits, Odds odds);
    void branch(Place place, std::size_t i, int edits, Odds odds);
    void emit(Place place, Odds odds);
    [[nodiscard]] bool touches(std::string_view a, std::string_view b) const {
        return a.size() == 1 && b.size() == 1 && areNeighbourKeys(a[0], b[0]);
    }

    const IndexFile& file_;
    bool isBeginning_;
    SpellingRanges& found_;
    std::vector<std::string_view> typed_;
    int steps_ = 0;
};

Walk::Place Walk::placeAt(std::uint32_t node, std::uint32_t depth) const {
    Place place{node, depth, file_.nodeChildren(node), {}};
    if (!place.children.isEmpty()) return place;
    const auto words = file_.nodeWords(node);
    if (words.isEmpty()) return place;
    const auto word = file_.term(file_.wordTerm(words.begin));
    place.rest = word.substr(std::min<std::size_t>(depth, word.size()));
    return place;
}

bool Walk::stepByte(Place& place, char byte) const {
    if (place.children.isEmpty()) {
        if (place.rest.empty() || place.rest.front() != byte) return false;
        place.rest.remove_prefix(1);
        ++place.depth;
        return true;
    }
    const auto child = file_.childBy(place.children, byte);
    if (child == 0) return false;
    place = placeAt(child, place.depth + 1);
    return true;
}

bool Walk::step(Place& place, std::string_view character) const {
    for (const char byte : character)
        if (!stepByte(place, byte)) return false;
    return true;
}

template <class Visit>
void Walk::gather(Place place, std::array<char, 4>& bytes, std::size_t have, Visit& visit) {
    if (have > 0 && have == characterBytes(bytes[0])) {
        visit(place, std::string_view(bytes.data(), have));
        return;
    }
    if (place.children.isEmpty()) {
        if (place.rest.empty()) return;
        bytes[have] = place.rest.front();
        place.rest.remove_prefix(1);
        ++place.depth;
        gather(place, bytes, have + 1, visit);
        return;
    }
    for (auto child = place.children.begin; child < place.children.end; ++child) {
        bytes[have] = file_.nodeLabel(child);
        gather(placeAt(child, place.depth + 1), bytes, have + 1, visit);
    }
}

/// Calls visit(place, character) for each character that may follow.
template <class Visit>
void Walk::forEachNext(Place place, Visit visit) {
    std::array<char, 4> bytes{};
    gather(place, bytes, 0, visit);
}

void Walk::emit(Place place, Odds odds) {
    const auto words = file_.nodeWords(place.node);
    if (words.isEmpty()) return;
    const auto first = file_.wordTerm(words.begin);
    const bool isWhole = file_.term(first).size() == place.depth;
    auto& ranges = odds.open ? found_.likely : found_.other;
    if (isBeginning_) {
        const auto last = file_.wordTerm(words.end - 1);
        if (first <= last) ranges.push_back({first, last + 1});
        if (isWhole) (odds.whole ? found_.likelyWhole : found_.otherWhole).push_back({first, first + 1});
    } else if (isWhole) {
        ranges.push_back({first, first + 1});
    }
}

void Walk::walk(Place place, std::size_t i, int edits, Odds odds) {
    if (++steps_ > kStepsMax) return;
    for (;; ++i) {
        if (edits > 0) branch(place, i, edits, odds);
        if (i == typed_.size()) return emit(place, odds);
        if (!step(place, typed_[i])) return;
    }
}

// What is likely: a touching key but not the first or the one just typed, a letter left out but not the
// first, a letter typed twice or together with its neighbour, two letters swapped.
void Walk::branch(Place place, std::size_t i, int edits, Odds odds) {
    const bool isFirst = i == 0;
    const bool isLast = i + 1 == typed_.size();
    // The last letter of a word that goes on matches half of the dictionary with any other in its place.
    const auto replaced = isLast && isBeginning_ ? odds.notWhileTyped() : odds;
    if (i < typed_.size()) {
        const auto typed = typed_[i];
        const bool slipped = (i > 0 && (typed_[i - 1] == typed || touches(typed_[i - 1], typed))) ||
                             (!isLast && touches(typed_[i + 1], typed));
        walk(place, i + 1, edits - 1, replaced.also(slipped && !isFirst));
        if (!isLast && typed != typed_[i + 1]) {
            Place swapped = place;
            if (step(swapped, typed_[i + 1]) && step(swapped, typed)) walk(swapped, i + 2, edits - 1, odds);
        }
    }
    const bool isPastTyped = i == typed_.size();
    forEachNext(place, [&](Place next, std::string_view character) {
        if (!isPastTyped && character != typed_[i])
            walk(next, i + 1, edits - 1, replaced.also(!isFirst && touches(character, typed_[i])));
        if (!(isPastTyped && isBeginning_)) walk(next, i, edits - 1, odds.also(!isFirst));
    });
}

} // namespace

bool areNeighbourKeys(char a, char b) {
    if (a < 'a' || a > 'z' || b < 'a' || b > 'z') return false;
    return kKeyTable[static_cast<std::size_t>(a - 'a')][static_cast<std::size_t>(b - 'a')];
}

void findSpellings(const IndexFile& file, std::string_view word, bool isBeginning, int edits,
                   SpellingRanges& found) {
    if (file.wordCount() == 0 || word.empty()) return;
    Walk(file, word, isBeginning, found).run(edits);
}

} // namespace silta

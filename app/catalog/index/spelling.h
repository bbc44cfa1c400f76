// Which words of an index are like a typed one.
#pragma once

#include "catalog/index/file.h"

#include <string_view>
#include <vector>

namespace silta {

/// Terms within one or two mistakes, by how likely a finger or an ear makes them. Not sorted; may overlap.
struct SpellingRanges {
    std::vector<ListRange> likely; ///< a neighbouring key, two letters swapped, a letter doubled or left out
    std::vector<ListRange> other;
    /// Of a word that is still typed: terms that are meant as a whole. With nothing left to type, the last
    /// letter may have slipped as likely as any.
    std::vector<ListRange> likelyWhole, otherWhole;
    void clear() {
        likely.clear();
        other.clear();
        likelyWhole.clear();
        otherWhole.clear();
    }
};

inline constexpr std::size_t kMistypedLettersMin = 4; ///< shorter words are too like each other

/// Appends the terms that differ from `word` by at most `edits` letters replaced, left out, put in, or
/// swapped with their neighbour; when `isBeginning`, the terms of which a beginning does.
void findSpellings(const IndexFile& file, std::string_view word, bool isBeginning, int edits,
                   SpellingRanges& found);

/// Whether the keys of two letters touch on a QWERTY keyboard.
bool areNeighbourKeys(char a, char b);

} // namespace silta

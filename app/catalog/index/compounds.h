// Takes compounds apart: "suodatinkahvi" is also found as "kahvi".
#pragma once

#include "catalog/index/builder.h"

#include <utility>
#include <vector>

namespace silta {

/// A word is a compound when its end is a word that many products have on its own. A small index that is
/// searched beside a large one cannot tell, and takes the large one's heads.
class CompoundHeads {
public:
    /// The arguments must outlive this. `like`: an index whose heads are taken as they are, or null.
    CompoundHeads(const WordTable& words, const std::vector<std::uint32_t>& frequencies, std::uint32_t docs,
                  const IndexFile* like);
    /// (compound, head) as numbers of the word table, by compound; a compound may have several.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> headsOf() const;

private:
    [[nodiscard]] bool isHead(std::uint32_t word) const;

    const WordTable& words_;
    const std::vector<std::uint32_t>& frequencies_;
    const IndexFile* like_;
    std::uint32_t frequencyMin_;
};

/// Adds the ends of `words` that are heads of `like`, so that compounds are found under words that stand
/// nowhere alone.
void addKnownHeads(WordTable& words, const IndexFile& like);

} // namespace silta

// Takes compounds apart: "suodatinkahvi" is also found as "kahvi".
#pragma once

#include "catalog/index/builder.h"

#include <utility>
#include <vector>

namespace silta {

/// The words that end compounds. A table of its own: every end of every word is looked for in it.
class CompoundHeads {
public:
    /// Those that many products have on their own. `frequencies`: in how many of `docs` products each is.
    CompoundHeads(const WordTable& words, const std::vector<std::uint32_t>& frequencies, std::uint32_t docs);
    /// Those of another index: a small one that is searched beside a large one cannot tell itself.
    explicit CompoundHeads(const IndexFile& like);

    /// Adds the ends of `words` that are heads, so that compounds are found under words that stand nowhere
    /// alone.
    void addTo(WordTable& words) const;
    /// (compound, head) as numbers of `words`, by compound; a compound may have several.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> headsOf(const WordTable& words) const;

private:
    template <class Visit>
    void forEachHead(std::string_view compound, Visit visit) const;

    WordTable heads_;
};

} // namespace silta

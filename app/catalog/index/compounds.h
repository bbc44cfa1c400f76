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

    /// (compound, head) as numbers of `words`, by compound; a compound may have several. Heads that are not
    /// among `words` are added, so that compounds are found under words that stand nowhere alone.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> headsOf(WordTable& words) const;

private:
    static constexpr std::size_t kEnds = 1 << 16;
    void add(std::string_view head);
    [[nodiscard]] static std::size_t endOf(std::string_view word);

    WordTable heads_;
    std::vector<bool> ends_ = std::vector<bool>(kEnds); ///< the last four bytes of heads, hashed
};

} // namespace silta

#include "catalog/index/compounds.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace silta {

namespace {

constexpr std::size_t kHeadBytesMin = 4;     // shorter ends are chance: "-tee" in "committee"
constexpr std::size_t kModifierBytesMin = 3; // "jää" is one
constexpr std::uint32_t kFrequencyMin = 3;
constexpr std::uint32_t kFrequencyShare = 20'000; // one product in so many

} // namespace

CompoundHeads::CompoundHeads(const WordTable& words, const std::vector<std::uint32_t>& frequencies,
                             std::uint32_t docs) {
    const auto frequencyMin = std::max(kFrequencyMin, docs / kFrequencyShare);
    for (std::uint32_t word = 0; word < words.size(); ++word)
        if (frequencies[word] >= frequencyMin && words[word].size() >= kHeadBytesMin) add(words[word]);
}

CompoundHeads::CompoundHeads(const IndexFile& like) {
    for (std::uint32_t head = 0; head < like.headCount(); ++head)
        if (const auto word = like.head(head); word.size() >= kHeadBytesMin) add(word);
}

void CompoundHeads::add(std::string_view head) {
    heads_.add(head);
    ends_[endOf(head)] = true;
}

/// Of a word of at least kHeadBytesMin bytes.
std::size_t CompoundHeads::endOf(std::string_view word) {
    std::uint32_t end = 0;
    static_assert(sizeof(end) == kHeadBytesMin);
    std::memcpy(&end, word.data() + word.size() - sizeof(end), sizeof(end));
    return (end * 0x9e3779b1U >> 16) % kEnds;
}

// Most words end like no head: one look at the last four bytes tells.
std::vector<std::pair<std::uint32_t, std::uint32_t>> CompoundHeads::headsOf(WordTable& words) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> heads;
    std::vector<std::uint32_t> numbers(heads_.size()); // of heads among `words`, plus one
    std::string compound;
    const auto count = words.size();
    for (std::uint32_t word = 0; word < count; ++word) {
        const auto bytes = words[word];
        if (bytes.size() < kModifierBytesMin + kHeadBytesMin || !ends_[endOf(bytes)] || !isAllLatin(bytes))
            continue;
        compound.assign(bytes); // the table's own may move
        for (auto at = kModifierBytesMin; at + kHeadBytesMin <= compound.size(); ++at) {
            const auto end = std::string_view(compound).substr(at);
            const auto head = heads_.find(end);
            if (!head) continue;
            auto& number = numbers[*head];
            if (number == 0) number = words.add(end) + 1;
            heads.emplace_back(word, number - 1);
        }
    }
    return heads;
}

} // namespace silta

#include "catalog/index/compounds.h"

#include <algorithm>

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
        if (frequencies[word] >= frequencyMin && words[word].size() >= kHeadBytesMin) heads_.add(words[word]);
}

CompoundHeads::CompoundHeads(const IndexFile& like) {
    for (std::uint32_t head = 0; head < like.headCount(); ++head)
        heads_.add(like.head(head));
}

template <class Visit>
void CompoundHeads::forEachHead(std::string_view compound, Visit visit) const {
    if (compound.size() < kModifierBytesMin + kHeadBytesMin || !isAllLatin(compound)) return;
    for (auto at = kModifierBytesMin; at + kHeadBytesMin <= compound.size(); ++at)
        if (const auto end = compound.substr(at); heads_.find(end)) visit(end);
}

void CompoundHeads::addTo(WordTable& words) const {
    const auto count = words.size();
    for (std::uint32_t word = 0; word < count; ++word) {
        const std::string bytes(words[word]); // add() may move the table's own
        forEachHead(bytes, [&](std::string_view head) { words.add(head); });
    }
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> CompoundHeads::headsOf(const WordTable& words) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> heads;
    for (std::uint32_t word = 0; word < words.size(); ++word)
        forEachHead(words[word], [&](std::string_view end) {
            if (const auto head = words.find(end)) heads.emplace_back(word, *head);
        });
    return heads;
}

} // namespace silta

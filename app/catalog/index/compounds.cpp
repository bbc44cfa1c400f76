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
                             std::uint32_t docs, const IndexFile* like)
    : words_(words), frequencies_(frequencies), like_(like),
      frequencyMin_(std::max(kFrequencyMin, docs / kFrequencyShare)) {}

bool CompoundHeads::isHead(std::uint32_t word) const {
    return like_ != nullptr ? like_->isHead(words_[word]) : frequencies_[word] >= frequencyMin_;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> CompoundHeads::headsOf() const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> heads;
    for (std::uint32_t word = 0; word < words_.size(); ++word) {
        const auto bytes = words_[word];
        if (bytes.size() < kModifierBytesMin + kHeadBytesMin || !isAllLatin(bytes)) continue;
        for (auto at = kModifierBytesMin; at + kHeadBytesMin <= bytes.size(); ++at)
            if (const auto head = words_.find(bytes.substr(at)); head && isHead(*head))
                heads.emplace_back(word, *head);
    }
    return heads;
}

void addKnownHeads(WordTable& words, const IndexFile& like) {
    const auto count = words.size();
    for (std::uint32_t word = 0; word < count; ++word) {
        const std::string bytes(words[word]); // add() may move the table's own
        if (!isAllLatin(bytes)) continue;
        for (auto at = kModifierBytesMin; at + kHeadBytesMin <= bytes.size(); ++at)
            if (const auto end = std::string_view(bytes).substr(at); like.isHead(end)) words.add(end);
    }
}

} // namespace silta

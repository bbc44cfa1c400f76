#include "catalog/index/builder.h"

#include <cstring>

namespace silta {

namespace {

constexpr std::size_t kSlotsAtFirst = 1024; // a power of two

template <class Number>
std::uint64_t load(const char* at) {
    Number number = 0;
    std::memcpy(&number, at, sizeof(number));
    return number;
}

/// At most eight bytes as a number, other bytes for another word of the same length.
std::uint64_t pieceOf(std::string_view word) {
    const auto size = word.size();
    if (size >= sizeof(std::uint32_t))
        return load<std::uint32_t>(word.data()) |
               load<std::uint32_t>(word.data() + size - sizeof(std::uint32_t)) << 32;
    if (size >= sizeof(std::uint16_t))
        return load<std::uint16_t>(word.data()) |
               load<std::uint16_t>(word.data() + size - sizeof(std::uint16_t)) << 16;
    return size == 0 ? 0 : load<std::uint8_t>(word.data());
}

std::uint32_t hashOfWord(std::string_view word) {
    std::uint64_t state = word.size();
    const auto mix = [&state](std::uint64_t piece) {
        state = (state ^ piece) * 0x9e3779b97f4a7c15;
        state ^= state >> 29;
    };
    for (; word.size() > sizeof(std::uint64_t); word.remove_prefix(sizeof(std::uint64_t)))
        mix(load<std::uint64_t>(word.data()));
    mix(pieceOf(word));
    return static_cast<std::uint32_t>(state ^ state >> 32);
}

} // namespace

WordTable::WordTable() : offsets_{0}, slots_(kSlotsAtFirst) {}

std::size_t WordTable::slotOf(std::string_view word, std::uint32_t hash) const {
    const auto mask = slots_.size() - 1;
    auto slot = hash & mask;
    while (slots_[slot].number != 0 &&
           (slots_[slot].hash != hash || (*this)[slots_[slot].number - 1] != word))
        slot = (slot + 1) & mask;
    return slot;
}

std::uint32_t WordTable::add(std::string_view word) {
    const auto hash = hashOfWord(word);
    const auto slot = slotOf(word, hash);
    if (slots_[slot].number != 0) return slots_[slot].number - 1;
    bytes_.insert(bytes_.end(), word.begin(), word.end());
    offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    slots_[slot] = {hash, size()};
    if (std::size_t{size()} * 2 > slots_.size()) grow();
    return size() - 1;
}

std::optional<std::uint32_t> WordTable::find(std::string_view word) const {
    const auto& slot = slots_[slotOf(word, hashOfWord(word))];
    return slot.number == 0 ? std::nullopt : std::optional(slot.number - 1);
}

void WordTable::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    const auto mask = slots_.size() - 1;
    for (const auto& entry : old) {
        if (entry.number == 0) continue;
        auto slot = entry.hash & mask;
        while (slots_[slot].number != 0)
            slot = (slot + 1) & mask;
        slots_[slot] = entry;
    }
}

} // namespace silta

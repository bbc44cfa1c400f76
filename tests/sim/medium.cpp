#include "sim/medium.h"

#include <algorithm>

namespace silta::test {

namespace {

constexpr std::size_t kSectorBytes = 512;

void put(std::string& file, std::size_t offset, std::string_view bytes) {
    if (file.size() < offset + bytes.size()) file.resize(offset + bytes.size(), '\0');
    file.replace(offset, bytes.size(), bytes);
}

} // namespace

double chanceOf(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

void Medium::write(std::size_t offset, std::string_view bytes, bool isWhole) {
    pending_.push_back({offset, std::string(bytes), false});
    if (isWhole) put(seen_, offset, bytes);
}

void Medium::truncate(std::size_t bytes) {
    pending_.push_back({bytes, {}, true});
    seen_.resize(bytes, '\0');
}

void Medium::sync() {
    for (const auto& write : pending_) {
        if (write.isTruncation)
            synced_.resize(write.offset, '\0');
        else
            put(synced_, write.offset, write.bytes);
    }
    pending_.clear();
}

void Medium::damage(std::size_t offset, std::string_view bytes) {
    put(seen_, offset, bytes);
    put(synced_, offset, bytes);
}

std::string Medium::afterPowerCut(std::mt19937_64& random) const {
    auto bytes = synced_;
    auto writes = pending_;
    // Nothing, everything or something of what was not synced has arrived.
    const double lot = chanceOf(random);
    const double survival = lot < 0.34 ? 0.0 : lot < 0.67 ? 1.0 : 0.5;
    for (std::size_t i = writes.size(); i > 1; --i)
        if (chanceOf(random) < 0.3) std::swap(writes[i - 1], writes[random() % i]);
    for (const auto& write : writes) {
        if (write.isTruncation) {
            if (chanceOf(random) < survival) bytes.resize(write.offset, '\0');
            continue;
        }
        for (std::size_t done = 0; done < write.bytes.size();) {
            const auto at = write.offset + done;
            const auto part = std::min(kSectorBytes - at % kSectorBytes, write.bytes.size() - done);
            if (chanceOf(random) < survival) put(bytes, at, std::string_view(write.bytes).substr(done, part));
            done += part;
        }
    }
    return bytes;
}

} // namespace silta::test

#include "drivers/camera/consensus.h"

#include <silta/gtin.h>

#include <algorithm>

namespace silta::drivers {

bool isWeak(Symbology symbology) {
    return symbology == Symbology::Ean8 || symbology == Symbology::UpcE || symbology == Symbology::Itf;
}

bool isPart(const ScannedCode& code) {
    constexpr std::size_t kGtinDigits = 14;
    return code.symbology == Symbology::Itf && (code.bytes.size() != kGtinDigits || !Gtin::parse(code.bytes));
}

bool Consensus::isAgreed(const SeenCode& code) const {
    const auto countOf = [this](const std::string& bytes, Symbology symbology) {
        return std::count_if(sightings_.begin(), sightings_.end(), [&](const Sighting& sighting) {
            return sighting.symbology == symbology && sighting.bytes == bytes;
        });
    };
    const auto votes = countOf(code.bytes, code.symbology);
    const auto isRival = [&](const Sighting& other) {
        return other.symbology == code.symbology && other.bytes != code.bytes &&
               countOf(other.bytes, other.symbology) > votes - kWeakSightings;
    };
    return votes >= kWeakSightings && std::none_of(sightings_.begin(), sightings_.end(), isRival);
}

std::vector<SeenCode> Consensus::believed(std::vector<SeenCode> codes, std::int64_t steadyMs) {
    std::erase_if(sightings_,
                  [steadyMs](const Sighting& sighting) { return steadyMs - sighting.atMs >= kSightingsMs; });
    for (const auto& code : codes) {
        if (!isWeak(code.symbology)) continue;
        if (sightings_.size() >= kSightingsMax) sightings_.erase(sightings_.begin());
        sightings_.push_back({code.bytes, code.symbology, steadyMs});
    }
    std::erase_if(codes, [this](const SeenCode& code) { return isWeak(code.symbology) && !isAgreed(code); });
    return codes;
}

} // namespace silta::drivers

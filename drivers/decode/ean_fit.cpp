#include "drivers/decode/ean_fit.h"

#include "drivers/decode/ean_code.h"
#include "drivers/decode/ean_template.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace silta::drivers {

namespace {

constexpr float kModuleMin = 1.5F;    // samples: finer bars are gone
constexpr std::size_t kEdgesMax = 10; // that may be the outer edge of a guard, on each side
constexpr std::array<float, 2> kEdgeLevels = {0.18F,
                                              0.4F}; // darkness at an edge: a blurred guard is not quite dark
constexpr float kQuietModules = 4.5F;                // light on each side; the standard asks for 7 and more
constexpr float kQuietDarkness = 0.3F;
// Of a reading that is believed: mean correlation of its digits and of its wave, and by how much its digits
// are ahead of those of the next valid reading, which differs in two digits at least. The lead is a share of
// what the reading leaves unexplained. Of 900 rows of random bars as wide as a symbol, the best came to a
// lead of 0.17; photographs of symbols come to 0.12 and up to 3.5, most to more than 0.25.
constexpr float kLikenessMin = 0.86F;
constexpr float kLeadMin = 0.18F;
constexpr float kCloseLikenessMin = 0.95F; // where nearly nothing is unexplained, …
constexpr float kCloseLeadMin = 0.14F;     // … a smaller lead will do
constexpr std::size_t kPairsMax = 5;       // of outer edges that are looked at closely
constexpr float kPairScoreMin = 0.65F;  // mean correlation of the digits between two edges as they were found
constexpr int kPairRounds = 3;          // of moving them, by ever smaller steps
constexpr float kPairStep = 1.2F;       // modules: the first of these steps
constexpr float kBehindMax = 0.05F;     // of the best score: what is further behind will not overtake it
constexpr std::size_t kPlacesMax = 4;   // of those that are read again and again
constexpr std::size_t kRightLane = 20;  // the first pattern of set C
constexpr float kSamePlace = 0.5F;      // modules
constexpr float kStripScoreMin = 0.86F; // mean correlation of the digits, one by one
constexpr std::size_t kStripsHopeless = 2; // of which none comes near a symbol
constexpr float kHopefulWave = 0.83F;      // of several strips together, or of the best of those
constexpr std::size_t kStripsMin = 2;
// Blur takes bars away: where most of the symbol's 30 can be counted, it was either read by its edges or is
// something else.
constexpr int kBlurredBarsMax = kEanBars * 3 / 4;
constexpr std::size_t kSamplesMin = 60;
constexpr int kStripsMax = 7; // that are asked for their opinion
constexpr int kRoundsMax = 4; // of reading again
// Of a wave, to go on with it: after the first reading of single digits, when each knows its neighbours, and
// when it has known them twice. Of 20 photographs that are read, the worst came to 0.77, 0.87 and 0.92.
constexpr std::array<float, kRoundsMax - 1> kWaveMin = {0.74F, 0.85F, 0.9F};
constexpr float kGuessWaveMin = 0.9F;
constexpr float kGoodWave = 0.955F;

/// Darkness along a strip: 0 is space, 1 is bar.
using Darkness = std::vector<float>;

/// Where a symbol lies in a strip, and how blurred it is. Units: samples.
struct Place {
    float start = 0;
    float end = 0;
    float bend = 0;  ///< of a length: how much the middle is shifted, for codes on bottles and seen askew
    int blur = 2;    ///< index into kBlurs
    float score = 0; ///< mean correlation of the digits

    [[nodiscard]] float at(float module, float modules) const {
        const float share = module / modules;
        return start + (end - start) * (share + 4 * bend * share * (1 - share));
    }
};

/// The darkness at `samples.size()` places in a strip, of which `placeOf` tells each.
template <std::size_t kPlacesMost, class PlaceOf>
void sampleAt(const Darkness& strip, std::span<float> samples, PlaceOf placeOf) {
    const float limit = static_cast<float>(strip.size()) - 1.001F;
    // Places first, four at a time; then what is there, which can only be had one by one.
    std::array<int, kPlacesMost> lefts;
    std::array<float, kPlacesMost> shares;
    for (std::size_t j = 0; j < samples.size(); ++j) {
        const float at = std::min(std::max(placeOf(static_cast<float>(static_cast<int>(j))), 0.0F), limit);
        lefts[j] = static_cast<int>(at);
        shares[j] = at - static_cast<float>(lefts[j]);
    }
    for (std::size_t j = 0; j < samples.size(); ++j) {
        const auto* left = strip.data() + lefts[j];
        samples[j] = left[0] + shares[j] * (left[1] - left[0]);
    }
}

constexpr std::size_t kLaneGroup = 4; // that stay in one register

/// Adds up each sample times that of the patterns in the group of lanes that begins at `first`.
void correlate(const std::array<float, kDigitSamples>& samples, const DigitTemplates& templates,
               std::size_t first, std::array<float, kPatternLanes>& sums) {
    std::array<float, kLaneGroup> group{};
    for (std::size_t j = 0; j < samples.size(); ++j) {
        for (std::size_t k = 0; k < kLaneGroup; ++k)
            group[k] += samples[j] * templates[j][first + k];
    }
    std::copy(group.begin(), group.end(), sums.begin() + static_cast<std::ptrdiff_t>(first));
}

/// The largest of the lanes from `first` to before `last`, whole groups; 0 where all are below it.
float largestOf(const std::array<float, kPatternLanes>& lanes, std::size_t first, std::size_t last) {
    std::array<float, kLaneGroup> largest{};
    for (std::size_t k = first; k < last; k += largest.size()) {
        for (std::size_t lane = 0; lane < largest.size(); ++lane)
            largest[lane] = std::max(largest[lane], lanes[k + lane]);
    }
    return *std::max_element(largest.begin(), largest.end());
}

/// Correlates each digit of a symbol at a place with all patterns; gives the mean of the best. Gives up with
/// a 0 as soon as the rest, were it perfect, could not lift that above `floor`.
float scoreAt(const Darkness& strip, const Place& place, float floor, DigitScores* all = nullptr) {
    const auto& templates = digitTemplates(place.blur);
    const auto modules = static_cast<float>(kEanModules);
    const int digits = kEanDigits;
    float total = 0;
    for (int digit = 0; digit < digits; ++digit) {
        const auto offset = static_cast<float>(digitOffset(digit));
        const bool isRight = isRightHalf(digit);
        // Inside one digit the bend is next to nothing.
        const float begin = place.at(offset - 0.25F, modules);
        const float step = (place.at(offset + 7.25F, modules) - begin) / (kDigitSamples - 1);
        std::array<float, kDigitSamples> samples{};
        sampleAt<kDigitSamples>(strip, samples, [&](float j) { return begin + step * j; });
        float mean = 0;
        for (const float sample : samples)
            mean += sample / kDigitSamples;
        float square = 1e-6F;
        std::array<float, kPatternLanes> sums{};
        for (auto& sample : samples) {
            sample -= mean;
            square += sample * sample;
        }
        const std::size_t lane = isRight ? kRightLane : 0;
        const std::size_t laneEnd = isRight ? kPatternLanes : kRightLane;
        for (std::size_t k = lane; k < laneEnd; k += kLaneGroup)
            correlate(samples, templates, k, sums);
        constexpr float kFlat = 0.004F; // a digit that is one grey says nothing
        if (square < kFlat) return 0;
        const float scale = 1 / std::sqrt(square);
        total += largestOf(sums, lane, laneEnd) * scale;
        if (total + static_cast<float>(digits - 1 - digit) <= floor * static_cast<float>(digits)) return 0;
        if (all == nullptr) continue;
        for (std::size_t k = 0; k < kDigitPatterns; ++k)
            (*all)[static_cast<std::size_t>(digit)][k] = sums[k] * scale;
    }
    return total / static_cast<float>(digits);
}

/// Sums of a strip, for means of any part of it at once.
class Means {
public:
    explicit Means(const Darkness& strip) : sums_(strip.size() + 1, 0) {
        for (std::size_t i = 0; i < strip.size(); ++i)
            sums_[i + 1] = sums_[i] + strip[i];
    }
    [[nodiscard]] float of(float begin, float end) const {
        const auto last = static_cast<float>(sums_.size() - 1);
        const auto from = static_cast<std::size_t>(std::clamp(begin, 0.0F, last));
        const auto to = static_cast<std::size_t>(std::clamp(end, 0.0F, last));
        return to > from ? (sums_[to] - sums_[from]) / static_cast<float>(to - from) : 0;
    }

private:
    std::vector<float> sums_;
};

/// Edges at which a symbol may begin and end, the innermost ones of each half.
struct OuterEdges {
    std::vector<float> starts;
    std::vector<float> ends;
};

OuterEdges findOuterEdges(const Darkness& strip) {
    OuterEdges edges;
    const auto middle = static_cast<float>(strip.size()) / 2;
    for (std::size_t i = 1; i < strip.size(); ++i) {
        for (const float level : kEdgeLevels) {
            const bool wasDark = strip[i - 1] >= level;
            const bool isDark = strip[i] >= level;
            if (wasDark == isDark) continue;
            const float share = (level - strip[i - 1]) / (strip[i] - strip[i - 1]);
            const float at = static_cast<float>(i) - 1 + share;
            if (isDark && at < middle) edges.starts.push_back(at);
            if (wasDark && at > middle) edges.ends.push_back(at);
        }
    }
    return edges;
}

/// Pairs of outer edges that have light outside and about as many bars between as the symbol.
std::vector<Place> findPairs(const Darkness& strip) {
    const auto edges = findOuterEdges(strip);
    const Means means(strip);
    std::vector<Place> pairs;
    const auto isQuiet = [&](float begin, float end) { return means.of(begin, end) < kQuietDarkness; };
    const auto modules = static_cast<float>(kEanModules);
    std::size_t starts = 0;
    for (auto start = edges.starts.rbegin(); start != edges.starts.rend() && starts < kEdgesMax; ++start) {
        const float quietMin = kQuietModules * static_cast<float>(strip.size()) * 0.25F / modules;
        if (!isQuiet(*start - quietMin, *start)) continue; // at least for the smallest symbol that could be
        ++starts;
        std::size_t ends = 0;
        for (float end : edges.ends) {
            const float module = (end - *start) / modules;
            if (module < kModuleMin) continue;
            if (!isQuiet(end, end + kQuietModules * module)) continue;
            if (++ends > kEdgesMax) break;
            if (!isQuiet(*start - kQuietModules * module, *start)) continue;
            const float share = means.of(*start, end);
            if (share < 0.2F || share > 0.75F) continue;
            Place place{*start, end, 0, 2, 0};
            place.score = scoreAt(strip, place, kPairScoreMin);
            if (place.score > 0) pairs.push_back(place);
        }
    }
    return pairs;
}

/// Moves a place by ever smaller steps to where `score` is best. It is called with a place and the best score
/// so far, below which it need not be exact.
template <class Score>
void refine(Place& place, float firstStep, int rounds, Score score) {
    const auto modules = static_cast<float>(kEanModules);
    constexpr int kTriesMax = 2; // with one step
    const auto tryPlace = [&](Place other) {
        other.score = score(other, place.score);
        if (other.score <= place.score) return false;
        place = other;
        return true;
    };
    const auto moved = [&](float start, float end, float bend, int blur) {
        Place other = place;
        other.start += start;
        other.end += end;
        other.bend += bend;
        other.blur = std::clamp(other.blur + blur, 0, kBlurCount - 1);
        return other;
    };
    float step = firstStep * (place.end - place.start) / modules;
    float bendStep = firstStep * 0.5F / modules;
    for (int round = 0; round < rounds; ++round, step /= 2, bendStep /= 2) {
        for (int tries = 0; tries < kTriesMax; ++tries) {
            bool isBetter = false;
            for (float sign : {-1.0F, 1.0F}) {
                isBetter |= tryPlace(moved(sign * step, 0, 0, 0));
                isBetter |= tryPlace(moved(0, sign * step, 0, 0));
                isBetter |= tryPlace(moved(sign * step, sign * step, 0, 0));
                isBetter |= tryPlace(moved(0, 0, sign * bendStep, 0));
            }
            isBetter |= tryPlace(moved(0, 0, 0, 1));
            isBetter |= tryPlace(moved(0, 0, 0, -1));
            if (!isBetter) break;
        }
    }
}

/// Of both waves that are compared: quiet zone, symbol, quiet zone.
constexpr std::size_t kWaveSamples = 2 * (kEanModules + 2 * kWaveQuiet);

/// Some samples of a strip as the wave of a symbol has them, from the sample `begin` of that wave.
void sampleWave(const Darkness& strip, const Place& place, std::size_t begin, std::span<float> samples) {
    const auto modules = static_cast<float>(kEanModules);
    const float step = 0.5F / modules; // of the symbol's length
    const float length = place.end - place.start;
    const float first = (0.25F - kWaveQuiet) / modules + step * static_cast<float>(begin);
    sampleAt<kWaveSamples>(strip, samples, [&](float j) {
        const float share = first + step * j;
        return place.start + length * (share + 4 * place.bend * share * (1 - share));
    });
}

float partCorrelation(std::span<const float> a, std::span<const float> b) {
    const auto count = static_cast<float>(a.size());
    float sumA = 0;
    float sumB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sumA += a[i];
        sumB += b[i];
    }
    float squareA = 1e-4F;
    float squareB = 1e-4F;
    float product = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const float differenceA = a[i] - sumA / count;
        const float differenceB = b[i] - sumB / count;
        squareA += differenceA * differenceA;
        squareB += differenceB * differenceB;
        product += differenceA * differenceB;
    }
    return product / std::sqrt(squareA * squareB);
}

/// How alike a strip at a place and a wave are: the mean correlation of five parts, since the light may
/// change from one end to the other. Gives up with a 0 as soon as the rest could not lift that above `floor`.
float waveScore(const Darkness& strip, const Place& place, const Wave& made, float floor) {
    constexpr std::size_t kParts = 5;
    std::array<float, kWaveSamples / kParts + 1> seen{};
    float total = 0;
    for (std::size_t part = 0; part < kParts; ++part) {
        const auto begin = part * kWaveSamples / kParts;
        const auto count = (part + 1) * kWaveSamples / kParts - begin;
        sampleWave(strip, place, begin, {seen.data(), count});
        total += partCorrelation({seen.data(), count}, {made.data() + begin, count});
        if (total + static_cast<float>(kParts - 1 - part) <= floor * kParts) return 0;
    }
    return total / kParts;
}

/// Fits a strip's place to a reading, then adds to `scores` how well each other digit would stand between the
/// neighbours of that reading.
void reread(const Darkness& strip, Place& place, bool isFirst, const EanReading& reading,
            DigitScores& scores) {
    const auto modules = modulesOf(reading);
    std::array<Wave, kBlurs.size()> made;
    const auto madeAt = [&](int blur) -> const Wave& {
        auto& wave = made[static_cast<std::size_t>(blur)];
        if (wave.empty()) wave = blurredWave(modules, blur);
        return wave;
    };
    const auto alike = [&](const Place& other, float floor) {
        return waveScore(strip, other, madeAt(other.blur), floor);
    };
    place.score = alike(place, 0);
    refine(place, isFirst ? 1.0F : 0.4F, isFirst ? 4 : 3, alike);
    Wave seen(kWaveSamples);
    sampleWave(strip, place, 0, seen);
    const auto& expected = madeAt(place.blur);
    const auto& responses = digitResponses(place.blur);
    for (int digit = 0; digit < kEanDigits; ++digit) {
        const auto d = static_cast<std::size_t>(digit);
        const auto begin = responseBegin(digitOffset(digit));
        const std::span part(seen.data() + begin, kResponseSamples);
        const auto& present = responses[static_cast<std::size_t>(reading.patterns[d])];
        const std::size_t first = isRightHalf(digit) ? kRightLane : 0;
        const std::size_t last = isRightHalf(digit) ? kDigitPatterns : kRightLane;
        for (std::size_t k = first; k < last; ++k) {
            std::array<float, kResponseSamples> other{};
            for (std::size_t j = 0; j < other.size(); ++j)
                other[j] = expected[begin + j] - present[j] + responses[k][j];
            scores[d][k] += partCorrelation(part, other);
        }
    }
}

/// A reading of some strips, and where each shows it.
struct Hypothesis {
    std::vector<std::pair<const Darkness*, Place>> places;
    EanRanking ranking;

    /// Mean over the strips of how alike what is seen and the reading are.
    [[nodiscard]] float wave() const {
        float sum = 0;
        for (const auto& [strip, place] : places)
            sum += place.score;
        return places.empty() ? 0 : sum / static_cast<float>(places.size());
    }
};

/// Reads again and again, each time knowing from the last what stands to the left and right of each digit.
void settle(Hypothesis& hypothesis) {
    const bool isOne = hypothesis.places.size() == 1; // found by its digits alone
    for (int round = 0; round < kRoundsMax; ++round) {
        DigitScores scores{};
        for (auto& [strip, place] : hypothesis.places)
            reread(*strip, place, isOne && round == 0, hypothesis.ranking.best, scores);
        const auto ofOne = kWaveMin[static_cast<std::size_t>(std::min(round, kRoundsMax - 2))];
        if (hypothesis.wave() < (isOne ? ofOne : kHopefulWave)) break;
        const auto last = std::move(hypothesis.ranking.best.digits);
        hypothesis.ranking = rankReadings(scores);
        if (hypothesis.ranking.best.digits == last) break;
    }
}

/// Takes out what is far behind the best, and puts that in front.
void keepBest(std::vector<Place>& places) {
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.score > b.score; });
    if (places.empty()) return;
    const float scoreMin = places.front().score - kBehindMax;
    std::erase_if(places, [scoreMin](const Place& place) { return place.score < scoreMin; });
}

/// Places where the symbol may lie in a strip, as well fitted as digits on their own allow, best first.
std::vector<Place> candidates(const Darkness& strip) {
    auto pairs = findPairs(strip);
    std::sort(pairs.begin(), pairs.end(), [](const Place& a, const Place& b) { return a.score > b.score; });
    if (pairs.size() > kPairsMax) pairs.resize(kPairsMax);
    if (pairs.empty()) return {};
    float step = kPairStep;
    for (int round = 0; round < kPairRounds; ++round, step /= 2) {
        for (auto& pair : pairs)
            refine(pair, step, 1,
                   [&](const Place& place, float floor) { return scoreAt(strip, place, floor); });
        keepBest(pairs);
    }
    if (pairs.front().score < kStripScoreMin) return {};
    std::vector<Place> places;
    for (const auto& pair : pairs) {
        const float near = kSamePlace * (pair.end - pair.start) / static_cast<float>(kEanModules);
        const auto isNear = [&](const Place& other) {
            return std::abs(other.start - pair.start) < near && std::abs(other.end - pair.end) < near;
        };
        if (std::none_of(places.begin(), places.end(), isNear)) places.push_back(pair);
    }
    if (places.size() > kPlacesMax) places.resize(kPlacesMax);
    return places;
}

/// The likeliest hypothesis about one strip, from the best places where the symbol may lie.
Hypothesis guess(const Darkness& strip) {
    Hypothesis best;
    for (const auto& place : candidates(strip)) {
        DigitScores scores{};
        scoreAt(strip, place, 0, &scores);
        Hypothesis hypothesis{{{&strip, place}}, rankReadings(scores)};
        settle(hypothesis);
        if (hypothesis.wave() > best.wave()) best = std::move(hypothesis);
        if (best.wave() >= kGoodWave) break;
    }
    return best;
}

bool isBelieved(const Hypothesis& hypothesis) {
    const auto& ranking = hypothesis.ranking;
    const float share =
        1 / static_cast<float>(hypothesis.places.size() * static_cast<std::size_t>(kEanDigits));
    const float score = ranking.best.score * share;
    const float lead = (ranking.best.score - std::max(0.0F, ranking.runnerUp)) * share;
    const float likeness = std::min(score, hypothesis.wave());
    const float leadShare = lead / std::max(1 - likeness, 1e-3F);
    return (likeness >= kLikenessMin && leadShare >= kLeadMin) ||
           (likeness >= kCloseLikenessMin && leadShare >= kCloseLeadMin);
}

/// What the strips of a region, read in one direction, show of one kind.
std::optional<EanReading> read(const std::vector<Darkness>& strips, std::size_t stripsMax) {
    Hypothesis hypothesis;
    for (std::size_t i = 0; i < strips.size() && i < stripsMax; ++i) {
        auto other = guess(strips[i]);
        if (other.wave() > hypothesis.wave()) hypothesis = std::move(other);
        if (hypothesis.wave() >= kGoodWave) break;
        if (i + 1 >= kStripsHopeless && hypothesis.wave() < kHopefulWave) return std::nullopt;
    }
    if (hypothesis.wave() < kGuessWaveMin) return std::nullopt;
    const auto place = hypothesis.places.front().second;
    hypothesis.places.clear();
    for (const auto& strip : strips)
        hypothesis.places.emplace_back(&strip, place);
    settle(hypothesis);
    if (!isBelieved(hypothesis)) return std::nullopt;
    return hypothesis.ranking.best;
}

/// The middle strips first: the outermost may miss the code.
std::vector<Darkness> darknessOf(const std::vector<Profile>& normalised, bool isReversed) {
    std::vector<Darkness> strips;
    const auto count = normalised.size();
    const auto step = std::max<std::size_t>(1, count / kStripsMax);
    const auto middle = count / 2;
    for (std::size_t i = 0; i < count && strips.size() < kStripsMax; ++i) {
        const auto away = (i + 1) / 2 * step;
        if (i % 2 == 0 ? away > middle : middle + away >= count) continue;
        const auto& profile = normalised[i % 2 == 0 ? middle - away : middle + away];
        Darkness strip(profile.size());
        std::transform(profile.begin(), profile.end(), strip.begin(), [](float value) { return 1 - value; });
        if (isReversed) std::reverse(strip.begin(), strip.end());
        strips.push_back(std::move(strip));
    }
    return strips;
}

ScannedCode codeOf(const EanReading& reading) {
    const bool isUpcA = reading.digits.front() == '0';
    ScannedCode code;
    code.symbology = isUpcA ? Symbology::UpcA : Symbology::Ean13;
    code.aimId = "]E0";
    code.bytes = isUpcA ? reading.digits.substr(1) : reading.digits;
    return code;
}

/// The middle one of the counts of bars in each strip.
int medianBars(const std::vector<Profile>& normalised) {
    std::vector<int> counts(normalised.size());
    std::transform(normalised.begin(), normalised.end(), counts.begin(), barsIn);
    const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
    std::nth_element(counts.begin(), middle, counts.end());
    return *middle;
}

} // namespace

std::optional<ScannedCode> fitEan(const std::vector<Profile>& normalised, const FitEffort& effort) {
    if (normalised.size() < kStripsMin || normalised.front().size() < kSamplesMin) return std::nullopt;
    if (medianBars(normalised) > kBlurredBarsMax) return std::nullopt;
    for (bool isReversed : {false, true}) {
        if (!(isReversed ? effort.isBackward : effort.isForward)) continue;
        if (const auto reading = read(darknessOf(normalised, isReversed), effort.stripsMax))
            return codeOf(*reading);
    }
    return std::nullopt;
}

} // namespace silta::drivers

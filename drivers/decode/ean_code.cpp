#include "drivers/decode/ean_code.h"

#include <algorithm>
#include <cstddef>

namespace silta::drivers {

namespace {

/// Set A, one bit a module, leftmost highest. Set C is its complement, set B is C backwards.
constexpr std::array<unsigned, 10> kSetA = {0x0d, 0x19, 0x13, 0x3d, 0x23, 0x31, 0x2f, 0x3b, 0x37, 0x0b};

/// Which of the six left digits are of set B, first digit highest, by the first digit of an EAN-13.
constexpr std::array<unsigned, 10> kMixture = {0x00, 0x0b, 0x0d, 0x0e, 0x13, 0x19, 0x1c, 0x15, 0x16, 0x1a};
/// One digit's choice: its score by value, and its weight in the check sum.
struct Choice {
    std::array<float, 10> scores{};
    int weight = 1;
};

/// A row of digits, the last one in the lowest four bits.
struct Path {
    float score = -1;
    std::uint64_t digits = 0;
};

/// Best and next best.
struct Pair {
    Path first;
    Path second;

    void offer(const Path& path) {
        if (path.score > first.score) {
            second = first;
            first = path;
        } else if (path.score > second.score) {
            second = path;
        }
    }
};

/// The two best rows of digits whose weighted sum and `constant` together are divisible by ten.
Pair bestRows(const std::array<Choice, kEanDigits>& choices, int constant) {
    std::array<Pair, 10> sums; // by the remainder so far
    sums[static_cast<std::size_t>(constant % 10)].first.score = 0;
    for (const auto& choice : choices) {
        std::array<Pair, 10> next;
        for (std::size_t sum = 0; sum < 10; ++sum) {
            for (const auto& path : {sums[sum].first, sums[sum].second}) {
                if (path.score < 0) continue;
                std::size_t remainder = sum;
                for (std::size_t digit = 0; digit < 10; ++digit) {
                    next[remainder].offer({path.score + choice.scores[digit], path.digits << 4U | digit});
                    remainder += static_cast<std::size_t>(choice.weight);
                    if (remainder >= 10) remainder -= 10;
                }
            }
        }
        sums = next;
    }
    return sums[0];
}

int digitAt(const Path& path, int place) {
    return static_cast<int>(path.digits >> static_cast<unsigned>(4 * (kEanDigits - 1 - place)) & 0xfU);
}

/// What the best row of digits can reach at most, whatever its sum.
float boundOf(const std::array<Choice, kEanDigits>& choices) {
    float bound = 0;
    for (const auto& choice : choices)
        bound += *std::max_element(choice.scores.begin(), choice.scores.end());
    return bound;
}

bool isSetB(unsigned mixture, int digit) {
    return ((mixture >> static_cast<unsigned>(5 - digit)) & 1U) != 0;
}

/// Scores are correlations; none below 0, so that a path's sum tells whether there is one.
Choice choiceOf(const std::array<float, kDigitPatterns>& scores, int firstPattern, int weight) {
    Choice choice;
    choice.weight = weight;
    for (std::size_t value = 0; value < 10; ++value)
        choice.scores[value] = std::max(0.0F, scores[static_cast<std::size_t>(firstPattern) + value]);
    return choice;
}

struct Ranking {
    EanRanking ranking{{}, -1};

    void offer(const Pair& pair, std::string digits, const std::array<int, kEanDigits>& patterns) {
        if (pair.first.score > ranking.best.score || ranking.best.digits.empty()) {
            ranking.runnerUp =
                std::max(ranking.best.digits.empty() ? -1 : ranking.best.score, pair.second.score);
            ranking.best = {std::move(digits), patterns, pair.first.score};
        } else {
            ranking.runnerUp = std::max(ranking.runnerUp, pair.first.score);
        }
    }
};

char toDigit(int value) {
    return static_cast<char>('0' + value);
}

} // namespace

std::array<bool, kDigitModules> digitModules(int pattern) {
    const auto bits = kSetA[static_cast<std::size_t>(pattern % 10)];
    std::array<bool, kDigitModules> modules{};
    for (std::size_t i = 0; i < kDigitModules; ++i) {
        const bool forwards = ((bits >> (6 - i)) & 1U) != 0;
        const bool backwards = ((bits >> i) & 1U) != 0;
        modules[i] = pattern < 10 ? forwards : pattern < 20 ? !backwards : !forwards;
    }
    return modules;
}

EanRanking rankReadings(const DigitScores& scores) {
    struct Candidate {
        int firstDigit = 0;
        std::array<int, kEanDigits> patterns{};
        std::array<Choice, kEanDigits> choices{};
        float bound = 0;
    };
    std::array<Candidate, 10> candidates;
    for (int firstDigit = 0; firstDigit < 10; ++firstDigit) {
        auto& candidate = candidates[static_cast<std::size_t>(firstDigit)];
        candidate.firstDigit = firstDigit;
        const auto mixture = kMixture[static_cast<std::size_t>(firstDigit)];
        for (int digit = 0; digit < kEanDigits; ++digit) {
            const auto d = static_cast<std::size_t>(digit);
            candidate.patterns[d] = isRightHalf(digit) ? 20 : isSetB(mixture, digit) ? 10 : 0;
            candidate.choices[d] = choiceOf(scores[d], candidate.patterns[d], digit % 2 == 0 ? 3 : 1);
        }
        candidate.bound = boundOf(candidate.choices);
    }
    // Those that may come first are searched first, so that most of the others need not be.
    std::array<const Candidate*, 10> order{};
    std::transform(candidates.begin(), candidates.end(), order.begin(),
                   [](const Candidate& candidate) { return &candidate; });
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->bound > b->bound; });
    Ranking all;
    for (const auto* candidate : order) {
        if (candidate->bound <= all.ranking.runnerUp) break;
        const auto pair = bestRows(candidate->choices, candidate->firstDigit);
        auto patterns = candidate->patterns;
        std::string digits(1, toDigit(candidate->firstDigit));
        for (int digit = 0; digit < kEanDigits; ++digit) {
            const int value = digitAt(pair.first, digit);
            patterns[static_cast<std::size_t>(digit)] += value;
            digits += toDigit(value);
        }
        all.offer(pair, std::move(digits), patterns);
    }
    return all.ranking;
}

std::vector<bool> modulesOf(const EanReading& reading) {
    std::vector<bool> modules(kEanModules, false);
    for (int bar : {0, 2, 46, 48, 92, 94}) // of the three guards
        modules[static_cast<std::size_t>(bar)] = true;
    for (int digit = 0; digit < kEanDigits; ++digit) {
        const auto bits = digitModules(reading.patterns[static_cast<std::size_t>(digit)]);
        std::copy(bits.begin(), bits.end(), modules.begin() + digitOffset(digit));
    }
    return modules;
}

} // namespace silta::drivers

#include "bench/scan/stream_trial.h"

#include "bench/scan/readers.h"
#include "bench/scan/stream.h"
#include "bench/scan/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <numeric>
#include <tuple>

namespace silta::bench {

namespace {

constexpr int kSmallHeight = 720;

struct Tally {
    std::array<int, 2> clipsRead{}; ///< linear, matrix
    std::map<Spoil, int> clipsReadBySpoil;
    std::vector<int> firstFrames; ///< of all clips; -1 where nothing was read
    int framesWrong = 0;
    int framesAborted = 0;
    std::map<bool, std::vector<double>> withCodeMs; ///< by whether the frame is 720p
    std::map<bool, std::vector<double>> emptyMs;
};

double meanOf(const std::vector<double>& values) {
    return values.empty()
               ? 0
               : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

int medianOf(std::vector<int> values) {
    std::erase(values, -1);
    if (values.empty()) return -1;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void count(Tally& tally, const ClipPlan& plan, const std::vector<Photograph>& frames,
           const std::vector<Outcome>& outcomes) {
    const bool isSmall = plan.height == kSmallHeight;
    int first = -1;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto& outcome = outcomes[i];
        tally.framesAborted += outcome.isAborted ? 1 : 0;
        if (outcome.isAborted) continue;
        (plan.symbol < 0 ? tally.emptyMs : tally.withCodeMs)[isSmall].push_back(outcome.cpuMs);
        if (outcome.messages.empty()) continue;
        const bool isRight =
            plan.symbol >= 0 && std::any_of(outcome.messages.begin(), outcome.messages.end(),
                                            [&](const auto& read) { return isExpected(frames[i], read); });
        tally.framesWrong += isRight ? 0 : 1;
        if (isRight && first < 0) first = static_cast<int>(i);
    }
    if (plan.symbol >= 0) tally.firstFrames.push_back(first);
    if (first < 0) return;
    ++tally.clipsRead[isMatrixSymbol(plan.symbol) ? 1 : 0];
    ++tally.clipsReadBySpoil[plan.spoil];
}

/// How much sooner or later a reader comes to its first reading than another does.
struct Race {
    int clips = 0; ///< that both read
    int sooner = 0;
    int later = 0;
    double frames = 0; ///< mean delay; below 0: sooner
};

Race raceOf(const std::vector<int>& firstFrames, const std::vector<int>& others) {
    Race race;
    for (std::size_t i = 0; i < firstFrames.size(); ++i) {
        if (firstFrames[i] < 0 || others[i] < 0) continue;
        ++race.clips;
        race.sooner += firstFrames[i] < others[i] ? 1 : 0;
        race.later += firstFrames[i] > others[i] ? 1 : 0;
        race.frames += firstFrames[i] - others[i];
    }
    race.frames /= std::max(race.clips, 1);
    return race;
}

void writeDetails(std::ofstream& file, const Reader& reader, const ClipPlan& plan,
                  const std::vector<Photograph>& frames, const std::vector<Outcome>& outcomes) {
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto& read = outcomes[i].messages;
        file << fmt::format("{}\t{}\t{}\t{}\t{}\t{:.3f}\t{}\t{}\n", plan.seed, reader.name, frames[i].format,
                            frames[i].path, plan.height, outcomes[i].cpuMs, frames[i].expected,
                            read.empty() ? std::string() : read.front());
    }
}

void print(const std::vector<Reader>& readers, const std::vector<Tally>& tallies, int clips1d, int clips2d,
           const std::vector<int>& slower) {
    fmt::print("clips: {} of linear, {} of matrix symbols; {} + {} frames of empty shops\n\n", clips1d,
               clips2d, tallies[0].emptyMs.count(true) ? tallies[0].emptyMs.at(true).size() : 0,
               tallies[0].emptyMs.count(false) ? tallies[0].emptyMs.at(false).size() : 0);
    fmt::print("{:<24}{:>6}{:>6}{:>7}{:>7}{:>8}  {:<22}{:<22}\n", "", "1D", "2D", "first", "wrong", "aborts",
               "CPU ms 720p code none", "1080p code none");
    const auto ms = [](const std::map<bool, std::vector<double>>& by, bool isSmall) {
        return by.contains(isSmall) ? meanOf(by.at(isSmall)) : 0.0;
    };
    for (std::size_t r = 0; r < readers.size(); ++r) {
        const auto& tally = tallies[r];
        fmt::print("{:<24}{:>6}{:>6}{:>7}{:>7}{:>8}  {:>14.2f}{:>8.2f}{:>14.2f}{:>8.2f}\n", readers[r].name,
                   tally.clipsRead[0], tally.clipsRead[1], medianOf(tally.firstFrames), tally.framesWrong,
                   tally.framesAborted, ms(tally.withCodeMs, true), ms(tally.emptyMs, true),
                   ms(tally.withCodeMs, false), ms(tally.emptyMs, false));
    }
    fmt::print("\nclips read by what is wrong with them\n{:<24}", "");
    for (int spoil = 0; spoil < kSpoils; ++spoil)
        fmt::print(" {:>11}", toString(static_cast<Spoil>(spoil)));
    for (std::size_t r = 0; r < readers.size(); ++r) {
        fmt::print("\n{:<24}", readers[r].name);
        for (int spoil = 0; spoil < kSpoils; ++spoil) {
            const auto found = tallies[r].clipsReadBySpoil.find(static_cast<Spoil>(spoil));
            fmt::print(" {:>11}", found == tallies[r].clipsReadBySpoil.end() ? 0 : found->second);
        }
    }
    fmt::print("\n\nframes on which the first takes longer than");
    for (std::size_t r = 1; r < readers.size(); ++r)
        fmt::print("{} {}: {}", r > 1 ? "," : "", readers[r].name, slower[r]);
    fmt::print("\nfirst reading of the first, in clips that both read\n");
    for (std::size_t r = 1; r < readers.size(); ++r) {
        const auto race = raceOf(tallies[0].firstFrames, tallies[r].firstFrames);
        fmt::print("{:<24}{:>4} clips: sooner in {}, later in {}, by {:+.2f} frames on average\n",
                   readers[r].name, race.clips, race.sooner, race.later, race.frames);
    }
}

} // namespace

Result<void> runStream(const StreamPlan& stream) {
    auto readers = cameraReaders();
    std::erase_if(readers,
                  [&](const Reader& reader) { return reader.name.find(stream.only) == std::string::npos; });
    if (readers.empty()) return Error{Errc::Invalid, "run stream: no such reader"};
    std::ofstream details;
    if (!stream.details.empty()) details.open(stream.details);
    std::vector<Tally> tallies(readers.size());
    std::vector<int> slower(readers.size(), 0);
    const auto run = [&](const ClipPlan& plan) -> Result<void> {
        const auto frames = drawClip(plan);
        if (!frames) return frames.error();
        std::vector<std::vector<Outcome>> outcomes;
        for (std::size_t r = 0; r < readers.size(); ++r) {
            auto ofReader = runTrial(readers[r], *frames);
            if (!ofReader) return ofReader.error();
            count(tallies[r], plan, *frames, *ofReader);
            if (details.is_open()) writeDetails(details, readers[r], plan, *frames, *ofReader);
            outcomes.push_back(std::move(*ofReader));
            for (std::size_t i = 0; r > 0 && i < frames->size(); ++i)
                slower[r] += !outcomes[r][i].isAborted && outcomes[0][i].cpuMs > outcomes[r][i].cpuMs ? 1 : 0;
        }
        return {};
    };
    std::uint32_t seed = stream.seed;
    int clips1d = 0;
    int clips2d = 0;
    for (int round = 0; round < stream.rounds; ++round) {
        for (int spoil = 0; spoil < kSpoils; ++spoil) {
            for (int symbol = 0; symbol < kStreamSymbols; ++symbol, ++seed) {
                ClipPlan plan{static_cast<Spoil>(spoil), symbol, 1280, kSmallHeight,
                              stream.framesPerClip,      seed};
                if (seed % 4 == 0) std::tie(plan.width, plan.height) = std::pair(1920, 1080);
                if (auto done = run(plan); !done) return done;
                ++(isMatrixSymbol(symbol) ? clips2d : clips1d);
            }
        }
    }
    for (int done = 0; done < stream.emptyFrames; done += stream.framesPerClip, ++seed) {
        ClipPlan plan{Spoil::Nothing,
                      -1,
                      1280,
                      kSmallHeight,
                      std::min(stream.framesPerClip, stream.emptyFrames - done),
                      seed};
        if (seed % 4 == 0) std::tie(plan.width, plan.height) = std::pair(1920, 1080);
        if (auto ended = run(plan); !ended) return ended;
    }
    print(readers, tallies, clips1d, clips2d, slower);
    return {};
}

} // namespace silta::bench

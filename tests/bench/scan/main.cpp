// bench_scan --corpus DIR [--rounds N] [--part I/N] [--details FILE] [--only READER]: how many codes of a
// folder of photographs are read by Silta, by ZXing in three modes and by zbar, how many wrongly, and how
// long it takes. bench_scan --stream CLIPS [--frames N] [--empty N] [--only READER]: the same of a camera's
// frames, drawn: so many clips of each symbol and each thing that spoils frames, and frames of empty shops.
#include "bench/scan/corpus.h"
#include "bench/scan/readers.h"
#ifdef SILTA_HAS_ZINT
#include "bench/scan/stream_trial.h"
#endif
#include "bench/scan/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <map>
#include <string_view>

using namespace silta;
using namespace silta::bench;

namespace {

constexpr std::size_t kLargePixelsMin = 300'000;

struct Arguments {
    std::string corpus;
    std::string details;
    std::string only;
    int rounds = 3;
    int part = 0;
    int parts = 1;
    int streamClips = 0; ///< 0: no stream
    int clipFrames = 16;
    int emptyFrames = 64;
    unsigned seed = 1;
};

struct Score {
    std::map<std::string, int> readByFormat;
    int read = 0;
    int wrong = 0;          ///< something was read of a photograph, and not what it holds
    int falsePositives = 0; ///< something was read where nothing is
    int aborts = 0;
    std::vector<double> allMs;
    std::vector<double> largeMs; ///< of pictures above kLargePixelsMin
};

template <class Number>
bool parseNumber(std::string_view text, Number& number) {
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    return result.ec == std::errc() && result.ptr == end;
}

bool parse(int argc, char** argv, Arguments& arguments) {
    bool isValid = true;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        const std::string_view value = argv[i + 1];
        if (name == "--corpus")
            arguments.corpus = value;
        else if (name == "--details")
            arguments.details = value;
        else if (name == "--only")
            arguments.only = value;
        else if (name == "--stream")
            isValid = isValid && parseNumber(value, arguments.streamClips) && arguments.streamClips > 0;
        else if (name == "--frames")
            isValid = isValid && parseNumber(value, arguments.clipFrames) && arguments.clipFrames > 0;
        else if (name == "--empty")
            isValid = isValid && parseNumber(value, arguments.emptyFrames) && arguments.emptyFrames >= 0;
        else if (name == "--seed")
            isValid = isValid && parseNumber(value, arguments.seed);
        else if (name == "--rounds")
            isValid = isValid && parseNumber(value, arguments.rounds);
        else if (name == "--part" && value.find('/') != std::string_view::npos)
            isValid = isValid && parseNumber(value.substr(0, value.find('/')), arguments.part) &&
                      parseNumber(value.substr(value.find('/') + 1), arguments.parts);
        else
            return false;
    }
    const bool hasWork = !arguments.corpus.empty() || arguments.streamClips > 0;
    return isValid && argc % 2 == 1 && hasWork && arguments.rounds > 0 && arguments.part >= 0 &&
           arguments.part < arguments.parts;
}

/// What each picture costs is the best of the rounds, in which the readers take turns.
Result<std::vector<std::vector<Outcome>>> runRounds(const std::vector<Reader>& readers,
                                                    const std::vector<Photograph>& photographs, int rounds) {
    std::vector<std::vector<Outcome>> best(readers.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t r = 0; r < readers.size(); ++r) {
            auto outcomes = runTrial(readers[r], photographs);
            if (!outcomes) return std::move(outcomes).error();
            for (std::size_t i = 0; i < best[r].size(); ++i)
                (*outcomes)[i].cpuMs = std::min((*outcomes)[i].cpuMs, best[r][i].cpuMs);
            best[r] = std::move(*outcomes);
        }
    }
    return best;
}

Score scoreOf(const std::vector<Photograph>& photographs, const std::vector<Outcome>& outcomes) {
    Score score;
    for (std::size_t i = 0; i < photographs.size(); ++i) {
        const auto& photograph = photographs[i];
        const auto& outcome = outcomes[i];
        if (outcome.isAborted) {
            ++score.aborts;
            continue;
        }
        score.allMs.push_back(outcome.cpuMs);
        if (photograph.picture.pixels.size() > kLargePixelsMin) score.largeMs.push_back(outcome.cpuMs);
        if (photograph.kind == "neg") score.falsePositives += outcome.messages.empty() ? 0 : 1;
        if (photograph.kind != "pos") continue;
        const bool isRight = std::any_of(outcome.messages.begin(), outcome.messages.end(),
                                         [&](const auto& read) { return isExpected(photograph, read); });
        if (isRetail(photograph)) {
            score.read += isRight ? 1 : 0;
            score.readByFormat[photograph.format] += isRight ? 1 : 0;
        }
        score.wrong += !isRight && !outcome.messages.empty() ? 1 : 0;
    }
    std::sort(score.allMs.begin(), score.allMs.end());
    std::sort(score.largeMs.begin(), score.largeMs.end());
    return score;
}

std::string times(const std::vector<double>& sortedMs) {
    if (sortedMs.empty()) return fmt::format("{:>8}{:>8}{:>8}", "-", "-", "-");
    double sum = 0;
    for (double ms : sortedMs)
        sum += ms;
    const auto at = [&](double share) {
        return sortedMs[static_cast<std::size_t>(share * static_cast<double>(sortedMs.size() - 1))];
    };
    return fmt::format("{:>8.2f}{:>8.2f}{:>8.2f}", at(0.5), at(0.95),
                       sum / static_cast<double>(sortedMs.size()));
}

void print(const std::vector<Photograph>& photographs, const std::vector<Reader>& readers,
           const std::vector<Score>& scores) {
    std::map<std::string, int> formats;
    int retail = 0;
    int negatives = 0;
    for (const auto& photograph : photographs) {
        formats[photograph.format] += isRetail(photograph) ? 1 : 0;
        retail += isRetail(photograph) ? 1 : 0;
        negatives += photograph.kind == "neg" ? 1 : 0;
    }
    fmt::print("{} photographs: {} of retail codes, {} of none\n\n", photographs.size(), retail, negatives);
    fmt::print("{:<24}{:>7}{:>7}{:>7}{:>7}  {:<24}  over 0.3 MP\n", "", "read", "wrong", "false", "aborts",
               " CPU ms  p50   p95  mean");
    for (std::size_t r = 0; r < readers.size(); ++r) {
        fmt::print("{:<24}{:>6.1f}%{:>7}{:>7}{:>7}{}{}\n", readers[r].name,
                   100.0 * scores[r].read / std::max(retail, 1), scores[r].wrong, scores[r].falsePositives,
                   scores[r].aborts, times(scores[r].allMs), times(scores[r].largeMs));
    }
    fmt::print("\n{:<24}", "read by format");
    std::erase_if(formats, [](const auto& format) { return format.second == 0; });
    for (const auto& [format, count] : formats)
        fmt::print(" {:>13}", fmt::format("{}/{}", format, count));
    for (std::size_t r = 0; r < readers.size(); ++r) {
        fmt::print("\n{:<24}", readers[r].name);
        for (const auto& [format, count] : formats)
            fmt::print(" {:>13}",
                       scores[r].readByFormat.contains(format) ? scores[r].readByFormat.at(format) : 0);
    }
    fmt::print("\n");
}

void writeDetails(const std::string& path, const std::vector<Photograph>& photographs,
                  const std::vector<Reader>& readers, const std::vector<std::vector<Outcome>>& outcomes) {
    std::ofstream file(path);
    for (std::size_t r = 0; r < readers.size(); ++r) {
        for (std::size_t i = 0; i < photographs.size(); ++i) {
            const auto& photograph = photographs[i];
            const auto& outcome = outcomes[r][i];
            const auto first = outcome.messages.empty() ? std::string() : outcome.messages.front();
            const bool isRight = std::any_of(outcome.messages.begin(), outcome.messages.end(),
                                             [&](const auto& read) { return isExpected(photograph, read); });
            const auto* verdict = outcome.isAborted ? "abort"
                                  : isRight         ? "right"
                                  : first.empty()   ? "-"
                                                    : "wrong";
            file << fmt::format("{}\t{}\t{}\t{}\t{}\t{:.3f}\t{}\n", readers[r].name, photograph.path,
                                photograph.format, photograph.kind, verdict, outcome.cpuMs, first);
        }
    }
}

int failed(const Error& error) {
    fmt::print(stderr, "bench_scan: {}\n", error.what);
    return 1;
}

int runStreamOf([[maybe_unused]] const Arguments& arguments) {
#ifdef SILTA_HAS_ZINT
    const auto done = runStream({arguments.streamClips, arguments.clipFrames, arguments.emptyFrames,
                                 arguments.seed, arguments.only, arguments.details});
    return done ? 0 : failed(done.error());
#else
    return failed(Error{Errc::Unsupported, "draw frames: built without zint (deploy/setup bench)"});
#endif
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    if (!parse(argc, argv, arguments)) {
        fmt::print(
            stderr,
            "usage: bench_scan --corpus DIR [--rounds N] [--part I/N] [--details FILE] [--only READER]\n"
            "       bench_scan --stream CLIPS [--frames N] [--empty N] [--seed N] [--details FILE] [--only "
            "READER]\n");
        return 2;
    }
    if (arguments.streamClips > 0) return runStreamOf(arguments);
    const auto photographs = loadCorpus(arguments.corpus, arguments.part, arguments.parts);
    if (!photographs) return failed(photographs.error());
    auto readers = allReaders();
    std::erase_if(
        readers, [&](const Reader& reader) { return reader.name.find(arguments.only) == std::string::npos; });
    const auto outcomes = runRounds(readers, *photographs, arguments.rounds);
    if (!outcomes) return failed(outcomes.error());
    std::vector<Score> scores;
    for (const auto& ofReader : *outcomes)
        scores.push_back(scoreOf(*photographs, ofReader));
    print(*photographs, readers, scores);
    if (!arguments.details.empty()) writeDetails(arguments.details, *photographs, readers, *outcomes);
    return 0;
}

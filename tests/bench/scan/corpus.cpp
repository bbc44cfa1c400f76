#include "bench/scan/corpus.h"

#include "drivers/image_file.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <string_view>

namespace silta::bench {

namespace {

constexpr std::size_t kColumnsMin = 4;

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> columns(1);
    for (char c : line) {
        if (c == '\t')
            columns.emplace_back();
        else
            columns.back() += c;
    }
    return columns;
}

std::string unescape(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t used = 1;
        char c = text[0];
        if (c == '\\' && text.size() > 1) {
            used = 2;
            c = text[1] == 'n' ? '\n' : text[1] == 'r' ? '\r' : text[1];
            if (text[1] == 'x' && text.size() >= 4) {
                unsigned value = 0;
                std::from_chars(text.data() + 2, text.data() + 4, value, 16);
                c = static_cast<char>(value);
                used = 4;
            }
        }
        out += c;
        text.remove_prefix(used);
    }
    return out;
}

/// FNV-1a, so that the shares are the same on every machine.
unsigned shareOf(std::string_view path, unsigned parts) {
    unsigned hash = 2'166'136'261U;
    for (char c : path)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    return (hash >> 8U) % parts;
}

} // namespace

bool isRetail(const Photograph& photograph) {
    return photograph.kind == "pos" && !photograph.format.starts_with("DATABAR");
}

bool isExpected(const Photograph& photograph, const std::string& read) {
    const auto& expected = photograph.expected;
    if (read == expected || "0" + read == expected || read == "0" + expected) return true;
    if (photograph.format != "EANUPC+ADDON" || read.size() < 12) return false;
    return expected.starts_with(read) || expected.starts_with("0" + read) ||
           (read.front() == '0' && expected.starts_with(read.substr(1)));
}

Result<std::vector<Photograph>> loadCorpus(const std::string& folder, int part, int parts) {
    const auto table = folder + "/expected.tsv";
    std::ifstream file(table);
    if (!file) return Error{Errc::NotFound, "read corpus: no " + table};
    std::vector<Photograph> photographs;
    std::string line;
    std::getline(file, line); // the heading
    while (std::getline(file, line)) {
        const auto columns = split(line);
        if (columns.size() < kColumnsMin)
            return Error{Errc::Corrupt, fmt::format("read corpus: short line '{}'", line)};
        if (shareOf(columns[0], static_cast<unsigned>(parts)) != static_cast<unsigned>(part)) continue;
        auto picture = drivers::loadGray(folder + "/" + columns[0]);
        if (!picture) return std::move(picture).error();
        Photograph photograph{columns[0], columns[1], unescape(columns[2]), columns[3], std::move(*picture)};
        photographs.push_back(std::move(photograph));
    }
    return photographs;
}

} // namespace silta::bench

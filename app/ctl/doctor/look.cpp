#include "ctl/doctor/look.h"

#include "core/digits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace silta::ctl {

namespace {

constexpr std::size_t kFileBytesMax = 64 * 1024;
constexpr std::size_t kNamesMax = 400;       // of a folder whose names are looked at
constexpr std::size_t kProcessesMax = 4'000; // more than any of our devices runs
constexpr std::size_t kCommLetters = 15;     // TASK_COMM_LEN without its end

} // namespace

std::string textOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text(kFileBytesMax, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    const auto last = text.find_last_not_of(" \n\t\r\0");
    text.resize(last == std::string::npos ? 0 : last + 1);
    return text;
}

std::optional<std::int64_t> numberOf(const std::filesystem::path& file) {
    const auto text = textOf(file);
    char* end = nullptr;
    const auto number = std::strtoll(text.c_str(), &end, 0);
    return end == text.c_str() ? std::nullopt : std::optional<std::int64_t>(number);
}

std::vector<std::string> namesIn(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (names.size() == kNamesMax) break;
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

bool isRunning(const std::filesystem::path& root, const std::string& program) {
    const auto wanted = program.substr(0, kCommLetters);
    std::size_t seen = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(root / "proc", error)) {
        if (!allDigits(entry.path().filename().string())) continue;
        if (textOf(entry.path() / "comm") == wanted) return true;
        if (++seen == kProcessesMax) break;
    }
    return false;
}

bool hasUnit(const std::filesystem::path& root, const std::string& unit) {
    std::error_code error;
    for (const char* folder : {"lib/systemd/system", "usr/lib/systemd/system", "etc/systemd/system"})
        if (std::filesystem::exists(root / folder / unit, error)) return true;
    return false;
}

std::string spanInWords(std::int64_t milliseconds) {
    const auto minutes = std::max<std::int64_t>(milliseconds, 0) / 60'000;
    if (minutes < 120) return fmt::format("{} minutes", minutes);
    if (minutes < 48 * 60) return fmt::format("{} hours", minutes / 60);
    return fmt::format("{} days", minutes / (24 * 60));
}

} // namespace silta::ctl

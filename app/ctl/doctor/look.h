// What the checks of the doctor share: small files of /proc, /sys and /etc, read below any root.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace silta::ctl {

/// The first 64 kB of a file without the blanks at its end; empty when it cannot be read.
std::string textOf(const std::filesystem::path& file);
/// The number that a file begins with, decimal or 0x….
std::optional<std::int64_t> numberOf(const std::filesystem::path& file);
/// Names in a folder, sorted; at most a few hundred.
std::vector<std::string> namesIn(const std::filesystem::path& folder);
/// True when a process of this name runs (its first 15 letters, as the kernel keeps them).
bool isRunning(const std::filesystem::path& root, const std::string& program);
/// True when the package with this systemd unit is installed.
bool hasUnit(const std::filesystem::path& root, const std::string& unit);
/// "3 minutes", "5 hours", "2 days".
std::string spanInWords(std::int64_t milliseconds);

} // namespace silta::ctl

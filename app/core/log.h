// Logs go to standard error, one line each: `level category message key=value`. Never any customer data.
#pragma once

#include <silta/result.h>

#include <fmt/format.h>

#include <string_view>

namespace silta::log {

enum class Level { Debug, Info, Warning, Error, Off };

/// Below this level nothing is written; with Off, nothing at all. Default: Info. Thread: call once, at start.
void setThreshold(Level level);
/// Thread-safe; one write(2) a line. Control characters in `message` are replaced by spaces.
void write(Level level, std::string_view category, std::string_view message);

template <class... Args>
void info(std::string_view category, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::Info, category, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(std::string_view category, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::Warning, category, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(std::string_view category, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::Error, category, fmt::format(format, std::forward<Args>(args)...));
}

/// Says why a program ends, and gives its exit status.
inline int fail(std::string_view category, const Error& why) {
    write(Level::Error, category, why.what);
    return 1;
}

} // namespace silta::log

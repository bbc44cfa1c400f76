#include "core/log.h"

#include "core/log_memory.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>
#include <string>

namespace silta::log {

namespace {

std::atomic<Level> threshold{Level::Info};

std::mutex memoryMutex; ///< guards `memory`
std::deque<std::string> memory;

void remember(std::string_view line) {
    const std::lock_guard lock(memoryMutex);
    if (memory.size() == kRememberedLines) memory.pop_front();
    memory.emplace_back(line.substr(0, kRememberedBytes));
}

const char* nameOf(Level level) {
    switch (level) {
    case Level::Debug:
        return "debug";
    case Level::Info:
        return "info";
    case Level::Warning:
        return "warning";
    case Level::Off:
    case Level::Error:
        return "error";
    }
    return "error";
}

} // namespace

void setThreshold(Level level) {
    threshold = level;
}

void write(Level level, std::string_view category, std::string_view message) {
    if (level < threshold.load()) return;
    auto line = fmt::format("{} silta.{} {}", nameOf(level), category, message);
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    std::replace_if(line.begin(), line.end(), isControl, ' ');
    remember(line);
    line.push_back('\n');
    // A log that cannot be written has nowhere to be reported.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

std::vector<std::string> remembered() {
    const std::lock_guard lock(memoryMutex);
    return {memory.begin(), memory.end()};
}

} // namespace silta::log

// Takes what a scanner tells on its thread and lets a test look at it on another.
#pragma once

#include <silta/scanner.h>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace silta::test {

class CodeCollector {
public:
    Scanner::Handler onCode() {
        return [this](ScannedCode code) {
            const std::lock_guard lock(mutex_);
            codes_.push_back(std::move(code));
        };
    }
    Scanner::FaultHandler onFault() {
        return [this](std::optional<Error> fault) {
            const std::lock_guard lock(mutex_);
            if (fault)
                ++faults_;
            else
                ++recoveries_;
        };
    }
    std::vector<ScannedCode> codes() const {
        const std::lock_guard lock(mutex_);
        return codes_;
    }
    std::size_t count() const { return codes().size(); }
    std::string last() const { return count() == 0 ? std::string() : codes().back().bytes; }
    std::size_t faultCount() const {
        const std::lock_guard lock(mutex_);
        return faults_;
    }
    std::size_t recoveryCount() const {
        const std::lock_guard lock(mutex_);
        return recoveries_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<ScannedCode> codes_;
    std::size_t faults_ = 0;
    std::size_t recoveries_ = 0;
};

} // namespace silta::test

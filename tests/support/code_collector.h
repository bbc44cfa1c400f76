// Takes what a scanner tells on its thread and lets a test look at it on another.
#pragma once

#include <silta/scanner.h>

#include <mutex>
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
        return [this](Error error) {
            const std::lock_guard lock(mutex_);
            faults_.push_back(std::move(error));
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
        return faults_.size();
    }

private:
    mutable std::mutex mutex_;
    std::vector<ScannedCode> codes_;
    std::vector<Error> faults_;
};

} // namespace silta::test

// Chromium, spoken to in its own protocol through a socket that it is born with: there is no port, and no
// driver between. Source: Chrome DevTools Protocol; --remote-debugging-pipe.
#pragma once

#include "core/json.h"
#include "support/networks.h"

#include <QProcess>
#include <memory>
#include <string>
#include <vector>

namespace silta::test {

/// A browser with one page. Thread: the test's.
class DevTools {
public:
    /// As long as it may take to start, and a command to be answered: a page that is replaced meanwhile may
    /// leave one without an answer.
    static constexpr int kStartMs = 60'000;
    static constexpr int kAnswerMs = 10'000;

    /// In `network`, with `resolver` as its /etc/resolv.conf; null: this machine's own.
    DevTools(const Network* network, const std::string& resolver, std::vector<std::string> arguments);
    ~DevTools();
    DevTools(const DevTools&) = delete;
    DevTools& operator=(const DevTools&) = delete;
    /// Empty, or why it did not start.
    [[nodiscard]] const std::string& error() const { return error_; }

    /// What the page answers; null when it refuses the command, or there is no answer in time.
    Json call(const char* method, const Json& parameters = Json::object(), int timeoutMs = kAnswerMs);

private:
    [[nodiscard]] bool send(const std::string& message) const;
    /// The next message; null when there is none in time.
    Json receive(int timeoutMs);
    void attach();

    std::unique_ptr<QProcess> browser_;
    int ours_ = -1;
    std::string received_, session_, error_;
    std::int64_t lastId_ = 0;
};

} // namespace silta::test

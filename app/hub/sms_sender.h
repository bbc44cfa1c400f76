// How a one-time code reaches a phone.
#pragma once

#include <silta/http.h>
#include <silta/result.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace silta::hub {

/// Thread: one at a time; may block.
class SmsSender {
public:
    SmsSender() = default;
    SmsSender(const SmsSender&) = delete;
    SmsSender& operator=(const SmsSender&) = delete;
    virtual ~SmsSender() = default;
    /// `phone`: normalised. Errors: Unavailable, Denied, Io; none names the phone or the text.
    virtual Result<void> send(const std::string& phone, const std::string& text) = 0;
};

/// A gateway that takes `POST url` with `{"to", "text"}`, and `Authorization: Bearer <token>` where there is
/// a token. Any 2xx is "taken". Plain http goes to this machine only. `caFile`: empty = the system's.
std::unique_ptr<SmsSender> makeGatewaySms(std::string url, std::string token, std::string caFile,
                                          std::unique_ptr<HttpTransport> transport);
/// For demos and tests: appends a line of JSON to a file of mode 0600 and sends nothing.
std::unique_ptr<SmsSender> makeFileSms(std::string path);

inline constexpr std::size_t kSmsWaitingMax = 1'000; ///< a gateway that hangs must not fill the memory

/// Messages on their way to a sender that may block. What waits when the hub stops is not sent; its reader
/// asks again. Thread: any.
class SmsQueue {
public:
    explicit SmsQueue(std::unique_ptr<SmsSender> sender);
    SmsQueue(const SmsQueue&) = delete;
    SmsQueue& operator=(const SmsQueue&) = delete;
    ~SmsQueue();
    /// Errors: Limit (too many wait).
    Result<void> push(std::string phone, std::string text);
    [[nodiscard]] bool hasRoom() const;

private:
    struct Message {
        std::string phone, text;
    };
    void run(const std::stop_token& stop);

    std::unique_ptr<SmsSender> sender_; ///< the thread's only
    mutable std::mutex mutex_;          ///< guards messages_
    std::condition_variable_any wake_;
    std::deque<Message> messages_;
    std::jthread thread_; ///< last: it uses everything above
};

} // namespace silta::hub

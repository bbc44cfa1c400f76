// DNS for the rig: a name server of the internet's, and a guest who asks.
#pragma once

#include "e2e/portal/rig.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace silta::test {

inline constexpr std::uint16_t kTypeA = 1;
inline constexpr std::uint16_t kTypeTxt = 16;
inline constexpr std::uint16_t kTypeAaaa = 28;
inline constexpr int kNxDomain = 3;

struct NameRecord {
    std::uint16_t type = 0;
    std::uint32_t ttl = 0;
    std::string data; ///< an address in words, or bytes
};

struct NameReply {
    int code = 0; ///< 0, or kNxDomain and so on
    std::vector<NameRecord> records;
    [[nodiscard]] std::string first() const { return records.empty() ? std::string() : records.front().data; }
};

/// Asks `server` over UDP; nothing when no answer comes within five seconds.
std::optional<NameReply> ask(const Network& network, const char* server, const std::string& name,
                             std::uint16_t type = kTypeA);
/// The same over TCP, of kTypeA; nothing, too, when there is no connection.
std::optional<NameReply> askOverTcp(const Network& network, const char* server, const std::string& name);

/// Knows a few names, each with an hour of TTL. A thread of its own, which ends with the object.
class NameServer {
public:
    NameServer(const Network& network, const char* host, std::uint16_t port);
    [[nodiscard]] int questions() const { return questions_; }

private:
    void serve(int fd, const std::stop_token& stop);
    [[nodiscard]] std::string replyTo(std::string_view question) const;

    std::atomic<int> questions_ = 0;
    Fd fd_;
    std::jthread thread_;
};

} // namespace silta::test

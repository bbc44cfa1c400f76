#include "e2e/portal/names.h"

#include <array>
#include <string_view>

namespace silta::test {

namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::uint32_t kTtlSeconds = 3'600;

struct Known {
    std::string_view name;
    const char* four;
    const char* six;
};
constexpr std::array<Known, 6> kKnown = {{{"www.internet.net", kInternet4, kInternet6},
                                          {"pay.garden.net", kGarden4, kGarden6},
                                          {"help.garden.net", kGarden4, kGarden6},
                                          {"rebind.internet.net", kStoreLan4, "fd00::1"},
                                          {"mask.icloud.com", kInternet4, kInternet6},
                                          {"use-application-dns.net", kInternet4, kInternet6}}};

std::string encoded(const std::string& name) {
    std::string text;
    for (std::size_t at = 0; at < name.size();) {
        const auto dot = std::min(name.find('.', at), name.size());
        text += static_cast<char>(dot - at);
        text += name.substr(at, dot - at);
        at = dot + 1;
    }
    return text + '\0';
}

unsigned number(std::string_view bytes, std::size_t at, std::size_t count) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + count && i < bytes.size(); ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::string bytesOf(std::uint32_t value, int count) {
    std::string text;
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8)
        text += static_cast<char>(value >> shift & 0xff);
    return text;
}

// Behind a name that is not compressed, or is a pointer.
std::size_t skipName(std::string_view bytes, std::size_t at) {
    while (at < bytes.size() && bytes[at] != 0) {
        if ((static_cast<unsigned char>(bytes[at]) & 0xc0U) == 0xc0U) return at + 2;
        at += std::size_t{1} + static_cast<unsigned char>(bytes[at]);
    }
    return at + 1;
}

constexpr int kAnswerMs = 5'000;

std::string questionFor(const std::string& name, std::uint16_t type) {
    return std::string("\x51\x17\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", kHeaderBytes) + encoded(name) +
           bytesOf(type, 2) + bytesOf(1, 2);
}

NameReply parsedReply(const std::string& bytes) {
    NameReply reply{.code = bytes[3] & 0x0f, .records = {}};
    auto at = skipName(bytes, kHeaderBytes) + 4;
    for (unsigned i = 0; i < number(bytes, 6, 2); ++i) {
        at = skipName(bytes, at);
        NameRecord record{.type = static_cast<std::uint16_t>(number(bytes, at, 2)),
                          .ttl = number(bytes, at + 4, 4),
                          .data = {}};
        const auto length = number(bytes, at + 8, 2);
        record.data = bytes.substr(at + 10, length);
        std::array<char, INET6_ADDRSTRLEN> text{};
        if (record.type == kTypeA || record.type == kTypeAaaa)
            record.data = inet_ntop(record.type == kTypeA ? AF_INET : AF_INET6, record.data.data(),
                                    text.data(), text.size());
        reply.records.push_back(std::move(record));
        at += 10 + length;
    }
    return reply;
}

} // namespace

std::optional<NameReply> ask(const Network& network, const char* server, const std::string& name,
                             std::uint16_t type) {
    const auto fd = datagramsTo(network, server, 53);
    const auto question = questionFor(name, type);
    if (::send(fd.get(), question.data(), question.size(), 0) < 0 || !canRead(fd.get(), kAnswerMs))
        return std::nullopt;
    std::string bytes(1'500, '\0');
    const auto size = ::recv(fd.get(), bytes.data(), bytes.size(), 0);
    if (size < static_cast<ssize_t>(kHeaderBytes)) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size));
    return parsedReply(bytes);
}

std::optional<NameReply> askOverTcp(const Network& network, const char* server, const std::string& name) {
    Fd fd;
    if (connectTo(network, server, 53, fd) != 0) return std::nullopt;
    const auto question = questionFor(name, kTypeA);
    const auto message = bytesOf(static_cast<std::uint32_t>(question.size()), 2) + question;
    if (::send(fd.get(), message.data(), message.size(), MSG_NOSIGNAL) < 0) return std::nullopt;
    std::string bytes;
    while (bytes.size() < 2 || bytes.size() < 2 + number(bytes, 0, 2)) {
        std::array<char, 1'500> part{};
        if (!canRead(fd.get(), kAnswerMs)) return std::nullopt;
        const auto size = ::recv(fd.get(), part.data(), part.size(), 0);
        if (size <= 0) return std::nullopt;
        bytes.append(part.data(), static_cast<std::size_t>(size));
    }
    if (bytes.size() < 2 + kHeaderBytes) return std::nullopt;
    return parsedReply(bytes.substr(2));
}

NameServer::NameServer(const Network& network, const char* host, std::uint16_t port)
    : fd_(bound(network, SOCK_DGRAM, host, port)),
      thread_([this](const std::stop_token& stop) { serve(fd_.get(), stop); }) {}

void NameServer::serve(int fd, const std::stop_token& stop) {
    std::string bytes(1'500, '\0');
    while (!stop.stop_requested()) {
        if (!canRead(fd, 10)) continue;
        Address from;
        from.size = sizeof from.storage;
        const auto size = ::recvfrom(fd, bytes.data(), bytes.size(), 0,
                                     reinterpret_cast<sockaddr*>(&from.storage), &from.size);
        if (size < static_cast<ssize_t>(kHeaderBytes)) continue;
        ++questions_;
        const auto reply = replyTo(std::string_view(bytes).substr(0, static_cast<std::size_t>(size)));
        ::sendto(fd, reply.data(), reply.size(), 0, from.get(), from.size);
    }
}

std::string NameServer::replyTo(std::string_view question) const {
    const auto end = skipName(question, kHeaderBytes);
    std::string name;
    for (auto at = kHeaderBytes; at < end && question[at] != 0;
         at += 1 + static_cast<std::size_t>(question[at]))
        name += (name.empty() ? "" : ".") +
                std::string(question.substr(at + 1, static_cast<std::size_t>(question[at])));
    const auto type = number(question, end, 2);
    const auto known = std::ranges::find(kKnown, name, &Known::name);
    std::string data;
    if (known != kKnown.end() && (type == kTypeA || type == kTypeAaaa)) {
        data.resize(type == kTypeA ? 4 : 16);
        inet_pton(type == kTypeA ? AF_INET : AF_INET6, type == kTypeA ? known->four : known->six,
                  data.data());
    } else if (known != kKnown.end() && type == kTypeTxt) {
        data = std::string("\x02hi", 3);
    }
    std::string reply(question.substr(0, 2));
    reply += '\x81';
    reply += known == kKnown.end() ? '\x83' : '\x80';
    reply += bytesOf(1, 2) + bytesOf(data.empty() ? 0 : 1, 2) + bytesOf(0, 4);
    reply += question.substr(kHeaderBytes, end + 4 - kHeaderBytes);
    if (!data.empty())
        reply += "\xc0\x0c" + bytesOf(type, 2) + bytesOf(1, 2) + bytesOf(kTtlSeconds, 4) +
                 bytesOf(static_cast<std::uint32_t>(data.size()), 2) + data;
    return reply;
}

} // namespace silta::test

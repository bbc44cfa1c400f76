#include "gate/gate_protocol.h"

#include "core/digits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace silta::gate {

namespace {

constexpr std::size_t kWordsMax = 7; // of `allow`
constexpr std::size_t kReasonBytesMax = kLineBytesMax - 20;

constexpr std::array<Errc, 12> kCodes = {Errc::Invalid, Errc::NotFound,    Errc::Limit,    Errc::Denied,
                                         Errc::Busy,    Errc::Unavailable, Errc::Conflict, Errc::Corrupt,
                                         Errc::Full,    Errc::Unsupported, Errc::Io,       Errc::Internal};

struct Words {
    std::array<std::string_view, kWordsMax> word;
    std::size_t count = 0;
};

std::optional<Words> split(std::string_view line) {
    Words words;
    while (true) {
        const auto blank = line.find(' ');
        const auto word = line.substr(0, blank);
        if (word.empty() || words.count == kWordsMax) return std::nullopt;
        words.word[words.count++] = word;
        if (blank == std::string_view::npos) return words;
        line.remove_prefix(blank + 1);
    }
}

template <class Number>
std::optional<Number> readNumber(std::string_view text, Number most = std::numeric_limits<Number>::max()) {
    const auto number = parseNumber<Number>(text);
    const bool hasLeadingZero = text.size() > 1 && text.front() == '0';
    return number && !hasLeadingZero && *number <= most ? number : std::nullopt;
}

// Everything of a line but its first word is the same for `allow` and `guest`.
std::optional<Guest> readGuest(const Words& words) {
    if (words.count != 7) return std::nullopt;
    const auto mac = parseMac(words.word[1]);
    std::optional<Ipv4> address;
    if (words.word[2] != "-") {
        const auto parsed = parseHostIpv4(words.word[2]);
        if (!parsed) return std::nullopt;
        address = *parsed;
    }
    const auto seconds = readNumber<std::uint32_t>(words.word[3]);
    const auto quota = readNumber<std::uint64_t>(words.word[4]);
    const auto used = readNumber<std::uint64_t>(words.word[5]);
    const auto rateClass = readNumber<unsigned>(words.word[6]);
    if (!mac || !seconds || !quota || !used || !rateClass) return std::nullopt;
    return Guest{*mac, address, *seconds, *quota, *used, *rateClass};
}

std::string guestLine(std::string_view first, const Guest& guest) {
    return fmt::format("{} {} {} {} {} {} {}\n", first, toString(guest.mac),
                       guest.address ? toString(*guest.address) : "-", guest.secondsLeft, guest.quotaBytes,
                       guest.usedBytes, guest.rateClass);
}

bool readOrder(const Words& words, std::vector<Grant>& grants) {
    const auto guest = readGuest(words);
    if (guest)
        grants.push_back({guest->mac, guest->address, guest->secondsLeft, guest->quotaBytes, guest->usedBytes,
                          guest->rateClass});
    return guest.has_value();
}

bool readOrder(const Words& words, std::vector<Extension>& extensions) {
    if (words.count != 4) return false;
    const auto mac = parseMac(words.word[1]);
    const auto seconds = readNumber<std::uint32_t>(words.word[2]);
    const auto quota = readNumber<std::uint64_t>(words.word[3]);
    if (!mac || !seconds || (!quota && words.word[3] != "-")) return false;
    extensions.push_back({*mac, *seconds, quota});
    return true;
}

bool readOrder(const Words& words, std::vector<Mac>& macs) {
    if (words.count != 2) return false;
    const auto mac = parseMac(words.word[1]);
    if (mac) macs.push_back(*mac);
    return mac.has_value();
}

template <class Order>
Result<std::vector<Order>> readOrders(std::string_view command, const std::vector<std::string_view>& lines) {
    std::vector<Order> orders;
    orders.reserve(lines.size());
    for (const auto line : lines) {
        const auto words = split(line);
        if (!words || words->word[0] != command || !readOrder(*words, orders))
            return Error{Errc::Invalid,
                         fmt::format("parse request: line {} is not understood", orders.size() + 1)};
    }
    if (auto done = check(std::span<const Order>(orders)); !done) return done.error();
    return orders;
}

Result<Request> readList(const std::vector<std::string_view>& lines) {
    const auto words = split(lines.front());
    if (lines.size() != 1 || !words || words->count > 2)
        return Error{Errc::Invalid, "parse request: list stands alone"};
    if (words->count == 1) return Request{ListRequest{}};
    const auto after = parseMac(words->word[1]);
    if (!after) return after.error();
    return Request{ListRequest{*after}};
}

Result<std::vector<std::string_view>> splitLines(std::string_view text, std::size_t linesMax) {
    if (text.empty() || text.back() != '\n') return Error{Errc::Invalid, "parse lines: the last has no end"};
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end > kLineBytesMax) return Error{Errc::Limit, "parse lines: one is too long"};
        if (lines.size() == linesMax) return Error{Errc::Limit, "parse lines: too many"};
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

Error readError(std::string_view line) {
    constexpr std::string_view kFirst = "error ";
    line.remove_prefix(kFirst.size());
    const auto blank = std::min(line.find(' '), line.size());
    for (const auto code : kCodes)
        if (line.substr(0, blank) == toString(code))
            return {code, std::string(line.substr(std::min(blank + 1, line.size())))};
    return {Errc::Corrupt, "read gate's reply: an unknown error"};
}

struct ToText {
    std::string operator()(const std::vector<Grant>& grants) const {
        std::string text;
        for (const auto& g : grants)
            text += guestLine("allow", {g.mac, g.address, g.seconds, g.quotaBytes, g.usedBytes, g.rateClass});
        return text;
    }
    std::string operator()(const std::vector<Extension>& extensions) const {
        std::string text;
        for (const auto& extension : extensions)
            text += fmt::format("extend {} {} {}\n", toString(extension.mac), extension.seconds,
                                extension.quotaBytes ? std::to_string(*extension.quotaBytes) : "-");
        return text;
    }
    std::string operator()(const RevokeRequest& request) const { return each("revoke", request.macs); }
    std::string operator()(const CountersRequest& request) const { return each("counters", request.macs); }
    std::string operator()(const ListRequest& request) const {
        return request.after ? fmt::format("list {}\n", toString(*request.after)) : "list\n";
    }

private:
    static std::string each(std::string_view command, const std::vector<Mac>& macs) {
        std::string text;
        for (const auto& mac : macs)
            text += fmt::format("{} {}\n", command, toString(mac));
        return text;
    }
};

struct Ask {
    Gate& gate;

    Result<GuestPage> operator()(const std::vector<Grant>& grants) const { return empty(gate.allow(grants)); }
    Result<GuestPage> operator()(const std::vector<Extension>& extensions) const {
        return empty(gate.extend(extensions));
    }
    Result<GuestPage> operator()(const RevokeRequest& request) const {
        return empty(gate.revoke(request.macs));
    }
    Result<GuestPage> operator()(const CountersRequest& request) const {
        auto guests = gate.counters(request.macs);
        if (!guests) return guests.error();
        return GuestPage{std::move(*guests), false};
    }
    Result<GuestPage> operator()(const ListRequest& request) const { return gate.list(request.after); }

private:
    static Result<GuestPage> empty(const Result<void>& done) {
        if (!done) return done.error();
        return GuestPage{};
    }
};

} // namespace

Result<Request> parseRequest(std::string_view text) {
    if (text.size() > kRequestBytesMax) return Error{Errc::Limit, "parse request: too long"};
    auto lines = splitLines(text, kBatchMax);
    if (!lines) return lines.error();
    const auto command = lines->front().substr(0, lines->front().find(' '));
    if (command == "list") return readList(*lines);
    if (command == "allow") {
        auto grants = readOrders<Grant>(command, *lines);
        if (!grants) return grants.error();
        return Request{std::move(*grants)};
    }
    if (command == "extend") {
        auto extensions = readOrders<Extension>(command, *lines);
        if (!extensions) return extensions.error();
        return Request{std::move(*extensions)};
    }
    if (command == "revoke" || command == "counters") {
        auto macs = readOrders<Mac>(command, *lines);
        if (!macs) return macs.error();
        if (command == "revoke") return Request{RevokeRequest{std::move(*macs)}};
        return Request{CountersRequest{std::move(*macs)}};
    }
    return Error{Errc::Invalid, "parse request: no such command"};
}

std::string toText(const Request& request) {
    return std::visit(ToText{}, request);
}

Result<GuestPage> parseReply(std::string_view text) {
    const Error corrupt{Errc::Corrupt, "read gate's reply: not understood"};
    if (text.size() > kReplyBytesMax) return corrupt;
    auto lines = splitLines(text, kBatchMax + 1);
    if (!lines) return corrupt;
    const auto& first = lines->front();
    if (first.starts_with("error ") && lines->size() == 1) return readError(first);
    const auto words = split(first);
    if (!words || words->word[0] != "ok" || words->count < 2 || words->count > 3) return corrupt;
    if (words->count == 3 && words->word[2] != "more") return corrupt;
    GuestPage page;
    page.hasMore = words->count == 3;
    const auto count = readNumber<std::size_t>(words->word[1], kBatchMax);
    if (!count || *count != lines->size() - 1) return corrupt;
    for (std::size_t i = 1; i < lines->size(); ++i) {
        const auto guestWords = split((*lines)[i]);
        if (!guestWords || guestWords->word[0] != "guest") return corrupt;
        auto guest = readGuest(*guestWords);
        if (!guest) return corrupt;
        page.guests.push_back(*guest);
    }
    return page;
}

std::string toText(const GuestPage& page) {
    assert(page.guests.size() <= kBatchMax);
    auto text = fmt::format("ok {}{}\n", page.guests.size(), page.hasMore ? " more" : "");
    for (const auto& guest : page.guests)
        text += guestLine("guest", guest);
    return text;
}

std::string toText(const Error& error) {
    auto reason = error.what.substr(0, kReasonBytesMax);
    std::ranges::replace_if(
        reason, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return fmt::format("error {} {}\n", toString(error.code), reason);
}

std::string answer(Gate& gate, std::string_view request) {
    const auto parsed = parseRequest(request);
    if (!parsed) return toText(parsed.error());
    const auto page = std::visit(Ask{gate}, *parsed);
    return page ? toText(*page) : toText(page.error());
}

} // namespace silta::gate

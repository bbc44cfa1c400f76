// What portal and gate say to each other on gate.sock: SOCK_SEQPACKET, one datagram a request, one a reply.
//
//     request  = lines of one command, each ended by LF; at most kBatchMax lines, kRequestBytesMax bytes
//     allow    = "allow" MAC (ADDRESS | "-") SECONDS QUOTA USED CLASS
//     extend   = "extend" MAC SECONDS (QUOTA | "-")
//     revoke   = "revoke" MAC
//     counters = "counters" MAC
//     list     = "list" [MAC]                     one line; guests above MAC
//     reply    = "ok" COUNT ["more"] LF {guest}   COUNT guests follow; 0 unless asked for
//              | "error" WORD REASON LF           WORD as toString(Errc); nothing was changed
//     guest    = "guest" MAC (ADDRESS | "-") SECONDS QUOTA USED CLASS LF
//
// One blank between words. Numbers are decimal, without sign or leading zeros; bytes and seconds; QUOTA 0 is
// none. MAC is lower case with colons. One request is one change of the kernel's: all of it is done or none.
#pragma once

#include "gate/gate.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace silta::gate {

struct RevokeRequest {
    std::vector<Mac> macs;
    bool operator==(const RevokeRequest&) const = default;
};

struct CountersRequest {
    std::vector<Mac> macs;
    bool operator==(const CountersRequest&) const = default;
};

struct ListRequest {
    std::optional<Mac> after;
    bool operator==(const ListRequest&) const = default;
};

using Request =
    std::variant<std::vector<Grant>, std::vector<Extension>, RevokeRequest, CountersRequest, ListRequest>;

/// Errors: Invalid (syntax, or a rule of gate.h), Limit (too long, too many lines).
Result<Request> parseRequest(std::string_view text);
std::string toText(const Request& request);

/// Errors: those that the reply tells; Corrupt (not a reply).
Result<GuestPage> parseReply(std::string_view text);
std::string toText(const GuestPage& page);
std::string toText(const Error& error);

/// Parses, asks `gate` and returns the reply's text. Thread: the gate's.
std::string answer(Gate& gate, std::string_view request);

} // namespace silta::gate

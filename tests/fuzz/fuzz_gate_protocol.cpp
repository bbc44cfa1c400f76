// Requests come from the process that faces guests, replies from the one that holds the firewall: any bytes
// give a request within its limits or an error, and what was read survives being written again.
#include "fuzz_check.h"
#include "gate/gate_protocol.h"
#include "gate/pretend_gate.h"

#include <silta/time.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace silta;
using silta::fuzz::check;

namespace {

class StoppedClock final : public Clock {
public:
    UtcMs nowMs() const override { return 0; }
    std::int64_t steadyMs() const override { return 0; }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto request = gate::parseRequest(text);
    if (request) check(gate::toText(*request) == text); // there is one way to say a thing

    const auto page = gate::parseReply(text);
    if (page) check(page->guests.size() <= gate::kBatchMax && gate::toText(*page) == text);

    const StoppedClock clock;
    gate::PretendGate gate(clock);
    const auto reply = gate::answer(gate, text);
    check(reply.size() <= gate::kReplyBytesMax);
    const auto read = gate::parseReply(reply);
    check(request ? read || read.error().code == Errc::NotFound : read.error().code == request.error().code);
    return 0;
}

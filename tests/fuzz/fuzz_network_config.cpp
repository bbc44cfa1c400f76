// A technician's file: any bytes give a configuration within its ranges or an error, and what was taken is
// rendered without a line that the file smuggled in.
#include "fuzz_check.h"
#include "network/render.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace silta;
using silta::fuzz::check;

namespace {

std::size_t linesOf(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    auto config = network::parseNetworkConfig(text);
    if (!config) {
        check(!config.error().what.empty());
        return 0;
    }
    check(gate::check(config->guest).has_value());
    config->guest.guestsMax = std::min(config->guest.guestsMax, 4U); // of shaping's many equal lines
    const auto files = network::renderNetwork(*config, "/etc/silta/network");
    check(files.has_value());
    const auto isPlain = [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); };
    for (const auto& file : *files)
        if (file.name != "join.toml") check(std::ranges::all_of(file.text, isPlain));
    const auto isText = [isPlain](char c) { return isPlain(c) || static_cast<unsigned char>(c) >= 0x80; };
    check(std::ranges::all_of(network::renderJoin(*config), isText)); // a network's name is UTF-8
    if (!config->wifi) return 0;
    auto other = *config;
    other.wifi->name = "x";
    check(linesOf(network::renderHostapd(other)) == linesOf(network::renderHostapd(*config)));
    check(linesOf(network::renderJoin(other)) == linesOf(network::renderJoin(*config)));
    return 0;
}

#include "bench/catalog/line_process.h"
#include "bench/catalog/peers.h"

#include <filesystem>

namespace silta::bench {

namespace {

constexpr const char* kNode = "/usr/bin/node";

} // namespace

std::vector<Peer> makeWebPeer(const std::string& name, const Shop& shop, const std::string& folder) {
    const std::string web = SILTA_WEB_PEERS;
    if (!std::filesystem::exists(kNode) || !std::filesystem::exists(web + "/node_modules/" + name)) return {};
    return makeChild(
        name, {kNode, "--max-old-space-size=8192", web + "/search.mjs", name, writeTexts(shop, folder)});
}

} // namespace silta::bench

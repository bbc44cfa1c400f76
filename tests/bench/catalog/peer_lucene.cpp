#include "bench/catalog/line_process.h"
#include "bench/catalog/peers.h"

#include <fmt/format.h>

#include <filesystem>

namespace silta::bench {

namespace {

constexpr const char* kAnalyzersJar = "/usr/share/java/lucene-analyzers-common-8.7.0.jar";
constexpr const char* kCoreJar = "/usr/share/java/lucene-core-8.7.0.jar";
constexpr const char* kJava = "/usr/bin/java";

} // namespace

std::vector<Peer> makeLucene(const Shop& shop, const std::string& folder) {
    for (const auto* needed : {kJava, kCoreJar, kAnalyzersJar})
        if (!std::filesystem::exists(needed)) return {};
    const auto index = folder + "/lucene";
    std::filesystem::remove_all(index);
    auto peers = makeChild("Lucene", {kJava, "-Xmx3g", "-cp", fmt::format("{}:{}", kCoreJar, kAnalyzersJar),
                                      SILTA_LUCENE_SOURCE, writeTexts(shop, folder), index});
    for (auto& peer : peers)
        peer.megabytes = megabytesOf(index);
    return peers;
}

} // namespace silta::bench

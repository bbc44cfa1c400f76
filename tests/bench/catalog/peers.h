// Other search engines on the same shop, as the bench's options. Each is asked one keystroke at a time.
#pragma once

#include "bench/catalog/made_up_shop.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace silta::bench {

using Ranks = std::vector<std::uint32_t>;
/// Appends the ranks of what is found, best first. Returns milliseconds of processor time.
using Engine = std::function<double(const std::string& typed, Ranks& found)>;

struct Peer {
    std::string name;
    Engine search;
    double buildSeconds = 0; ///< of processor time
    double megabytes = 0;    ///< on disk
};

/// Of the calling thread.
double cpuSeconds();
/// A folder's files together, or one file.
double megabytesOf(const std::string& path);
/// What a product is found by.
std::string textOf(const ShopProduct& product);

/// Documents in the order of rank; words that are not there by Xapian's spelling, one mistake. Empty when
/// built without (deploy/setup bench installs it).
std::optional<Peer> makeXapian(const Shop& shop, const std::string& folder);
/// Lucene 8 in a process of its own (lucene/Search.java, run from its source): sorted by rank, so that it may
/// stop early; fuzzy for what it does not find. Empty when Java or Lucene is not there.
std::optional<Peer> makeLucene(const Shop& shop, const std::string& folder);

} // namespace silta::bench

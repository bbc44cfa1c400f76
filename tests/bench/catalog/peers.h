// Other search engines on the same shop, as the bench's options. Each is asked one keystroke at a time.
#pragma once

#include "bench/catalog/made_up_shop.h"

#include <silta/result.h>

#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace silta {
class Database;
}

namespace silta::bench {

inline constexpr std::size_t kFirst = 10; ///< results that a screen shows

using Ranks = std::vector<std::uint32_t>;
/// Appends the ranks of what is found, best first. Returns milliseconds of processor time.
using Engine = std::function<double(const std::string& typed, Ranks& found)>;

struct Peer {
    std::string name;
    Engine search;
    double buildSeconds = 0;  ///< of processor time
    double changeSeconds = 0; ///< of processor time, from 10,000 rows in SQLite to where they are found
    double megabytes = 0;     ///< on disk
};

/// A bench goes on with what it asked for, or ends.
inline void need(const Result<void>& result) {
    if (result) return;
    fmt::print(stderr, "{}\n", result.error().what);
    std::exit(1);
}
template <class T>
T need(Result<T> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "{}\n", result.error().what);
    std::exit(1);
}

/// Of the calling thread.
double cpuSeconds();
/// A folder's files together, or one file.
double megabytesOf(const std::string& path);
/// What a product is found by.
std::string textOf(const ShopProduct& product);

/// `search`(typed, found), with the time that the calling thread takes for it.
template <class Search>
Engine timed(Search search) {
    return [search](const std::string& typed, Ranks& found) {
        const auto start = cpuSeconds();
        search(typed, found);
        return (cpuSeconds() - start) * 1e3;
    };
}

/// The catalogue's rows, which stay in SQLite whatever finds them; and new ones for the products of `ranks`.
void fillRows(Database& database, const Shop& shop);
void changeRows(Database& database, const Shop& shop, const Ranks& ranks);

// What makes a peer gives one, several forms of it, or none where it is not installed.

/// FTS5 by rank, and with spelling.
std::vector<Peer> makeFts5(const Shop& shop, const std::string& folder, const Ranks& changed);
/// Documents in the order of rank; words that are not there by Xapian's spelling, one mistake. Empty when
/// built without (deploy/setup bench installs it).
std::vector<Peer> makeXapian(const Shop& shop, const std::string& folder);
/// Lucene 8 in a process of its own (lucene/Search.java, run from its source): sorted by rank, so that it may
/// stop early; fuzzy for what it does not find. Empty when Java or Lucene is not there.
std::vector<Peer> makeLucene(const Shop& shop, const std::string& folder);
/// "flexsearch" or "minisearch", which web shops search with, in a process of Node.js (web/search.mjs). They
/// hold their index in memory. Empty when `run` has not installed them.
std::vector<Peer> makeWebPeer(const std::string& name, const Shop& shop, const std::string& folder);

} // namespace silta::bench

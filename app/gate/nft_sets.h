// Elements of the guest table's sets, by netlink: read, and changed many at once in one transaction. Knows
// the kernel, not the rules of who may pass.
#pragma once

#include <silta/result.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct mnl_socket;
struct nlmsghdr;

namespace silta::gate {

/// Named as in guest_table.h.
enum class NftSet { Guest4, Guest6, Session, Rate };

/// The longest key is a hardware address, padded to 8 bytes, with an IPv4 address.
struct NftKey {
    std::array<std::uint8_t, 12> bytes{};
    std::size_t size = 0;
    auto operator<=>(const NftKey&) const = default;
};

/// The two stateful expressions of an element of `session`.
struct NftUsage {
    std::uint64_t quotaBytes = 0, quotaUsedBytes = 0;
    std::uint64_t bytes = 0, packets = 0;
};

struct NftElement {
    NftKey key;
    std::optional<std::uint32_t> data; ///< of a map
    std::uint64_t ms = 0;              ///< to live: from now on when written, that are left when read
    std::optional<NftUsage> usage;     ///< of `session`
};

/// One step of a transaction.
struct NftChange {
    enum class Kind {
        Ensure, ///< add, if it is not there
        Remove, ///< it must be there
        Add,    ///< it must not be there
    };
    Kind kind;
    NftSet set;
    std::vector<NftElement> elements;
};

/// One netlink socket, opened once. Thread: one at a time.
class NftSets {
public:
    /// Errors: Io, Denied.
    static Result<std::unique_ptr<NftSets>> open();
    ~NftSets();
    NftSets(const NftSets&) = delete;
    NftSets& operator=(const NftSets&) = delete;

    /// All of it or nothing, in the order given; packets see the sets before or after, nothing between.
    /// Errors: Conflict (an element is there that must not be, or has other data), Full, Unavailable (no such
    /// table, or an element to remove is not there), Denied, Io.
    Result<void> commit(const std::vector<NftChange>& changes);
    /// Errors: Unavailable (no such table), Denied, Io.
    Result<std::vector<NftElement>> dump(NftSet set);
    /// In the order of `keys`; nothing for one that is not there. Errors: Denied, Io.
    Result<std::vector<std::optional<NftElement>>> get(NftSet set, std::span<const NftKey> keys);

private:
    explicit NftSets(mnl_socket* socket) : socket_(socket) {}
    Result<void> dumpOnce(NftSet set, std::vector<NftElement>& elements, bool& wasDisturbed);
    Result<void> getSome(NftSet set, std::span<const NftKey> keys,
                         std::span<std::optional<NftElement>> found);
    void drain();

    mnl_socket* socket_;
    bool owesAnswers_ = false; ///< to a question that was given up
    std::vector<char> reply_;  ///< room for what the kernel says at once
    std::uint32_t sequence_ = 0;
};

} // namespace silta::gate

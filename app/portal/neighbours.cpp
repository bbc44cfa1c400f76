#include "portal/neighbours.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <mutex>
#include <string_view>

namespace silta::portal {

namespace {

constexpr std::size_t kMessageBytesMax = 8'192;
constexpr std::size_t kMacBytes = 6;

struct SocketCloser {
    void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};

struct Question {
    std::array<std::uint8_t, 16> address{};
    std::size_t bytes = 0;
    std::uint8_t family = 0;
};

Result<Question> questionOf(const std::string& address) {
    Question question;
    if (::inet_pton(AF_INET, address.c_str(), question.address.data()) == 1) {
        question.family = AF_INET;
        question.bytes = 4;
    } else if (::inet_pton(AF_INET6, address.substr(0, address.find('%')).c_str(), question.address.data()) ==
               1) {
        question.family = AF_INET6;
        question.bytes = 16;
    } else {
        return Error{Errc::Invalid, "find device: not an address"};
    }
    return question;
}

/// One line of the table, of those that were heard of lately.
struct Entry {
    std::uint8_t family = 0;
    unsigned interfaceIndex = 0, state = 0;
    std::string_view address; ///< raw
    std::optional<gate::Mac> mac;
};

std::optional<Entry> entryOf(const nlmsghdr* header) {
    constexpr unsigned kDead = NUD_FAILED | NUD_INCOMPLETE | NUD_NONE;
    const auto* message = static_cast<const ndmsg*>(mnl_nlmsg_get_payload(header));
    if ((message->ndm_state & ~kDead) == 0) return std::nullopt;
    Entry entry{message->ndm_family, static_cast<unsigned>(message->ndm_ifindex), message->ndm_state, {}, {}};
    for (const auto* attribute =
             static_cast<const nlattr*>(mnl_nlmsg_get_payload_offset(header, sizeof *message));
         mnl_attr_ok(attribute,
                     static_cast<int>(static_cast<const char*>(mnl_nlmsg_get_payload_tail(header)) -
                                      static_cast<const char*>(static_cast<const void*>(attribute))));
         attribute = mnl_attr_next(attribute)) {
        const auto* payload = static_cast<const char*>(mnl_attr_get_payload(attribute));
        const auto bytes = std::size_t{mnl_attr_get_payload_len(attribute)};
        if (mnl_attr_get_type(attribute) == NDA_DST) entry.address = {payload, bytes};
        if (mnl_attr_get_type(attribute) == NDA_LLADDR && bytes == kMacBytes)
            std::memcpy(entry.mac.emplace().bytes.data(), payload, kMacBytes);
    }
    return entry.mac ? std::optional(entry) : std::nullopt;
}

using OnEntry = std::function<void(const Entry&)>;

int onNeighbour(const nlmsghdr* header, void* context) {
    if (const auto entry = entryOf(header)) (*static_cast<const OnEntry*>(context))(*entry);
    return MNL_CB_OK;
}

class KernelNeighbours final : public Neighbours {
public:
    KernelNeighbours(mnl_socket* socket, unsigned interfaceIndex)
        : socket_(socket), interfaceIndex_(interfaceIndex) {}

    Result<gate::Mac> macOf(const std::string& address) override {
        const auto question = questionOf(address);
        if (!question) return question.error();
        const std::string_view asked(
            static_cast<const char*>(static_cast<const void*>(question->address.data())), question->bytes);
        std::optional<gate::Mac> found;
        const auto done = ask(NLM_F_REQUEST, question->family, asked, [&](const Entry& entry) {
            if (entry.family == question->family && entry.address == asked && gate::isStation(*entry.mac))
                found = entry.mac;
        });
        if (!done) return done.error();
        if (!found) return Error{Errc::NotFound, "find device: nobody here has this address"};
        return *found;
    }

    // The whole table is read: there is no question by hardware address.
    std::optional<gate::Ipv4> ipv4Of(const gate::Mac& mac) override {
        std::optional<gate::Ipv4> found;
        bool isSure = false;
        const auto done = ask(NLM_F_REQUEST | NLM_F_DUMP, AF_INET, {}, [&](const Entry& entry) {
            if (entry.interfaceIndex != interfaceIndex_ || entry.mac != mac) return;
            std::uint32_t address = 0;
            if (entry.address.size() != sizeof address || isSure) return; // an old lease beside the new one
            std::memcpy(&address, entry.address.data(), sizeof address);
            found = gate::Ipv4{ntohl(address)};
            isSure = (entry.state & ~unsigned{NUD_STALE}) != 0;
        });
        return done ? found : std::nullopt;
    }

private:
    Result<void> ask(int flags, std::uint8_t family, std::string_view address, const OnEntry& onEntry) {
        const std::lock_guard lock(mutex_);
        std::array<char, kMessageBytesMax> buffer; // NOLINT(*-member-init): recvfrom fills it
        auto* header = mnl_nlmsg_put_header(buffer.data());
        header->nlmsg_type = RTM_GETNEIGH;
        header->nlmsg_flags = static_cast<std::uint16_t>(flags);
        header->nlmsg_seq = ++sequence_;
        auto* request = static_cast<ndmsg*>(mnl_nlmsg_put_extra_header(header, sizeof(ndmsg)));
        request->ndm_family = family;
        request->ndm_ifindex = static_cast<int>(interfaceIndex_);
        if (!address.empty()) mnl_attr_put(header, NDA_DST, address.size(), address.data());
        if (mnl_socket_sendto(socket_.get(), header, header->nlmsg_len) < 0)
            return Error{Errc::Io, "find device: the kernel is not to be asked"};
        const bool isDump = (flags & NLM_F_DUMP) == NLM_F_DUMP;
        for (int outcome = MNL_CB_OK; outcome > MNL_CB_STOP;) {
            const auto bytes = mnl_socket_recvfrom(socket_.get(), buffer.data(), buffer.size());
            if (bytes < 0) return Error{Errc::Io, "find device: the kernel does not answer"};
            OnEntry handler = onEntry;
            outcome = mnl_cb_run(buffer.data(), static_cast<std::size_t>(bytes), sequence_,
                                 mnl_socket_get_portid(socket_.get()), onNeighbour, &handler);
            if (outcome < 0 && errno == ENOENT) return {};
            if (outcome < 0) return Error{Errc::Io, "find device: the kernel refuses"};
            if (!isDump) break;
        }
        return {};
    }

    std::unique_ptr<mnl_socket, SocketCloser> socket_;
    unsigned interfaceIndex_;
    std::mutex mutex_; ///< guards the socket and what follows
    unsigned sequence_ = 0;
};

} // namespace

Result<std::unique_ptr<Neighbours>> openKernelNeighbours(const std::string& interface) {
    const auto index = if_nametoindex(interface.c_str());
    if (index == 0) return Error{Errc::NotFound, "find devices: there is no interface " + interface};
    std::unique_ptr<mnl_socket, SocketCloser> socket(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC));
    if (!socket || mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID) < 0)
        return Error{Errc::Io, "find devices: no netlink socket"};
    return std::unique_ptr<Neighbours>(std::make_unique<KernelNeighbours>(socket.release(), index));
}

std::optional<gate::Ipv4> OneNeighbour::ipv4Of(const gate::Mac& /*mac*/) {
    return std::nullopt;
}

Result<gate::Mac> OneNeighbour::macOf(const std::string& /*address*/) {
    return mac_;
}

} // namespace silta::portal

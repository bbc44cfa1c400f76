#include "portal/neighbours.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>

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

struct Search {
    const Question& question;
    bool isFound = false;
    gate::Mac mac;
};

int onNeighbour(const nlmsghdr* header, void* context) {
    auto& search = *static_cast<Search*>(context);
    const auto* entry = static_cast<const ndmsg*>(mnl_nlmsg_get_payload(header));
    constexpr unsigned kDead = NUD_FAILED | NUD_INCOMPLETE | NUD_NONE;
    if (entry->ndm_family != search.question.family || (entry->ndm_state & ~kDead) == 0) return MNL_CB_OK;
    bool isAsked = false;
    const std::uint8_t* link = nullptr;
    for (const auto* attribute =
             static_cast<const nlattr*>(mnl_nlmsg_get_payload_offset(header, sizeof *entry));
         mnl_attr_ok(attribute,
                     static_cast<int>(static_cast<const char*>(mnl_nlmsg_get_payload_tail(header)) -
                                      static_cast<const char*>(static_cast<const void*>(attribute))));
         attribute = mnl_attr_next(attribute)) {
        const auto* payload = static_cast<const std::uint8_t*>(mnl_attr_get_payload(attribute));
        const auto bytes = std::size_t{mnl_attr_get_payload_len(attribute)};
        if (mnl_attr_get_type(attribute) == NDA_DST && bytes == search.question.bytes)
            isAsked = std::memcmp(payload, search.question.address.data(), bytes) == 0;
        if (mnl_attr_get_type(attribute) == NDA_LLADDR && bytes == kMacBytes) link = payload;
    }
    if (!isAsked || link == nullptr) return MNL_CB_OK;
    std::memcpy(search.mac.bytes.data(), link, kMacBytes);
    search.isFound = gate::isStation(search.mac);
    return MNL_CB_OK;
}

class KernelNeighbours final : public Neighbours {
public:
    KernelNeighbours(mnl_socket* socket, unsigned interfaceIndex)
        : socket_(socket), interfaceIndex_(interfaceIndex) {}

    Result<gate::Mac> macOf(const std::string& address) override {
        const auto question = questionOf(address);
        if (!question) return question.error();
        const std::lock_guard lock(mutex_);
        std::array<char, kMessageBytesMax> buffer; // NOLINT(*-member-init): recvfrom fills it
        auto* header = mnl_nlmsg_put_header(buffer.data());
        header->nlmsg_type = RTM_GETNEIGH;
        header->nlmsg_flags = NLM_F_REQUEST;
        header->nlmsg_seq = ++sequence_;
        auto* request = static_cast<ndmsg*>(mnl_nlmsg_put_extra_header(header, sizeof(ndmsg)));
        request->ndm_family = question->family;
        request->ndm_ifindex = static_cast<int>(interfaceIndex_);
        mnl_attr_put(header, NDA_DST, question->bytes, question->address.data());
        if (mnl_socket_sendto(socket_.get(), header, header->nlmsg_len) < 0)
            return Error{Errc::Io, "find device: the kernel is not to be asked"};
        const auto bytes = mnl_socket_recvfrom(socket_.get(), buffer.data(), buffer.size());
        if (bytes < 0) return Error{Errc::Io, "find device: the kernel does not answer"};
        Search search{*question, false, {}};
        const auto outcome = mnl_cb_run(buffer.data(), static_cast<std::size_t>(bytes), sequence_,
                                        mnl_socket_get_portid(socket_.get()), onNeighbour, &search);
        if (outcome < 0 && errno != ENOENT) return Error{Errc::Io, "find device: the kernel refuses"};
        if (!search.isFound) return Error{Errc::NotFound, "find device: nobody here has this address"};
        return search.mac;
    }

private:
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

Result<gate::Mac> OneNeighbour::macOf(const std::string& /*address*/) {
    return mac_;
}

} // namespace silta::portal

#include "gate/nft_sets.h"

#include "gate/guest_table.h"

#include <fmt/format.h>
#include <libmnl/libmnl.h>
#include <libnftnl/common.h>
#include <libnftnl/expr.h>
#include <libnftnl/set.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace silta::gate {

namespace {

// A nested attribute has 16 bits of length, and an element of `session` takes 150 bytes of it.
constexpr std::size_t kElementsPerMessage = 100;
constexpr std::size_t kElementBytesMax = 256;
constexpr std::size_t kMessageBytesMax = 512; // without its elements
// The kernel answers each question with a buffer of its own, of up to 8 kB; they must fit the socket's.
constexpr std::size_t kGetMax = 64;
constexpr int kSendBufferBytes = 2 << 20;
constexpr int kReceiveBufferBytes = 2 << 20;
constexpr std::size_t kReceiveBytes = 64 * 1024;
// Another transaction disturbs a dump; they are the gate's own, so this is a loop that ends.
constexpr int kDumpTriesMax = 8;

struct SetDeleter {
    void operator()(nftnl_set* set) const { nftnl_set_free(set); }
};
using OwnedSet = std::unique_ptr<nftnl_set, SetDeleter>;

const char* nameOf(NftSet set) {
    switch (set) {
    case NftSet::Guest4:
        return "guest4";
    case NftSet::Guest6:
        return "guest6";
    case NftSet::Session:
        return "session";
    case NftSet::Rate:
        return "rate";
    }
    return "";
}

OwnedSet makeSet(NftSet name) {
    OwnedSet set(nftnl_set_alloc());
    nftnl_set_set_u32(set.get(), NFTNL_SET_FAMILY, NFPROTO_INET);
    nftnl_set_set_str(set.get(), NFTNL_SET_TABLE, kTableName);
    nftnl_set_set_str(set.get(), NFTNL_SET_NAME, nameOf(name));
    return set;
}

// In the order in which the set declares them: the kernel refuses another.
void addUsage(nftnl_set_elem* element, const NftUsage& usage) {
    auto* quota = nftnl_expr_alloc("quota");
    nftnl_expr_set_u64(quota, NFTNL_EXPR_QUOTA_BYTES, usage.quotaBytes);
    nftnl_expr_set_u64(quota, NFTNL_EXPR_QUOTA_CONSUMED, usage.quotaUsedBytes);
    nftnl_expr_set_u32(quota, NFTNL_EXPR_QUOTA_FLAGS, 0);
    nftnl_set_elem_add_expr(element, quota);
    auto* counter = nftnl_expr_alloc("counter");
    nftnl_expr_set_u64(counter, NFTNL_EXPR_CTR_BYTES, usage.bytes);
    nftnl_expr_set_u64(counter, NFTNL_EXPR_CTR_PACKETS, usage.packets);
    nftnl_set_elem_add_expr(element, counter);
}

void addKey(nftnl_set* set, const NftKey& key) {
    auto* made = nftnl_set_elem_alloc();
    nftnl_set_elem_set(made, NFTNL_SET_ELEM_KEY, key.bytes.data(), static_cast<std::uint32_t>(key.size));
    nftnl_set_elem_add(set, made);
}

void addElement(nftnl_set* set, const NftElement& element) {
    auto* made = nftnl_set_elem_alloc();
    nftnl_set_elem_set(made, NFTNL_SET_ELEM_KEY, element.key.bytes.data(),
                       static_cast<std::uint32_t>(element.key.size));
    if (element.data) nftnl_set_elem_set_u32(made, NFTNL_SET_ELEM_DATA, *element.data);
    nftnl_set_elem_set_u64(made, NFTNL_SET_ELEM_TIMEOUT, element.ms);
    if (element.usage) addUsage(made, *element.usage);
    nftnl_set_elem_add(set, made);
}

int readExpression(nftnl_expr* expression, void* context) {
    auto& usage = *static_cast<NftUsage*>(context);
    const std::string_view name = nftnl_expr_get_str(expression, NFTNL_EXPR_NAME);
    if (name == "quota") {
        usage.quotaBytes = nftnl_expr_get_u64(expression, NFTNL_EXPR_QUOTA_BYTES);
        usage.quotaUsedBytes = nftnl_expr_get_u64(expression, NFTNL_EXPR_QUOTA_CONSUMED);
    } else if (name == "counter") {
        usage.bytes = nftnl_expr_get_u64(expression, NFTNL_EXPR_CTR_BYTES);
        usage.packets = nftnl_expr_get_u64(expression, NFTNL_EXPR_CTR_PACKETS);
    }
    return 0;
}

int readElement(nftnl_set_elem* element, void* context) {
    NftElement read;
    std::uint32_t size = 0;
    const auto* key = nftnl_set_elem_get(element, NFTNL_SET_ELEM_KEY, &size);
    if (key == nullptr || size > read.key.bytes.size()) return 0; // not one that the gate could have made
    std::memcpy(read.key.bytes.data(), key, size);
    read.key.size = size;
    if (nftnl_set_elem_is_set(element, NFTNL_SET_ELEM_DATA))
        read.data = nftnl_set_elem_get_u32(element, NFTNL_SET_ELEM_DATA);
    if (nftnl_set_elem_is_set(element, NFTNL_SET_ELEM_EXPIRATION))
        read.ms = nftnl_set_elem_get_u64(element, NFTNL_SET_ELEM_EXPIRATION);
    NftUsage usage;
    nftnl_set_elem_expr_foreach(element, readExpression, &usage);
    if (usage.quotaBytes != 0) read.usage = usage;
    static_cast<std::vector<NftElement>*>(context)->push_back(read);
    return 0;
}

void readElements(const nlmsghdr* message, NftSet name, std::vector<NftElement>& elements) {
    const auto set = makeSet(name);
    if (nftnl_set_elems_nlmsg_parse(message, set.get()) == 0)
        nftnl_set_elem_foreach(set.get(), readElement, &elements);
}

// 0 is an acknowledgement.
int errorOf(const nlmsghdr* message) {
    return -static_cast<const nlmsgerr*>(mnl_nlmsg_get_payload(message))->error;
}

Error failure(const char* verb, int number) {
    const auto with = [verb, number](Errc code) {
        return Error{code, fmt::format("{} guest table: {}", verb, std::strerror(number))};
    };
    switch (number) {
    case ENOENT:
        return with(Errc::Unavailable);
    case EEXIST:
    case EBUSY:
        return with(Errc::Conflict);
    case ENFILE:
    case ENOMEM:
        return with(Errc::Full);
    case EPERM:
        return with(Errc::Denied);
    default:
        return with(Errc::Io);
    }
}

/// Messages one behind the other, as one send takes them.
class Messages {
public:
    Messages(std::size_t messages, std::size_t elements)
        : buffer_(messages * kMessageBytesMax + elements * kElementBytesMax) {}

    [[nodiscard]] char* next() { return buffer_.data() + used_; }
    void take(const nlmsghdr* message) { used_ += NLMSG_ALIGN(message->nlmsg_len); }
    [[nodiscard]] const char* data() const { return buffer_.data(); }
    [[nodiscard]] std::size_t size() const { return used_; }

private:
    std::vector<char> buffer_;
    std::size_t used_ = 0;
};

} // namespace

Result<std::unique_ptr<NftSets>> NftSets::open() {
    auto* socket = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
    if (socket == nullptr) return failure("open", errno);
    std::unique_ptr<NftSets> sets(new NftSets(socket));
    sets->reply_.resize(kReceiveBytes);
    if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0) return failure("open", errno);
    const auto fd = mnl_socket_get_fd(socket);
    // Beyond the system's limit, which CAP_NET_ADMIN may pass.
    if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &kSendBufferBytes, sizeof kSendBufferBytes) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBufferBytes, sizeof kReceiveBufferBytes) != 0)
        return failure("open", errno);
    return sets;
}

NftSets::~NftSets() {
    mnl_socket_close(socket_);
}

// An answer to a question that was given up must not be taken for one to the next. Whoever has heard all
// of the answer to this one says so.
void NftSets::drain() {
    std::array<char, 16> rest{};
    while (owesAnswers_ && ::recv(mnl_socket_get_fd(socket_), rest.data(), rest.size(), MSG_DONTWAIT) > 0) {
    }
    owesAnswers_ = true;
}

Result<void> NftSets::commit(const std::vector<NftChange>& changes) {
    std::size_t elements = 0;
    std::size_t messages = 2;
    for (const auto& change : changes) {
        elements += change.elements.size();
        messages += change.elements.size() / kElementsPerMessage + 1;
    }
    if (elements == 0) return {};
    drain();
    Messages batch(messages, elements);
    batch.take(nftnl_batch_begin(batch.next(), ++sequence_));
    nlmsghdr* last = nullptr;
    for (const auto& change : changes) {
        const auto all = std::span(change.elements);
        for (std::size_t from = 0; from < all.size(); from += kElementsPerMessage) {
            const auto set = makeSet(change.set);
            for (const auto& element : all.subspan(from, std::min(kElementsPerMessage, all.size() - from)))
                addElement(set.get(), element);
            using Kind = NftChange::Kind;
            const auto type = change.kind == Kind::Remove ? NFT_MSG_DELSETELEM : NFT_MSG_NEWSETELEM;
            const auto flags = change.kind == Kind::Remove   ? 0
                               : change.kind == Kind::Ensure ? NLM_F_CREATE
                                                             : NLM_F_CREATE | NLM_F_EXCL;
            last = nftnl_nlmsg_build_hdr(batch.next(), static_cast<std::uint16_t>(type), NFPROTO_INET,
                                         static_cast<std::uint16_t>(flags), ++sequence_);
            nftnl_set_elems_nlmsg_build_payload(last, set.get());
            batch.take(last);
        }
    }
    last->nlmsg_flags |= NLM_F_ACK;
    const auto awaited = last->nlmsg_seq;
    batch.take(nftnl_batch_end(batch.next(), ++sequence_));
    if (mnl_socket_sendto(socket_, batch.data(), batch.size()) < 0) return failure("change", errno);

    // The kernel has done all of it when send returns: what it has to say is there, and the awaited last.
    int firstError = 0;
    bool isDone = false;
    while (!isDone) {
        const auto bytes = ::recv(mnl_socket_get_fd(socket_), reply_.data(), reply_.size(), MSG_DONTWAIT);
        if (bytes <= 0) break;
        auto left = static_cast<int>(bytes);
        const auto* message = static_cast<const nlmsghdr*>(static_cast<const void*>(reply_.data()));
        for (; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
            if (message->nlmsg_type != NLMSG_ERROR) continue;
            const auto number = errorOf(message);
            if (firstError == 0) firstError = number;
            isDone = isDone || message->nlmsg_seq == awaited;
        }
    }
    owesAnswers_ = !isDone;
    if (firstError != 0) return failure("change", firstError);
    if (!isDone) return Error{Errc::Io, "change guest table: the kernel did not answer"};
    return {};
}

Result<void> NftSets::dumpOnce(NftSet set, std::vector<NftElement>& elements, bool& wasDisturbed) {
    drain();
    Messages question(1, 0);
    auto* message =
        nftnl_nlmsg_build_hdr(question.next(), NFT_MSG_GETSETELEM, NFPROTO_INET, NLM_F_DUMP, ++sequence_);
    nftnl_set_elems_nlmsg_build_payload(message, makeSet(set).get());
    question.take(message);
    if (mnl_socket_sendto(socket_, question.data(), question.size()) < 0) return failure("read", errno);
    while (true) {
        const auto bytes = mnl_socket_recvfrom(socket_, reply_.data(), reply_.size());
        if (bytes < 0) return failure("read", errno);
        auto left = static_cast<int>(bytes);
        const auto* part = static_cast<const nlmsghdr*>(static_cast<const void*>(reply_.data()));
        for (; mnl_nlmsg_ok(part, left); part = mnl_nlmsg_next(part, &left)) {
            if (part->nlmsg_flags & NLM_F_DUMP_INTR) wasDisturbed = true;
            if (part->nlmsg_type == NLMSG_ERROR) return failure("read", errorOf(part));
            if (part->nlmsg_type == NLMSG_DONE) {
                owesAnswers_ = false;
                return {};
            }
            readElements(part, set, elements);
        }
    }
}

Result<std::vector<NftElement>> NftSets::dump(NftSet set) {
    for (int i = 0; i < kDumpTriesMax; ++i) {
        std::vector<NftElement> elements;
        bool wasDisturbed = false;
        if (auto done = dumpOnce(set, elements, wasDisturbed); !done) return done.error();
        if (!wasDisturbed) return elements;
    }
    return Error{Errc::Io, "read guest table: it did not hold still"};
}

Result<void> NftSets::getSome(NftSet set, std::span<const NftKey> keys,
                              std::span<std::optional<NftElement>> found) {
    drain();
    Messages questions(keys.size(), keys.size());
    const auto first = sequence_ + 1;
    // A question for each: one for all would end at the first that is not there.
    for (const auto& key : keys) {
        const auto asked = makeSet(set);
        addKey(asked.get(), key);
        auto* message =
            nftnl_nlmsg_build_hdr(questions.next(), NFT_MSG_GETSETELEM, NFPROTO_INET, 0, ++sequence_);
        nftnl_set_elems_nlmsg_build_payload(message, asked.get());
        questions.take(message);
    }
    if (mnl_socket_sendto(socket_, questions.data(), questions.size()) < 0) return failure("read", errno);
    for (std::size_t answered = 0; answered < keys.size();) {
        const auto bytes = ::recv(mnl_socket_get_fd(socket_), reply_.data(), reply_.size(), MSG_DONTWAIT);
        if (bytes < 0) return failure("read", errno);
        auto left = static_cast<int>(bytes);
        const auto* part = static_cast<const nlmsghdr*>(static_cast<const void*>(reply_.data()));
        for (; mnl_nlmsg_ok(part, left); part = mnl_nlmsg_next(part, &left)) {
            ++answered;
            const auto index = part->nlmsg_seq - first;
            if (index >= keys.size()) return Error{Errc::Io, "read guest table: an answer nobody asked for"};
            if (part->nlmsg_type == NLMSG_ERROR) {
                const auto number = errorOf(part);
                if (number != ENOENT) return failure("read", number);
                continue;
            }
            std::vector<NftElement> elements;
            readElements(part, set, elements);
            if (elements.size() == 1) found[index] = elements.front();
        }
    }
    owesAnswers_ = false;
    return {};
}

Result<std::vector<std::optional<NftElement>>> NftSets::get(NftSet set, std::span<const NftKey> keys) {
    std::vector<std::optional<NftElement>> found(keys.size());
    for (std::size_t from = 0; from < keys.size(); from += kGetMax) {
        const auto count = std::min(kGetMax, keys.size() - from);
        auto done = getSome(set, keys.subspan(from, count), std::span(found).subspan(from, count));
        if (!done) return done.error();
    }
    return found;
}

} // namespace silta::gate

// EdgeService: what the kiosk asks of silta-edge over its Unix socket.
#pragma once

#include "view/job_queue.h"
#include "view/order_reply.h"
#include "view/staff_reply.h"

#include <silta/http.h>
#include <silta/scan.h>
#include <silta/time.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace silta::kiosk {

/// Longer than any answer of a healthy edge (single-digit milliseconds); a hung one must not make a shopper
/// wait.
inline constexpr long kEdgeTimeoutMs = 4'000;
/// A wishlist of a thousand items fits; anything larger is not our edge.
inline constexpr std::size_t kEdgeReplyBytesMax = 512u << 10;

/// The answer of GET /v1/status.
struct EdgeStatus {
    std::string deviceId, storeCode, storeName;
    bool enrolled = false;
    bool hubReachable = false;
    std::string sealKey;      ///< raw bytes of the hub's public sealing key, or empty
    std::string publicUrl;    ///< where shoppers' phones reach their lists, or empty
    std::string memberPrefix; ///< of member numbers, or empty
    bool hasGuestNetwork = false;
    bool enrolling = false;
    std::string enrolmentError; ///< in the edge's words; empty while there is none
    std::string catalogPath;
    std::int64_t catalogSeq = 0, stockSeq = 0;
    std::string mediaDir;
    bool operator==(const EdgeStatus&) const = default;
};

struct ListItem {
    std::string sku;
    int quantity = 1;
    bool operator==(const ListItem&) const = default;
};

/// The answer of GET /v1/wifi.
struct GuestWifi {
    enum class State { None, Closed, Open };
    State state = State::None;
    std::string name, password; ///< empty where the access points are not ours, or have none
    std::string code;           ///< joins a phone that photographs it; empty with no name
};

/// The answer of POST /v1/vouchers.
struct WifiVoucher {
    std::string letters; ///< to type: two groups of five
    std::string url;     ///< to photograph
    int minutes = 0;     ///< what it is good for
    UtcMs expiresMs = 0; ///< must be used before
};

inline constexpr std::size_t kSharedUrlBytesMax = 512;
/// A list that goes along with a voucher.
struct SharedList {
    std::string id;  ///< empty where there is none
    std::string url; ///< of its page at the hub; may be empty; edge takes kSharedUrlBytesMax
    bool operator==(const SharedList&) const = default;
};

/// One line of a consent: what was asked in which words, and the answer.
struct Consent {
    std::string purpose, channel, wordingHash;
    bool granted = false;
};

/// A sign-up as it leaves the process: the person's data is sealed already.
struct SealedSignUp {
    std::string memberId;
    std::string sealed; ///< raw bytes of the sealed box
    std::string lang;
    std::string wishlistId; ///< empty when none was made
    std::vector<Consent> consents;
};

/// An order as it leaves the process: the person's data is sealed already.
struct OrderRequest {
    struct Line {
        std::string sku;
        int quantity = 1;
        std::int64_t unitPriceMinor = 0;
    };
    std::string orderId; ///< UUIDv7; the same again is the same order
    OrderKind kind = OrderKind::Collect;
    std::string store; ///< of Collect elsewhere; empty: this one
    std::string lang, word, initials, currency;
    std::vector<Line> lines;
    std::string sealed; ///< raw bytes of the sealed box; empty where nobody said who they are
};

/// What of an order shall come back.
struct ReturnLine {
    std::string sku;
    int quantity = 1;
    std::string reason; ///< as app/docs/orders.md names them
};

/// Thread: methods on the GUI thread; the transport is used by the queue's jobs only.
/// Ownership: the queue must be stopped before this object and the receivers of its replies go.
/// Errors of every reply: Unavailable (no edge, or 503), Full (507), Invalid (400), NotFound (404), Corrupt
/// (an answer that is not what was agreed), Denied (403), Conflict (409), Limit (429), Internal (any other
/// status).
class EdgeService {
public:
    template <class T>
    using Reply = std::function<void(Result<T>)>;
    using List = std::vector<ListItem>;

    EdgeService(JobQueue& queue, std::unique_ptr<HttpTransport> transport, std::string socketPath);

    void status(QObject* receiver, Reply<EdgeStatus> reply);
    void list(QObject* receiver, const std::string& listId, Reply<List> reply);
    /// The list after the change; a value means that the change is on disk.
    void addItem(QObject* receiver, const std::string& listId, const std::string& sku,
                 const std::string& gtin, Reply<List> reply);
    void removeItem(QObject* receiver, const std::string& listId, const std::string& sku, Reply<List> reply);
    /// The new member's number.
    void join(QObject* receiver, const SealedSignUp& signUp, Reply<std::string> reply);
    void wifi(QObject* receiver, Reply<GuestWifi> reply);
    /// A new one, for one use, with the shopper's list for the phone.
    void voucher(QObject* receiver, const SharedList& list, Reply<WifiVoucher> reply);
    /// A few to choose one from.
    void orderWords(QObject* receiver, const std::string& lang, Reply<std::vector<std::string>> reply);
    /// Writes nothing.
    void checkOrder(QObject* receiver, const OrderRequest& order, Reply<OrderPromise> reply);
    /// A value means that the order is on disk. Where the answer is lost, the same again gives the same
    /// order. Errors besides: Conflict (the id is another order's).
    void placeOrder(QObject* receiver, const OrderRequest& order, Reply<Order> reply);
    /// One that was placed here.
    void order(QObject* receiver, const std::string& orderId, const std::string& lang, Reply<Order> reply);
    /// The order that a scanned code or a typed number means.
    void findOrder(QObject* receiver, const std::string& code, const std::string& lang, Reply<Order> reply);
    /// The shopper is here to fetch it.
    void arrive(QObject* receiver, const std::string& orderId, Reply<Order> reply);
    /// Errors besides: Denied (wrong word), Limit (too many wrong ones), Conflict (it has gone too far).
    void cancelOrder(QObject* receiver, const std::string& orderId, const std::string& word,
                     Reply<Order> reply);
    /// Errors besides: Conflict (nothing to bring back now).
    void askReturn(QObject* receiver, const std::string& orderId, const std::vector<ReturnLine>& lines,
                   Reply<Order> reply);
    /// Errors: as parseStaffAnswer(), Unavailable.
    void signInStaff(QObject* receiver, const std::string& badge, const std::string& pin,
                     Reply<StaffAnswer> reply);
    /// Writes down that they left; nobody waits for it.
    void noteStaff(QObject* receiver, const std::string& staffId, const std::string& action);
    void health(QObject* receiver, Reply<DeviceHealth> reply);
    void enrol(QObject* receiver, const Meaning& meaning, Reply<bool> reply);

private:
    template <class T>
    void send(QObject* receiver, HttpCall call, std::function<Result<T>(const std::string& body)> parse,
              Reply<T> reply);
    HttpCall call(const char* method, const std::string& path, std::string body) const;

    JobQueue& queue_;
    std::unique_ptr<HttpTransport> transport_;
    std::string socketPath_;
};

/// Reads the answer of GET /v1/status. Errors: Corrupt.
Result<EdgeStatus> parseEdgeStatus(const std::string& body);
/// Reads the answer of GET /v1/wifi. Errors: Corrupt.
Result<GuestWifi> parseGuestWifi(const std::string& body);
/// Reads the answer of POST /v1/vouchers. Errors: Corrupt.
Result<WifiVoucher> parseWifiVoucher(const std::string& body);
/// Reads a list. Errors: Corrupt.
Result<std::vector<ListItem>> parseList(const std::string& body);

} // namespace silta::kiosk

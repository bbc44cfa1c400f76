// HubClient: signed requests to the hub.
#pragma once

#include <silta/crypto.h>
#include <silta/http.h>
#include <silta/random.h>
#include <silta/time.h>

#include <string>

namespace silta {

/// Where the hub is and who we are to it.
struct HubAddress {
    std::string url;    ///< "https://hub.example", no slash at the end
    std::string caFile; ///< empty = the system's
    std::string deviceId;
    bool operator==(const HubAddress&) const = default;
};

/// Thread: one at a time. The transport and the keys must outlive it.
class HubClient {
public:
    /// `clock`: when certificates must be valid; null = by the machine's own clock.
    HubClient(HttpTransport& transport, HubAddress address, const KeyPair& keys, const Clock* clock = nullptr)
        : transport_(transport), address_(std::move(address)), keys_(keys), clock_(clock) {}

    /// Unsigned: what is public to the chain. Errors: Unavailable, Limit, NotFound (404), Denied.
    Result<HttpReply> get(const std::string& path, std::string_view etag = {});
    /// Downloads a file named by its hash, resuming what `target` already holds; checks the hash and removes
    /// a file that does not match. Errors: Unavailable, Corrupt, Full, NotFound.
    Result<void> download(const std::string& sha256, std::size_t bytesMax, const std::string& target);
    /// Signed; asks for a nonce when it has none, and again once when the hub no longer knows it.
    /// Errors: Unavailable (also for 5xx and 429, see retryAfterSeconds), Denied (401, 403), Invalid (other
    /// 4xx).
    Result<HttpReply> signedCall(const std::string& method, const std::string& target,
                                 const std::string& body, const std::string& incarnation,
                                 const std::vector<HttpHeader>& headers = {});

    /// Calls end early when this asks for it.
    void stopWith(std::stop_token stop) { stop_ = std::move(stop); }

    /// HttpTransport::begin: nothing else is asked of this client before its end.
    std::future<Result<HttpReply>> begin(std::function<Result<HttpReply>()> call) {
        return transport_.begin(std::move(call));
    }

    /// Asks the hub for the time without trust in its certificate, which may look not yet valid to a device
    /// with a wrong clock: the answer is signed, together with a nonce of ours. Errors: Unavailable, Denied
    /// (the signature), Invalid.
    Result<UtcMs> pinnedTime(const std::string& hubSignKey, Random& random);

    /// What the hub last asked for by Retry-After; 0 = nothing.
    [[nodiscard]] int retryAfterSeconds() const { return retryAfterSeconds_; }
    [[nodiscard]] const std::string& deviceId() const { return address_.deviceId; }

private:
    Result<HttpReply> send(HttpCall call);
    Result<void> fetchNonce();

    HttpTransport& transport_;
    HubAddress address_;
    const KeyPair& keys_;
    const Clock* clock_;
    std::stop_token stop_;
    std::string nonce_;
    int retryAfterSeconds_ = 0;
};

} // namespace silta

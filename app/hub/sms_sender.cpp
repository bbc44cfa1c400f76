#include "hub/sms_sender.h"

#include "core/json.h"
#include "core/log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace silta::hub {

namespace {

constexpr long kGatewayTimeoutMs = 10'000;
constexpr std::size_t kGatewayReplyBytesMax = 64 * 1024;

class GatewaySms final : public SmsSender {
public:
    GatewaySms(std::string url, std::string token, std::string caFile,
               std::unique_ptr<HttpTransport> transport)
        : url_(std::move(url)), token_(std::move(token)), caFile_(std::move(caFile)),
          transport_(std::move(transport)) {}

    Result<void> send(const std::string& phone, const std::string& text) override {
        HttpCall call;
        call.method = "POST";
        call.url = url_;
        call.caFile = caFile_;
        call.timeoutMs = kGatewayTimeoutMs;
        call.responseBytesMax = kGatewayReplyBytesMax;
        call.headers = {{"Content-Type", "application/json"}};
        if (!token_.empty()) call.headers.push_back({"Authorization", "Bearer " + token_});
        call.body = dumpJson({{"to", phone}, {"text", text}});
        auto reply = transport_->send(call);
        if (!reply) return reply.error();
        if (reply->status >= 200 && reply->status < 300) return {};
        const auto code = reply->status == 401 || reply->status == 403 ? Errc::Denied : Errc::Unavailable;
        return Error{code, fmt::format("send sms: the gateway answered with status {}", reply->status)};
    }

private:
    std::string url_, token_, caFile_;
    std::unique_ptr<HttpTransport> transport_;
};

class FileSms final : public SmsSender {
public:
    explicit FileSms(std::string path) : path_(std::move(path)) {}

    Result<void> send(const std::string& phone, const std::string& text) override {
        const int fd = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0) return Error{Errc::Io, "write sms: cannot open the file"};
        const auto line = dumpJson({{"to", phone}, {"text", text}}) + "\n";
        const auto written = ::write(fd, line.data(), line.size());
        ::close(fd);
        if (written != static_cast<ssize_t>(line.size())) return Error{Errc::Io, "write sms: cut off"};
        return {};
    }

private:
    std::string path_;
};

} // namespace

std::unique_ptr<SmsSender> makeGatewaySms(std::string url, std::string token, std::string caFile,
                                          std::unique_ptr<HttpTransport> transport) {
    return std::make_unique<GatewaySms>(std::move(url), std::move(token), std::move(caFile),
                                        std::move(transport));
}

std::unique_ptr<SmsSender> makeFileSms(std::string path) {
    return std::make_unique<FileSms>(std::move(path));
}

SmsQueue::SmsQueue(std::unique_ptr<SmsSender> sender)
    : sender_(std::move(sender)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

SmsQueue::~SmsQueue() {
    thread_.request_stop();
    wake_.notify_all();
}

bool SmsQueue::hasRoom() const {
    const std::lock_guard lock(mutex_);
    return messages_.size() < kSmsWaitingMax;
}

Result<void> SmsQueue::push(std::string phone, std::string text) {
    {
        const std::lock_guard lock(mutex_);
        if (messages_.size() >= kSmsWaitingMax) return Error{Errc::Limit, "send sms: too many wait"};
        messages_.push_back({std::move(phone), std::move(text)});
    }
    wake_.notify_all();
    return {};
}

void SmsQueue::run(const std::stop_token& stop) {
    for (;;) {
        Message message;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return !messages_.empty(); });
            if (stop.stop_requested()) return;
            message = std::move(messages_.front());
            messages_.pop_front();
        }
        if (auto done = sender_->send(message.phone, message.text); !done)
            log::warning("hub", "sms not sent code={} cause=\"{}\"", toString(done.error().code),
                         done.error().what);
    }
}

} // namespace silta::hub

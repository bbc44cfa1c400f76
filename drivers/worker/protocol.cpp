#include "drivers/worker/protocol.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace silta::drivers {

namespace {

constexpr std::size_t kAimBytesMax = 8;
// Errors that decode() has, by their number in an answer; 0 says that codes follow.
constexpr std::array kErrors = {Errc::Invalid, Errc::Limit, Errc::Internal};

class Writer {
public:
    void number(std::size_t value) {
        bytes_.push_back(static_cast<std::byte>(value & 0xffU));
        bytes_.push_back(static_cast<std::byte>(value >> 8U));
    }
    void text(std::string_view text) {
        number(text.size());
        const auto* begin = reinterpret_cast<const std::byte*>(text.data());
        bytes_.insert(bytes_.end(), begin, begin + text.size());
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

/// After the first thing that is not there, everything is empty and `isSound` false.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::size_t number() {
        if (bytes_.size() < 2) return fail();
        const auto value = std::to_integer<std::size_t>(bytes_[0]) | std::to_integer<std::size_t>(bytes_[1])
                                                                         << 8U;
        bytes_ = bytes_.subspan(2);
        return value;
    }
    std::string text(std::size_t bytesMax) {
        const auto size = number();
        if (size > bytesMax || size > bytes_.size()) {
            fail();
            return {};
        }
        std::string text(reinterpret_cast<const char*>(bytes_.data()), size);
        bytes_ = bytes_.subspan(size);
        return text;
    }
    [[nodiscard]] bool isSound() const { return isSound_; }
    [[nodiscard]] bool isAtEnd() const { return bytes_.empty(); }

private:
    std::size_t fail() {
        isSound_ = false;
        bytes_ = {};
        return 0;
    }

    std::span<const std::byte> bytes_;
    bool isSound_ = true;
};

Error corrupt() {
    return Error{Errc::Corrupt, "decode picture: the decoder's answer makes no sense"};
}

} // namespace

std::vector<std::byte> packReply(const Result<std::vector<SeenCode>>& reply) {
    Writer writer;
    if (!reply) {
        const auto* known = std::find(kErrors.begin(), kErrors.end(), reply.error().code);
        writer.number(known == kErrors.end() ? kErrors.size()
                                             : static_cast<std::size_t>(known - kErrors.begin()) + 1);
        return writer.take();
    }
    const auto count = std::min<std::size_t>(reply->size(), kSymbolsMax);
    writer.number(0);
    writer.number(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& code = (*reply)[i];
        writer.number(static_cast<std::size_t>(code.symbology));
        for (const int side : {code.left, code.top, code.right, code.bottom})
            writer.number(static_cast<std::size_t>(std::clamp(side, 0, kDecodeSideMax)));
        writer.text(std::string_view(code.aimId).substr(0, kAimBytesMax));
        writer.text(std::string_view(code.bytes).substr(0, kScanBytesMax));
    }
    return writer.take();
}

Result<std::vector<SeenCode>> unpackReply(std::span<const std::byte> bytes) {
    Reader reader(bytes);
    const auto status = reader.number();
    if (!reader.isSound() || status > kErrors.size()) return corrupt();
    if (status > 0) return Error{kErrors[status - 1], "decode picture: the decoder refused it"};
    const auto count = reader.number();
    if (count > kSymbolsMax) return corrupt();
    std::vector<SeenCode> codes(count);
    for (auto& code : codes) {
        const auto symbology = reader.number();
        if (symbology > static_cast<std::size_t>(Symbology::Other)) return corrupt();
        code.symbology = static_cast<Symbology>(symbology);
        for (int* side : {&code.left, &code.top, &code.right, &code.bottom})
            *side = std::min(static_cast<int>(reader.number()), kDecodeSideMax);
        code.aimId = reader.text(kAimBytesMax);
        code.bytes = reader.text(kScanBytesMax);
    }
    if (!reader.isSound() || !reader.isAtEnd()) return corrupt();
    return codes;
}

} // namespace silta::drivers

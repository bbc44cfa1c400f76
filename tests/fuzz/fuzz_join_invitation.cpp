// Whatever is read as an invitation is written as the same letters again, but for its signature.
#include "fuzz_check.h"
#include "shopper/join_invitation.h"

#include <silta/uuid.h>

#include <cstddef>
#include <cstdint>

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto keys = makeSigningKeys();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = readInvitation(text);
    check(!isInvitationBy(text, keys.publicKey));
    if (!read) return 0;
    check(isUuid(read->memberId) && read->madeMs >= 0);
    const auto letters = signInvitation(*read, keys);
    check(letters.size() == kInvitationLetters && isInvitationBy(letters, keys.publicKey));
    const auto again = readInvitation(letters);
    check(again && again->deviceId == read->deviceId && again->memberId == read->memberId &&
          again->number == read->number && again->madeMs == read->madeMs);
    return 0;
}

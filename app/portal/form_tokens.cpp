#include "portal/form_tokens.h"

#include "portal/limits.h"

#include <silta/crypto.h>

#include <algorithm>

namespace silta::portal {

namespace {

constexpr std::size_t kTokenBytes = 16;

} // namespace

std::string FormTokens::issue(const std::string& holder) {
    if (issued_.size() >= kDevicesMax && !issued_.contains(holder)) forgetOldest();
    auto& tokens = issued_[holder];
    if (tokens.size() >= kTokensPerDeviceMax) tokens.pop_front();
    tokens.push_back({random_.hex(kTokenBytes), clock_.steadyMs()});
    return tokens.back().token;
}

bool FormTokens::take(const std::string& holder, std::string_view token) {
    const auto it = issued_.find(holder);
    if (it == issued_.end()) return false;
    auto& tokens = it->second;
    const auto found =
        std::ranges::find_if(tokens, [&](const Issued& issued) { return sameBytes(issued.token, token); });
    if (found == tokens.end()) return false;
    const bool isFresh = clock_.steadyMs() - found->sinceMs <= kTokenMs;
    tokens.erase(found);
    if (tokens.empty()) issued_.erase(it);
    return isFresh;
}

/// Rare: only a network full of strange devices fills the table.
void FormTokens::forgetOldest() {
    const auto now = clock_.steadyMs();
    std::erase_if(issued_, [now](const auto& entry) { return now - entry.second.back().sinceMs > kTokenMs; });
    if (issued_.size() < kDevicesMax) return;
    const auto oldest =
        std::ranges::min_element(issued_, {}, [](const auto& entry) { return entry.second.back().sinceMs; });
    issued_.erase(oldest);
}

} // namespace silta::portal

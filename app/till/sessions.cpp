#include "till/sessions.h"

#include "till/limits.h"
#include "web/form_body.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta::till {

namespace {

constexpr std::size_t kCookieBytes = 32;
constexpr std::size_t kTokenBytes = 16;

} // namespace

std::string cookieNamed(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const auto end = std::min(header.find(';'), header.size());
        const auto pair = trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string(pair.substr(equals + 1));
    }
    return {};
}

std::string cookieOf(std::string_view name, std::string_view value) {
    return fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict{}", name, value,
                       value.empty() ? "; Max-Age=0" : "");
}

std::string formToken(std::string_view key, std::string_view action) {
    return toBase64(hmacSha256(sha256(key), action).substr(0, kTokenBytes));
}

bool Sessions::isOver(const Entry& entry, std::int64_t now) const {
    return now - entry.usedMs > idleMs_ || now - entry.sinceMs > kSessionMsMax;
}

std::string Sessions::begin(Session session) {
    auto cookie = random_.hex(kCookieBytes);
    session.formKey = random_.hex(kCookieBytes);
    const auto now = clock_.steadyMs();
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= kSessionsMax)
        entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& e) { return e.second.usedMs; }));
    entries_[sha256(cookie)] = {std::move(session), now, now, {}, {}};
    return cookie;
}

std::optional<Session> Sessions::find(const std::string& cookie, bool isUse) {
    if (cookie.empty()) return std::nullopt;
    const auto now = clock_.steadyMs();
    const std::lock_guard lock(mutex_);
    const auto entry = entries_.find(sha256(cookie));
    if (entry == entries_.end() || isOver(entry->second, now)) return std::nullopt;
    if (isUse) entry->second.usedMs = now;
    return entry->second.session;
}

void Sessions::end(const std::string& cookie) {
    const std::lock_guard lock(mutex_);
    entries_.erase(sha256(cookie));
}

void Sessions::noteMember(const std::string& cookie) {
    const std::lock_guard lock(mutex_);
    const auto entry = entries_.find(sha256(cookie));
    if (entry == entries_.end()) return;
    entry->second.memberMs = clock_.steadyMs();
    entry->second.memberLetters.clear();
}

bool Sessions::hasMember(const std::string& cookie, const std::string& letters) {
    const auto now = clock_.steadyMs();
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(sha256(cookie));
    if (found == entries_.end()) return false;
    auto& entry = found->second;
    if (!entry.memberMs || now - *entry.memberMs > kMemberShownMs) return false;
    if (entry.memberLetters.empty()) {
        entry.memberLetters = letters;
        entry.memberMs = now;
    }
    return entry.memberLetters == letters;
}

std::vector<Session> Sessions::sweep() {
    const auto now = clock_.steadyMs();
    std::vector<Session> over;
    const std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](const auto& entry) {
        if (!isOver(entry.second, now)) return false;
        over.push_back(entry.second.session);
        return true;
    });
    return over;
}

std::size_t Sessions::count() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

} // namespace silta::till

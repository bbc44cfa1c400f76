// Coupons and gift cards: see TokenDesk.
#include "core/local_time.h"
#include "core/log.h"
#include "edge/engine.h"
#include "edge/next_thing.h"
#include "sync/private_feed.h"

namespace silta {

Result<TokenDesk::Setting> Engine::tokenSetting() const {
    const std::lock_guard lock(stateMutex_);
    if (!enrolment_) return Error{Errc::Unavailable, "use token: this device is not enrolled yet"};
    const auto now = clock_.nowMs();
    return TokenDesk::Setting{enrolment_->storeCode, localTimeOf(now).date, now,
                              clock_.steadyMs(),     hub_.reachable,        clock_.isSynced()};
}

TokenDesk Engine::tokenDesk(TokenDesk::Setting setting) {
    return {*journal_, tokenRules_, tokenEscrow_, random_, clock_, std::move(setting)};
}

Result<TokenAnswer> Engine::withTokens(const TokenWork& work) {
    auto setting = tokenSetting();
    if (!setting) return setting.error();
    Result<TokenAnswer> answer = TokenAnswer{};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto desk = tokenDesk(std::move(*setting));
        answer = work(desk);
    }
    if (answer && (answer->word == TokenWord::Asking || answer->word == TokenWord::Done)) wake();
    return answer;
}

std::optional<Campaign> Engine::couponEndingSoon() const {
    const auto setting = tokenSetting();
    if (!setting || !setting->isTimeKnown) return std::nullopt;
    const std::lock_guard lock(journalMutex_);
    const auto* coupon = silta::couponEndingSoon(tokenRules_, setting->storeCode, setting->today);
    return coupon == nullptr ? std::nullopt : std::optional(*coupon);
}

Result<void> Engine::tendTokens() {
    auto setting = tokenSetting();
    if (!setting) return setting.error();
    // A clock that woke up years ahead would forget what still counts.
    const auto day = setting->isTimeKnown ? setting->today : tokensDay_;
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open;
    auto desk = tokenDesk(std::move(*setting));
    if (auto done = desk.tend(); !done) return done.error();
    if (tokensDay_ == day) return {};
    if (auto done = desk.forgetOldUses(); !done) return done;
    tokensDay_ = day;
    return {};
}

Result<void> Engine::noteRefusals(const std::vector<LeaseRefusal>& refusals) {
    if (refusals.empty()) return {};
    auto setting = tokenSetting();
    if (!setting) return setting.error();
    const std::lock_guard lock(journalMutex_);
    tokenDesk(std::move(*setting)).noteRefusals(refusals);
    return {};
}

/// Rules that the hub signed and this program cannot read, because a newer hub knows more kinds, are left
/// out: those before go on. Whatever else came in their place is asked for again with the next pull, and
/// holds up nothing.
Result<void> Engine::pullTokens(const std::string& tag) {
    if (tag == badRulesTag_) return {};
    std::string signKey;
    {
        const std::lock_guard lock(stateMutex_);
        signKey = enrolment_->signKey;
    }
    auto pulled = pullTokenRules(*journal_, journalMutex_, *client_, tag, signKey);
    if (!pulled) {
        const auto& error = pulled.error();
        if (error.code == Errc::Full || error.code == Errc::Io || error.code == Errc::Unavailable)
            return error;
        log::warning("edge", "token rules left out cause=\"{}\"", error.what);
        if (error.code == Errc::Unsupported) {
            badRulesTag_ = tag;
            return {};
        }
        const std::lock_guard lock(stateMutex_);
        feedWanted_ = true;
        return {};
    }
    if (!*pulled) return {};
    const std::lock_guard lock(journalMutex_);
    tokenRules_ = std::move(**pulled);
    return {};
}

void Engine::loadTokens() {
    const auto text = journal_->setting(kTokenRulesSetting);
    if (!text) return; // none has come yet
    auto rules = readTokenRules(*text);
    if (rules)
        tokenRules_ = std::move(*rules);
    else
        log::warning("edge", "token rules not read cause=\"{}\"", rules.error().what);
}

} // namespace silta

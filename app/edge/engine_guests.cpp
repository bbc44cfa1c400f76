// What guests of the Wi-Fi do: sign up, use vouchers, be counted.
#include "core/local_time.h"
#include "edge/engine.h"
#include "sync/private_feed.h"

#include <silta/scan.h>

#include <optional>

namespace silta {

namespace {

constexpr std::int64_t kNoteGuestsMs = 60'000; // what a power cut forgets of the counts
constexpr std::size_t kSealOverheadBytes = 48; // of a box around nothing
constexpr UtcMs kSignUpRememberedMs = UtcMs{7} * 24 * 60 * 60 * 1000; // a portal asks again within minutes

bool looksSealed(const std::string& sealed) {
    const auto box = fromBase64(sealed);
    return box && box->size() > kSealOverheadBytes;
}

Result<void> forgetSignUps(Database& database, UtcMs nowMs) {
    auto forget = database.prepare("DELETE FROM guest_sign_up WHERE created_ms < ?");
    if (!forget) return forget.error();
    return forget->bind(0, nowMs - kSignUpRememberedMs).run();
}

} // namespace

Result<Engine::GuestDesk> Engine::guestDesk() const {
    const std::lock_guard lock(stateMutex_);
    if (!enrolment_) return Error{Errc::Unavailable, "serve guests: this device is not enrolled yet"};
    return GuestDesk{enrolment_->storeCode, enrolment_->storeName, enrolment_->sealKey,
                     enrolment_->publicUrl};
}

Result<void> Engine::signUpGuest(const GuestSignUp& signUp) {
    if (auto desk = guestDesk(); !desk) return desk.error();
    if (!signUp.isSomebody()) return {};
    if (!signUp.sealed.empty() && !looksSealed(signUp.sealed))
        return Error{Errc::Invalid, "sign up guest: not a sealed box"};
    if (!signUp.memberNumber.empty() && !isLuhnValid(signUp.memberNumber))
        return Error{Errc::Invalid, "sign up guest: no member number"};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open;
        auto known = journal_->database().prepare("SELECT 1 FROM guest_sign_up WHERE id = ?");
        if (!known) return known.error();
        auto row = known->bind(0, signUp.signUpId).step();
        if (!row) return row.error();
        if (*row) return {};
        known->reset();
        auto recorded = journal_->record(
            {.entity = "guest/" + signUp.signUpId, .type = "wifi.signup"},
            [this, &signUp](Database& database, const OperationStamp&) -> Result<Json> {
                auto insert = database.prepare("INSERT INTO guest_sign_up(id, created_ms) VALUES(?, ?)");
                if (!insert) return insert.error();
                if (auto done = insert->bind(0, signUp.signUpId).bind(1, clock_.nowMs()).run(); !done)
                    return done.error();
                return toJson(signUp);
            });
        if (!recorded) return recorded.error();
    }
    wake();
    return {};
}

Result<std::optional<WelcomeCoupon>> Engine::welcomeCoupon() {
    std::string text;
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        text = journal_->setting(kWelcomeCouponSetting).value_or("");
    }
    if (text.empty()) return std::optional<WelcomeCoupon>();
    auto json = parseJson(text, kOperationBytesMax);
    if (!json) return json.error();
    auto coupon = parseWelcomeCoupon(*json);
    if (!coupon) return coupon.error();
    if (coupon->lastDay < localTimeOf(clock_.nowMs()).date) return std::optional<WelcomeCoupon>();
    return std::optional(std::move(*coupon));
}

Result<void> Engine::countGuestEvent(const std::string& kind, const std::string& way, std::int64_t times) {
    const std::lock_guard lock(stateMutex_);
    return guests_.count(dayOf(clock_.nowMs()), kind, way, times);
}

Result<void> Engine::noteGuests() {
    const auto today = dayOf(clock_.nowMs());
    GuestMeter fresh;
    {
        const std::lock_guard lock(stateMutex_);
        if (clock_.steadyMs() < nextGuestsMs_) return {};
        if (guests_.isEmpty() && guestsDay_ == today) return {};
        fresh = guests_;
    }
    nextGuestsMs_ = clock_.steadyMs() + kNoteGuestsMs;
    bool reported = false;
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open;
        if (!fresh.isEmpty()) {
            if (auto done = journal_->apply([&](Database& database) { return fresh.write(database); }); !done)
                return done;
            const std::lock_guard state(stateMutex_);
            guests_.subtract(fresh);
        }
        auto days = countedDays(journal_->database(), today);
        if (!days) return days.error();
        for (const auto& day : *days) {
            auto recorded =
                journal_->record({.entity = "guests/" + day, .type = "wifi.counts"},
                                 [&day](Database& database, const OperationStamp&) -> Result<Json> {
                                     auto counts = takeCounts(database, day);
                                     if (!counts) return counts.error();
                                     return countsJson(day, *counts);
                                 });
            if (!recorded) return recorded.error();
            reported = true;
        }
        if (guestsDay_ != today)
            if (auto done = journal_->apply(
                    [&](Database& database) { return forgetSignUps(database, clock_.nowMs()); });
                !done)
                return done;
    }
    guestsDay_ = today;
    if (reported) wake();
    return {};
}

Result<Engine::IssuedVoucher> Engine::makeVoucher(int minutes, std::int64_t quotaBytes, int validMinutes,
                                                  const VoucherList& list) {
    constexpr UtcMs kMsPerMinute = 60'000;
    auto desk = guestDesk();
    if (!desk) return desk.error();
    const auto now = clock_.nowMs();
    IssuedVoucher issued{{makeVoucherId(random_), minutes, quotaBytes, now + validMinutes * kMsPerMinute},
                         {}};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto done = journal_->apply(
            [&](Database& database) { return VoucherBook(database).add(issued.voucher, now); });
        if (!done) return done.error();
    }
    if (!list.id.empty()) {
        const std::lock_guard lock(stateMutex_);
        const auto endOf = [](const auto& entry) { return entry.second.expiresMs; };
        std::erase_if(voucherLists_, [&](const auto& entry) { return endOf(entry) <= now; });
        if (voucherLists_.size() >= kVoucherListsMax)
            voucherLists_.erase(std::ranges::min_element(voucherLists_, {}, endOf));
        // An address that the hub has no more is left out; the list is not.
        voucherLists_[issued.voucher.id] = {
            {list.id, isListAddress(list, desk->publicUrl) ? list.url : std::string()},
            issued.voucher.expiresMs};
    }
    const std::lock_guard lock(keyMutex_);
    issued.token = voucherToken(issued.voucher, desk->storeCode, identity_.keys);
    return issued;
}

Result<Engine::VoucherAnswer> Engine::redeemVoucher(const std::string& text, const std::string& usedFor) {
    auto desk = guestDesk();
    if (!desk) return desk.error();
    std::optional<Voucher> voucher;
    if (isVoucherToken(text)) {
        const std::lock_guard lock(keyMutex_);
        if (auto read = readVoucherToken(text, desk->storeCode, identity_.keys.publicKey)) voucher = *read;
    }
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open.error();
    if (!voucher) {
        const auto id = normalizeVoucher(text);
        if (id.empty()) return VoucherAnswer{};
        auto found = VoucherBook(journal_->database()).find(id);
        if (!found && found.error().code == Errc::NotFound) return VoucherAnswer{};
        if (!found) return found.error();
        voucher = *found;
    }
    VoucherAnswer answer;
    auto done = journal_->apply([&](Database& database) -> Result<void> {
        auto use = VoucherBook(database).use(*voucher, usedFor, clock_.nowMs());
        if (!use) return use.error();
        answer.use = *use;
        return {};
    });
    if (!done) return done.error();
    if (answer.use != VoucherUse::Taken) return answer;
    answer.voucher = *voucher;
    const std::lock_guard state(stateMutex_);
    if (const auto it = voucherLists_.find(voucher->id); it != voucherLists_.end())
        answer.list = it->second.list;
    return answer;
}

Result<CodeAsker*> Engine::codeAsker() {
    if (auto desk = guestDesk(); !desk) return desk.error();
    if (!codeAsker_) return Error{Errc::Unavailable, "ask for code: nobody to ask"};
    return codeAsker_.get();
}

Result<HubAsker::Access> Engine::hubAccess() const {
    HubAddress address;
    std::string incarnation;
    {
        const std::lock_guard lock(stateMutex_);
        if (!enrolment_) return Error{Errc::Unavailable, "ask hub: this device is not enrolled yet"};
        address = {enrolment_->hubUrl, config_.hubCaFile, identity_.id};
    }
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        incarnation = journal_->incarnation();
    }
    const std::lock_guard lock(keyMutex_);
    return HubAsker::Access{std::move(address), identity_.keys, std::move(incarnation)};
}

} // namespace silta

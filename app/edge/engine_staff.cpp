// Staff at the till: who they are, and what they did.
#include "edge/engine.h"

#include <silta/crypto.h>

namespace silta {

namespace {

constexpr std::size_t kUnknownBadgesMax = 256;

/// A hash of no PIN: a badge that is nobody's takes as long as one that is somebody's.
const std::string& hashOfNothing() {
    static const std::string hash = hashPin("no pin").value_or("");
    return hash;
}

} // namespace

Result<Engine::TillDesk> Engine::tillDesk() const {
    const std::lock_guard lock(stateMutex_);
    if (!enrolment_) return Error{Errc::Unavailable, "serve till: this device is not enrolled yet"};
    return TillDesk{
        {enrolment_->storeCode, enrolment_->storeName, enrolment_->sealKey, enrolment_->publicUrl},
        enrolment_->memberPrefix,
        hub_.reachable};
}

Result<void> Engine::recordStaff(const std::string& staffId, const std::string& action) {
    const StaffEvent event{staffId, action, clock_.nowMs()};
    auto recorded = journal_->record(
        {.entity = "staff/" + staffId, .type = "staff.event"},
        [&event](Database&, const OperationStamp&) -> Result<Json> { return toJson(event); });
    return recorded ? Result<void>{} : recorded.error();
}

Result<void> Engine::noteStaff(const std::string& staffId, const std::string& action) {
    if (auto read = parseStaffEvent(toJson(StaffEvent{staffId, action, 0})); !read) return read.error();
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open;
        if (auto done = recordStaff(staffId, action); !done) return done;
    }
    wake();
    return {};
}

Result<Staff> Engine::activeStaff(const std::string& id) const {
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open.error();
    return StaffBook(journal_->database()).find(id);
}

/// What is counted of badges that are nobody's is told as of the others, so that nobody learns which are
/// good.
Engine::StaffSignIn Engine::countUnknownBadge(const std::string& badge) {
    const auto now = clock_.steadyMs();
    std::erase_if(unknownBadges_, [now](const auto& entry) {
        return entry.second.untilMs != 0 && entry.second.untilMs + kLockMsMax < now;
    });
    if (unknownBadges_.size() >= kUnknownBadgesMax && !unknownBadges_.contains(badge)) unknownBadges_.clear();
    auto& known = unknownBadges_[badge];
    if (known.untilMs > now) return {StaffSignIn::Outcome::Locked, {}, 0, known.untilMs - now};
    ++known.tries;
    const auto left = (kPinTriesMax - known.tries % kPinTriesMax) % kPinTriesMax;
    if (left > 0) return {StaffSignIn::Outcome::Wrong, {}, left, 0};
    const auto length = pinLockMs(known.tries / kPinTriesMax);
    known.untilMs = now + length;
    return {StaffSignIn::Outcome::Locked, {}, 0, length};
}

Result<Engine::StaffSignIn> Engine::signInStaff(const std::string& badge, const std::string& pin) {
    const std::lock_guard one(pinMutex_);
    Staff staff;
    std::int64_t triesLeft = 0;
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto found = StaffBook(journal_->database()).findByBadge(badge);
        if (!found && found.error().code != Errc::NotFound) return found.error();
        if (found) {
            staff = std::move(*found);
            auto until = StaffBook(journal_->database()).lockedUntil(staff.id, clock_.nowMs());
            if (!until) return until.error();
            if (*until > 0) {
                // A clock that was put back must not lock anybody out for longer than a lock lasts.
                auto shortened = journal_->apply([&](Database& database) {
                    return StaffBook(database).shortenLock(staff.id, clock_.nowMs());
                });
                if (!shortened) return shortened.error();
                return StaffSignIn{StaffSignIn::Outcome::Locked, {}, 0, *until - clock_.nowMs()};
            }
            auto done = journal_->apply([&](Database& database) -> Result<void> {
                auto left = StaffBook(database).countTry(staff.id, clock_.nowMs());
                if (!left) return left.error();
                triesLeft = *left;
                return {};
            });
            if (!done) return done.error();
        }
    }
    const bool isRight = isPin(pin, staff.id.empty() ? hashOfNothing() : staff.pinHash) && !staff.id.empty();
    if (staff.id.empty()) return countUnknownBadge(badge);
    StaffSignIn answer{StaffSignIn::Outcome::Welcome, staff, 0, 0};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        StaffBook book(journal_->database());
        if (isRight) {
            auto done = journal_->apply(
                [&](Database& database) { return StaffBook(database).forgetTries(staff.id); });
            if (!done) return done.error();
        } else {
            auto until = book.lockedUntil(staff.id, clock_.nowMs());
            if (!until) return until.error();
            answer =
                triesLeft > 0
                    ? StaffSignIn{StaffSignIn::Outcome::Wrong, {}, triesLeft, 0}
                    : StaffSignIn{
                          StaffSignIn::Outcome::Locked, {}, 0, std::max<UtcMs>(*until - clock_.nowMs(), 1)};
        }
        const auto* action = isRight ? "sign-in" : triesLeft > 0 ? "refused" : "locked";
        if (auto done = recordStaff(staff.id, action); !done) return done.error();
    }
    wake();
    return answer;
}

Result<MemberAsker*> Engine::memberAsker() {
    if (auto desk = tillDesk(); !desk) return desk.error();
    if (!memberAsker_) return Error{Errc::Unavailable, "ask for member: nobody to ask"};
    return memberAsker_.get();
}

Result<std::string> Engine::numberOutcome(const std::string& number) const {
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open.error();
    auto query = journal_->database().prepare(
        "SELECT coalesce(outcome, '') FROM member WHERE number = ? AND outcome IS NOT ?");
    if (!query) return query.error();
    auto row = query->bind(0, number).bind(1, kInvitedOutcome).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find number: not given out here"};
    return query->string(0);
}

} // namespace silta

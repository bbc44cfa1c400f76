// Who joins on a phone of their own: the number that waits for them, and the code that leads there.
#include "edge/engine.h"
#include "shopper/join_invitation.h"

#include <silta/uuid.h>

#include <fmt/format.h>

namespace silta {

namespace {

constexpr UtcMs kMsPerSecond = 1'000;

} // namespace

bool Engine::mayInvite() const {
    const std::lock_guard lock(stateMutex_);
    return enrolment_ && !enrolment_->publicUrl.empty() && clock_.isSynced();
}

Result<Engine::Invited> Engine::invite(const std::string& memberId, const std::string& staffId) {
    if (!isUuid(memberId)) return Error{Errc::Invalid, "invite: no member id"};
    if (!mayInvite())
        return Error{Errc::Unavailable, "invite: no public address, or the time has not been heard"};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto known = journal_->database().prepare("SELECT 1 FROM member WHERE id = ?");
        if (!known) return known.error();
        auto row = known->bind(0, memberId).step();
        if (!row) return row.error();
        if (!*row) {
            auto number = nextNumber();
            if (!number) return number.error();
            const StaffEvent event{staffId, "invite", clock_.nowMs()};
            auto recorded = journal_->record(
                {.entity = "staff/" + staffId, .type = "staff.event"},
                [&](Database& database, const OperationStamp&) -> Result<Json> {
                    if (auto done = keepNumber(database, memberId, *number, kInvitedOutcome); !done)
                        return done.error();
                    return toJson(event);
                });
            if (!recorded) return recorded.error();
        }
    }
    wake();
    return invited(memberId);
}

Result<Engine::Invited> Engine::invited(const std::string& memberId) const {
    JoinInvitation invitation{identity_.id, memberId, {}, 0};
    Invited answer;
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto query = journal_->database().prepare(
            "SELECT number, created_ms, outcome FROM member WHERE id = ? AND outcome IS NOT NULL");
        if (!query) return query.error();
        auto row = query->bind(0, memberId).step();
        if (!row) return row.error();
        if (!*row) return Error{Errc::NotFound, "find invitation: none"};
        invitation.number = query->string(0);
        invitation.madeMs = query->integer(1);
        answer.isDone = query->text(2) != kInvitedOutcome;
    }
    answer.untilMs = invitation.madeMs / kMsPerSecond * kMsPerSecond + kInvitationLifeMs;
    answer.isOver = !answer.isDone && clock_.nowMs() >= answer.untilMs;
    if (answer.isDone) answer.number = invitation.number;
    auto desk = guestDesk();
    if (!desk) return desk.error();
    const std::lock_guard lock(keyMutex_);
    answer.url = fmt::format("{}/j/{}", desk->publicUrl, signInvitation(invitation, identity_.keys));
    return answer;
}

} // namespace silta

// Tills of one chain: engines that ask a hub in the same thread.
#pragma once

#include "support/direct_hub.h"
#include "sync/private_feed.h"

#include <silta/uuid.h>

#include <map>
#include <optional>
#include <set>
#include <string>

namespace silta::test {

inline constexpr const char* kTillStore = "FI-HEL-01";

inline Campaign coupons(int uses, std::int64_t budget, std::int64_t share) {
    Campaign campaign;
    campaign.titles = {{"en", "Coffee"}, {"fi", "Kahvi"}};
    campaign.firstDay = "2026-01-01";
    campaign.lastDay = "2027-01-31";
    campaign.uses = uses;
    campaign.offlineBudget = budget;
    campaign.offlineShare = share;
    return campaign;
}

inline Campaign cards(std::int64_t budget, std::int64_t share, std::int64_t perToken) {
    auto campaign = coupons(0, budget, share);
    campaign.kind = TokenKind::GiftCard;
    campaign.currency = "EUR";
    campaign.offlinePerToken = perToken;
    return campaign;
}

class TillChain {
public:
    explicit TillChain(std::uint64_t seed) : hub_(std::make_unique<DirectHub>(seed)) {}
    DirectHub& hub() { return *hub_; }

    Engine& till(const std::string& name) { return *tills_.at(name); }
    bool addTill(const std::string& name) {
        tills_[name] = hub_->openEngine(name, lines_[name]);
        return tills_[name] && hub_->enrol(till(name), kTillStore);
    }
    /// As after a crash: nothing is closed in order, and the journal is all there is.
    bool restart(const std::string& name) {
        tills_[name].reset();
        tills_[name] = hub_->openEngine(name, lines_[name]);
        return tills_[name] != nullptr;
    }
    /// Puts `left` in the place of the token rules in its journal ("": nothing), and starts it again.
    bool loseRules(const std::string& name, const std::string& left) {
        tills_[name].reset();
        {
            const auto journal = Database::open(*Journal::currentFile(hub_->path(name)), OpenMode::Precious);
            auto change = journal->prepare(left.empty() ? "DELETE FROM setting WHERE name = ?1"
                                                        : "UPDATE setting SET value = ?2 WHERE name = ?1");
            change->bind(0, kTokenRulesSetting);
            if (!left.empty()) change->bind(1, left);
            if (!change->run()) return false;
        }
        return restart(name);
    }
    Line& line(const std::string& name) { return lines_[name]; }
    void talkAll() {
        for (auto& [name, engine] : tills_)
            hub_->talk(*engine);
    }
    /// Cut off, and aware of it.
    void cut(const std::string& name) {
        lines_[name].isCut = true;
        hub_->talk(till(name));
    }
    void join(const std::string& name) {
        lines_[name].isCut = false;
        hub_->talk(till(name));
    }
    int add(const Campaign& campaign) {
        int id = 0;
        const auto done = hub_->store().changeTokens([&](hub::TokenRegistry& tokens) -> Result<void> {
            auto added = tokens.addCampaign(campaign);
            if (!added) return added.error();
            id = *added;
            return {};
        });
        return done ? id : 0;
    }
    std::string issue(int campaign, std::int64_t balance = 0,
                      std::optional<std::chrono::sys_days> lastDay = std::nullopt) {
        std::string letters;
        const auto done = hub_->store().changeTokens([&](hub::TokenRegistry& tokens) -> Result<void> {
            auto made = tokens.issue({campaign, 1, lastDay, balance});
            if (!made) return made.error();
            letters = made->front();
            return {};
        });
        return done ? letters : std::string();
    }
    std::string uuid() { return makeUuid(hub_->clock, hub_->random()); }
    TokenCase caseOf(const std::string& letters, TokenKind kind = TokenKind::Coupon) {
        TokenCase wanted;
        wanted.letters = letters;
        wanted.kind = kind;
        wanted.staff = "s1";
        wanted.request = uuid();
        return wanted;
    }
    /// Asks again as a till does while the hub is being asked.
    TokenAnswer settle(const std::string& name, const Engine::TokenWork& work) {
        for (int turn = 0;; ++turn) {
            auto answer = till(name).withTokens(work);
            if (!answer) qWarning("%s", answer.error().what.c_str());
            if (!answer || answer->word != TokenWord::Asking || turn == 10)
                return answer.value_or(TokenAnswer{});
            hub_->talk(till(name));
            hub_->pass(500);
        }
    }
    TokenAnswer check(const std::string& name, const TokenCase& wanted) {
        return settle(name, [&](TokenDesk& desk) { return desk.check(wanted); });
    }
    TokenAnswer redeem(const std::string& name, const TokenCase& wanted, std::int64_t minor = 1) {
        return settle(name, [&](TokenDesk& desk) { return desk.redeem(wanted, minor); });
    }
    TokenAnswer load(const std::string& name, const TokenCase& wanted, std::int64_t minor) {
        return settle(name, [&](TokenDesk& desk) { return desk.load(wanted, minor); });
    }
    TokenAnswer reverse(const std::string& name, const TokenCase& wanted, const std::string& of) {
        return settle(name, [&](TokenDesk& desk) { return desk.reverse(wanted, of); });
    }
    /// The operations that the device was told to look at. It must be started again after that.
    std::set<std::string> contestedAt(const std::string& name) {
        tills_[name].reset();
        std::set<std::string> operations;
        const auto journal = Database::open(*Journal::currentFile(hub_->path(name)), OpenMode::Precious);
        auto query = journal->prepare("SELECT operation_id FROM token_use WHERE contested = 1");
        for (auto row = query->step(); row && *row; row = query->step())
            operations.insert(query->string(0));
        return operations;
    }
    hub::CampaignRow row(int campaign) {
        const auto rows = hub_->store().campaigns();
        for (const auto& each : *rows)
            if (each.campaign.id == campaign) return each;
        return {};
    }

private:
    std::unique_ptr<DirectHub> hub_;
    std::map<std::string, Line> lines_;
    std::map<std::string, std::unique_ptr<Engine>> tills_;
};

} // namespace silta::test

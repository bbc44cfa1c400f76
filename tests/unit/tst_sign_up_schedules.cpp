// One person signs up at three tills that are cut off, and sometimes on a phone of their own, in seeded
// orders of cut lines, lost answers, crashes and repetitions: one member comes of it, with all consents, and
// every number works. SILTA_SIGN_UP_SEEDS=1-5000 tries more seeds.
#include "shopper/join_invitation.h"
#include "shopper/membership_words.h"
#include "support/till_chain.h"

#include <silta/scan.h>

#include <QTest>
#include <algorithm>
#include <random>

using namespace silta;
using namespace silta::test;

namespace {

constexpr int kEvents = 30;
constexpr int kPeople = 3;
const std::array<std::string, 3> kTills = {"a", "b", "c"};

class Schedule {
public:
    explicit Schedule(std::uint64_t seed) : dice_(seed), chain_(seed) {}

    QString run() {
        for (const auto& till : kTills)
            if (!chain_.addTill(till)) return "a till is not enrolled";
        const auto keys = hub::loadOrMakeHubKeys(chain_.hub().path("hub.db.keys"));
        if (!keys) return "no keys";
        sealKey_ = keys->seal.publicKey;
        chain_.talkAll();
        for (const auto& till : kTills)
            chain_.cut(till);
        for (const auto& till : kTills)
            signUp(till, 0); // the same person, at each of them
        for (int event = 0; event < kEvents && wrong_.isEmpty(); ++event)
            happen(kTills[below(kTills.size())]);
        heal();
        check();
        return wrong_;
    }
    [[nodiscard]] bool byPhone() const { return byPhone_; }

private:
    struct Done {
        std::string till, number;
        SignUp signUp;
    };
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(dice_() % limit); }
    void fail(const QString& words) {
        if (wrong_.isEmpty()) wrong_ = words;
    }
    static std::string emailOf(int person) { return "person" + std::to_string(person) + "@example.com"; }
    /// As people type it: in any case, with blanks.
    std::string typed(const std::string& email) {
        auto text = email;
        for (auto& c : text)
            if (c >= 'a' && c <= 'z' && below(3) == 0) c = static_cast<char>(c - 'a' + 'A');
        return (below(3) == 0 ? " " : "") + text + (below(3) == 0 ? " " : "");
    }
    SignUp made(int person, const std::string& memberId) {
        const Json said = {{"name", below(2) == 0 ? "Aino" : ""},
                           {"email", typed(emailOf(person))},
                           {"phone", below(2) == 0 ? "+35840000000" + std::to_string(person) : ""}};
        const auto lang = codeOf_[below(codeOf_.size())];
        SignUp signUp{.memberId = memberId,
                      .number = {},
                      .sealed = toBase64(*seal(dumpJson(said), sealKey_)),
                      .lang = lang,
                      .wishlistId = {},
                      .consents = {}};
        for (const auto consent : kMembershipConsents) {
            const bool isNeeded = consent == MembershipConsent::Terms || consent == MembershipConsent::Age;
            signUp.consents.push_back(membershipConsent(consent, lang, 13, isNeeded || below(2) == 0));
        }
        return signUp;
    }
    void signUp(const std::string& till, int person) {
        auto signUp = made(person, chain_.uuid());
        auto number = chain_.till(till).signUp(signUp);
        if (!number) return fail("a sign-up is refused");
        people_[person].push_back({till, *number, std::move(signUp)});
    }
    /// The same form once more: a page that is sent twice.
    void repeat() {
        auto& done = people_[static_cast<int>(below(kPeople))];
        if (done.empty()) return;
        const auto& one = done[below(done.size())];
        if (one.till.empty()) return;
        const auto again = chain_.till(one.till).signUp(one.signUp);
        if (!again || *again != one.number) fail("the same form has another number");
    }
    void joinByPhone(const std::string& till, int person) {
        const auto memberId = chain_.uuid();
        const auto invited = chain_.till(till).invite(memberId, "0190f3a0-7c1e-7000-8000-0000000000a1");
        if (!invited) return; // its line was never up since it started
        const auto letters = invited->url.substr(invited->url.rfind('/') + 1);
        const auto invitation = readInvitation(letters);
        if (!invitation) return fail("an invitation cannot be read");
        auto signUp = made(person, memberId);
        signUp.number = invitation->number;
        auto& store = chain_.hub().store();
        const auto device = store.devices().find(invitation->deviceId);
        const auto joined = device ? store.joinByPhone(*device, signUp) : Result<bool>(device.error());
        if (!joined || !*joined) return fail("a phone is refused");
        if (below(2) == 0) {
            const auto again = store.joinByPhone(*device, signUp);
            if (!again || !*again) fail("a phone that asks again is refused");
        }
        people_[person].push_back({{}, invitation->number, std::move(signUp)});
        byPhone_ = true;
    }
    void happen(const std::string& till) {
        switch (below(9)) {
        case 0:
        case 1:
            return signUp(till, static_cast<int>(below(kPeople)));
        case 2:
            return chain_.join(till);
        case 3:
            return chain_.cut(till);
        case 4:
            chain_.line(till).losesReplies = !chain_.line(till).losesReplies;
            return;
        case 5:
            if (!chain_.restart(till)) fail("a till does not start again");
            return;
        case 6:
            return repeat();
        case 7:
            return joinByPhone(till, static_cast<int>(below(kPeople)));
        default:
            chain_.hub().pass(static_cast<std::int64_t>(below(600'000)));
            return chain_.hub().talk(chain_.till(till));
        }
    }
    void heal() {
        for (const auto& till : kTills)
            chain_.line(till) = {};
        for (int turn = 0; turn < 3; ++turn) {
            chain_.hub().pass(400'000);
            chain_.talkAll();
        }
    }
    void check() {
        const auto members = chain_.hub().store().members();
        if (!members) return fail("members cannot be read");
        for (const auto& [person, done] : people_) {
            const auto isThem = [email = emailOf(person)](const hub::MemberRow& row) {
                return row.email == email;
            };
            const auto count = std::ranges::count_if(*members, isThem);
            if (count != (done.empty() ? 0 : 1)) return fail(QString("%1 members for one").arg(count));
            if (!done.empty()) checkPerson(*std::ranges::find_if(*members, isThem), done);
        }
    }
    void checkPerson(const hub::MemberRow& member, const std::vector<Done>& done) {
        std::multiset<std::string> given, has;
        std::set<std::string> numbers;
        int created = 0;
        for (const auto& one : done) {
            numbers.insert(one.number);
            for (const auto& consent : toJson(one.signUp.consents))
                given.insert(keyOf(consent));
            const auto met = chain_.hub().store().lookUpMember({}, one.number);
            if (!met || met->id != member.id) fail("a number does not work");
            if (one.till.empty()) continue;
            const auto outcome = chain_.till(one.till).numberOutcome(one.number);
            if (!outcome || (*outcome != "created" && *outcome != "merged"))
                fail("a till does not hear what became of a sign-up");
            else
                created += *outcome == "created" ? 1 : 0;
        }
        for (const auto& consent : member.consents)
            has.insert(keyOf(consent));
        if (given != has) fail(QString("%1 consents of %2").arg(has.size()).arg(given.size()));
        std::set<std::string> known(member.aliases.begin(), member.aliases.end());
        known.insert(member.number);
        if (known != numbers) fail(QString("%1 numbers of %2").arg(known.size()).arg(numbers.size()));
        if (created > 1) fail("created more than once");
    }
    static std::string keyOf(const Json& consent) {
        return fmt::format(
            "{} {} {} {} {}", textMember(consent, "purpose").value_or(""),
            textMember(consent, "channel").value_or(""), boolMember(consent, "granted").value_or(false),
            textMember(consent, "lang").value_or(""), textMember(consent, "wordingHash").value_or(""));
    }

    const std::array<std::string, 4> codeOf_ = {"en", "fi", "sv", "pl"};
    std::mt19937_64 dice_;
    TillChain chain_;
    std::string sealKey_;
    std::map<int, std::vector<Done>> people_;
    bool byPhone_ = false;
    QString wrong_;
};

} // namespace

class TestSignUpSchedules : public QObject {
    Q_OBJECT

private slots:
    void onePersonIsOneMember() {
        const auto named = qEnvironmentVariable("SILTA_SIGN_UP_SEEDS", "1-60").split('-');
        const auto first = named.front().toULongLong();
        const auto last = named.back().toULongLong();
        int phones = 0;
        for (auto seed = first; seed <= last; ++seed) {
            Schedule schedule(seed);
            const auto wrong = schedule.run();
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong)));
            phones += schedule.byPhone() ? 1 : 0;
        }
        qInfo("%llu schedules, in %d of them somebody joined by phone", last - first + 1, phones);
        QVERIFY(last - first < 50 || phones > 0);
    }
};

QTEST_GUILESS_MAIN(TestSignUpSchedules)
#include "tst_sign_up_schedules.moc"

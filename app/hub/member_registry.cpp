#include "hub/member_registry.h"

#include "core/mutant.h"

#include <silta/crypto.h>
#include <silta/scan.h>

#include <algorithm>

namespace silta::hub {

namespace {

constexpr std::size_t kPhoneDigitsMin = 5;
constexpr std::size_t kPhoneDigitsMax = 15; // E.164
constexpr std::size_t kPrefixDigits = 4;    // of a member number
constexpr int kOwnNumberAttempts = 1'000;   // beyond which its range counts as full
constexpr std::size_t kSubjectKeyBytes = 32;
constexpr std::size_t kPersonalDataBytesMax = 4'096;

std::vector<std::string> contactMacs(const PersonalData& person, const HubKeys& keys) {
    std::vector<std::string> macs;
    if (!person.email.empty()) macs.push_back(contactMac("email", person.email, keys));
    if (!person.phone.empty()) macs.push_back(contactMac("phone", person.phone, keys));
    return macs;
}

Json toJson(const PersonalData& person) {
    return {{"name", person.name}, {"email", person.email}, {"phone", person.phone}};
}

Result<PersonalData> parsePersonalData(std::string_view text) {
    auto json = parseJson(text, kPersonalDataBytesMax);
    if (!json) return json.error();
    PersonalData person;
    person.name = textMember(*json, "name", kPersonNameBytesMax).value_or("");
    person.email = textMember(*json, "email", kEmailBytesMax).value_or("");
    person.phone = textMember(*json, "phone", kPhoneBytesMax).value_or("");
    return person;
}

} // namespace

std::string normalizeEmail(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    std::string email(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
    std::transform(email.begin(), email.end(), email.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto at = email.find('@');
    const bool sound = at != std::string::npos && at > 0 && email.find('@', at + 1) == std::string::npos &&
                       email.find('.', at) != std::string::npos && email.find(' ') == std::string::npos;
    return sound ? email : std::string();
}

std::string normalizePhone(std::string_view text) {
    std::string phone;
    for (char c : text) {
        if (c >= '0' && c <= '9') {
            phone.push_back(c);
        } else if (c == '+' && phone.empty()) {
            phone.push_back(c);
        } else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') {
            return {};
        }
    }
    if (phone.substr(0, 2) == "00") phone = "+" + phone.substr(2);
    const auto digits = phone.size() - (phone.rfind('+', 0) == 0 ? 1 : 0);
    return digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax ? phone : std::string();
}

std::string contactMac(std::string_view kind, const std::string& contact, const HubKeys& keys) {
    return hmacSha256(keys.contactKey, std::string(kind) + ":" + contact);
}

Result<PersonalData> unsealPerson(const std::string& sealed, const HubKeys& keys) {
    auto box = fromBase64(sealed);
    if (!box) return box.error();
    auto text = openSealed(*box, keys.seal);
    if (!text) return text.error();
    auto person = parsePersonalData(*text);
    if (!person) return person.error();
    person->email = normalizeEmail(person->email);
    person->phone = normalizePhone(person->phone);
    return person;
}

Result<PersonalData> MemberRegistry::unseal(const std::string& sealed) const {
    auto person = unsealPerson(sealed, keys_);
    if (!person) return person;
    if (person->email.empty() && person->phone.empty())
        return Error{Errc::Invalid, "sign up: neither an e-mail address nor a phone number"};
    return person;
}

Result<std::string> MemberRegistry::findByContact(std::string_view mac) const {
    auto query = database_.prepare("SELECT member_id FROM member_contact WHERE mac = ?");
    if (!query) return query.error();
    auto row = query->bindBlob(0, mac).step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<void> MemberRegistry::create(const SignUp& signUp, const std::string& number,
                                    const PersonalData& person, const std::string& storeCode, UtcMs nowMs) {
    std::string key(kSubjectKeyBytes, '\0');
    random_.fill(std::as_writable_bytes(std::span{key}));
    const auto data = encrypt(dumpJson(toJson(person)), key, signUp.memberId);
    const auto wrapped = encrypt(key, keys_.masterKey, signUp.memberId);
    if (!data) return data.error();
    if (!wrapped) return wrapped.error();
    auto member = database_.prepare("INSERT INTO member VALUES(?, ?, ?, ?, ?, ?, ?)");
    auto subject = database_.prepare("INSERT INTO subject_key VALUES(?, ?)");
    if (!member) return member.error();
    if (!subject) return subject.error();
    member->bind(0, signUp.memberId).bind(1, number).bind(2, storeCode).bind(3, signUp.lang);
    member->bind(4, signUp.wishlistId).bind(5, nowMs).bindBlob(6, *data);
    if (auto done = member->run(); !done) return done;
    return subject->bind(0, signUp.memberId).bindBlob(1, *wrapped).run();
}

Result<void> MemberRegistry::adoptGuests(const std::string& memberId, const std::string& number,
                                         const std::vector<std::string>& macs) {
    auto names = macs;
    names.push_back(contactMac("number", number, keys_));
    auto update = database_.prepare("UPDATE contact SET member_id = ? WHERE mac = ? AND member_id = ''");
    if (!update) return update.error();
    for (const auto& mac : names)
        if (auto done = update->bind(0, memberId).bindBlob(1, mac).run(); !done) return done;
    return {};
}

Result<bool> MemberRegistry::isTaken(const std::string& number) const {
    auto query =
        database_.prepare("SELECT 1 FROM member WHERE number = ?1 UNION ALL SELECT 1 FROM member_alias "
                          "WHERE number = ?1");
    if (!query) return query.error();
    return query->bind(0, number).step();
}

Result<std::string> MemberRegistry::ownNumber(const SignUp& signUp) const {
    const auto prefix = std::string_view(signUp.number).substr(0, kPrefixDigits);
    const auto first = static_cast<std::int64_t>(shortHash(signUp.memberId) % (kMemberSerialMax + 1));
    for (int attempt = 0; attempt < kOwnNumberAttempts; ++attempt) {
        const auto serial = static_cast<int>((first + attempt) % (kMemberSerialMax + 1));
        auto number = makeMemberNumber(prefix, kHubDeviceNumber, serial);
        if (!number) return number;
        auto taken = isTaken(*number);
        if (!taken) return taken.error();
        if (!*taken) return number;
    }
    return Error{Errc::Limit, "sign up: the hub's range of numbers is used up"};
}

Result<MemberRegistry::SignedUp> MemberRegistry::signUp(const SignUp& signUp, const std::string& operationId,
                                                        const std::string& storeCode, UtcMs nowMs) {
    auto person = unseal(signUp.sealed);
    if (!person) return person.error();
    SignedUp result{Outcome::Created, signUp.memberId, signUp.number};
    const auto macs = contactMacs(*person, keys_);
    for (const auto& mac : macs) {
        auto known = findByContact(mac);
        if (!known) return known.error();
        if (known->empty()) continue;
        result = {Outcome::Merged, *known, signUp.number};
        break;
    }
    // A device that was put back to an old state gives numbers out twice. The person is not turned away for
    // it.
    auto taken = isTaken(signUp.number);
    if (!taken) return taken.error();
    if (result.outcome == Outcome::Created) {
        if (*taken && isMutant(Mutant::NumberTakenRefused))
            return Error{Errc::Conflict, "sign up: the number is taken"};
        if (*taken) {
            auto number = ownNumber(signUp);
            if (!number) return number.error();
            result.number = *number;
        }
        if (auto done = create(signUp, result.number, *person, storeCode, nowMs); !done) return done.error();
        auto contact = database_.prepare("INSERT INTO member_contact VALUES(?, ?)");
        if (!contact) return contact.error();
        for (const auto& mac : macs)
            if (auto done = contact->bindBlob(0, mac).bind(1, signUp.memberId).run(); !done)
                return done.error();
        if (auto done = adoptGuests(signUp.memberId, result.number, macs); !done) return done.error();
    } else if (!*taken) {
        // Nobody has shown yet that a second contact typed here is this person's: it is not added to the
        // member.
        auto alias = database_.prepare("INSERT INTO member_alias VALUES(?, ?)");
        if (!alias) return alias.error();
        if (auto done = alias->bind(0, signUp.number).bind(1, result.memberId).run(); !done)
            return done.error();
    }
    auto bonus =
        database_.prepare("INSERT INTO welcome_bonus(member_id, operation_id, at_ms) VALUES(?, ?, ?) "
                          "ON CONFLICT(member_id) DO NOTHING");
    if (!bonus) return bonus.error();
    if (auto done = bonus->bind(0, result.memberId).bind(1, operationId).bind(2, nowMs).run(); !done)
        return done.error();
    auto insert = database_.prepare(
        "INSERT INTO consent(member_id, operation_id, purpose, channel, granted, wording_hash, lang, at_ms, "
        "staff_id) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    for (const auto& consent : signUp.consents) {
        insert->bind(0, result.memberId)
            .bind(1, operationId)
            .bind(2, consent.purpose)
            .bind(3, consent.channel);
        insert->bind(4, consent.granted ? 1 : 0)
            .bind(5, consent.wordingHash)
            .bind(6, consent.lang)
            .bind(7, nowMs)
            .bind(8, signUp.staffId);
        if (auto done = insert->run(); !done) return done.error();
    }
    return result;
}

Result<MemberRegistry::Met> MemberRegistry::lookUp(const std::string& sealed,
                                                   const std::string& number) const {
    std::string id;
    if (!sealed.empty()) {
        auto person = unseal(sealed);
        if (!person) return person.error();
        for (const auto& mac : contactMacs(*person, keys_)) {
            auto known = findByContact(mac);
            if (!known) return known.error();
            if (id.empty()) id = *known;
        }
    }
    auto query = database_.prepare("SELECT number, created_ms, id FROM member WHERE (id = ?1 OR number = ?2 "
                                   "OR id = (SELECT member_id FROM "
                                   "member_alias WHERE number = ?2)) AND id IN (SELECT member_id FROM "
                                   "subject_key WHERE member_id = member.id)");
    if (!query) return query.error();
    auto row = query->bind(0, id).bind(1, number).step();
    if (!row) return row.error();
    return *row ? Met{query->string(0), query->integer(1), query->string(2)} : Met{};
}

Result<std::string> MemberRegistry::idOf(const std::string& number) const {
    auto query = database_.prepare("SELECT id FROM member WHERE number = ?1 UNION ALL SELECT member_id FROM "
                                   "member_alias WHERE number = ?1");
    if (!query) return query.error();
    auto row = query->bind(0, number).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find member: nobody has that number"};
    return query->string(0);
}

Result<bool> MemberRegistry::isErased(const std::string& number) const {
    auto id = idOf(number);
    if (!id && id.error().code == Errc::NotFound) return false;
    if (!id) return id.error();
    auto query = database_.prepare("SELECT 1 FROM subject_key WHERE member_id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, *id).step();
    if (!row) return row.error();
    return !*row;
}

Result<void> MemberRegistry::erase(const std::string& memberId) {
    constexpr const char* kErase[] = {
        "DELETE FROM subject_key WHERE member_id = ?", "DELETE FROM member_contact WHERE member_id = ?",
        "DELETE FROM consent WHERE member_id = ?", "DELETE FROM welcome_bonus WHERE member_id = ?",
        // The notes on it are what somebody typed.
        "UPDATE operation SET line = '' WHERE type LIKE 'wishlist.%' AND entity = (SELECT 'wishlist/' || "
        "wishlist_id FROM member WHERE id = ? AND wishlist_id <> '')",
        "DELETE FROM wishlist_tag WHERE list = (SELECT wishlist_id FROM member WHERE id = ?)",
        "DELETE FROM contact_key WHERE contact_id IN (SELECT id FROM contact WHERE member_id = ?)",
        "DELETE FROM contact_visit WHERE contact_id IN (SELECT id FROM contact WHERE member_id = ?)",
        "DELETE FROM contact_consent WHERE contact_id IN (SELECT id FROM contact WHERE member_id = ?)",
        "DELETE FROM contact WHERE member_id = ?"};
    for (const auto* text : kErase) {
        auto statement = database_.prepare(text);
        if (!statement) return statement.error();
        if (auto done = statement->bind(0, memberId).run(); !done) return done;
    }
    auto member = database_.prepare("UPDATE member SET data = ?, wishlist_id = '' WHERE id = ?");
    if (!member) return member.error();
    return member->bindBlob(0, "").bind(1, memberId).run();
}

Result<PersonalData> MemberRegistry::personalData(const std::string& memberId) const {
    auto query = database_.prepare("SELECT m.data, k.wrapped FROM member AS m JOIN subject_key AS k ON "
                                   "k.member_id = m.id WHERE m.id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, memberId).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "read member: unknown or erased"};
    const auto key = decrypt(query->blob(1), keys_.masterKey, memberId);
    if (!key) return Error{Errc::Corrupt, "read member: its key cannot be unwrapped"};
    const auto data = decrypt(query->blob(0), *key, memberId);
    if (!data) return Error{Errc::Corrupt, "read member: its data cannot be decrypted"};
    return parsePersonalData(*data);
}

} // namespace silta::hub

#include "hub/guest_registry.h"

#include <silta/crypto.h>

#include <array>
#include <utility>

namespace silta::hub {

namespace {

constexpr std::size_t kGuestKeyBytes = 32;
constexpr std::size_t kGuestDataBytesMax = 4'096;

} // namespace

Result<bool> GuestRegistry::isCodeRight(const std::string& challenge, const std::string& phoneMac) const {
    if (challenge.empty()) return false;
    auto query =
        database_.prepare("SELECT 1 FROM sms_code WHERE challenge = ? AND phone_mac = ? AND used = 1");
    if (!query) return query.error();
    return query->bind(0, challenge).bindBlob(1, phoneMac).step();
}

Result<GuestRegistry::Identity> GuestRegistry::identify(const GuestSignUp& signUp) const {
    Identity identity;
    if (signUp.way == "loyalty") {
        identity.mac = contactMac("number", signUp.memberNumber, keys_);
        return identity;
    }
    auto person = unsealPerson(signUp.sealed, keys_);
    if (!person) return person.error();
    const bool isPhone = signUp.way == "phone";
    // Only what this way asks for: the rest has not been agreed to.
    identity.person = isPhone ? PersonalData{{}, {}, person->phone} : PersonalData{{}, person->email, {}};
    const auto& contact = isPhone ? identity.person.phone : identity.person.email;
    if (contact.empty()) return Error{Errc::Invalid, "sign up guest: no such contact in the box"};
    identity.mac = contactMac(isPhone ? "phone" : "email", contact, keys_);
    if (isPhone) {
        auto right = isCodeRight(signUp.challenge, identity.mac);
        if (!right) return right.error();
        identity.isVerified = *right;
    }
    return identity;
}

Result<std::string> GuestRegistry::findMember(const GuestSignUp& signUp, const std::string& mac) const {
    const bool byNumber = signUp.way == "loyalty";
    auto query = database_.prepare(
        byNumber ? "SELECT id FROM (SELECT id FROM member WHERE number = ?1 UNION ALL SELECT member_id FROM "
                   "member_alias WHERE number = ?1) AS named WHERE id IN (SELECT member_id FROM subject_key)"
                 : "SELECT member_id FROM member_contact WHERE mac = ?1");
    if (!query) return query.error();
    if (byNumber)
        query->bind(0, signUp.memberNumber);
    else
        query->bindBlob(0, mac);
    auto row = query->step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<void> GuestRegistry::create(const GuestSignUp& signUp, const Identity& identity,
                                   const std::string& memberId, const std::string& storeCode, UtcMs nowMs) {
    auto contact = database_.prepare("INSERT INTO contact(id, mac, member_id, store_code, lang, created_ms, "
                                     "seen_ms, verified_ms, data) VALUES(?, ?, ?, ?, ?, ?, ?, 0, ?)");
    if (!contact) return contact.error();
    contact->bind(0, signUp.signUpId).bindBlob(1, identity.mac).bind(2, memberId).bind(3, storeCode);
    contact->bind(4, signUp.lang).bind(5, nowMs).bind(6, nowMs);
    const auto& person = identity.person;
    const bool hasOwnData = memberId.empty() && !(person.email.empty() && person.phone.empty());
    if (!hasOwnData) return contact->bindBlob(7, "").run();
    std::string key(kGuestKeyBytes, '\0');
    random_.fill(std::as_writable_bytes(std::span{key}));
    const auto text = dumpJson({{"email", person.email}, {"phone", person.phone}});
    const auto data = encrypt(text, key, signUp.signUpId);
    const auto wrapped = encrypt(key, keys_.masterKey, signUp.signUpId);
    if (!data) return data.error();
    if (!wrapped) return wrapped.error();
    if (auto done = contact->bindBlob(7, *data).run(); !done) return done;
    auto subject = database_.prepare("INSERT INTO contact_key(contact_id, wrapped) VALUES(?, ?)");
    if (!subject) return subject.error();
    return subject->bind(0, signUp.signUpId).bindBlob(1, *wrapped).run();
}

Result<void> GuestRegistry::signUp(const GuestSignUp& signUp, const std::string& operationId,
                                   const std::string& storeCode, UtcMs nowMs) {
    if (!signUp.isSomebody()) return Error{Errc::Invalid, "sign up guest: nobody to write down"};
    auto identity = identify(signUp);
    if (!identity) return identity.error();
    std::string contactId;
    {
        auto known = database_.prepare("SELECT id FROM contact WHERE mac = ?");
        if (!known) return known.error();
        auto row = known->bindBlob(0, identity->mac).step();
        if (!row) return row.error();
        if (*row) contactId = known->string(0);
    }
    if (contactId.empty()) {
        auto memberId = findMember(signUp, identity->mac);
        if (!memberId) return memberId.error();
        if (auto done = create(signUp, *identity, *memberId, storeCode, nowMs); !done) return done;
        contactId = signUp.signUpId;
    }
    auto seen = database_.prepare("UPDATE contact SET seen_ms = ?, verified_ms = CASE WHEN ? = 1 AND "
                                  "verified_ms = 0 THEN ? ELSE verified_ms END WHERE id = ?");
    if (!seen) return seen.error();
    seen->bind(0, nowMs).bind(1, identity->isVerified ? 1 : 0).bind(2, nowMs).bind(3, contactId);
    if (auto done = seen->run(); !done) return done;
    {
        // Two devices, or one that was put back, may bring the same sign-up under two operations.
        auto once = database_.prepare("INSERT INTO contact_visit(sign_up_id, contact_id, store_code, way, "
                                      "at_ms) VALUES(?, ?, ?, ?, ?) ON CONFLICT(sign_up_id) DO NOTHING");
        if (!once) return once.error();
        once->bind(0, signUp.signUpId).bind(1, contactId).bind(2, storeCode).bind(3, signUp.way);
        if (auto done = once->bind(4, nowMs).run(); !done) return done;
        if (database_.changes() == 0) return {};
    }
    auto insert = database_.prepare(
        "INSERT INTO contact_consent(contact_id, operation_id, purpose, channel, granted, wording_hash, "
        "version, lang, at_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    for (const auto& consent : signUp.consents) {
        insert->bind(0, contactId).bind(1, operationId).bind(2, consent.purpose).bind(3, consent.channel);
        insert->bind(4, consent.granted ? 1 : 0).bind(5, consent.wordingHash).bind(6, consent.version);
        if (auto done = insert->bind(7, consent.lang).bind(8, nowMs).run(); !done) return done;
    }
    return {};
}

Result<void> GuestRegistry::addCounts(const GuestCounts& counts, const std::string& storeCode) {
    auto upsert = database_.prepare(
        "INSERT INTO guest_count(store_code, day, kind, way, count) VALUES(?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT(store_code, day, kind, way) DO UPDATE SET count = guest_count.count + excluded.count");
    if (!upsert) return upsert.error();
    for (const auto& count : counts.counts) {
        upsert->bind(0, storeCode).bind(1, counts.day).bind(2, count.kind).bind(3, count.way);
        if (auto done = upsert->bind(4, count.count).run(); !done) return done;
    }
    return {};
}

Result<PersonalData> guestData(const Database& database, const HubKeys& keys, const std::string& contactId) {
    auto query = database.prepare("SELECT c.data, k.wrapped FROM contact AS c JOIN contact_key AS k ON "
                                  "k.contact_id = c.id WHERE c.id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, contactId).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "read contact: unknown, erased or a member"};
    const auto key = decrypt(query->blob(1), keys.masterKey, contactId);
    if (!key) return Error{Errc::Corrupt, "read contact: its key cannot be unwrapped"};
    const auto data = decrypt(query->blob(0), *key, contactId);
    if (!data) return Error{Errc::Corrupt, "read contact: its data cannot be decrypted"};
    auto json = parseJson(*data, kGuestDataBytesMax);
    if (!json) return json.error();
    return PersonalData{{},
                        textMember(*json, "email", kEmailBytesMax).value_or(""),
                        textMember(*json, "phone", kPhoneBytesMax).value_or("")};
}

} // namespace silta::hub

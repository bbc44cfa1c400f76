#include "hub/order_people.h"

#include "core/json.h"

#include <silta/crypto.h>

#include <span>

namespace silta::hub {

namespace {

constexpr std::size_t kOrderKeyBytes = 32;
constexpr std::size_t kOrderPersonBytesMax = 4'096;
constexpr std::size_t kAddressPartBytesMax = 200;

Json personJson(const OrderPerson& person) {
    return {{"name", person.name},       {"email", person.email},
            {"phone", person.phone},     {"street", person.street},
            {"city", person.city},       {"postcode", person.postcode},
            {"country", person.country}, {"memberNumber", person.memberNumber}};
}

OrderPerson readPerson(const Json& json) {
    const auto part = [&json](const char* key) {
        return textMember(json, key, kAddressPartBytesMax).value_or("");
    };
    return {part("name"),     part("email"), part("phone"),   part("street"),
            part("postcode"), part("city"),  part("country"), part("memberNumber")};
}

} // namespace

bool OrderPerson::canBeDeliveredTo() const {
    return !name.empty() && !street.empty() && !postcode.empty() && !city.empty() &&
           !(email.empty() && phone.empty());
}

Result<OrderPerson> unsealOrderPerson(const std::string& sealed, const HubKeys& keys) {
    auto box = fromBase64(sealed);
    if (!box) return box.error();
    auto text = openSealed(*box, keys.seal);
    if (!text) return text.error();
    auto json = parseJson(*text, kOrderPersonBytesMax);
    if (!json) return json.error();
    if (!json->is_object()) return Error{Errc::Invalid, "read order: the box holds no object"};
    return readPerson(*json);
}

Result<void> OrderPeople::keep(const std::string& orderId, const OrderPerson& person, Random& random) {
    std::string key(kOrderKeyBytes, '\0');
    random.fill(std::as_writable_bytes(std::span{key}));
    const auto data = encrypt(dumpJson(personJson(person)), key, orderId);
    const auto wrapped = encrypt(key, keys_.masterKey, orderId);
    if (!data) return data.error();
    if (!wrapped) return wrapped.error();
    auto insert = database_.prepare("INSERT INTO order_person(order_id, data) VALUES(?, ?)");
    auto keep = database_.prepare("INSERT INTO order_key(order_id, wrapped) VALUES(?, ?)");
    if (!insert) return insert.error();
    if (!keep) return keep.error();
    if (auto done = insert->bind(0, orderId).bindBlob(1, *data).run(); !done) return done;
    return keep->bind(0, orderId).bindBlob(1, *wrapped).run();
}

Result<OrderPerson> OrderPeople::find(const std::string& orderId) const {
    auto query = database_.prepare("SELECT p.data, k.wrapped FROM order_person AS p JOIN order_key AS k "
                                   "ON k.order_id = p.order_id WHERE p.order_id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, orderId).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "read who ordered: nobody, or erased"};
    const auto key = decrypt(query->blob(1), keys_.masterKey, orderId);
    if (!key) return key.error();
    const auto text = decrypt(query->blob(0), *key, orderId);
    if (!text) return text.error();
    const auto json = parseJson(*text, kOrderPersonBytesMax);
    if (!json) return json.error();
    return readPerson(*json);
}

Result<void> OrderPeople::erase(const std::string& orderId) {
    auto remove = database_.prepare("DELETE FROM order_key WHERE order_id = ?");
    if (!remove) return remove.error();
    return remove->bind(0, orderId).run();
}

Result<void> OrderPeople::eraseBefore(UtcMs endedMs) {
    auto remove =
        database_.prepare("DELETE FROM order_key WHERE order_id IN (SELECT id FROM shop_order WHERE "
                          "ended_ms > 0 AND ended_ms < ?)");
    if (!remove) return remove.error();
    return remove->bind(0, endedMs).run();
}

} // namespace silta::hub

#include "hub/schemas.h"

#include "shopper/wishlist_repository.h"

#include <algorithm>

namespace silta::hub {

namespace {

Result<void> addNote(Json& data) {
    data["note"] = "";
    return {};
}

constexpr std::array<Schema, 15> kSchemas = {{
    {"wishlist.add", kWishlistAddVersion, {addNote, nullptr}},
    {"wishlist.remove", 1, {}},
    {"member.signup", 1, {}},
    {"right.redeem", 1, {}},
    {"lease.close", 1, {}},
    {"wifi.signup", 1, {}},
    {"wifi.counts", 1, {}},
    {"token.redeem", 1, {}},
    {"token.load", 1, {}},
    {"token.reverse", 1, {}},
    {"staff.event", 1, {}},
    {"order.place", 1, {}},
    {"order.change", 1, {}},
    {"sale.record", 1, {}},
    {"sale.link", 1, {}},
}};

} // namespace

std::span<const Schema> operationSchemas() {
    return kSchemas;
}

bool isCurrent(const Operation& operation, std::span<const Schema> schemas) {
    const auto schema = std::ranges::find(schemas, operation.type, &Schema::type);
    return schema != schemas.end() && schema->version == operation.version;
}

Result<void> upcast(Operation& operation, std::span<const Schema> schemas) {
    const auto schema = std::ranges::find(schemas, operation.type, &Schema::type);
    if (schema == schemas.end()) return Error{Errc::Unsupported, "read operation: unknown type"};
    if (operation.version > schema->version)
        return Error{Errc::Unsupported, "read operation: a newer version of its schema"};
    for (; operation.version < schema->version; ++operation.version) {
        const auto behind = static_cast<std::size_t>(schema->version - operation.version);
        const auto step = behind <= schema->upcasts.size() ? schema->upcasts[behind - 1] : nullptr;
        if (step == nullptr)
            return Error{Errc::Unsupported, "read operation: a version of its schema that is too old"};
        if (auto done = step(operation.data); !done) return done;
    }
    return {};
}

} // namespace silta::hub

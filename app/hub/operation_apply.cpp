// What each type of operation does at the hub.
#include "core/mutant.h"
#include "hub/guest_registry.h"
#include "hub/member_registry.h"
#include "hub/operation_store.h"
#include "hub/schemas.h"
#include "hub/staff_registry.h"

#include <algorithm>

namespace silta::hub {

namespace {

constexpr UtcMs kClockAheadMaxMs = 5 * 60 * 1000; // a clock that runs ahead must not win for ever

Result<WishlistAdd> parseAdd(const Operation& operation, Hlc hlc) {
    const auto list = textMember(operation.data, "list", kOperationNameBytesMax).value_or("");
    const auto sku = textMember(operation.data, "sku", kSkuBytesMax).value_or("");
    const auto note = operation.data.contains("note")
                          ? textMember(operation.data, "note", kWishlistNoteBytesMax)
                          : std::optional<std::string>("");
    const auto quantity = integerMember(operation.data, "quantity").value_or(1);
    if (operation.entity != "wishlist/" + list || sku.empty() || !note || quantity < 1 ||
        quantity > kWishlistQuantityMax)
        return Error{Errc::Invalid, "read wishlist.add: a member is missing or malformed"};
    WishlistAdd add{list, operation.id, sku, std::nullopt, static_cast<int>(quantity), *note, hlc};
    if (const auto text = textMember(operation.data, "gtin", kOperationNameBytesMax)) {
        auto gtin = Gtin::parse(*text);
        if (!gtin) return gtin.error();
        add.gtin = *gtin;
    }
    return add;
}

Result<void> applyRemove(WishlistRepository& wishlists, const Operation& operation) {
    const auto list = textMember(operation.data, "list", kOperationNameBytesMax).value_or("");
    const auto& tags = arrayMember(operation.data, "tags");
    if (operation.entity != "wishlist/" + list || tags.empty())
        return Error{Errc::Invalid, "read wishlist.remove: a member is missing or malformed"};
    std::vector<std::string> names;
    for (const auto& tag : tags) {
        if (!tag.is_string() || tag.get_ref<const std::string&>().size() > kOperationNameBytesMax)
            return Error{Errc::Invalid, "read wishlist.remove: a tag"};
        names.push_back(tag.get<std::string>());
    }
    return wishlists.remove(list, names);
}

/// The lease that a `right.redeem` or `lease.close` speaks of.
Result<Lease> leaseOf(const Operation& operation) {
    auto lease = parseLeaseData(operation.data);
    if (lease && operation.entity != "pool/" + lease->pool)
        return Error{Errc::Invalid, "apply operation: the entity is another pool's"};
    return lease;
}

VerdictKind okOrFlag(bool isAsExpected) {
    return isAsExpected ? VerdictKind::Ok : VerdictKind::Flag;
}

} // namespace

Result<void> OperationStore::checkDependency(const Batch& batch, const Operation& operation) const {
    if (operation.dependsOn.empty()) return {};
    const auto known = batch.rows.verdictOn(batch.device.id, operation.dependsOn);
    if (!known) return known.error();
    if (!*known) return Error{Errc::Invalid, "apply operation: what it depends on has never come"};
    if (**known == VerdictKind::Quarantined)
        return Error{Errc::Invalid, "apply operation: what it depends on was refused"};
    return {};
}

Result<VerdictKind> OperationStore::applyOperation(Batch& batch, const Operation& received) {
    if (auto done = checkDependency(batch, received); !done) return done.error();
    if (!isCurrent(received, schemas_)) {
        auto operation = received;
        if (auto done = upcast(operation, schemas_); !done) return done.error();
        return applyCurrent(batch.device, operation, batch.rows);
    }
    return applyCurrent(batch.device, received, batch.rows);
}

Result<VerdictKind> OperationStore::applyCurrent(const DeviceRow& device, const Operation& operation,
                                                 WaitingRows& rows) {
    if (operation.type == "wishlist.add") {
        const auto latest = Hlc::make(clock_.nowMs() + kClockAheadMaxMs, 0);
        const auto hlc = isMutant(Mutant::NoClockClamp) ? operation.hlc : std::min(operation.hlc, latest);
        auto add = parseAdd(operation, hlc);
        if (!add) return add.error();
        if (auto done = rows.add(std::move(*add)); !done) return done.error();
        return VerdictKind::Ok;
    }
    if (operation.type == "wishlist.remove") {
        if (auto done = rows.writeAdds(); !done) return done.error();
        WishlistRepository wishlists(database_);
        if (auto done = applyRemove(wishlists, operation); !done) return done.error();
        return VerdictKind::Ok;
    }
    if (operation.type == "member.signup") return applySignUp(device, operation);
    if (operation.type == "wifi.signup") return applyGuest(device, operation);
    if (operation.type == "wifi.counts") return applyGuestCounts(device, operation);
    if (operation.type.starts_with("token.")) {
        auto isAsExpected = tokens().apply(device, operation, leases());
        if (!isAsExpected) return isAsExpected.error();
        return okOrFlag(*isAsExpected);
    }
    if (operation.type == "staff.event") return applyStaffEvent(device, operation);
    if (operation.type.starts_with("order.")) {
        auto isAsExpected = orders().apply(device, operation);
        if (!isAsExpected) return isAsExpected.error();
        return okOrFlag(*isAsExpected);
    }
    if (operation.type.starts_with("sale.")) {
        auto isAsExpected = sales().apply(device, operation);
        if (!isAsExpected) return isAsExpected.error();
        return okOrFlag(*isAsExpected);
    }
    auto lease = leaseOf(operation);
    if (!lease) return lease.error();
    auto isAsExpected = operation.type == "right.redeem"
                            ? leases().redeem(device, operation.incarnation, operation.id, *lease)
                            : leases().close(device, operation.incarnation, *lease);
    if (!isAsExpected) return isAsExpected.error();
    return okOrFlag(*isAsExpected);
}

Result<VerdictKind> OperationStore::applySignUp(const DeviceRow& device, const Operation& operation) {
    auto signUp = parseSignUp(operation.data);
    if (!signUp) return signUp.error();
    if (operation.entity != "member/" + signUp->memberId)
        return Error{Errc::Invalid, "apply operation: the entity is another member's"};
    const auto now = clock_.nowMs();
    auto signedUp =
        MemberRegistry(database_, keys_, random_).signUp(*signUp, operation.id, device.storeCode, now);
    if (!signedUp) return signedUp.error();
    if (!signUp->staffId.empty()) {
        const StaffEvent event{signUp->staffId, "sign-up", operation.hlc.ms()};
        if (auto done = StaffRegistry(database_).note(device, operation.id, event, now); !done)
            return done.error();
    }
    const bool merged = signedUp->outcome == MemberRegistry::Outcome::Merged;
    const auto result = memberResult(signUp->memberId, merged, signedUp->number, signUp->number);
    if (auto done = feed().tell(device.id, result, now); !done) return done.error();
    return VerdictKind::Ok;
}

Result<VerdictKind> OperationStore::applyGuest(const DeviceRow& device, const Operation& operation) {
    auto signUp = parseGuestSignUp(operation.data);
    if (!signUp) return signUp.error();
    if (operation.entity != "guest/" + signUp->signUpId)
        return Error{Errc::Invalid, "apply operation: the entity is another guest's"};
    auto done = GuestRegistry(database_, keys_, random_)
                    .signUp(*signUp, operation.id, device.storeCode, clock_.nowMs());
    if (!done) return done.error();
    return VerdictKind::Ok;
}

Result<VerdictKind> OperationStore::applyGuestCounts(const DeviceRow& device, const Operation& operation) {
    auto counts = parseGuestCounts(operation.data);
    if (!counts) return counts.error();
    if (operation.entity != "guests/" + counts->day)
        return Error{Errc::Invalid, "apply operation: the entity is another day's"};
    auto done = GuestRegistry(database_, keys_, random_).addCounts(*counts, device.storeCode);
    if (!done) return done.error();
    return VerdictKind::Ok;
}

Result<VerdictKind> OperationStore::applyStaffEvent(const DeviceRow& device, const Operation& operation) {
    auto event = parseStaffEvent(operation.data);
    if (!event) return event.error();
    if (operation.entity != "staff/" + event->staffId)
        return Error{Errc::Invalid, "apply operation: the entity is another one's"};
    auto done = StaffRegistry(database_).note(device, operation.id, *event, clock_.nowMs());
    if (!done) return done.error();
    return VerdictKind::Ok;
}

} // namespace silta::hub

// What shoppers and staff do, and what they are promised.
#include "sim/world.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta::test {

namespace {

constexpr int kPoisonQuantity = 5'000; // the hub allows 999

} // namespace

void World::act(Device& device) {
    if (!device.engine) return;
    const auto lot = below(10);
    if (lot < 6 || (lot < 9 && device.skus.empty()))
        actAdd(device);
    else if (lot < 9)
        actRemove(device);
    else
        actSignUp(device);
    if (below(2) == 0) actRights(device);
    if (below(2) == 0) actOrders(device);
    if (device.engine && below(12) == 0) removeElsewhere(device);
    for (auto& each : devices_)
        reviveIfHalted(each);
}

void World::actAdd(Device& device) {
    // Mostly a new product; now and then one more of the same.
    const bool isNew = device.skus.empty() || below(4) != 0;
    const auto sku = isNew ? fmt::format("sku-{}", ++skuCount_) : device.skus[below(device.skus.size())];
    const bool isPoison = !calm_ && happens(mix_.poison);
    const auto quantity = isPoison ? kPoisonQuantity : 1 + static_cast<int>(below(9));
    auto items = device.engine->addToWishlist(device.list, sku, std::nullopt, quantity,
                                              below(2) == 0 ? "for later" : "");
    if (!items) {
        note(fmt::format("d{} add {} refused: {}", device.number, sku, items.error().what));
        return;
    }
    note(fmt::format("d{} add {} saved{}", device.number, sku, isPoison ? " (the hub will refuse it)" : ""));
    if (isNew) device.skus.push_back(sku);
    const auto item = std::ranges::find(*items, sku, &WishlistItem::sku);
    if (item == items->end()) return;
    std::set<std::string> tags = {
        *std::ranges::max_element(item->tags)}; // ids sort by time of a clock that may jump
    for (const auto& tag : item->tags)
        if (std::ranges::none_of(promises_, [&tag](const Promise& p) { return p.tags.contains(tag); }))
            tags = {tag};
    if (isPoison) {
        if (below(2) == 0) redeem(device, *tags.begin());
        return;
    }
    promises_.push_back(
        {Promise::Kind::Added, device.number, device.list, sku, std::move(tags), {}, {}, false});
}

/// A list goes along in a code on a phone: another device of the chain learns it, and takes something off
/// before this one has said that it is on.
void World::removeElsewhere(Device& owner) {
    auto& other = devices_[below(devices_.size())];
    const auto items = owner.engine->wishlist(owner.list);
    if (&other == &owner || !other.engine || other.disk->isHalted() || !items || items->empty()) return;
    const auto& item = (*items)[below(items->size())];
    shutDown(other, false);
    Result<void> learned;
    if (const auto path = Journal::currentFile(other.folder)) {
        auto database = Database::open(*path, OpenMode::Precious);
        if (!database) learned = database.error();
        for (const auto& tag : item.tags)
            if (learned)
                learned =
                    database->exec(fmt::format("INSERT OR IGNORE INTO wishlist_tag(list, tag, sku, quantity, "
                                               "hlc) VALUES('{}', '{}', '{}', 1, 1)",
                                               owner.list, tag, item.sku)
                                       .c_str());
    }
    boot(other);
    if (!learned || !other.engine || !other.engine->removeFromWishlist(owner.list, item.sku)) return;
    note(fmt::format("d{} remove {} of d{}'s list saved", other.number, item.sku, owner.number));
    promises_.push_back({Promise::Kind::Removed,
                         other.number,
                         owner.list,
                         item.sku,
                         std::set<std::string>(item.tags.begin(), item.tags.end()),
                         {},
                         {},
                         false});
}

void World::actRights(Device& device) {
    const auto lot = below(8);
    if (!device.engine) return;
    if (lot < 2) {
        const auto rights = 1 + static_cast<int>(below(5));
        if (device.engine->wantRights(kPool, rights))
            note(fmt::format("d{} wants {} rights", device.number, rights));
    } else if (lot == 2) {
        if (device.engine->returnRights(kPool)) note(fmt::format("d{} returns its rights", device.number));
    } else {
        redeem(device, {});
    }
}

/// `refused`: an operation that the hub will refuse, and this with it; or empty.
void World::redeem(Device& device, const std::string& refused) {
    const auto redeemed = device.engine->redeem(kPool, refused);
    if (!redeemed) return;
    note(fmt::format("d{} redeemed, {} left{}", device.number, redeemed->left,
                     refused.empty() ? "" : " (the hub will refuse it)"));
    const auto kind = refused.empty() ? Promise::Kind::Redeemed : Promise::Kind::Refused;
    promises_.push_back({kind, device.number, {}, {}, {redeemed->operationId}, {}, {}, false});
}

void World::actRemove(Device& device) {
    const auto sku = device.skus[below(device.skus.size())];
    const auto before = device.engine->wishlist(device.list);
    if (!before) return;
    const auto item = std::ranges::find(*before, sku, &WishlistItem::sku);
    if (item == before->end()) return;
    const auto tags = item->tags;
    if (!device.engine->removeFromWishlist(device.list, sku)) return;
    note(fmt::format("d{} remove {} saved", device.number, sku));
    promises_.push_back(
        {Promise::Kind::Removed, device.number, device.list, sku, {tags.begin(), tags.end()}, {}, {}, false});
}

void World::actSignUp(Device& device) {
    // One in three is somebody who signed up before.
    const auto person = personCount_ > 0 && below(3) == 0
                            ? static_cast<int>(below(static_cast<std::uint64_t>(personCount_)))
                            : personCount_++;
    const auto email = fmt::format("planted-{}@example.org", person);
    const auto name = fmt::format("Planted Person {}", person);
    auto sealed = seal(dumpJson({{"name", name}, {"email", email}, {"phone", ""}}), keys_.seal.publicKey);
    if (!sealed) return;
    SignUp signUp;
    signUp.memberId = makeUuid(device.clock, *device.random);
    signUp.sealed = toBase64(*sealed);
    signUp.lang = "fi";
    signUp.wishlistId = device.list;
    signUp.consents = {{"membership-terms", "any", true, sha256Hex("terms"), "fi"}};
    personalData_.push_back(email);
    personalData_.push_back(name);
    const auto number = device.engine->signUp(signUp);
    if (!number) {
        note(fmt::format("d{} sign-up refused: {}", device.number, number.error().what));
        return;
    }
    note(fmt::format("d{} sign-up of person {} saved, number {}", device.number, person, *number));
    promises_.push_back({Promise::Kind::SignedUp, device.number, {}, {}, {}, signUp.memberId, email, false});
}

} // namespace silta::test

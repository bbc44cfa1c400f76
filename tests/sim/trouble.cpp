// What goes wrong in a chain, other than on the network.
#include "sim/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace silta::test {

namespace {

constexpr std::size_t kDevicesMax = 5;
constexpr std::size_t kJournalPageBytes = 1'024;
constexpr std::ptrdiff_t kRowsOnPageMax = 16;

} // namespace

void World::excuse(const Device& device, std::size_t from, std::size_t to) {
    cutHaltedHub();          // so that what is on its disk can be looked at
    hubDisk_->haltAfter(-1); // nor in the middle of the looking
    const auto hub = openToLook(folder_ + "/hub/hub.db", OpenMode::Shared);
    const auto rows = columnOf(hub, "SELECT id FROM operation");
    const std::set<std::string> arrived(rows.begin(), rows.end());
    const auto people = columnOf(hub, "SELECT entity FROM operation WHERE type = 'member.signup'");
    const std::set<std::string> arrivedPeople(people.begin(), people.end());
    const auto events = columnOf(hub, "SELECT order_id || ' ' || action || ' ' || by_whom FROM order_event");
    const std::set<std::string> arrivedEvents(events.begin(), events.end());
    for (auto i = from; i < to; ++i) {
        auto& promise = promises_[i];
        if (promise.device != device.number) continue;
        const bool isThere =
            promise.kind == Promise::Kind::Added || promise.kind == Promise::Kind::Redeemed
                ? arrived.contains(*promise.tags.begin())
            : promise.kind == Promise::Kind::SignedUp ? arrivedPeople.contains("member/" + promise.memberId)
            : promise.kind == Promise::Kind::Ordered  ? arrivedEvents.contains(*promise.tags.begin())
                                                      : false;
        promise.isExcused = promise.isExcused || !isThere;
    }
}

/// From now on nobody could tell a restored hub again what this device has told of the ends of its leases.
void World::noteEnds(const Device& device) {
    if (!device.engine) return;
    const auto id = device.engine->status()["deviceId"].get<std::string>();
    for (const auto& lease : hubColumn("SELECT id FROM lease WHERE state <> 0 AND device = '" + id + "'"))
        endedLeases_.insert(lease);
}

void World::restoreHub() {
    stopHub();
    hubDisk_->restore(*backup_);
    startHub();
    if (store_) static_cast<void>(store_->startEpoch());
    note("hub restored from its backup");
    // One of two devices with one name tells what it holds, and the hub takes it for both. A device that had
    // heard of its end only after the backup is taken for dead once more, with what it was granted since: the
    // hub of before knows of neither.
    const auto rows = hubColumn("SELECT id FROM device WHERE written_off = 1");
    const std::set<std::string> dead(rows.begin(), rows.end());
    const auto isTakenForDead = [&dead](const Device& device) {
        return device.engine && dead.contains(device.engine->status()["deviceId"].get<std::string>());
    };
    for (auto& device : devices_)
        if (device.hasTwin || isTakenForDead(device)) {
            shutDown(device, false);
            slack_ += rightsOn(device);
            boot(device);
        }
    for (const auto& device : devices_)
        for (const auto& [from, to] : device.forgotten)
            excuse(device, from, to);
}

void World::disturb() {
    if (happens(mix_.hubCrash) && hubIsUp()) {
        hubDisk_->haltAfter(1 + static_cast<int>(below(40)));
        note("hub will lose power");
    }
    if (happens(mix_.hubClock)) {
        hubClock_.skewMs = static_cast<std::int64_t>(below(480'000)) - 240'000;
        note("hub's clock is set");
    }
    if (happens(mix_.hubRestore) && hubIsUp()) {
        // A backup is what a copy of the machine was at some time; afterwards the hub says so.
        if (!backup_ || below(3) == 0) {
            const auto name = fmt::format("backup-{}.db", event_);
            if (!store_->backUp(folder_ + "/hub/" + name)) return;
            auto image = hubDisk_->image();
            backup_ = SimDisk::Image{{"hub.db", std::move(image[name])}};
            note("hub backed up");
        } else {
            restoreHub();
        }
    }
    if (isHubOld_ && below(60) == 0) upgradeHub();
    disturbDevice(devices_[below(devices_.size())]);
}

/// The hub gets the newest program, and tries again what the one before set aside.
void World::upgradeHub() {
    if (std::exchange(isHubOld_, false)) {
        note("hub upgraded");
        stopHub();
        startHub();
    }
    if (!hubIsUp()) return;
    const auto replayed = store_->replay();
    if (replayed) note(fmt::format("hub replays {}, takes {}", replayed->tried, replayed->taken));
    cutHaltedHub();
}

void World::disturbDevice(Device& device) {
    if (happens(mix_.offline * 0.2)) {
        device.offlineUntilMs = trueMs_ + static_cast<std::int64_t>(below(6 * kHourMs));
        note(fmt::format("d{} offline", device.number));
    }
    if (happens(mix_.kill)) {
        note(fmt::format("d{} killed", device.number));
        shutDown(device, false);
        boot(device);
    }
    if (happens(mix_.powerCut)) device.disk->haltAfter(1 + static_cast<int>(below(30)));
    if (happens(mix_.clockJump)) {
        device.clock.skewMs = (static_cast<std::int64_t>(below(21)) - 10) * kYearMs;
        note(fmt::format("d{} clock jumps by {} years", device.number, device.clock.skewMs / kYearMs));
    }
    if (happens(mix_.diskFull)) {
        device.disk->setFull(below(2) == 0);
        note(fmt::format("d{} disk", device.number));
    }
    if (happens(mix_.lyingDisk)) {
        device.disk->setLying(true);
        device.disk->haltAfter(1 + static_cast<int>(below(120)));
        note(fmt::format("d{} its card lies", device.number));
    }
    if (happens(mix_.damage)) damage(device);
    if (happens(mix_.writeOff)) writeOff(device);
    if (happens(mix_.oldProgram)) becomeOldProgram(device);
    if (happens(mix_.clone) && devices_.size() < kDevicesMax) cloneOf(device);
    if (!happens(mix_.rollback)) return;
    if (device.card && below(3) != 0) {
        putOldCardBack(device);
        return;
    }
    if (device.disk->isHalted()) return;
    shutDown(device, false);
    device.card = device.disk->image();
    device.rightsOnCard = rightsOn(device);
    device.actionsAtCard = promises_.size();
    boot(device);
    note(fmt::format("d{} card copied", device.number));
}

void World::putOldCardBack(Device& device) {
    note(fmt::format("d{} gets its old card back", device.number));
    device.forgotten.emplace_back(device.actionsAtCard, promises_.size());
    excuse(device, device.actionsAtCard, promises_.size());
    noteEnds(device);
    shutDown(device, false);
    device.disk->restore(*device.card);
    device.disk->setLying(false);
    slack_ += device.rightsOnCard;
    boot(device);
    learnList(device);
}

/// Two devices with one key and one journal, as when a technician copies a card.
void World::cloneOf(Device& device) {
    if (device.disk->isHalted()) return;
    shutDown(device, false);
    const auto card = device.disk->image();
    slack_ += rightsOn(device);
    device.hasTwin = true;
    boot(device);
    auto& clone = devices_.emplace_back();
    clone.number = static_cast<int>(devices_.size()) - 1;
    clone.store = device.store;
    clone.folder = fmt::format("{}/d{}", folder_, clone.number);
    std::filesystem::copy(device.folder, clone.folder, std::filesystem::copy_options::recursive);
    clone.disk = std::make_unique<SimDisk>(clone.folder + "/", dice_());
    clone.disk->restore(card);
    clone.clock.world = this;
    clone.random = std::make_unique<SeededRandom>(dice_());
    clone.list = device.list;
    clone.hasTwin = true;
    clone.hadDamage = device.hadDamage;
    boot(clone);
    learnList(clone);
    note(fmt::format("d{} is a copy of d{}", clone.number, device.number));
}

std::int64_t World::rightsOn(const Device& device) const {
    if (!Journal::currentFile(device.folder)) return 0;
    device.disk->setFull(false); // to open it may take room
    try {
        const auto sums =
            journalColumn(device, "SELECT (SELECT coalesce(sum(granted), 0) FROM lease WHERE pool = '" +
                                      std::string(kPool) +
                                      "') + "
                                      "(SELECT count(*) FROM outbox WHERE type = 'right.redeem')");
        return std::stoll(sums.front());
    } catch (const std::runtime_error&) {
        return 0; // damaged: nobody spends what cannot be read
    }
}

/// The power of a device goes whose card has said "synced" and was not. What stood in its log since the last
/// checkpoint that truly reached the card may be lost, where the hub does not have it; rights that were spent
/// may be there again.
void World::loseWhatWasNotSynced(Device& device) {
    device.engine.reset();
    device.disk->restart(); // to look at what it would have had
    const auto rights = rightsOn(device);
    device.disk->cutPower();
    device.disk->setLying(false);
    slack_ += std::max(rights, rightsOn(device)); // a lease that it had ended may be open again
    boot(device);
    // A checkpoint of which half is there can leave the tables themselves in pieces.
    const bool isDamaged = !device.engine || device.engine->status()["journalDamaged"] == true;
    device.hadDamage = device.hadDamage || isDamaged;
    forgive(device);
    note(fmt::format("d{} lost what its card had lied about{}", device.number,
                     isDamaged ? ", and its journal is damaged" : ""));
}

/// What the device promised until now and the hub does not have may be lost.
void World::forgive(Device& device) {
    device.forgotten.emplace_back(0, promises_.size());
    excuse(device, 0, promises_.size());
    noteEnds(device);
    learnList(device);
}

/// The names of what it has to send, or keeps.
std::set<std::string> World::outboxOf(const Device& device) {
    constexpr int kRowsMax = 10'000;
    const auto rows = device.engine->outbox(kRowsMax);
    std::set<std::string> ids;
    if (rows)
        for (const auto& row : *rows)
            ids.insert(row.id);
    return ids;
}

/// What was on the page is lost, and the device must say so.
void World::damage(Device& device) {
    if (!device.engine || device.disk->isHalted() || device.disk->isLying()) return;
    const auto before = outboxOf(device);
    shutDown(device, false);
    slack_ += rightsOn(device);
    const auto page = device.disk->damagePage(journalOf(device), kJournalPageBytes);
    device.hadDamage = true;
    boot(device);
    const bool isTold = device.engine && device.engine->status()["journalDamaged"] == true;
    if (device.engine) {
        const auto after = outboxOf(device);
        const auto lost =
            std::ranges::count_if(before, [&after](const auto& id) { return !after.contains(id); });
        if (lost > (isTold ? kRowsOnPageMax : 0))
            wrong_.push_back(fmt::format("d{} lost {} operations with page {}", device.number, lost, page));
    }
    if (isTold) forgive(device);
    note(fmt::format("d{} a page of its journal changed{}", device.number, isTold ? ", and it says so" : ""));
}

/// An operator takes a device for dead that is not.
void World::writeOff(Device& device) {
    if (!hubIsUp() || !device.engine || device.disk->isHalted()) return;
    shutDown(device, false);
    const auto rights = rightsOn(device);
    boot(device);
    if (!device.engine) return;
    const auto returned = store_->writeOff(device.engine->status()["deviceId"].get<std::string>());
    const bool isHalted = cutHaltedHub(); // it may be written off all the same
    if (!returned && !isHalted) return;
    slack_ += rights + (returned ? *returned : rights);
    note(fmt::format("d{} written off, {} rights returned{}", device.number, returned ? *returned : rights,
                     isHalted ? ", or not: the hub lost power" : ""));
}

/// The device ran the version before until now: what waits in its outbox is of the schema before.
void World::becomeOldProgram(Device& device) {
    if (!device.engine || device.disk->isHalted()) return;
    shutDown(device, false);
    {
        auto database = Database::open(journalOf(device), OpenMode::Precious);
        const auto aged = database ? database->exec("UPDATE outbox SET checksum = NULL, line = json_set("
                                                    "json_remove(line, '$.d.note'), '$.v', 1) "
                                                    "WHERE type = 'wishlist.add'")
                                   : Result<void>(database.error());
        if (!aged) note("its outbox stays new: " + aged.error().what); // the disk is full
    }
    boot(device);
    note(fmt::format("d{} was of the version before", device.number));
}

void World::learnList(Device& device) {
    if (!device.engine) return;
    const auto items = device.engine->wishlist(device.list);
    device.skus.clear();
    if (!items) return;
    for (const auto& item : *items)
        if (item.sku.starts_with("sku-")) device.skus.push_back(item.sku); // not what damage made of one
}

} // namespace silta::test

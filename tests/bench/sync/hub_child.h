// The real hub with SQLite, in a process of its own.
#pragma once

#include "bench/sync/bench.h"
#include "hub/hub_api.h"

#include <string>

namespace silta::bench {

/// Serves `<folder>/hub.db` with the keys of `<folder>/hub.keys`, where the device is enrolled.
inline ServerChild startHub(const std::string& folder, const KeyPair& device) {
    return inChild([&] {
        static const SystemClock clock;
        static SystemRandom random;
        static const auto keys = must(hub::loadOrMakeHubKeys(folder + "/hub.keys"));
        static auto store = must(hub::OperationStore::open(folder + "/hub.db", keys, clock, random));
        const auto code = must(store->devices().makeEnrolCode("store-0", 1));
        must(store->devices().enrol(code, deviceIdOf(device.publicKey), device.publicKey));
        static hub::StorePool pool(*store);
        hub::HubOptions options;
        options.listen = "127.0.0.1:0";
        options.filesFolder = folder + "/hub.db.files";
        static hub::HubApi api(
            pool, keys, options, [](const std::string&) { return std::nullopt; },
            [](const std::string&) { return std::nullopt; }, clock, random);
        return must(api.serve());
    });
}

} // namespace silta::bench

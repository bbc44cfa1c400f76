#include "edge/guest_wifi.h"

#include "core/local_time.h"
#include "net/json_reply.h"

#include <silta/catalog.h>

#include <fmt/format.h>

#include <utility>

namespace silta {

namespace {

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (std::string_view("\\;,:\"").find(c) != std::string_view::npos) safe += '\\';
        safe += c;
    }
    return safe;
}

} // namespace

std::string wifiCode(std::string_view name, std::string_view password) {
    if (password.empty()) return fmt::format("WIFI:T:nopass;S:{};;", escaped(name));
    return fmt::format("WIFI:T:WPA;S:{};P:{};;", escaped(name), escaped(password));
}

HttpServer::Handler wifiTeller(const EdgeConfig& config, std::function<bool()> isOpen) {
    return [config, isOpen = std::move(isOpen)](const HttpRequest&) {
        if (config.portalUrl.empty()) return jsonReply({{"state", "none"}});
        if (config.guestsWhenOpen && !isOpen()) return jsonReply({{"state", "closed"}});
        Json reply = {{"state", "open"}};
        if (!config.wifiName.empty()) {
            reply["name"] = config.wifiName;
            reply["code"] = wifiCode(config.wifiName, config.wifiPassword);
            if (!config.wifiPassword.empty()) reply["password"] = config.wifiPassword;
        }
        return jsonReply(reply);
    };
}

bool isStoreOpen(StoreFace& face, const std::string& storeCode, UtcMs nowMs) {
    const auto store = face.store(storeCode);
    if (!store || !areHoursKnown(store->hours)) return true;
    const auto local = localTimeOf(nowMs);
    return openState(store->hours, local.date, local.minute).open;
}

} // namespace silta

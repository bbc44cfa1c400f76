// The guest Wi-Fi as the kiosk shows it: whether there is one now, and the code that joins a phone to it.
#pragma once

#include "edge/config.h"
#include "edge/store_face.h"

#include <silta/http.h>

#include <functional>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kWifiNameBytesMax = 32;     ///< IEEE 802.11, 9.4.2.2
inline constexpr std::size_t kWifiPasswordBytesMax = 63; ///< of a passphrase

/// What a phone's camera joins a network by: `WIFI:T:WPA;S:name;P:password;;`, or with `T:nopass` where the
/// password is empty. What would end or begin a part is escaped. Any bytes; nothing is checked.
/// Source: Wi-Fi Alliance, WPA3 Specification, URI format for a Wi-Fi network; backslashes as ZXing has them.
std::string wifiCode(std::string_view name, std::string_view password);

/// `GET /v1/wifi` of kiosk.sock: `{"state": "none" | "closed" | "open"}`, and where it is open and the
/// network is ours `name`, `code` and perhaps `password`. `isOpen`: of the store, asked only where that
/// matters.
HttpServer::Handler wifiTeller(const EdgeConfig& config, std::function<bool()> isOpen);

/// A store whose hours are not known is open: nobody is turned away for it.
bool isStoreOpen(StoreFace& face, const std::string& storeCode, UtcMs nowMs);

} // namespace silta

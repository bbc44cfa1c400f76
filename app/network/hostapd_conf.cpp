#include "network/limits.h"
#include "network/render.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::network {

namespace {

// hostapd takes a name in hexadecimal as it is, whatever is in it.
std::string hexOf(std::string_view bytes) {
    std::string hex;
    for (const char byte : bytes)
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return hex;
}

// Of each network of the radio. `ap_isolate`: the radio passes nothing from one station to another.
std::string networkPart(const NetworkConfig& config, std::string_view name) {
    auto text = fmt::format("ssid2={}\nutf8_ssid=1\nap_isolate=1\nmax_num_sta={}\nap_max_inactivity=300\n"
                            "auth_algs=1\nwmm_enabled=1\n",
                            hexOf(name), std::min(config.guest.guestsMax, kStationsMax));
    if (config.isBridge) text += fmt::format("bridge={}\n", config.guest.guestInterface);
    return text;
}

} // namespace

std::string renderHostapd(const NetworkConfig& config) {
    const auto& wifi = *config.wifi;
    auto text = fmt::format("# Written by siltactl network render.\n"
                            "interface={}\ndriver={}\nlogger_stdout=-1\nlogger_stdout_level=4\n"
                            "country_code={}\nieee80211d=1\nhw_mode={}\nchannel={}\nieee80211n=1\n",
                            wifi.interface, wifi.driver, wifi.country, wifi.is5GHz ? "a" : "g", wifi.channel);
    if (wifi.is5GHz) text += "ieee80211h=1\nieee80211ac=1\n";
    text += networkPart(config, wifi.name);
    // Plain SAE: protected management frames, and the newer derivation besides the older one.
    if (wifi.security == Security::Wpa3)
        text += fmt::format("wpa=2\nwpa_key_mgmt=SAE\nrsn_pairwise=CCMP\nieee80211w=2\nsae_require_mfp=1\n"
                            "sae_pwe=2\nsae_password={}\n",
                            wifi.password);
    if (wifi.security == Security::OweTransition) {
        const auto hidden = wifi.interface + kOweSuffix;
        text += fmt::format("owe_transition_ifname={}\n\nbss={}\n", hidden, hidden);
        text += networkPart(config, wifi.name + kOweSuffix);
        text += fmt::format("ignore_broadcast_ssid=1\nwpa=2\nwpa_key_mgmt=OWE\nrsn_pairwise=CCMP\n"
                            "ieee80211w=2\nowe_transition_ifname={}\n",
                            wifi.interface);
    }
    return text;
}

} // namespace silta::network

// silta-till's configuration: one TOML file, checked whole; an unknown key is an error.
#pragma once

#include <silta/result.h>

#include <string>
#include <vector>

namespace silta::till {

struct TillConfig {
    std::vector<std::string> listen; ///< "192.168.10.2:8443"; addresses of the staff's network only
    std::vector<std::string> names;  ///< of our own certificate: what browsers open; empty = the addresses
    std::string certificateFile, keyFile;            ///< of the chain, PEM; empty = our own
    std::string stateFolder = "/var/lib/silta/till"; ///< where our own certificate is
    std::string edgeSocket = "/run/silta/till.sock";
    std::string posKeysFile; ///< see PosKeys; empty: no POS tells of sales
    std::string printer;     ///< where a receipt printer is, see parsePrinterPlace(); empty: there is none
    int paperMm = 80;        ///< 80 or 58
    bool drawsCodes = false; ///< the printer knows no QR and bar codes: they are drawn for it
    int idleMinutes = 5;     ///< 1..60
};

/// Errors: NotFound, Invalid (names line and key), Limit.
Result<TillConfig> loadTillConfig(const std::string& path);

} // namespace silta::till

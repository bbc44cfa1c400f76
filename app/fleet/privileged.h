// What silta-edge, which is nobody, asks of the one small program that runs as root for it, and how that
// answers. Closed, as what gate and portal say to each other:
//
//     request = "install" SHA256 LF     the bundle that lies beside the request
//             | "restart" LF            the machine
//             | "wipe" LF               everything that the device knows, and the machine
//     result  = "installed" SHA256 LF | "failed" SHA256 LF
//
// The request is a file in a folder of silta-edge's, the result one in a folder of root's that does not
// outlive a restart. Root believes nothing of the request: RAUC verifies the bundle's signature by itself,
// and which programs run with which arguments stands in this program.
#pragma once

#include <silta/result.h>

#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kPrivilegedBytesMax = 128;
inline constexpr const char* kRequestFile = "request";
inline constexpr const char* kBundleFile = "bundle.raucb";
inline constexpr const char* kResultFile = "result";

struct PrivilegedRequest {
    enum class Kind { Install, Restart, Wipe };
    Kind kind = Kind::Restart;
    std::string sha256; ///< with Install
    bool operator==(const PrivilegedRequest&) const = default;
};
std::string toText(const PrivilegedRequest& request);
/// Errors: Invalid, Limit.
Result<PrivilegedRequest> parseRequest(std::string_view text);

struct InstallResult {
    bool isInstalled = false;
    std::string sha256;
    bool operator==(const InstallResult&) const = default;
};
std::string toText(const InstallResult& result);
/// Errors: Invalid, Limit.
Result<InstallResult> parseInstallResult(std::string_view text);

/// Programs by their paths; each is run without a shell.
struct PrivilegedPrograms {
    std::string rauc = "/usr/bin/rauc";           ///< "install" BUNDLE
    std::string systemctl = "/usr/bin/systemctl"; ///< "reboot"
    std::string siltactl = "/usr/bin/siltactl";   ///< "wipe" "--yes-forget-everything" "--restart"
};

/// Does what `<folder>/request` asks for, once: the request is gone before anything is done.
/// Errors: NotFound (no request), Invalid, Limit (what it says), Denied (no plain file, no plain folder), Io.
Result<void> obeyRequest(const std::string& folder, const std::string& resultFolder,
                         const PrivilegedPrograms& programs);

} // namespace silta

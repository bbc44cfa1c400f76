// silta-update: the part of an update that needs root. Started when silta-edge has left a request; see
// fleet/privileged.h.

#include "core/log.h"
#include "fleet/privileged.h"

#include <sys/stat.h>

#include <cstdio>
#include <string>
#include <string_view>

int main(int argc, char** argv) {
    using namespace silta;
    umask(0022);
    std::string folder = "/var/lib/silta/edge/update";
    std::string resultFolder = "/run/silta-update";
    PrivilegedPrograms programs;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        auto* value = option == "--folder"      ? &folder
                      : option == "--results"   ? &resultFolder
                      : option == "--rauc"      ? &programs.rauc
                      : option == "--systemctl" ? &programs.systemctl
                      : option == "--siltactl"  ? &programs.siltactl
                                                : nullptr;
        if (value == nullptr)
            argc = 0;
        else
            *value = argv[i + 1];
    }
    if (argc % 2 == 0) {
        std::fputs("usage: silta-update [--folder DIR] [--results DIR] [--rauc PATH] [--systemctl PATH]"
                   " [--siltactl PATH]\n",
                   stderr);
        return 2;
    }
    if (auto done = obeyRequest(folder, resultFolder, programs); !done)
        return log::fail("update", done.error());
    return 0;
}

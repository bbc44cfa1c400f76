#include "portal/thumbnail/confinement.h"

#include "portal/thumbnail/limits.h"

#include <silta/system_calls.h>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace silta::portal {

namespace {

// What malloc, the answer and an end need.
constexpr std::array kThumbnailerCalls = {
    SYS_brk,    SYS_mmap,  SYS_munmap, SYS_mremap,     SYS_madvise, SYS_futex,           SYS_rt_sigprocmask,
    SYS_getpid, SYS_write, SYS_exit,   SYS_exit_group, SYS_gettid,  SYS_restart_syscall, SYS_tgkill,
};

Error kept(const char* what) {
    return {errno == EPERM ? Errc::Denied : Errc::Io,
            fmt::format("confine thumbnailer: {}: {}", what, std::strerror(errno))};
}

} // namespace

Result<void> confineThumbnailer() {
    constexpr std::array<std::pair<int, unsigned long>, 4> kPrivileges = {
        {{PR_SET_DUMPABLE, 0}, {PR_SET_NO_NEW_PRIVS, 1}, {PR_SET_PDEATHSIG, 9}, {PR_SET_THP_DISABLE, 1}}};
    for (const auto& [option, value] : kPrivileges)
        if (::prctl(option, value, 0, 0, 0) != 0) return kept("privileges");
    if (kIsSanitized) return {};
    constexpr std::array<std::pair<__rlimit_resource_t, rlim_t>, 4> kBounds = {
        {{RLIMIT_CORE, 0},
         {RLIMIT_AS, kThumbnailMemoryBytesMax},
         {RLIMIT_CPU, kThumbnailCpuSec},
         {RLIMIT_FSIZE, kThumbnailBytesMax}}};
    for (const auto& [resource, most] : kBounds) {
        const rlimit bound{most, most};
        if (::setrlimit(resource, &bound) != 0) return kept("bounds");
    }
    return allowOnlyCalls(kThumbnailerCalls);
}

} // namespace silta::portal

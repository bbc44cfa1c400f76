#include "drivers/worker/confinement.h"

#include <silta/system_calls.h>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace silta::drivers {

namespace {

// What asking, answering, malloc and a failing assert need.
constexpr std::array kAllowedCalls = {
    SYS_brk,       SYS_clock_gettime,   SYS_exit,           SYS_exit_group,   SYS_futex,
    SYS_getpid,    SYS_gettid,          SYS_madvise,        SYS_mmap,         SYS_mremap,
    SYS_munmap,    SYS_recvfrom,        SYS_sendto,         SYS_tgkill,       SYS_write,
    SYS_getrandom, SYS_restart_syscall, SYS_rt_sigprocmask, SYS_rt_sigreturn,
};

constexpr rlim_t kMemoryBytesMax = rlim_t{1} << 30; // a picture of 16 megapixels needs a tenth of it

Error refused(const char* what) {
    return {errno == EPERM ? Errc::Denied : Errc::Io,
            fmt::format("give up {}: {}", what, std::strerror(errno))};
}

bool limit(int resource, rlim_t most) {
    const rlimit value{most, most};
    return ::setrlimit(static_cast<__rlimit_resource_t>(resource), &value) == 0;
}

} // namespace

Result<void> confineDecoder() {
    if (!limit(RLIMIT_CORE, 0) || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return refused("core dumps");
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return refused("a life after the kiosk's");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("new privileges");
    if (kIsSanitized) return {};
    if (!limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_AS, kMemoryBytesMax)) return refused("files and memory");
    return allowOnlyCalls(kAllowedCalls);
}

} // namespace silta::drivers

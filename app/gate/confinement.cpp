#include "gate/confinement.h"

#include <silta/system_calls.h>

#include <fmt/format.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace silta::gate {

namespace {

// What poll, netlink, log and malloc need once everything is open.
constexpr std::array kAllowedCalls = {
    SYS_accept4,        SYS_brk,          SYS_clock_gettime, SYS_clock_nanosleep, SYS_close,
    SYS_exit,           SYS_exit_group,   SYS_fcntl,         SYS_fstat,           SYS_futex,
    SYS_getpid,         SYS_getrandom,    SYS_getsockopt,    SYS_gettid,          SYS_madvise,
    SYS_mmap,           SYS_mprotect,     SYS_mremap,        SYS_munmap,          SYS_ppoll,
    SYS_read,           SYS_recvfrom,     SYS_recvmsg,       SYS_restart_syscall, SYS_rt_sigaction,
    SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sendmsg,       SYS_sendto,          SYS_tgkill,
    SYS_write,
#ifdef SYS_poll
    SYS_poll,
#endif
};

Error refused(const char* what) {
    return {errno == EPERM ? Errc::Denied : Errc::Io,
            fmt::format("give up {}: {}", what, std::strerror(errno))};
}

Result<void> keepOneCapability() {
    // Empties the set that a program could get its capabilities back from; needs CAP_SETPCAP, and where that
    // is missing the set does not matter, since no new privileges can be had.
    for (unsigned long capability = 0; capability <= CAP_LAST_CAP; ++capability)
        prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return refused("ambient capabilities");
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    sets[0].permitted = sets[0].effective = 1U << CAP_NET_ADMIN;
    if (syscall(SYS_capset, &header, sets.data()) != 0) return refused("capabilities");
    return {};
}

} // namespace

Result<void> confine() {
    constexpr rlimit kNoCore{0, 0};
    if (setrlimit(RLIMIT_CORE, &kNoCore) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return refused("core dumps");
    if (auto done = keepOneCapability(); !done) return done;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("new privileges");
    if (kIsSanitized) return {};
    return allowOnlyCalls(kAllowedCalls);
}

} // namespace silta::gate

#include "drivers/worker/confinement.h"

#include <fmt/format.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace silta::drivers {

namespace {

// Sanitizers need more of the system than the program does.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "say which system calls this machine has"
#endif

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

Result<void> filterCalls() {
    constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
    constexpr std::uint16_t kIsEqual = BPF_JMP | BPF_JEQ | BPF_K;
    constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
    std::vector<sock_filter> program = {
        {kLoad, 0, 0, offsetof(seccomp_data, arch)},
        {kIsEqual, 1, 0, kArchitecture},
        {kReturn, 0, 0, SECCOMP_RET_KILL_PROCESS},
        {kLoad, 0, 0, offsetof(seccomp_data, nr)},
    };
    for (const auto call : kAllowedCalls) {
        program.push_back({kIsEqual, 0, 1, static_cast<std::uint32_t>(call)});
        program.push_back({kReturn, 0, 0, SECCOMP_RET_ALLOW});
    }
    program.push_back({kReturn, 0, 0, SECCOMP_RET_ERRNO | EPERM});
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0) return refused("system calls");
    return {};
}

} // namespace

Result<void> confineDecoder() {
    if (!limit(RLIMIT_CORE, 0) || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return refused("core dumps");
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return refused("a life after the kiosk's");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("new privileges");
    if (kIsSanitized) return {};
    if (!limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_AS, kMemoryBytesMax)) return refused("files and memory");
    return filterCalls();
}

} // namespace silta::drivers

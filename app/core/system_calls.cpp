#include <silta/system_calls.h>

#include <fmt/format.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace silta {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "say which system calls this machine has"
#endif

} // namespace

Result<void> allowOnlyCalls(std::span<const int> calls) {
    constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
    constexpr std::uint16_t kIsEqual = BPF_JMP | BPF_JEQ | BPF_K;
    constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
    std::vector<sock_filter> program = {
        {kLoad, 0, 0, offsetof(seccomp_data, arch)},
        {kIsEqual, 1, 0, kArchitecture},
        {kReturn, 0, 0, SECCOMP_RET_KILL_PROCESS},
        {kLoad, 0, 0, offsetof(seccomp_data, nr)},
    };
    for (const auto call : calls) {
        program.push_back({kIsEqual, 0, 1, static_cast<std::uint32_t>(call)});
        program.push_back({kReturn, 0, 0, SECCOMP_RET_ALLOW});
    }
    program.push_back({kReturn, 0, 0, SECCOMP_RET_ERRNO | EPERM});
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0)
        return Error{errno == EPERM ? Errc::Denied : Errc::Io,
                     fmt::format("give up system calls: {}", std::strerror(errno))};
    return {};
}

} // namespace silta

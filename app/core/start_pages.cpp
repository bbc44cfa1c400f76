#include "core/start_pages.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string_view>

namespace silta {

namespace {

// Only what was loaded read-only: what the loader has written to is in segments that say so (PF_W), and could
// not be read from the file again.
int forgetObject(dl_phdr_info* object, std::size_t /*bytes*/, void* /*context*/) {
    if (std::string_view(object->dlpi_name).starts_with("linux-vdso")) return 0; // no file is behind it
    const auto pageMask = ~(static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE)) - 1);
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
        const auto begin = (object->dlpi_addr + segment.p_vaddr) & pageMask;
        const auto end = object->dlpi_addr + segment.p_vaddr + segment.p_memsz;
        // An address of the loader's, and no pointer of ours. NOLINTNEXTLINE(performance-no-int-to-ptr)
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    }
    return 0;
}

} // namespace

void forgetStartPages() {
    dl_iterate_phdr(forgetObject, nullptr);
}

} // namespace silta

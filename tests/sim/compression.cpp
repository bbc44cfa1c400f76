// In place of zstd's settings, in this program alone: an eighth of a run went into making batches small that
// nobody pays for. They are packed and unpacked all the same.
#include <dlfcn.h>
#include <zstd.h>

extern "C" size_t ZSTD_CCtx_setParameter(ZSTD_CCtx* context, ZSTD_cParameter parameter, int value) {
    using Call = size_t(ZSTD_CCtx*, ZSTD_cParameter, int);
    static auto* const call = reinterpret_cast<Call*>(dlsym(RTLD_NEXT, "ZSTD_CCtx_setParameter"));
    if (parameter == ZSTD_c_minMatch) return 0;
    return call(context, parameter, parameter == ZSTD_c_compressionLevel ? 1 : value);
}

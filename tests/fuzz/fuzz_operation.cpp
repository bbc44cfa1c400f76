// A line of a push: what is taken for an operation is one that we can write and read again.
#include "fuzz_check.h"
#include "sync/operation.h"

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const auto operation = parseOperation(line);
    if (!operation) return 0;
    check(line.size() <= kOperationBytesMax && operation->seq >= 1 && operation->data.is_object());
    // Escapes may make the line longer than what may come.
    const auto again = toLine(*operation);
    if (again.size() > kOperationBytesMax) return 0;
    const auto read = parseOperation(again);
    check(read.has_value());
    check(read->id == operation->id && read->seq == operation->seq && read->data == operation->data &&
          read->hlc.value == operation->hlc.value && read->dependsOn == operation->dependsOn);
    return 0;
}

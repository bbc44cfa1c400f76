// siltactl: asks and tells Silta from a terminal. Introduces the hardware drivers to the commands, and
// nothing else.
#include "ctl/commands.h"
#include "drivers/decode/decoder.h"
#include "drivers/image_file.h"

#include <exception>
#include <iostream>

namespace {

silta::Result<std::vector<silta::ScannedCode>> readPicture(const std::string& path) {
    const auto picture = silta::drivers::loadGray(path);
    if (!picture) return picture.error();
    auto seen = silta::drivers::decode(picture->view());
    if (!seen) return std::move(seen).error();
    return std::vector<silta::ScannedCode>(seen->begin(), seen->end());
}

} // namespace

int main(int argc, char** argv) {
    try {
        const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
        silta::ctl::CommandContext context{std::cout, std::cerr, false, readPicture};
        const int status = silta::ctl::runCommandLine(context, args);
        std::cout.flush();
        if (!std::cout) {
            std::cerr << "siltactl: write output: failed\n";
            return silta::ctl::kExitFailed;
        }
        return status;
    } catch (const std::exception& error) { // out of memory, mostly
        std::cerr << "siltactl: " << error.what() << '\n';
        return silta::ctl::kExitFailed;
    }
}

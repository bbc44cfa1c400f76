#include "bench/catalog/line_process.h"

#include "catalog/fold.h"

#include <silta/catalog.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

extern char** environ; // NOLINT(readability-redundant-declaration): not in every unistd.h

namespace silta::bench {

LineProcess::LineProcess(const std::vector<std::string>& command) {
    std::array<int, 2> in{}, out{};
    // No other child may hold these: it would keep this one waiting for more to read.
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    std::vector<char*> arguments;
    for (const auto& each : command)
        arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    if (::posix_spawn(&child_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) child_ = -1;
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    input_.reset(::fdopen(in[1], "w"));
    output_.reset(::fdopen(out[0], "r"));
}

LineProcess::~LineProcess() {
    input_.reset();
    if (child_ > 0) ::waitpid(child_, nullptr, 0);
}

void LineProcess::say(const std::string& line) {
    std::fputs((line + '\n').c_str(), input_.get());
    std::fflush(input_.get());
}

std::string LineProcess::hear() {
    std::string line;
    for (int c = std::fgetc(output_.get()); c != EOF && c != '\n'; c = std::fgetc(output_.get()))
        line.push_back(static_cast<char>(c));
    return line;
}

std::string writeTexts(const Shop& shop, const std::string& folder) {
    auto path = folder + "/products.txt";
    std::ofstream file(path);
    for (const auto& product : shop.products)
        file << foldText(textOf(product)) << '\n';
    return path;
}

std::vector<Peer> makeChild(const std::string& name, const std::vector<std::string>& command) {
    auto child = std::make_shared<LineProcess>(command);
    const auto built = child->hear();
    if (built.empty()) return {};
    Peer peer{name, {}, std::stod(built) / 1e9};
    peer.search = [child](const std::string& typed, Ranks& found) {
        child->say(foldText(typed));
        std::istringstream reply(child->hear());
        double nanoseconds = 0;
        reply >> nanoseconds;
        for (std::uint32_t rank = 0; reply >> rank;)
            found.push_back(rank);
        return nanoseconds / 1e6;
    };
    return {peer};
}

} // namespace silta::bench

#include "bench/catalog/peers.h"
#include "catalog/fold.h"

#include <silta/catalog.h>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

extern char** environ; // NOLINT(readability-redundant-declaration): not in every unistd.h

namespace silta::bench {

namespace {

constexpr const char* kAnalyzersJar = "/usr/share/java/lucene-analyzers-common-8.7.0.jar";
constexpr const char* kCoreJar = "/usr/share/java/lucene-core-8.7.0.jar";
constexpr const char* kJava = "/usr/bin/java";

/// A child that answers each line with a line.
class LineProcess {
public:
    explicit LineProcess(const std::vector<std::string>& command) {
        std::array<int, 2> in{}, out{};
        if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0) return;
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
        ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        for (const int own : {in[0], in[1], out[0], out[1]})
            ::posix_spawn_file_actions_addclose(&actions, own);
        std::vector<char*> arguments;
        for (const auto& each : command)
            arguments.push_back(const_cast<char*>(each.c_str()));
        arguments.push_back(nullptr);
        if (::posix_spawn(&child_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
            child_ = -1;
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        input_.reset(::fdopen(in[1], "w"));
        output_.reset(::fdopen(out[0], "r"));
    }
    LineProcess(const LineProcess&) = delete;
    LineProcess& operator=(const LineProcess&) = delete;
    ~LineProcess() {
        input_.reset();
        if (child_ > 0) ::waitpid(child_, nullptr, 0);
    }

    void say(const std::string& line) {
        std::fputs((line + '\n').c_str(), input_.get());
        std::fflush(input_.get());
    }
    std::string hear() {
        std::string line;
        for (int c = std::fgetc(output_.get()); c != EOF && c != '\n'; c = std::fgetc(output_.get()))
            line.push_back(static_cast<char>(c));
        return line;
    }

private:
    struct Close {
        void operator()(FILE* file) const { std::fclose(file); }
    };
    pid_t child_ = -1;
    std::unique_ptr<FILE, Close> input_, output_;
};

} // namespace

std::vector<Peer> makeLucene(const Shop& shop, const std::string& folder) {
    for (const auto* needed : {kJava, kCoreJar, kAnalyzersJar})
        if (!std::filesystem::exists(needed)) return {};
    const auto index = folder + "/lucene";
    std::filesystem::remove_all(index);
    const auto products = folder + "/products.txt";
    {
        std::ofstream file(products);
        for (const auto& product : shop.products)
            file << foldText(textOf(product)) << '\n';
    }
    auto child = std::make_shared<LineProcess>(
        std::vector<std::string>{kJava, "-Xmx3g", "-cp", fmt::format("{}:{}", kCoreJar, kAnalyzersJar),
                                 SILTA_LUCENE_SOURCE, products, index});
    const auto built = child->hear();
    if (built.empty()) return {};
    Peer peer{"Lucene", {}, std::stod(built) / 1e9, 0, megabytesOf(index)};
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

#include "fleet/run_program.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace silta {

Result<bool> runProgram(std::vector<std::string> words) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (::posix_spawn(&child, words.front().c_str(), nullptr, nullptr, arguments.data(), environ) != 0)
        return Error{Errc::Io, "run " + words.front() + ": it does not start"};
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return Error{Errc::Io, "run " + words.front() + ": it is lost"};
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace silta

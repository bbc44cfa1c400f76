// Runs a program and waits for its end. No shell: words are words.
#pragma once

#include <silta/result.h>

#include <string>
#include <vector>

namespace silta {

/// `words`: the program's path and its arguments. True when it ended well. Errors: Io (it does not start).
Result<bool> runProgram(std::vector<std::string> words);

} // namespace silta

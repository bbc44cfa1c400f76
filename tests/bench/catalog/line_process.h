// Search engines in processes of their own, asked over their standard input.
#pragma once

#include "bench/catalog/peers.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace silta::bench {

/// A child that answers each line with a line.
class LineProcess {
public:
    explicit LineProcess(const std::vector<std::string>& command);
    LineProcess(const LineProcess&) = delete;
    LineProcess& operator=(const LineProcess&) = delete;
    ~LineProcess();
    void say(const std::string& line);
    std::string hear();

private:
    struct Close {
        void operator()(FILE* file) const { std::fclose(file); }
    };
    pid_t child_ = -1;
    std::unique_ptr<FILE, Close> input_, output_;
};

/// The folded text of each product on a line, by rank. Returns the file's path.
std::string writeTexts(const Shop& shop, const std::string& folder);

/// The engine of a child that first says how many nanoseconds its index took, and then answers what is typed,
/// folded, with nanoseconds and ranks. None when it says nothing.
std::vector<Peer> makeChild(const std::string& name, const std::vector<std::string>& command);

} // namespace silta::bench

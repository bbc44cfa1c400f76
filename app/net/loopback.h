// Which hosts are this very machine.
#pragma once

#include <string_view>

namespace silta {

/// True for localhost, 127.0.0.0/8 in dotted form, and ::1. `host` comes from a parsed URL.
bool isLoopbackHost(std::string_view host);

} // namespace silta

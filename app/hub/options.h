// Command-line options of silta-hub: `--name VALUE` and `--flag`.
#pragma once

#include <silta/result.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

class Options {
public:
    /// `valued` take a value, `flags` take none. Errors: Invalid (unknown option, value missing, a stray
    /// word).
    static Result<Options> parse(std::span<const std::string> args,
                                 const std::vector<std::string_view>& valued,
                                 const std::vector<std::string_view>& flags);

    [[nodiscard]] bool has(const std::string& name) const { return values_.count(name) > 0; }
    [[nodiscard]] std::string value(const std::string& name, std::string fallback = {}) const;
    /// 0 when the value is no number.
    [[nodiscard]] int number(const std::string& name, int fallback) const;

private:
    std::map<std::string, std::string> values_;
};

} // namespace silta::hub

#include "hub/options.h"

#include "core/digits.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

Result<Options> Options::parse(std::span<const std::string> args, const std::vector<std::string_view>& valued,
                               const std::vector<std::string_view>& flags) {
    Options options;
    const auto isOneOf = [](const std::vector<std::string_view>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (std::size_t i = 0; i < args.size(); ++i) {
        const auto& word = args[i];
        if (isOneOf(flags, word)) {
            options.values_[word] = "";
        } else if (isOneOf(valued, word)) {
            if (i + 1 >= args.size())
                return Error{Errc::Invalid, fmt::format("{}: its value is missing", word)};
            options.values_[word] = args[++i];
        } else {
            return Error{Errc::Invalid, fmt::format("{}: no such option", word)};
        }
    }
    return options;
}

std::string Options::value(const std::string& name, std::string fallback) const {
    const auto it = values_.find(name);
    return it == values_.end() ? std::move(fallback) : it->second;
}

int Options::number(const std::string& name, int fallback) const {
    const auto it = values_.find(name);
    return it == values_.end() ? fallback : parseNumber<int>(it->second).value_or(0);
}

} // namespace silta::hub

// JsonView: a JSON object that is only looked at. No value is made of a member that nobody asks for, and
// texts are views: the hub reads every operation of every device this way. Costly to include, so sources
// only.
#pragma once

#include "core/json.h"

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace silta {

/// Valid until the next parse() on the same thread. Thread: the one that parsed it.
class JsonView {
public:
    /// Errors: as parseJson(); Invalid (not an object).
    static Result<JsonView> parse(std::string_view text, std::size_t bytesMax);

    // As their namesakes in core/json.h. Of two members with one name the last one counts, there as here.
    [[nodiscard]] std::optional<std::string_view> text(std::string_view key, std::size_t bytesMax) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const { return find(key).has_value(); }
    /// The object member as a value of its own, or null when it is absent or of another type.
    [[nodiscard]] Json object(std::string_view key) const;

private:
    explicit JsonView(simdjson::dom::object object) : object_(object) {}
    [[nodiscard]] std::optional<simdjson::dom::element> find(std::string_view key) const;

    simdjson::dom::object object_;
};

} // namespace silta

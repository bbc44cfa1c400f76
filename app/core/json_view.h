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

/// A value that is only looked at. Valid as its JsonView.
class JsonMember {
public:
    explicit JsonMember(simdjson::dom::element element) : element_(element) {}
    /// See textMember().
    [[nodiscard]] std::optional<std::string_view> text(std::size_t bytesMax) const;
    /// See integerMember().
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    /// An object as a value of its own, or null when it is of another type.
    [[nodiscard]] Json object() const;

private:
    simdjson::dom::element element_;
};

/// Valid until the next parse() on the same thread. Thread: the one that parsed it.
class JsonView {
public:
    /// Errors: as parseJson(); Invalid (not an object).
    static Result<JsonView> parse(std::string_view text, std::size_t bytesMax);

    /// Calls `look` with the name of each member and its JsonMember, in one pass. Of two members with one
    /// name the last one counts, as in core/json.h.
    template <class Look>
    void each(Look look) const {
        for (const auto member : object_)
            look(member.key, JsonMember(member.value));
    }
    /// See textMember().
    [[nodiscard]] std::optional<std::string_view> text(std::string_view key, std::size_t bytesMax) const;

private:
    explicit JsonView(simdjson::dom::object object) : object_(object) {}

    simdjson::dom::object object_;
};

} // namespace silta

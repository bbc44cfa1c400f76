// Result<T>: a value or an Error, with the member names of std::expected so that a later switch is
// mechanical.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace silta {

/// What a caller can branch on. Words for people are chosen from it by the program that shows them.
enum class Errc {
    Invalid,     ///< the input breaks a rule; trying again cannot help
    NotFound,    ///< what was asked for does not exist
    Limit,       ///< the input is larger than a named limit
    Denied,      ///< the caller may not do this
    Busy,        ///< another writer holds the resource; try again
    Unavailable, ///< the peer cannot be reached or is not ready; try again later
    Conflict,    ///< the state changed, or the identity is in use elsewhere
    Corrupt,     ///< stored or received bytes do not check out
    Full,        ///< no space left
    Unsupported, ///< a format or version this program does not know
    Io,          ///< the operating system refused
    Internal,    ///< a library failed in a way that has no other name
};

/// Lower-case name of a code, for logs and JSON.
const char* toString(Errc code);

struct Error {
    Errc code = Errc::Internal;
    std::string what; ///< one lower-case line, `verb object: cause`; no secret and no customer data
};

template <class T>
class [[nodiscard]] Result {
public:
    // Implicit, so that a function returns either by `return value;` or `return Error{…};`.
    // NOLINTBEGIN(google-explicit-constructor)
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return assert(has_value()), *std::get_if<0>(&state_); }
    const T& value() const& { return assert(has_value()), *std::get_if<0>(&state_); }
    T&& value() && { return assert(has_value()), std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const& { return assert(!has_value()), *std::get_if<1>(&state_); }
    Error&& error() && { return assert(!has_value()), std::move(*std::get_if<1>(&state_)); }

    template <class U>
    T value_or(U&& other) const& {
        return has_value() ? value() : static_cast<T>(std::forward<U>(other));
    }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(Error error) : error_(std::move(error)), ok_(false) {}

    [[nodiscard]] bool has_value() const { return ok_; }
    explicit operator bool() const { return ok_; }
    const Error& error() const& { return assert(!ok_), error_; }
    Error&& error() && { return assert(!ok_), std::move(error_); }

private:
    Error error_;
    bool ok_ = true;
};

} // namespace silta

// The one place where text from outside becomes HTML. Everything that a page shows and the program
// did not write itself (feeds, forms, addresses, configuration) goes through here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace silta {

/// Text that is safe between tags and inside a quoted attribute: at most `bytesMax` bytes of the text, the
/// five characters of markup as references, line breaks and controls as one space, malformed UTF-8 as U+FFFD,
/// and nothing that changes the direction of what follows (U+200E/F, U+061C, U+202A–E, U+2066–9).
std::string escaped(std::string_view utf8, std::size_t bytesMax);

/// As escaped(), within an element that keeps a foreign script's direction to itself.
std::string isolated(std::string_view utf8, std::size_t bytesMax);

/// The address as an attribute's value if it is a plain http or https URL without a user name, else empty.
std::string escapedUrl(std::string_view url);

/// A path of this origin as an attribute's value, else empty: begins with one "/", has no "..", no query and
/// no character that would need escaping.
std::string escapedPath(std::string_view path);

/// The value if it is made of letters, digits and "-._~=" only and not longer than `bytesMax`, else empty.
std::string escapedCode(std::string_view code, std::size_t bytesMax);

/// The first character, escaped; for a plate that stands in for a picture.
std::string initialOf(std::string_view utf8);

} // namespace silta

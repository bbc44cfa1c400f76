// Reads the HTML that the portal writes: tags in order, attributes with or without quotes. Not a browser:
// markup that is not balanced is an error here, where a browser would guess.
#pragma once

#include <silta/result.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace silta::test {

struct HtmlTag {
    std::string name;
    std::map<std::string, std::string> attributes;
    bool isEnd = false;
    std::size_t depth = 0; ///< elements around it
};

/// Errors: Invalid (a tag that is not closed, closes another, or has an attribute twice).
Result<std::vector<HtmlTag>> readHtml(std::string_view html);

} // namespace silta::test

// What the till's pages have in common: the document, the field, what is wrong. All texts are HTML.
#pragma once

#include "till/pages.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silta::till {

/// Hidden fields of every form: its token and the page's language.
std::string tokenField(const std::string& token, Lang lang);
/// A whole document; `kind` is the class of its body.
std::string documentOf(const Frame& frame, std::string_view kind, const std::string& title,
                       const std::string& main);
/// By the id of the input that each belongs to; empty where there is none.
std::string problemsOf(const std::vector<std::pair<std::string_view, std::string>>& problems, Lang lang);
/// Empty where there is nothing to say.
std::string noticeOf(const std::string& text);
/// The field that is on every page of who is signed in.
std::string askOf(const Frame& frame, bool hasCursor, const std::string& heading = {},
                  const std::string& problem = {});
/// A page with the field above.
std::string pageOf(const Frame& frame, const std::string& title, const std::string& content,
                   bool hasCursor = true);

} // namespace silta::till

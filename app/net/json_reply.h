// Answers in JSON, and the part of a path that names a thing.
#pragma once

#include "core/json.h"

#include <silta/http.h>

#include <string>

namespace silta {

HttpResponse jsonReply(const Json& json, int status = 200);

/// What stands behind the last slash: "7" of "/lists/7".
std::string lastSegment(const std::string& path);

} // namespace silta

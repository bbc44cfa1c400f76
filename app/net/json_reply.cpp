#include "net/json_reply.h"

namespace silta {

HttpResponse jsonReply(const Json& json, int status) {
    HttpResponse response;
    response.status = status;
    response.body = dumpJson(json);
    return response;
}

std::string lastSegment(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

} // namespace silta

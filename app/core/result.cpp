#include <silta/result.h>

namespace silta {

const char* toString(Errc code) {
    switch (code) {
    case Errc::Invalid:
        return "invalid";
    case Errc::NotFound:
        return "not-found";
    case Errc::Limit:
        return "limit";
    case Errc::Denied:
        return "denied";
    case Errc::Busy:
        return "busy";
    case Errc::Unavailable:
        return "unavailable";
    case Errc::Conflict:
        return "conflict";
    case Errc::Corrupt:
        return "corrupt";
    case Errc::Full:
        return "full";
    case Errc::Unsupported:
        return "unsupported";
    case Errc::Io:
        return "io";
    case Errc::Internal:
        return "internal";
    }
    return "internal";
}

} // namespace silta

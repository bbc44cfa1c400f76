#include "scan/foreign_code.h"

#include "scan/digital_link.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace silta {

namespace {

using enum ForeignCode::Kind;

struct LookAlike {
    std::string_view prefix; // lower case
    const char* words;
    ForeignCode::Kind kind = Other;
};

constexpr std::array kLookAlikes = {
    LookAlike{"http://", "a web address", WebAddress},
    LookAlike{"https://", "a web address", WebAddress},
    LookAlike{"www.", "a web address", WebAddress},
    LookAlike{"wifi:", "a Wi-Fi network", Wifi},
    LookAlike{"begin:vcard", "a contact card", Contact},
    LookAlike{"mecard:", "a contact card", Contact},
    LookAlike{"bizcard:", "a contact card", Contact},
    LookAlike{"begin:vevent", "a calendar event"},
    LookAlike{"begin:vcalendar", "a calendar event"},
    LookAlike{"tel:", "a telephone number"},
    LookAlike{"sms:", "a text message"},
    LookAlike{"smsto:", "a text message"},
    LookAlike{"mailto:", "an e-mail address"},
    LookAlike{"matmsg:", "an e-mail message"},
    LookAlike{"geo:", "a place on the map"},
    LookAlike{"otpauth:", "a secret for sign-in codes", SignInSecret},
    LookAlike{"bitcoin:", "a payment request"},
    LookAlike{"spc\r\n", "a payment request"},
    LookAlike{"spc\n", "a payment request"},
    LookAlike{"bcd\n", "a payment request"},
    LookAlike{"bcd\r\n", "a payment request"},
    LookAlike{"urn:", "a resource name"},
    LookAlike{"market://", "an app"},
    LookAlike{"[)>\x1e", "a logistics label"},
    LookAlike{"m1", "a boarding pass"}, // IATA BCBP; see the length below
};
constexpr std::size_t kBoardingPassBytesMin = 58; // IATA resolution 792: the mandatory part of one flight

bool startsWith(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char p, char c) {
               return p == static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
           });
}

/// Without control characters, cut at the limit between two characters.
std::string showable(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) shown.push_back(c);
    }
    if (shown.size() <= kForeignNameBytesMax) return shown;
    auto end = kForeignNameBytesMax;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xc0U) == 0x80U)
        --end;
    shown.resize(end);
    return shown;
}

/// The value of `name` ("S:") in a list such as "T:WPA;S:my\;net;;", without its escapes.
std::string fieldOf(std::string_view list, std::string_view name) {
    bool isStart = true;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (isStart && startsWith(list.substr(i), name)) {
            std::string value;
            for (i += name.size(); i < list.size() && list[i] != ';'; ++i) {
                if (list[i] == '\\' && i + 1 < list.size()) ++i;
                value.push_back(list[i]);
            }
            return value;
        }
        isStart = list[i] == ';';
        if (list[i] == '\\') ++i;
    }
    return {};
}

/// The value of the first line "FN:…" or "FN;CHARSET=UTF-8:…" of a vCard; `name` is in lower case.
std::string_view lineOf(std::string_view card, std::string_view name) {
    while (!card.empty()) {
        const auto end = std::min(card.find('\n'), card.size());
        auto line = card.substr(0, end);
        card.remove_prefix(std::min(end + 1, card.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!startsWith(line, name) || line.size() == name.size()) continue;
        const char next = line[name.size()];
        const auto colon = line.find(':');
        if ((next == ':' || next == ';') && colon != std::string_view::npos) return line.substr(colon + 1);
    }
    return {};
}

std::string_view hostOf(std::string_view address) {
    if (const auto slashes = address.find("//"); slashes != std::string_view::npos)
        address.remove_prefix(slashes + 2);
    address = address.substr(0, address.find_first_of("/?#"));
    // What stands before an @ is chosen by whoever wants to be taken for somebody else.
    if (const auto at = address.rfind('@'); at != std::string_view::npos) address.remove_prefix(at + 1);
    return address;
}

/// "Shop:anna" of otpauth://totp/Shop:anna?secret=…
std::string accountOf(std::string_view uri) {
    uri = uri.substr(0, uri.find('?'));
    const auto slash = uri.rfind('/');
    return slash == std::string_view::npos ? std::string() : gs1::percentDecode(uri.substr(slash + 1));
}

std::string nameOf(ForeignCode::Kind kind, std::string_view text) {
    switch (kind) {
    case WebAddress:
        return showable(hostOf(text));
    case Wifi:
        return showable(fieldOf(text.substr(text.find(':') + 1), "s:"));
    case Contact:
        if (!startsWith(text, "begin:")) return showable(fieldOf(text.substr(text.find(':') + 1), "n:"));
        if (const auto whole = lineOf(text, "fn"); !whole.empty()) return showable(whole);
        return showable(lineOf(text, "n"));
    case SignInSecret:
        return showable(accountOf(text));
    case Other:
        break;
    }
    return {};
}

} // namespace

ForeignLook lookAtForeign(std::string_view text) {
    for (const auto& each : kLookAlikes) {
        if (!startsWith(text, each.prefix)) continue;
        if (each.prefix == "m1" && text.size() < kBoardingPassBytesMin) continue;
        return {each.words, {each.kind, nameOf(each.kind, text)}};
    }
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), isControl)) return {"text with control characters", {}};
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }))
        return {"text or data that is not plain letters and digits", {}};
    return {"text without a product number", {}};
}

} // namespace silta

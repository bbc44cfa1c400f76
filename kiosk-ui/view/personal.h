// What shoppers type about themselves: looked at, sealed to the hub's key, and wiped.
#pragma once

#include <silta/result.h>

#include <QString>
#include <initializer_list>
#include <string>

namespace silta::kiosk {

/// Longest name, e-mail (RFC 5321: 254), phone or line of an address that is taken.
inline constexpr int kFieldCharsMax = 254;

/// Overwrites the characters in place, for every holder of the same buffer, and empties the text.
void wipe(QString& text);

/// Something before and after one @, a point inside what follows, no spaces: a typing error's net, not a
/// judge.
bool looksLikeEmail(const QString& text);
/// Six to fifteen digits, with the marks that people write between them.
bool looksLikePhone(const QString& text);

struct PersonField {
    const char* name;
    QString* text;
};
/// A sealed box of one JSON object of the fields. The texts are wiped, and every plain copy that was made on
/// the way, whatever comes of it. Errors: Invalid (no key to seal to).
Result<std::string> sealPerson(std::initializer_list<PersonField> fields, const std::string& sealKey);

} // namespace silta::kiosk

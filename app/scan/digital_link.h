// GS1 Digital Link URIs: a web address that carries a GTIN, e.g.
// https://id.gs1.org/01/09520123456788/10/ABC?17=261231
#pragma once

#include "scan/element_string.h"

#include <silta/gtin.h>
#include <silta/result.h>
#include <silta/scan.h>

#include <string>
#include <string_view>
#include <vector>

namespace silta::gs1 {

struct DigitalLink {
    std::vector<Gs1Element> elements; ///< the primary key first; a GTIN is written out to 14 digits
};

/// True for an address that begins with http:// or https://, all in small letters or all in capitals. Source:
/// GS1 Digital Link Standard: URI Syntax 1.3, section 4.8 (the rule "scheme").
bool isWebAddress(std::string_view text);
/// True for one that mixes them: a browser would go there, the standard would not.
bool isMixedCaseAddress(std::string_view text);

/// Reads any host and any path in front of the key; of several keys the rightmost counts. GTINs of 8, 12 and
/// 13 digits are taken too, as printed links of before version 1.2 have them. Errors: NotFound (a web address
/// without a key), Invalid (a key is there, and something about it is wrong). Source: GS1 Digital Link
/// Standard: URI Syntax 1.3, sections 4 and 5.
Result<DigitalLink> parseDigitalLink(std::string_view uri, const ReadOptions& options = {});

/// The link of `elements` on `stem`, e.g. "https://example.com": the first key and its qualifiers in the
/// path, the rest in the query, values of known length first. Equal elements count once. Errors: NotFound (no
/// key), Invalid (an element that neither qualifies the key nor is an attribute). Source: GS1 Digital Link
/// Standard: URI Syntax 1.3, section 4.
Result<std::string> writeDigitalLink(const std::vector<Gs1Element>& elements, std::string_view stem);

/// Writes what an address cannot hold as it is as "%2F".
std::string percentEncode(std::string_view text);

/// Turns "%2F" into "/". What is not a percent sequence stays as it is.
std::string percentDecode(std::string_view text);

} // namespace silta::gs1

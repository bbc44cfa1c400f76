// A folder of photographs with what is in them.
#pragma once

#include "drivers/gray_image.h"

#include <silta/result.h>

#include <string>
#include <vector>

namespace silta::bench {

struct Photograph {
    std::string path;
    std::string format;   ///< as the table names it: "EAN13", "QR", "NONE"
    std::string expected; ///< the message, without escapes
    std::string kind;     ///< "pos": must be read; "neg": holds no code; others are only timed
    drivers::GrayBuffer picture;
};

/// DataBar is in the table and is read by none of the readers here.
bool isRetail(const Photograph& photograph);

/// Every picture of `folder`/expected.tsv (path, format, expected, kind), decoded. Of `parts` shares by the
/// hash of the path only the share `part`; 0 of 1 is all. Errors: NotFound, Corrupt (a line or a picture).
Result<std::vector<Photograph>> loadCorpus(const std::string& folder, int part, int parts);

/// True when `read` is what the photograph holds: a UPC-A may be told as EAN-13 and the other way round, and
/// of a code with an add-on the code alone will do.
bool isExpected(const Photograph& photograph, const std::string& read);

} // namespace silta::bench

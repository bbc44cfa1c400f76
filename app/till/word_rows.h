// The table behind words.h, in parts: each word stands in one of them, once.
#pragma once

#include "till/words.h"

#include <array>
#include <span>
#include <string_view>

namespace silta::till {

struct WordRow {
    Word id;
    std::array<std::string_view, kLangs.size()> texts; ///< in the order of kLangs
};

std::span<const WordRow> orderRows();

} // namespace silta::till

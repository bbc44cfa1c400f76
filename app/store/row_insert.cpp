#include "store/row_insert.h"

#include <algorithm>

namespace silta {

RowInsert::RowInsert(std::string_view head, std::string_view row, std::string_view tail)
    : parameters_(static_cast<int>(std::ranges::count(row, '?'))) {
    for (std::size_t i = 0; i < kRowsAtOnce; ++i)
        many_.append(i == 0 ? head : ",").append(row);
    many_.append(tail);
    one_.append(head).append(row).append(tail);
}

} // namespace silta

// What libpq gives back, freed by itself.
#pragma once

#include <libpq-fe.h>

#include <memory>

namespace silta::hub {

struct FreePgResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, FreePgResult>;

} // namespace silta::hub

#include "hub/migrations.h"

#include "shopper/wishlist_repository.h"

#include <array>

namespace silta::hub {

namespace {

// Personal data stands in member.data only, encrypted with the person's own key; subject_key holds that key,
// wrapped with the hub's master key. Erasing a person is deleting the row of subject_key.
constexpr std::array<const char*, 3> kMigrations = {R"sql(
CREATE TABLE hub_setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE device(
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  public_key BLOB NOT NULL UNIQUE,
  store_code TEXT NOT NULL,
  enrolled_ms INTEGER NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE enrol_code(
  code_hash BLOB PRIMARY KEY,
  store_code TEXT NOT NULL,
  expires_ms INTEGER NOT NULL,
  used_by TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE incarnation(
  device TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  high_seq INTEGER NOT NULL,
  PRIMARY KEY(device, incarnation)
) STRICT, WITHOUT ROWID;
CREATE TABLE operation(
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entity TEXT NOT NULL,
  type TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  line TEXT NOT NULL
) STRICT;
CREATE TABLE member(
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  store_code TEXT NOT NULL,
  lang TEXT NOT NULL,
  wishlist_id TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE subject_key(
  member_id TEXT PRIMARY KEY REFERENCES member(id),
  wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE member_alias(
  number TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member(id)
) STRICT, WITHOUT ROWID;
CREATE TABLE member_contact(
  mac BLOB PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member(id)
) STRICT, WITHOUT ROWID;
CREATE TABLE consent(
  row INTEGER PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member(id),
  operation_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  granted INTEGER NOT NULL,
  wording_hash TEXT NOT NULL,
  lang TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE change(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  device TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_device ON change(device, seq);
)sql",
                                                    kWishlistTables, R"sql(
ALTER TABLE incarnation ADD COLUMN durable_seq INTEGER NOT NULL DEFAULT 0;
)sql"};

} // namespace

std::span<const char* const> hubMigrations() {
    return kMigrations;
}

} // namespace silta::hub

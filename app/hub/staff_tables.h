// The tables of staff, for each of the hub's stores.
#pragma once

namespace silta::hub {

// staff_event is appended to and never changed. consent.staff_id: who read the words out; empty = nobody.
inline constexpr const char* kStaffTablesSqlite = R"sql(
CREATE TABLE staff(
  id TEXT PRIMARY KEY,
  badge TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  active INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_store(
  store_code TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff(id),
  PRIMARY KEY(store_code, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_store_by_staff ON staff_store(staff_id);
CREATE TABLE staff_event(
  row INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  store_code TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  action TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL
) STRICT;
ALTER TABLE consent ADD COLUMN staff_id TEXT NOT NULL DEFAULT '';
)sql";

inline constexpr const char* kStaffTablesPostgres = R"sql(
CREATE TABLE staff(
  id TEXT PRIMARY KEY,
  badge TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  active BIGINT NOT NULL,
  changed_ms BIGINT NOT NULL
);
CREATE TABLE staff_store(
  store_code TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff(id),
  PRIMARY KEY(store_code, staff_id)
);
CREATE INDEX staff_store_by_staff ON staff_store(staff_id);
CREATE TABLE staff_event(
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  store_code TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  action TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  received_ms BIGINT NOT NULL
);
ALTER TABLE consent ADD COLUMN staff_id TEXT NOT NULL DEFAULT '';
)sql";

} // namespace silta::hub

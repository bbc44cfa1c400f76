// The tables of the fleet, for each of the hub's stores.
#pragma once

namespace silta::hub {

// fleet_device: what a device said last, and how far the rollout in hand has come there (ring, phase, fits
// begin anew with each rollout). fleet_event is appended to and never changed.
inline constexpr const char* kFleetTablesSqlite = R"sql(
CREATE TABLE fleet_release(
  version TEXT NOT NULL,
  compatible TEXT NOT NULL,
  record TEXT NOT NULL,
  signature BLOB NOT NULL,
  added_ms INTEGER NOT NULL,
  PRIMARY KEY(version, compatible)
) STRICT, WITHOUT ROWID;
CREATE TABLE fleet_rollout(
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL UNIQUE,
  canary_stores TEXT NOT NULL,
  early_percent INTEGER NOT NULL,
  failure_percent INTEGER NOT NULL,
  soak_ms INTEGER NOT NULL,
  state INTEGER NOT NULL,
  ring INTEGER NOT NULL,
  ring_since_ms INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE TABLE fleet_device(
  device TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  compatible TEXT NOT NULL,
  ills TEXT NOT NULL,
  ill_since_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  target TEXT NOT NULL,
  why TEXT NOT NULL,
  percent INTEGER NOT NULL,
  reported_ms INTEGER NOT NULL,
  ring INTEGER NOT NULL,
  phase INTEGER NOT NULL,
  phase_ms INTEGER NOT NULL,
  fits INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE fleet_command(
  number INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  record TEXT NOT NULL,
  signature BLOB NOT NULL,
  expires_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX fleet_command_open ON fleet_command(device, number) WHERE outcome = '';
CREATE TABLE fleet_diagnostics(
  row INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX fleet_diagnostics_by_device ON fleet_diagnostics(device, row);
CREATE TABLE fleet_event(
  row INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  device TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
)sql";

inline constexpr const char* kFleetTablesPostgres = R"sql(
CREATE TABLE fleet_release(
  version TEXT NOT NULL,
  compatible TEXT NOT NULL,
  record TEXT NOT NULL,
  signature BYTEA NOT NULL,
  added_ms BIGINT NOT NULL,
  PRIMARY KEY(version, compatible)
);
CREATE TABLE fleet_rollout(
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version TEXT NOT NULL UNIQUE,
  canary_stores TEXT NOT NULL,
  early_percent BIGINT NOT NULL,
  failure_percent BIGINT NOT NULL,
  soak_ms BIGINT NOT NULL,
  state BIGINT NOT NULL,
  ring BIGINT NOT NULL,
  ring_since_ms BIGINT NOT NULL,
  why TEXT NOT NULL
);
CREATE TABLE fleet_device(
  device TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  compatible TEXT NOT NULL,
  ills TEXT NOT NULL,
  ill_since_ms BIGINT NOT NULL,
  state TEXT NOT NULL,
  target TEXT NOT NULL,
  why TEXT NOT NULL,
  percent BIGINT NOT NULL,
  reported_ms BIGINT NOT NULL,
  ring BIGINT NOT NULL,
  phase BIGINT NOT NULL,
  phase_ms BIGINT NOT NULL,
  fits BIGINT NOT NULL
);
CREATE TABLE fleet_command(
  number BIGINT PRIMARY KEY,
  device TEXT NOT NULL,
  record TEXT NOT NULL,
  signature BYTEA NOT NULL,
  expires_ms BIGINT NOT NULL,
  outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX fleet_command_open ON fleet_command(device, number) WHERE outcome = '';
CREATE TABLE fleet_diagnostics(
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device TEXT NOT NULL,
  received_ms BIGINT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE INDEX fleet_diagnostics_by_device ON fleet_diagnostics(device, row);
CREATE TABLE fleet_event(
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  device TEXT NOT NULL,
  detail TEXT NOT NULL
);
)sql";

} // namespace silta::hub

// The tables of signed tokens, for each of the hub's stores.
#pragma once

namespace silta::hub {

// token_key.wrapped is the key's secret half, encrypted with the hub's master key. campaign.body is the JSON
// of a Campaign; campaign.issued its greatest serial. A token's uses are the rights of its pool.
inline constexpr const char* kTokenTablesSqlite = R"sql(
CREATE TABLE token_key(
  id INTEGER PRIMARY KEY,
  public_key BLOB NOT NULL,
  wrapped BLOB NOT NULL,
  from_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE campaign(
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  issued INTEGER NOT NULL DEFAULT 0,
  ended_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE token_revoked(
  campaign INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY(campaign, serial)
) STRICT, WITHOUT ROWID;
CREATE TABLE token_use(
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  campaign INTEGER NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL,
  staff TEXT NOT NULL,
  store_code TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offline INTEGER NOT NULL,
  covered INTEGER NOT NULL,
  flagged INTEGER NOT NULL,
  reversed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(device, operation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_use_by_pool ON token_use(pool);
CREATE INDEX token_use_by_campaign ON token_use(campaign, at_ms);
ALTER TABLE redemption ADD COLUMN rights INTEGER NOT NULL DEFAULT 1;
)sql";

inline constexpr const char* kTokenTablesPostgres = R"sql(
CREATE TABLE token_key(
  id BIGINT PRIMARY KEY,
  public_key BYTEA NOT NULL,
  wrapped BYTEA NOT NULL,
  from_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL
);
CREATE TABLE campaign(
  id BIGINT PRIMARY KEY,
  body TEXT NOT NULL,
  issued BIGINT NOT NULL DEFAULT 0,
  ended_ms BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE token_revoked(
  campaign BIGINT NOT NULL,
  serial BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY(campaign, serial)
);
CREATE TABLE token_use(
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  campaign BIGINT NOT NULL,
  kind TEXT NOT NULL,
  amount BIGINT NOT NULL,
  staff TEXT NOT NULL,
  store_code TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  offline BIGINT NOT NULL,
  covered BIGINT NOT NULL,
  flagged BIGINT NOT NULL,
  reversed BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY(device, operation_id)
);
CREATE INDEX token_use_by_pool ON token_use(pool);
CREATE INDEX token_use_by_campaign ON token_use(campaign, at_ms);
ALTER TABLE redemption ADD COLUMN rights BIGINT NOT NULL DEFAULT 1;
)sql";

} // namespace silta::hub

// The tables of sales, for each of the hub's stores.
#pragma once

namespace silta::hub {

// sale.member_number is that on the card, '' where none was shown; who it is, is looked up when points are
// counted, so that it does not matter which of sale and sign-up comes first. sale.at_ms is never after
// received_ms. sale.document is the receipt, encrypted with the hub's master key.
inline constexpr const char* kSaleTablesSqlite = R"sql(
CREATE TABLE sale(
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  store_code TEXT NOT NULL,
  pos TEXT NOT NULL,
  receipt TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  currency TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  points INTEGER NOT NULL,
  member_number TEXT NOT NULL,
  document BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sale_by_receipt ON sale(store_code, receipt);
CREATE INDEX sale_by_number ON sale(member_number);
CREATE INDEX sale_by_time ON sale(received_ms);
CREATE TABLE sale_link(
  store_code TEXT NOT NULL,
  receipt TEXT NOT NULL,
  id TEXT NOT NULL,
  member_number TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  PRIMARY KEY(store_code, receipt)
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_link_by_number ON sale_link(member_number);
)sql";

inline constexpr const char* kSaleTablesPostgres = R"sql(
CREATE TABLE sale(
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  store_code TEXT NOT NULL,
  pos TEXT NOT NULL,
  receipt TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  received_ms BIGINT NOT NULL,
  currency TEXT NOT NULL,
  total_minor BIGINT NOT NULL,
  points BIGINT NOT NULL,
  member_number TEXT NOT NULL,
  document BYTEA NOT NULL
);
CREATE UNIQUE INDEX sale_by_receipt ON sale(store_code, receipt);
CREATE INDEX sale_by_number ON sale(member_number);
CREATE INDEX sale_by_time ON sale(received_ms);
CREATE TABLE sale_link(
  store_code TEXT NOT NULL,
  receipt TEXT NOT NULL,
  id TEXT NOT NULL,
  member_number TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  received_ms BIGINT NOT NULL,
  PRIMARY KEY(store_code, receipt)
);
CREATE INDEX sale_link_by_number ON sale_link(member_number);
)sql";

} // namespace silta::hub

// The tables of orders, for each of the hub's stores.
#pragma once

namespace silta::hub {

// shop_order.body is an Order; page_hash the SHA-256 of its page's key; due_ms when it expires, 0 for one
// that does not. order_hold: units that an order holds of a store's shelf; gone_ms: when they left it (0 =
// they are there). order_event is appended to; outcome: "applied", "refused" (not for the order as it was),
// "waiting" (for an order that has not come yet). order_person.data is encrypted with the key in order_key,
// and that with the master key: to erase a person is to delete the row of order_key.
inline constexpr const char* kOrderTablesSqlite = R"sql(
CREATE TABLE shop_order(
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL,
  device TEXT NOT NULL,
  made_in TEXT NOT NULL,
  store_code TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  rev INTEGER NOT NULL,
  page_hash TEXT NOT NULL,
  placed_ms INTEGER NOT NULL,
  due_ms INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX shop_order_by_store ON shop_order(store_code, ended_ms);
CREATE INDEX shop_order_by_maker ON shop_order(made_in, ended_ms);
CREATE INDEX shop_order_by_page ON shop_order(page_hash);
CREATE INDEX shop_order_by_number ON shop_order(number);
CREATE INDEX shop_order_due ON shop_order(due_ms) WHERE due_ms > 0;
CREATE TABLE order_hold(
  order_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  store_code TEXT NOT NULL,
  gone_ms INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY(order_id, sku, store_code, gone_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_hold_by_sku ON order_hold(sku, store_code);
CREATE TABLE order_event(
  row INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  store_code TEXT NOT NULL,
  action TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  detail TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX order_event_by_order ON order_event(order_id, row);
CREATE TABLE order_person(
  order_id TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE order_key(
  order_id TEXT PRIMARY KEY,
  wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

inline constexpr const char* kOrderTablesPostgres = R"sql(
CREATE TABLE shop_order(
  row BIGINT GENERATED ALWAYS AS IDENTITY,
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  device TEXT NOT NULL,
  made_in TEXT NOT NULL,
  store_code TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  rev BIGINT NOT NULL,
  page_hash TEXT NOT NULL,
  placed_ms BIGINT NOT NULL,
  due_ms BIGINT NOT NULL,
  ended_ms BIGINT NOT NULL
);
CREATE INDEX shop_order_by_row ON shop_order(row);
CREATE INDEX shop_order_by_store ON shop_order(store_code, ended_ms);
CREATE INDEX shop_order_by_maker ON shop_order(made_in, ended_ms);
CREATE INDEX shop_order_by_page ON shop_order(page_hash);
CREATE INDEX shop_order_by_number ON shop_order(number);
CREATE INDEX shop_order_due ON shop_order(due_ms) WHERE due_ms > 0;
CREATE TABLE order_hold(
  order_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  store_code TEXT NOT NULL,
  gone_ms BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY(order_id, sku, store_code, gone_ms)
);
CREATE INDEX order_hold_by_sku ON order_hold(sku, store_code);
CREATE TABLE order_event(
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id TEXT NOT NULL,
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  store_code TEXT NOT NULL,
  action TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  detail TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  received_ms BIGINT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX order_event_by_order ON order_event(order_id, row);
CREATE TABLE order_person(order_id TEXT PRIMARY KEY, data BYTEA NOT NULL);
CREATE TABLE order_key(order_id TEXT PRIMARY KEY, wrapped BYTEA NOT NULL);
)sql";

/// Of what is looked for every minute, and of how many orders a device has open; for both stores.
inline constexpr const char* kOrderIndexes = R"sql(
CREATE INDEX shop_order_ended ON shop_order(ended_ms) WHERE ended_ms > 0;
CREATE INDEX shop_order_by_device ON shop_order(device, ended_ms);
CREATE INDEX order_hold_gone ON order_hold(gone_ms) WHERE gone_ms > 0;
)sql";

} // namespace silta::hub

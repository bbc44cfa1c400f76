#include "sync/journal_tables.h"

#include "shopper/wishlist_repository.h"

#include <array>

namespace silta {

namespace {

// outbox.line is the operation without dev, inc and seq: those are put in when it is sent, because a device
// can get its incarnation replaced while operations wait. outbox.checksum is over line, NULL in rows of
// before. Two rows of member can name one number while the hub's second word about it is on its way. lease.id
// is the id of the asking: the hub grants once for each. lease.state: see lease_book.h. guest_count.id is
// "<day>/<kind>/<way>". voucher.id: see edge/voucher_book.h.
// staff_try.tries counts those since the last right PIN.
// shop_order.placed is the order as it was made here, empty for one of another device; rev is 0 until the hub
// has said something of it. order_change.at_hub: the hub's word counts it in already. See order_book.h.
// receipt.link_id: the request that said whose it is; receipt.somebodys: a card was shown. See
// edge/sale_book.h. token_use.request is the till's name for what it asked; token_use.contested says that the
// hub had no uses left.
constexpr std::array<const char*, 10> kMigrations = {R"sql(
CREATE TABLE clock(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  incarnation TEXT NOT NULL,
  next_seq INTEGER NOT NULL,
  hlc INTEGER NOT NULL
) STRICT;
CREATE TABLE outbox(
  row INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  type TEXT NOT NULL,
  line TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox(state, row);
CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE member(
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL,
  outcome TEXT
) STRICT, WITHOUT ROWID;
)sql", kWishlistTables, R"sql(
ALTER TABLE outbox ADD COLUMN checksum INTEGER;
UPDATE outbox SET line = json_remove(line, '$.dev', '$.inc', '$.seq') WHERE json_valid(line);
DROP INDEX outbox_by_state;
CREATE INDEX outbox_by_state ON outbox(state, seq);
CREATE TABLE lease(
  id TEXT PRIMARY KEY,
  pool TEXT NOT NULL,
  state INTEGER NOT NULL,
  granted INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  proof TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
)sql", kWishlistNote, R"sql(
DROP TABLE lease;
CREATE TABLE lease(
  id TEXT PRIMARY KEY,
  pool TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  state INTEGER NOT NULL,
  granted INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  proof TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE member_told(
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  outcome TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO member_told SELECT id, number, created_ms, outcome FROM member;
DROP TABLE member;
ALTER TABLE member_told RENAME TO member;
)sql",
                                                     R"sql(
CREATE TABLE guest_sign_up(
  id TEXT PRIMARY KEY,
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE guest_count(
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  way TEXT NOT NULL,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE voucher(
  id TEXT PRIMARY KEY,
  minutes INTEGER NOT NULL,
  quota_bytes INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  used_ms INTEGER NOT NULL DEFAULT 0,
  used_for TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
)sql",
                                                     R"sql(
CREATE TABLE staff(
  id TEXT PRIMARY KEY,
  badge TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_try(
  staff_id TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What a program before this one heard of staff it passed over: the feed is asked from its beginning.
DELETE FROM setting WHERE name = 'changes_cursor';
)sql",
                                                     R"sql(
CREATE TABLE token_use(
  request TEXT PRIMARY KEY,
  operation_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  offline INTEGER NOT NULL,
  reversed INTEGER NOT NULL DEFAULT 0,
  contested INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX token_use_by_pool ON token_use(pool);
CREATE INDEX token_use_by_operation ON token_use(operation_id);
)sql",
                                                     R"sql(
CREATE TABLE shop_order(
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  rev INTEGER NOT NULL,
  body TEXT NOT NULL,
  placed TEXT NOT NULL,
  page_key TEXT NOT NULL,
  placed_ms INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shop_order_by_number ON shop_order(number);
CREATE INDEX shop_order_by_end ON shop_order(ended_ms);
CREATE TABLE order_change(
  operation_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  request TEXT NOT NULL,
  body TEXT NOT NULL,
  at_hub INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX order_change_by_order ON order_change(order_id);
CREATE INDEX order_change_by_request ON order_change(request);
-- What a program before this one heard of orders it passed over: the feed is asked from its beginning.
DELETE FROM setting WHERE name = 'changes_cursor';
)sql",
                                                     R"sql(
CREATE TABLE receipt(
  number TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL DEFAULT '',
  fingerprint TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL DEFAULT '',
  total_minor INTEGER NOT NULL DEFAULT 0,
  at_ms INTEGER NOT NULL DEFAULT 0,
  somebodys INTEGER NOT NULL,
  link_id TEXT NOT NULL DEFAULT '',
  kept_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX receipt_by_sale ON receipt(sale_id) WHERE sale_id <> '';
CREATE INDEX receipt_by_time ON receipt(kept_ms);
)sql"};

constexpr std::array<JournalTable, 15> kTables = {{
    {"outbox", "seq, id, created_ms, state, type, line, checksum"},
    {"setting", "name, value"},
    {"member", "id, number, created_ms, outcome"},
    {"wishlist_tag", "list, tag, sku, gtin, quantity, hlc, note"},
    {"wishlist_tombstone", "list, tag"},
    {"lease", "id, pool, incarnation, state, granted, used, proof"},
    {"guest_sign_up", "id, created_ms"},
    {"guest_count", "id, day, kind, way, count"},
    {"voucher", "id, minutes, quota_bytes, expires_ms, used_ms, used_for"},
    {"staff", "id, badge, name, role, pin_hash"},
    {"staff_try", "staff_id, tries, until_ms"},
    {"token_use", "request, operation_id, pool, kind, amount, at_ms, offline, reversed, contested"},
    {"shop_order", "id, number, rev, body, placed, page_key, placed_ms, ended_ms"},
    {"order_change", "operation_id, order_id, request, body, at_hub"},
    {"receipt", "number, sale_id, fingerprint, currency, total_minor, at_ms, somebodys, link_id, kept_ms"},
}};

} // namespace

std::span<const char* const> journalMigrations() {
    return kMigrations;
}

std::span<const JournalTable> journalTables() {
    return kTables;
}

} // namespace silta

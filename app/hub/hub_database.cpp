#include "hub/hub_database.h"

#include "hub/fleet_tables.h"
#include "hub/guest_tables.h"
#include "hub/order_tables.h"
#include "hub/postgres_engine.h"
#include "hub/review_tables.h"
#include "hub/sale_tables.h"
#include "hub/staff_tables.h"
#include "hub/token_tables.h"
#include "shopper/wishlist_repository.h"

#include <array>

namespace silta::hub {

namespace {

// device.written_off: 1 = what it comes with first is fenced, 2 = it has been.
// pool.covered: redemptions that are not flagged.
constexpr const char* kLateLeases = R"sql(
ALTER TABLE device ADD COLUMN written_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pool ADD COLUMN covered INTEGER NOT NULL DEFAULT 0;
UPDATE pool SET covered = (SELECT count(*) FROM redemption WHERE pool = pool.id AND flagged = 0);
)sql";

// Personal data stands in member.data only, encrypted with the person's own key; subject_key holds that key,
// wrapped with the hub's master key. Erasing a person is deleting the row of subject_key, and what else is
// theirs: see OperationStore::eraseMember. The row of member stays, with its numbers.
// An operation's id is its device's: that two devices choose the same one is nobody's loss.
constexpr std::array<const char*, 14> kSqlite = {R"sql(
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
                                                 kWishlistTables,
                                                 R"sql(
ALTER TABLE incarnation ADD COLUMN durable_seq INTEGER NOT NULL DEFAULT 0;
)sql",
                                                 kWishlistNote,
                                                 R"sql(
CREATE TABLE operation_by_device(
  row INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  id TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entity TEXT NOT NULL,
  type TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  line TEXT NOT NULL,
  UNIQUE(device, id)
) STRICT;
INSERT INTO operation_by_device
  SELECT row, device, id, incarnation, seq, entity, type, received_ms, verdict, reason, line FROM operation;
DROP TABLE operation;
ALTER TABLE operation_by_device RENAME TO operation;
CREATE INDEX operation_refused ON operation(row) WHERE verdict = 'quarantined';
ALTER TABLE incarnation ADD COLUMN fenced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN leases_epoch TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN next_key BLOB;
ALTER TABLE change ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
CREATE TABLE welcome_bonus(
  member_id TEXT PRIMARY KEY REFERENCES member(id),
  operation_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE pool(
  id TEXT PRIMARY KEY,
  budget INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE lease(
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  pool TEXT NOT NULL,
  granted INTEGER NOT NULL,
  state INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  closed_used INTEGER NOT NULL DEFAULT 0,
  granted_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lease_by_pool ON lease(pool);
CREATE INDEX lease_by_device ON lease(device);
CREATE TABLE redemption(
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  lease TEXT NOT NULL,
  pool TEXT NOT NULL,
  flagged INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY(device, operation_id)
) STRICT, WITHOUT ROWID;
)sql",
                                                 kLateLeases,
                                                 kGuestTablesSqlite,
                                                 kStaffTablesSqlite,
                                                 kTokenTablesSqlite,
                                                 kOrderTablesSqlite,
                                                 kOrderIndexes,
                                                 kSaleTablesSqlite,
                                                 kFleetTablesSqlite,
                                                 kReviewTablesSqlite};

// operation and change grow with every device: each of their parts holds the devices of one hash.
// change.xid says when it was committed, which its number does not.
constexpr std::array<const char*, 10> kPostgres = {R"sql(
CREATE TABLE hub_setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE device(
  id TEXT PRIMARY KEY,
  number BIGINT NOT NULL UNIQUE,
  public_key BYTEA NOT NULL UNIQUE,
  store_code TEXT NOT NULL,
  enrolled_ms BIGINT NOT NULL,
  revoked BIGINT NOT NULL DEFAULT 0,
  leases_epoch TEXT NOT NULL DEFAULT '',
  next_key BYTEA
);
CREATE TABLE enrol_code(
  code_hash BYTEA PRIMARY KEY,
  store_code TEXT NOT NULL,
  expires_ms BIGINT NOT NULL,
  used_by TEXT
);
CREATE TABLE incarnation(
  device TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  high_seq BIGINT NOT NULL,
  durable_seq BIGINT NOT NULL DEFAULT 0,
  fenced BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY(device, incarnation)
);
CREATE TABLE operation(
  row BIGINT GENERATED ALWAYS AS IDENTITY,
  device TEXT NOT NULL,
  id TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  seq BIGINT NOT NULL,
  entity TEXT NOT NULL,
  type TEXT NOT NULL,
  received_ms BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY(device, id)
) PARTITION BY HASH(device);
CREATE INDEX operation_by_row ON operation(row);
CREATE INDEX operation_refused ON operation(row) WHERE verdict = 'quarantined';
CREATE TABLE member(
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  store_code TEXT NOT NULL,
  lang TEXT NOT NULL,
  wishlist_id TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  data BYTEA NOT NULL
);
CREATE TABLE subject_key(member_id TEXT PRIMARY KEY REFERENCES member(id), wrapped BYTEA NOT NULL);
CREATE TABLE member_alias(number TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member(id));
CREATE TABLE member_contact(mac BYTEA PRIMARY KEY, member_id TEXT NOT NULL REFERENCES member(id));
CREATE TABLE consent(
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member(id),
  operation_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  granted BIGINT NOT NULL,
  wording_hash TEXT NOT NULL,
  lang TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);
CREATE INDEX consent_by_member ON consent(member_id);
CREATE TABLE welcome_bonus(
  member_id TEXT PRIMARY KEY REFERENCES member(id),
  operation_id TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);
CREATE TABLE change(
  seq BIGINT GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  device TEXT NOT NULL,
  body TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY(device, xid, seq)
) PARTITION BY HASH(device);
CREATE TABLE wishlist_tag(
  list TEXT NOT NULL,
  tag TEXT NOT NULL,
  sku TEXT NOT NULL,
  gtin BIGINT,
  quantity BIGINT NOT NULL,
  hlc BIGINT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(list, tag)
);
CREATE TABLE wishlist_tombstone(list TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY(list, tag));
CREATE TABLE pool(id TEXT PRIMARY KEY, budget BIGINT NOT NULL);
CREATE TABLE lease(
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  pool TEXT NOT NULL,
  granted BIGINT NOT NULL,
  state BIGINT NOT NULL,
  used BIGINT NOT NULL DEFAULT 0,
  closed_used BIGINT NOT NULL DEFAULT 0,
  granted_ms BIGINT NOT NULL
);
CREATE INDEX lease_by_pool ON lease(pool);
CREATE INDEX lease_by_device ON lease(device);
CREATE TABLE redemption(
  device TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  lease TEXT NOT NULL,
  pool TEXT NOT NULL,
  flagged BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY(device, operation_id)
);
CREATE TABLE hub_head(one INTEGER PRIMARY KEY CHECK(one = 1), json TEXT NOT NULL, generation BIGINT NOT NULL);
DO $$ BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE operation_%s PARTITION OF operation FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
                   part, part);
    EXECUTE format('CREATE TABLE change_%s PARTITION OF change FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
                   part, part);
  END LOOP;
END $$;
)sql",
                                                   kLateLeases,
                                                   kGuestTablesPostgres,
                                                   kStaffTablesPostgres,
                                                   kTokenTablesPostgres,
                                                   kOrderTablesPostgres,
                                                   kOrderIndexes,
                                                   kSaleTablesPostgres,
                                                   kFleetTablesPostgres,
                                                   kReviewTablesPostgres};

// Replicas that start at once must not all make the tables.
constexpr const char* kLockTables = "SELECT pg_advisory_lock(8265217391)";
constexpr const char* kUnlockTables = "SELECT pg_advisory_unlock(8265217391)";

} // namespace

Result<Database> openHubDatabase(const std::string& where) {
    if (!isPostgresAddress(where)) {
        auto database = Database::open(where, OpenMode::Shared);
        if (!database) return database;
        // Who is erased must not stand in free pages. Debian's SQLite does so anyway, others do not.
        if (auto done = database->exec("PRAGMA secure_delete=ON"); !done) return done.error();
        if (auto done = database->migrate(kSqlite); !done) return done.error();
        return database;
    }
    auto engine = openPostgres(where);
    if (!engine) return engine.error();
    Database database(std::move(*engine));
    if (auto done = database.exec(kLockTables); !done) return done.error();
    const auto migrated = database.migrate(kPostgres);
    if (auto done = database.exec(kUnlockTables); !done) return done.error();
    if (!migrated) return migrated.error();
    return database;
}

} // namespace silta::hub

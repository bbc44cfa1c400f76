// The tables of reviews and of the invitations to write them, for each of the hub's stores.
#pragma once

namespace silta::hub {

// review_invitation: one a sale. page_hash is the SHA-256 of the key of its page, skus a JSON array; used_ms
// is 0 until somebody has answered. review.text is encrypted with the hub's master key; state: "waiting",
// "approved", "refused". Both go with their member.
inline constexpr const char* kReviewTablesSqlite = R"sql(
CREATE TABLE review_invitation(
  sale_id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL,
  page_hash TEXT NOT NULL UNIQUE,
  store_code TEXT NOT NULL,
  lang TEXT NOT NULL,
  skus TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_invitation_by_member ON review_invitation(member_id, made_ms);
CREATE TABLE review(
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  stars INTEGER NOT NULL,
  lang TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  text BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_by_member ON review(member_id, sku);
CREATE INDEX review_by_state ON review(state, at_ms);
)sql";

inline constexpr const char* kReviewTablesPostgres = R"sql(
CREATE TABLE review_invitation(
  sale_id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL,
  page_hash TEXT NOT NULL UNIQUE,
  store_code TEXT NOT NULL,
  lang TEXT NOT NULL,
  skus TEXT NOT NULL,
  made_ms BIGINT NOT NULL,
  used_ms BIGINT NOT NULL
);
CREATE INDEX review_invitation_by_member ON review_invitation(member_id, made_ms);
CREATE TABLE review(
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  stars BIGINT NOT NULL,
  lang TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  state TEXT NOT NULL,
  text BYTEA NOT NULL
);
CREATE INDEX review_by_member ON review(member_id, sku);
CREATE INDEX review_by_state ON review(state, at_ms);
)sql";

} // namespace silta::hub

// The tables of guests of the Wi-Fi and of one-time codes, for each of the hub's stores.
#pragma once

namespace silta::hub {

// contact.data is encrypted with the contact's own key; contact_key holds that key, wrapped with the hub's
// master key. Erasing a contact is deleting the row of contact_key. contact.member_id is empty for who is no
// member, and of a member contact.data is empty. sms_code holds keyed hashes only.
inline constexpr const char* kGuestTablesSqlite = R"sql(
CREATE TABLE contact(
  id TEXT PRIMARY KEY,
  mac BLOB NOT NULL UNIQUE,
  member_id TEXT NOT NULL,
  store_code TEXT NOT NULL,
  lang TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  verified_ms INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_key(
  contact_id TEXT PRIMARY KEY REFERENCES contact(id),
  wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_visit(
  sign_up_id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contact(id),
  store_code TEXT NOT NULL,
  way TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_visit_by_contact ON contact_visit(contact_id);
CREATE TABLE contact_consent(
  row INTEGER PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contact(id),
  operation_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  granted INTEGER NOT NULL,
  wording_hash TEXT NOT NULL,
  version TEXT NOT NULL,
  lang TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_consent_by_contact ON contact_consent(contact_id);
CREATE TABLE guest_count(
  store_code TEXT NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  way TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY(store_code, day, kind, way)
) STRICT, WITHOUT ROWID;
CREATE TABLE sms_code(
  challenge TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  phone_mac BLOB NOT NULL,
  code_mac BLOB NOT NULL,
  made_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sms_code_by_phone ON sms_code(phone_mac, made_ms);
CREATE INDEX sms_code_by_device ON sms_code(device, made_ms);
CREATE INDEX sms_code_by_age ON sms_code(made_ms);
)sql";

inline constexpr const char* kGuestTablesPostgres = R"sql(
CREATE TABLE contact(
  id TEXT PRIMARY KEY,
  mac BYTEA NOT NULL UNIQUE,
  member_id TEXT NOT NULL,
  store_code TEXT NOT NULL,
  lang TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL,
  verified_ms BIGINT NOT NULL,
  data BYTEA NOT NULL
);
CREATE TABLE contact_key(
  contact_id TEXT PRIMARY KEY REFERENCES contact(id),
  wrapped BYTEA NOT NULL
);
CREATE TABLE contact_visit(
  sign_up_id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contact(id),
  store_code TEXT NOT NULL,
  way TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);
CREATE INDEX contact_visit_by_contact ON contact_visit(contact_id);
CREATE TABLE contact_consent(
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contact(id),
  operation_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  granted BIGINT NOT NULL,
  wording_hash TEXT NOT NULL,
  version TEXT NOT NULL,
  lang TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);
CREATE INDEX contact_consent_by_contact ON contact_consent(contact_id);
CREATE TABLE guest_count(
  store_code TEXT NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  way TEXT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY(store_code, day, kind, way)
);
CREATE TABLE sms_code(
  challenge TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  phone_mac BYTEA NOT NULL,
  code_mac BYTEA NOT NULL,
  made_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  used BIGINT NOT NULL
);
CREATE INDEX sms_code_by_phone ON sms_code(phone_mac, made_ms);
CREATE INDEX sms_code_by_device ON sms_code(device, made_ms);
CREATE INDEX sms_code_by_age ON sms_code(made_ms);
)sql";

} // namespace silta::hub

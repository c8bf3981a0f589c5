// The first shape of service.db. What must never happen twice is refused by its indexes.
import type { Migration } from '../../db/sqlite.ts';

export const serviceSchema: Migration = {
  name: '001-service',
  sql: `
CREATE TABLE enrolment_token (
  token_sha256 TEXT PRIMARY KEY,
  expires_ms INTEGER NOT NULL,
  -- The first key that used it; null until then.
  spki_sha256 TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE station (
  station_id TEXT PRIMARY KEY,
  spki BLOB NOT NULL UNIQUE,
  certificate BLOB NOT NULL,
  enrolled_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE issuer (
  issuer_id TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (station_id),
  -- One key and one name is one issuer, of one station.
  spki BLOB NOT NULL UNIQUE,
  subject_name BLOB NOT NULL UNIQUE,
  -- JSON {intermediates, root}, base64 of DER.
  chain TEXT NOT NULL,
  added_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX issuer_of_station ON issuer (station_id);

CREATE TABLE certificate (
  fingerprint TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (station_id),
  issuer_id TEXT NOT NULL REFERENCES issuer (issuer_id),
  hardware_type TEXT NOT NULL,
  hwid TEXT NOT NULL,
  device_serial TEXT NOT NULL,
  spki_sha256 TEXT NOT NULL,
  certificate BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('unclaimed', 'registered', 'void')),
  void_reason TEXT CHECK ((state = 'void') = (void_reason IS NOT NULL)),
  first_seen_ms INTEGER NOT NULL,
  -- Stays when a registered certificate becomes void.
  registered_ms INTEGER CHECK (state <> 'registered' OR registered_ms IS NOT NULL),
  -- The entry as it was registered, JSON.
  entry TEXT CHECK ((registered_ms IS NULL) = (entry IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX registered_device ON certificate (hardware_type, hwid) WHERE state = 'registered';
CREATE UNIQUE INDEX registered_serial ON certificate (device_serial) WHERE state = 'registered';
CREATE UNIQUE INDEX registered_key ON certificate (spki_sha256) WHERE state = 'registered';
CREATE INDEX certificate_of_key ON certificate (spki_sha256);
CREATE INDEX certificate_of_device ON certificate (hardware_type, hwid, registered_ms);
CREATE INDEX certificate_of_station ON certificate (station_id, state);

-- A task for a person: adopt or void.
CREATE TABLE conflict (
  conflict_id INTEGER PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (station_id),
  fingerprint TEXT NOT NULL,
  other_fingerprint TEXT NOT NULL,
  reason TEXT NOT NULL,
  entry TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  UNIQUE (fingerprint, other_fingerprint, reason)
) STRICT;
CREATE INDEX conflict_of_station ON conflict (station_id);

CREATE TABLE answer (
  answer_id INTEGER PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (station_id),
  body_sha256 TEXT NOT NULL,
  answer TEXT NOT NULL,
  UNIQUE (station_id, body_sha256)
) STRICT;

CREATE TABLE checkpoint (
  station_id TEXT NOT NULL REFERENCES station (station_id),
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  head TEXT NOT NULL,
  -- JSON {checkpoint, signature}.
  signed TEXT NOT NULL,
  PRIMARY KEY (station_id, epoch, seq)
) STRICT, WITHOUT ROWID;
`,
};

// People who may sign in, and what was set for this bench. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  -- Audit events hold person_id alone: a person is erased by emptying the row, and the chain still verifies.
  CREATE TABLE person (
    person_id TEXT PRIMARY KEY CHECK (length(person_id) = 16),
    name TEXT UNIQUE CHECK (length(name) BETWEEN 1 AND 64),
    role TEXT NOT NULL CHECK (role IN ('technician', 'supervisor', 'security-officer')),
    badge_digest BLOB UNIQUE CHECK (length(badge_digest) = 32),
    pin_salt BLOB CHECK (length(pin_salt) = 16),
    pin_digest BLOB CHECK (length(pin_digest) = 32),
    preferences TEXT NOT NULL CHECK (json_valid(preferences)),
    last_sign_in_ms INTEGER,
    -- In a row, with the time of the last one.
    wrong_pins INTEGER NOT NULL DEFAULT 0 CHECK (wrong_pins >= 0),
    wrong_pin_ms INTEGER,
    CHECK ((pin_salt IS NULL) = (pin_digest IS NULL)),
    CHECK ((name IS NULL) = (pin_digest IS NULL)),
    CHECK (name IS NOT NULL OR badge_digest IS NULL),
    CHECK ((wrong_pins = 0) = (wrong_pin_ms IS NULL))
  ) STRICT;

  CREATE TRIGGER person_never_deleted BEFORE DELETE ON person
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

  CREATE TRIGGER person_erased_for_ever BEFORE UPDATE ON person
  WHEN OLD.name IS NULL
  BEGIN SELECT RAISE(ABORT, 'an erased person stays erased'); END;

  -- One salt for all badges of the station, so that one derivation finds whose badge it is.
  CREATE TABLE badge_salt (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    salt BLOB NOT NULL CHECK (length(salt) = 16)
  ) STRICT;

  CREATE TABLE setting (
    key TEXT PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 64),
    value TEXT NOT NULL CHECK (json_valid(value))
  ) STRICT;
`;

export const people: Migration = { name: '002-people', sql };

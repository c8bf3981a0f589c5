// What an officer decided about a certificate, and the order in which a station reads what is held of it.
import type { Migration } from '../../db/sqlite.ts';

export const decisions: Migration = {
  name: '002-decisions',
  sql: `
-- Each is kept: an unclaimed certificate was adopted or revoked by a person.
CREATE TABLE decision (
  decision_id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL REFERENCES certificate (fingerprint),
  decision TEXT NOT NULL CHECK (decision IN ('adopted', 'revoked')),
  because TEXT NOT NULL CHECK (length(because) BETWEEN 1 AND 200),
  decided_ms INTEGER NOT NULL
) STRICT;
CREATE TRIGGER decision_never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

CREATE INDEX certificate_in_order ON certificate (station_id, fingerprint);
CREATE INDEX certificate_unclaimed ON certificate (fingerprint) WHERE state = 'unclaimed';
`,
};

// What the screens need to know of a line: since when a lot is in its state and who holds it, how long a job was in each
// stage, and which slots are switched off. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  ALTER TABLE lot ADD COLUMN state_ms INTEGER NOT NULL DEFAULT 0;
  -- An actor's id; null while it is not held, or when the station held it by its stop rule.
  ALTER TABLE lot ADD COLUMN held_by TEXT CHECK (length(held_by) BETWEEN 1 AND 64);
  -- The best that is known of a lot of an older Keyline.
  UPDATE lot SET state_ms = created_ms;

  ALTER TABLE job ADD COLUMN stages TEXT CHECK (json_valid(stages));
  -- The last passes and the verdicts of the last hour of a lot.
  CREATE INDEX job_judged ON job (lot_id, ended_ms, outcome) WHERE outcome IN ('passed', 'failed');

  CREATE TABLE slot_off (
    slot INTEGER PRIMARY KEY CHECK (slot >= 1),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 32),
    since_ms INTEGER NOT NULL
  ) STRICT;
`;

export const lineOnScreen: Migration = { name: '003-line', sql };

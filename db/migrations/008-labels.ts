// Labels: which a lot's boards get, one that is due for each certificate of a board that passed, and every copy that ever
// left for a printer, recorded before it left. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  -- A lot without a row has no labels: those of an older Keyline too.
  CREATE TABLE lot_label (
    lot_id TEXT PRIMARY KEY REFERENCES lot (lot_id),
    size TEXT NOT NULL CHECK (size IN ('50x25', '38x13', '10x10'))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE label (
    certificate_id INTEGER PRIMARY KEY REFERENCES certificate (certificate_id),
    lot_id TEXT NOT NULL REFERENCES lot (lot_id),
    size TEXT NOT NULL CHECK (size IN ('50x25', '38x13', '10x10')),
    due_ms INTEGER NOT NULL,
    -- When the printer said that nothing of a copy waits any more; null: no copy is known to be out.
    printed_ms INTEGER,
    -- When it was read back from its board.
    scanned_ms INTEGER
  ) STRICT;
  CREATE INDEX label_waiting ON label (due_ms, certificate_id) WHERE printed_ms IS NULL;
  CREATE INDEX label_of_lot ON label (lot_id, printed_ms, scanned_ms);

  -- Intent before it is sent, outcome after: one that was cut off may lie on the bench, so its number is used up.
  CREATE TABLE label_copy (
    certificate_id INTEGER NOT NULL REFERENCES label (certificate_id),
    copy INTEGER NOT NULL CHECK (copy >= 1),
    actor_id TEXT NOT NULL CHECK (length(actor_id) BETWEEN 1 AND 64),
    state TEXT NOT NULL CHECK (state IN ('intended', 'printed', 'unsure')),
    intended_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    PRIMARY KEY (certificate_id, copy),
    CHECK ((state = 'intended') = (ended_ms IS NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX label_copy_open ON label_copy (certificate_id, copy) WHERE state = 'intended';

  CREATE TRIGGER label_copy_ends_once BEFORE UPDATE ON label_copy
  WHEN OLD.state <> 'intended' OR NEW.certificate_id IS NOT OLD.certificate_id OR NEW.copy IS NOT OLD.copy
    OR NEW.actor_id IS NOT OLD.actor_id OR NEW.intended_ms IS NOT OLD.intended_ms
  BEGIN SELECT RAISE(ABORT, 'a copy ends once'); END;

  CREATE TRIGGER lot_label_never_deleted BEFORE DELETE ON lot_label
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
  CREATE TRIGGER label_never_deleted BEFORE DELETE ON label
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
  CREATE TRIGGER label_copy_never_deleted BEFORE DELETE ON label_copy
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
`;

export const labels: Migration = { name: '008-labels', sql };

// What a restore from a backup leaves on record: the new epoch, the lots whose ranges are abandoned, and the serials that
// the security service says were used. What was signed already is taken in under any CA. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  CREATE TABLE restore (
    epoch INTEGER PRIMARY KEY CHECK (epoch >= 2),
    from_epoch INTEGER NOT NULL CHECK (from_epoch BETWEEN 1 AND epoch - 1),
    -- The last event that the backup held.
    backup_seq INTEGER NOT NULL CHECK (backup_seq >= 1),
    backup_head TEXT NOT NULL CHECK (length(backup_head) = 64),
    restored_ms INTEGER NOT NULL,
    -- Never given to this station before, a person says; null: none was named.
    fresh_range TEXT,
    -- When the service's list of used serials was read whole; null: not yet.
    serials_read_ms INTEGER
  ) STRICT;

  CREATE TRIGGER restore_never_deleted BEFORE DELETE ON restore
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

  -- No serial of its range is given out any more: others of it may have been, after the backup.
  CREATE TABLE abandoned_lot (
    lot_id TEXT PRIMARY KEY REFERENCES lot (lot_id),
    epoch INTEGER NOT NULL REFERENCES restore (epoch)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER abandoned_lot_never_deleted BEFORE DELETE ON abandoned_lot
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

  -- Used at the service by boards that are not in these records.
  CREATE TABLE used_serial (
    device_serial TEXT PRIMARY KEY CHECK (length(device_serial) BETWEEN 1 AND 32)
  ) STRICT, WITHOUT ROWID;

  -- One that comes with its signature asks nothing of its CA, which may sign nothing new any more.
  DROP TRIGGER certificate_under_active_ca;
  CREATE TRIGGER certificate_under_active_ca BEFORE INSERT ON certificate
    WHEN NEW.certificate IS NULL AND EXISTS (SELECT 1 FROM ca WHERE issuer_id = NEW.issuer_id AND role <> 'active')
    BEGIN SELECT RAISE(ABORT, 'only the active CA signs anything new'); END;

  CREATE TRIGGER station_epoch_only_grows BEFORE UPDATE ON station
  WHEN NEW.epoch < OLD.epoch OR NEW.station_id IS NOT OLD.station_id OR NEW.practice IS NOT OLD.practice
  BEGIN SELECT RAISE(ABORT, 'a station keeps its name, and its epoch only grows'); END;
`;

export const restored: Migration = { name: '006-restore', sql };

// Re-work and scrap on record, a device's state as one view, and the indexes that a device is found and told by. What a
// scrapped or locked board may never get again is refused here too. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  -- A board that may be made once more. The job that takes it up is its last word; null: it waits for its board.
  CREATE TABLE rework (
    rework_id INTEGER PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device (device_id),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 32),
    actor_id TEXT NOT NULL CHECK (length(actor_id) BETWEEN 1 AND 64),
    ordered_ms INTEGER NOT NULL,
    job_id INTEGER UNIQUE REFERENCES job (job_id)
  ) STRICT;
  CREATE UNIQUE INDEX rework_one_waiting ON rework (device_id) WHERE job_id IS NULL;

  CREATE TABLE scrap (
    device_id INTEGER PRIMARY KEY REFERENCES device (device_id),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 32),
    actor_id TEXT NOT NULL CHECK (length(actor_id) BETWEEN 1 AND 64),
    scrapped_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TRIGGER rework_never_deleted BEFORE DELETE ON rework
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
  CREATE TRIGGER scrap_never_deleted BEFORE DELETE ON scrap
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
  CREATE TRIGGER scrap_never_changed BEFORE UPDATE ON scrap
  BEGIN SELECT RAISE(ABORT, 'scrapped is for ever'); END;
  CREATE TRIGGER rework_taken_once BEFORE UPDATE ON rework
  WHEN OLD.job_id IS NOT NULL OR NEW.device_id IS NOT OLD.device_id OR NEW.reason IS NOT OLD.reason
    OR NEW.actor_id IS NOT OLD.actor_id OR NEW.ordered_ms IS NOT OLD.ordered_ms
  BEGIN SELECT RAISE(ABORT, 'a re-work is taken up once'); END;

  CREATE TRIGGER rework_before_lock BEFORE INSERT ON rework
  WHEN EXISTS (SELECT 1 FROM certificate WHERE device_id = NEW.device_id AND state <> 'void')
    OR EXISTS (SELECT 1 FROM certificate JOIN outbox USING (certificate_id)
      WHERE device_id = NEW.device_id AND outbox.kind = 'register')
  BEGIN SELECT RAISE(ABORT, 'a locked board keeps its identity'); END;
  CREATE TRIGGER rework_before_scrap BEFORE INSERT ON rework
  WHEN EXISTS (SELECT 1 FROM scrap WHERE device_id = NEW.device_id)
  BEGIN SELECT RAISE(ABORT, 'scrapped is for ever'); END;
  CREATE TRIGGER certificate_before_scrap BEFORE INSERT ON certificate
  WHEN NEW.certificate IS NULL AND EXISTS (SELECT 1 FROM scrap WHERE device_id = NEW.device_id)
  BEGIN SELECT RAISE(ABORT, 'a scrapped board gets no certificate'); END;

  -- Each device once, by its last job and what people decided since: what every count of devices is made of.
  CREATE VIEW device_now AS
    SELECT last.device_id, last.lot_id, last.job_id,
      CASE
        WHEN EXISTS (SELECT 1 FROM scrap WHERE scrap.device_id = last.device_id) THEN 'scrapped'
        WHEN EXISTS (SELECT 1 FROM rework WHERE rework.device_id = last.device_id AND rework.job_id IS NULL)
          THEN 'in-rework'
        WHEN last.outcome IS NULL THEN 'in-work'
        WHEN last.outcome = 'passed' AND NOT EXISTS (SELECT 1 FROM certificate
          WHERE certificate.device_id = last.device_id AND certificate.state = 'live') THEN 'revoked'
        ELSE last.outcome
      END AS state
    FROM job AS last
    WHERE last.device_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM job AS later
      WHERE later.device_id = last.device_id AND later.job_id > last.job_id);

  CREATE INDEX device_seen ON device (first_seen_ms, device_id);
  CREATE INDEX serial_of_lot ON serial_reservation (lot_id, device_serial);

  -- Events about a device that name no job.
  CREATE INDEX audit_event_of_board ON audit_event (json_extract(body, '$.hwid'), seq)
    WHERE type IN ('device-seen-again', 'identity-checked', 'device-reworked', 'device-scrapped', 'identity-revoked');
`;

export const devices: Migration = { name: '007-devices', sql };

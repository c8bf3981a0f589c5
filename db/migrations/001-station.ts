// The first shape of station.db. What must never happen twice is refused here, by indexes and triggers, and not by
// the code above (CERTAINTY.md, "What the database itself refuses"). Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

/** Tables that keep history: a row of theirs is never deleted. */
const HISTORY_TABLES = [
  'audit_event',
  'checkpoint',
  'lot',
  'device',
  'serial_reservation',
  'job',
  'key',
  'certificate',
  'outbox',
] as const;

const neverDeleted = HISTORY_TABLES.map(
  (table) => `
  CREATE TRIGGER ${table}_never_deleted BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;`,
).join('');

const sql = `
  CREATE TABLE station (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    station_id TEXT NOT NULL CHECK (length(station_id) BETWEEN 1 AND 64),
    practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    created_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE enrolment (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    service_url TEXT NOT NULL CHECK (length(service_url) BETWEEN 1 AND 2048),
    service_ca_pem TEXT NOT NULL CHECK (length(service_ca_pem) BETWEEN 1 AND 65536),
    station_certificate_pem TEXT NOT NULL CHECK (length(station_certificate_pem) BETWEEN 1 AND 65536),
    issuer_registered INTEGER NOT NULL CHECK (issuer_registered IN (0, 1))
  ) STRICT;

  -- Where a slot is: one place a slot, one slot a place.
  CREATE TABLE slot_binding (
    position TEXT PRIMARY KEY CHECK (length(position) BETWEEN 1 AND 4096),
    slot INTEGER NOT NULL UNIQUE CHECK (slot >= 1)
  ) STRICT;

  CREATE TABLE audit_event (
    seq INTEGER PRIMARY KEY CHECK (seq >= 1),
    time_ms INTEGER NOT NULL CHECK (time_ms >= 0),
    actor_id TEXT NOT NULL CHECK (length(actor_id) BETWEEN 1 AND 64),
    type TEXT NOT NULL CHECK (length(type) BETWEEN 1 AND 64),
    body TEXT NOT NULL CHECK (json_valid(body)),
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
  ) STRICT;

  CREATE INDEX audit_event_of_job ON audit_event (json_extract(body, '$.jobId'), seq)
    WHERE json_extract(body, '$.jobId') IS NOT NULL;

  -- Also refuses INSERT OR REPLACE, which deletes without firing a delete trigger.
  CREATE TRIGGER audit_event_extends_chain BEFORE INSERT ON audit_event
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)
    OR NEW.prev_hash IS NOT coalesce(
      (SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1),
      '0000000000000000000000000000000000000000000000000000000000000000')
  BEGIN SELECT RAISE(ABORT, 'an audit event extends the chain by one'); END;

  CREATE TRIGGER audit_event_never_changed BEFORE UPDATE ON audit_event
  BEGIN SELECT RAISE(ABORT, 'an audit event is never changed'); END;

  CREATE TABLE checkpoint (
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    station_id TEXT NOT NULL,
    head TEXT NOT NULL CHECK (length(head) = 64),
    prev_seq INTEGER NOT NULL CHECK (prev_seq BETWEEN 0 AND seq),
    prev_head TEXT NOT NULL CHECK (length(prev_head) = 64),
    time_ms INTEGER NOT NULL,
    signature TEXT NOT NULL CHECK (length(signature) BETWEEN 1 AND 200),
    PRIMARY KEY (epoch, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER checkpoint_never_changed BEFORE UPDATE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;

  CREATE TABLE lot (
    lot_id TEXT PRIMARY KEY CHECK (length(lot_id) BETWEEN 1 AND 64),
    order_id TEXT NOT NULL CHECK (length(order_id) BETWEEN 1 AND 64),
    state TEXT NOT NULL CHECK (state IN ('draft', 'released', 'held', 'closed')),
    practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    spare INTEGER NOT NULL CHECK (spare >= 0),
    serial_range TEXT NOT NULL UNIQUE,
    recipe TEXT NOT NULL CHECK (json_valid(recipe)),
    recipe_name TEXT NOT NULL,
    recipe_version TEXT NOT NULL,
    recipe_sha256 TEXT NOT NULL CHECK (length(recipe_sha256) = 64),
    firmware_sha256 TEXT NOT NULL CHECK (length(firmware_sha256) = 64),
    stop_after INTEGER NOT NULL CHECK (stop_after >= 0),
    held_because TEXT,
    serials_taken INTEGER NOT NULL CHECK (serials_taken >= 0),
    failure_run INTEGER NOT NULL CHECK (failure_run >= 0),
    failure_code TEXT,
    created_ms INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX lot_one_released ON lot (state) WHERE state = 'released';

  CREATE TABLE device (
    device_id INTEGER PRIMARY KEY,
    hardware_type TEXT NOT NULL,
    hwid TEXT NOT NULL CHECK (length(hwid) BETWEEN 12 AND 64),
    model TEXT NOT NULL,
    revision TEXT NOT NULL,
    simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
    first_seen_ms INTEGER NOT NULL,
    UNIQUE (hardware_type, hwid)
  ) STRICT;
  CREATE INDEX device_hwid ON device (hwid);

  -- A serial once given out; device_id is null while it is free again. One device a serial, one serial a device.
  CREATE TABLE serial_reservation (
    device_serial TEXT PRIMARY KEY CHECK (length(device_serial) BETWEEN 1 AND 32),
    lot_id TEXT NOT NULL REFERENCES lot (lot_id),
    device_id INTEGER REFERENCES device (device_id),
    -- Parent of certificate's pair: a serial with a to-be-signed can then be neither freed nor moved.
    UNIQUE (device_serial, device_id)
  ) STRICT;
  CREATE UNIQUE INDEX serial_one_per_device ON serial_reservation (device_id) WHERE device_id IS NOT NULL;
  CREATE INDEX serial_freed ON serial_reservation (lot_id, device_serial) WHERE device_id IS NULL;

  CREATE TABLE job (
    job_id INTEGER PRIMARY KEY,
    lot_id TEXT NOT NULL REFERENCES lot (lot_id),
    device_id INTEGER REFERENCES device (device_id),
    slot TEXT NOT NULL CHECK (length(slot) BETWEEN 1 AND 64),
    state TEXT NOT NULL CHECK (json_valid(state)),
    attempt INTEGER NOT NULL CHECK (attempt >= 1),
    crashes INTEGER NOT NULL CHECK (crashes >= 0),
    outcome TEXT CHECK (outcome IN ('passed', 'failed', 'errored', 'aborted')),
    code TEXT,
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    CHECK ((outcome IS NULL) = (ended_ms IS NULL)),
    CHECK (outcome IS NOT 'passed' OR device_id IS NOT NULL)
  ) STRICT;
  CREATE UNIQUE INDEX job_one_running ON job (device_id) WHERE outcome IS NULL;
  CREATE INDEX job_running ON job (job_id) WHERE outcome IS NULL;
  CREATE INDEX job_of_device ON job (device_id, job_id);
  -- Covers the tally of a lot.
  CREATE INDEX job_of_lot ON job (lot_id, device_id, job_id, outcome);

  CREATE TRIGGER job_ends_once BEFORE UPDATE OF outcome, code, ended_ms, device_id ON job
  WHEN OLD.outcome IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a job ends once'); END;

  CREATE TABLE key (
    spki_sha256 TEXT PRIMARY KEY CHECK (length(spki_sha256) = 64),
    spki BLOB NOT NULL UNIQUE CHECK (length(spki) BETWEEN 1 AND 1024),
    device_id INTEGER NOT NULL REFERENCES device (device_id),
    job_id INTEGER NOT NULL REFERENCES job (job_id),
    discarded INTEGER NOT NULL DEFAULT 0 CHECK (discarded IN (0, 1)),
    -- Parent of certificate's pair: a certificate names a key of its own device.
    UNIQUE (spki_sha256, device_id)
  ) STRICT;

  CREATE TRIGGER key_only_discarded BEFORE UPDATE ON key
  WHEN NEW.spki_sha256 IS NOT OLD.spki_sha256 OR NEW.spki IS NOT OLD.spki OR NEW.device_id IS NOT OLD.device_id
    OR NEW.job_id IS NOT OLD.job_id OR NEW.discarded < OLD.discarded
  BEGIN SELECT RAISE(ABORT, 'a key is only ever discarded'); END;

  -- issuer and serial number stand inside the to-be-signed bytes: while their pair is unique, so are those bytes.
  CREATE TABLE certificate (
    certificate_id INTEGER PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device (device_id),
    job_id INTEGER NOT NULL REFERENCES job (job_id),
    lot_id TEXT NOT NULL REFERENCES lot (lot_id),
    device_serial TEXT NOT NULL,
    spki_sha256 TEXT NOT NULL UNIQUE,
    issuer_id TEXT NOT NULL CHECK (length(issuer_id) = 64),
    certificate_serial_number TEXT NOT NULL CHECK (length(certificate_serial_number) BETWEEN 1 AND 40),
    tbs BLOB NOT NULL CHECK (length(tbs) BETWEEN 1 AND 4096),
    certificate BLOB CHECK (length(certificate) BETWEEN 1 AND 4096),
    fingerprint TEXT UNIQUE CHECK (length(fingerprint) = 64),
    state TEXT NOT NULL CHECK (state IN ('intended', 'signed', 'installed', 'live', 'void')),
    reason TEXT,
    UNIQUE (issuer_id, certificate_serial_number),
    FOREIGN KEY (device_serial, device_id) REFERENCES serial_reservation (device_serial, device_id),
    FOREIGN KEY (spki_sha256, device_id) REFERENCES key (spki_sha256, device_id),
    CHECK ((certificate IS NULL) = (fingerprint IS NULL)),
    CHECK (state NOT IN ('signed', 'installed', 'live') OR certificate IS NOT NULL),
    CHECK (state <> 'intended' OR certificate IS NULL),
    CHECK ((state = 'void') = (reason IS NOT NULL))
  ) STRICT;
  CREATE UNIQUE INDEX certificate_one_per_device ON certificate (device_id) WHERE state <> 'void';
  CREATE UNIQUE INDEX certificate_one_per_serial ON certificate (device_serial) WHERE state <> 'void';
  CREATE INDEX certificate_of_device ON certificate (device_id, certificate_id);
  CREATE INDEX certificate_of_serial ON certificate (device_serial, device_id);
  CREATE INDEX certificate_of_lot ON certificate (lot_id, state);

  CREATE TRIGGER certificate_never_rewritten BEFORE UPDATE ON certificate
  WHEN NEW.device_id IS NOT OLD.device_id OR NEW.job_id IS NOT OLD.job_id OR NEW.lot_id IS NOT OLD.lot_id
    OR NEW.device_serial IS NOT OLD.device_serial OR NEW.spki_sha256 IS NOT OLD.spki_sha256
    OR NEW.issuer_id IS NOT OLD.issuer_id OR NEW.certificate_serial_number IS NOT OLD.certificate_serial_number
    OR NEW.tbs IS NOT OLD.tbs
    OR (OLD.certificate IS NOT NULL AND NEW.certificate IS NOT OLD.certificate)
    OR (OLD.fingerprint IS NOT NULL AND NEW.fingerprint IS NOT OLD.fingerprint)
  BEGIN SELECT RAISE(ABORT, 'what was signed is never rewritten'); END;

  CREATE TRIGGER certificate_void_for_ever BEFORE UPDATE ON certificate
  WHEN OLD.state = 'void'
  BEGIN SELECT RAISE(ABORT, 'a void certificate stays void'); END;

  -- AUTOINCREMENT: the order in which facts left is kept even if rows were lost.
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('register', 'void')),
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    certificate_id INTEGER NOT NULL REFERENCES certificate (certificate_id),
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'refused')),
    code TEXT,
    UNIQUE (kind, certificate_id)
  ) STRICT;
  CREATE INDEX outbox_waiting ON outbox (id) WHERE state = 'waiting';
  CREATE INDEX outbox_counted ON outbox (kind, state);

  CREATE TRIGGER outbox_never_rewritten BEFORE UPDATE ON outbox
  WHEN NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind OR NEW.payload IS NOT OLD.payload
    OR NEW.certificate_id IS NOT OLD.certificate_id
  BEGIN SELECT RAISE(ABORT, 'what leaves is never rewritten'); END;
  ${neverDeleted}
`;

export const firstStation: Migration = { name: '001-station', sql };

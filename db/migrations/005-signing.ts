// The CAs that this station signs with: which one is active, how often each has signed, and whether the security service
// knows it. A certificate is intended under the active one or not at all. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  CREATE TABLE ca (
    issuer_id TEXT PRIMARY KEY CHECK (length(issuer_id) = 64),
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 32),
    role TEXT NOT NULL CHECK (role IN ('active', 'standby', 'retired')),
    -- To-be-signed ever recorded under it.
    signatures INTEGER NOT NULL DEFAULT 0 CHECK (signatures >= 0),
    signature_limit INTEGER CHECK (signature_limit >= 1),
    last_signed_ms INTEGER,
    -- Its own signature that it is this station's: made while its key is open, sent when there is a service.
    proof BLOB CHECK (length(proof) BETWEEN 1 AND 128),
    registered INTEGER NOT NULL DEFAULT 0 CHECK (registered IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX ca_one_active ON ca (role) WHERE role = 'active';

  CREATE TRIGGER ca_never_deleted BEFORE DELETE ON ca
    BEGIN SELECT RAISE(ABORT, 'a CA is never deleted'); END;
  CREATE TRIGGER ca_retired_for_ever BEFORE UPDATE OF role ON ca
    WHEN OLD.role = 'retired' AND NEW.role <> 'retired'
    BEGIN SELECT RAISE(ABORT, 'a retired CA signs nothing new'); END;
  CREATE TRIGGER ca_signatures_only_grow BEFORE UPDATE OF signatures ON ca
    WHEN NEW.signatures < OLD.signatures
    BEGIN SELECT RAISE(ABORT, 'a signature is never given back'); END;

  CREATE TRIGGER certificate_under_active_ca BEFORE INSERT ON certificate
    WHEN EXISTS (SELECT 1 FROM ca WHERE issuer_id = NEW.issuer_id AND role <> 'active')
    BEGIN SELECT RAISE(ABORT, 'only the active CA signs anything new'); END;
  CREATE TRIGGER certificate_counts AFTER INSERT ON certificate
    BEGIN UPDATE ca SET signatures = signatures + 1 WHERE issuer_id = NEW.issuer_id; END;

  -- Each CA says it for itself now; the service answers a CA that it knows with "unchanged".
  ALTER TABLE enrolment DROP COLUMN issuer_registered;
`;

export const signing: Migration = { name: '005-signing', sql };

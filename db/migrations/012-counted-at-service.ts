// Which certificates a restored station counted under their CA because the service holds them: each counts once, also where
// it is read again after another restore, or comes into these records later. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  -- Signed by a CA of this station, and not in these records when they were counted.
  CREATE TABLE counted_at_service (
    fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
    issuer_id TEXT NOT NULL REFERENCES ca (issuer_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER counted_at_service_counts AFTER INSERT ON counted_at_service
    BEGIN UPDATE ca SET signatures = signatures + 1 WHERE issuer_id = NEW.issuer_id; END;
  CREATE TRIGGER counted_at_service_never_changed BEFORE UPDATE ON counted_at_service
    BEGIN SELECT RAISE(ABORT, 'what was counted is never changed'); END;
  CREATE TRIGGER counted_at_service_never_deleted BEFORE DELETE ON counted_at_service
    BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

  DROP TRIGGER certificate_counts;
  CREATE TRIGGER certificate_counts AFTER INSERT ON certificate
    WHEN NOT EXISTS (SELECT 1 FROM counted_at_service WHERE fingerprint = NEW.fingerprint)
    BEGIN UPDATE ca SET signatures = signatures + 1 WHERE issuer_id = NEW.issuer_id; END;
`;

export const countedAtService: Migration = { name: '012-counted-at-service', sql };

// Which certificates the security service said are void, of those that a restored station does not know: void is the end
// for them too. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  -- Void at the service, of boards that are not in these records.
  CREATE TABLE void_at_service (
    fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER void_at_service_never_deleted BEFORE DELETE ON void_at_service
  BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
`;

export const voidAtService: Migration = { name: '011-void-at-service', sql };

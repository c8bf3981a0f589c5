// What a lot's page and its report look up in the audit log: what people did with the lot, and which report was signed
// of it. Once released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  CREATE INDEX audit_event_of_lot ON audit_event (json_extract(body, '$.lotId'), seq)
    WHERE type IN ('lot-created', 'lot-released', 'lot-held', 'lot-closed', 'report-signed', 'report-printed');
`;

export const lotPage: Migration = { name: '009-lot-page', sql };

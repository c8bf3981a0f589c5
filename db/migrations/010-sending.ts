// What the Sync place looks up: when registrations were made and answered, and the events of one certificate. Once
// released, this text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  -- Covers how many waited at any time.
  CREATE INDEX audit_event_of_sending ON audit_event (time_ms, type, json_extract(body, '$.kind'))
    WHERE type IN ('certificate-live', 'registration-accepted', 'registration-refused', 'registration-resent');

  -- A registration's answer names its certificate and no job.
  CREATE INDEX audit_event_of_certificate ON audit_event (json_extract(body, '$.certificateId'), seq)
    WHERE json_extract(body, '$.certificateId') IS NOT NULL;

  CREATE INDEX outbox_refused ON outbox (id) WHERE state = 'refused';
`;

export const sending: Migration = { name: '010-sending', sql };

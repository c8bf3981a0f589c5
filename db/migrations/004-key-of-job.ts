// Keys are looked up by their job when it ends: each that no certificate was made for is void then. Once released, this
// text is never edited.
import type { Migration } from '../sqlite.ts';

const sql = `
  CREATE INDEX key_of_job ON key (job_id, discarded, spki_sha256);
`;

export const keyOfJob: Migration = { name: '004-key-of-job', sql };

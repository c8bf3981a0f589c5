// The two equations of CERTAINTY.md as numbers, each side counted from rows of its own so that a lost or doubled
// record shows: made = registered + waiting + refused, and signed = live + void + in work.
import { z } from 'zod';
import { assert } from '../domain/errors.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { query } from './statement.ts';

export interface SyncCounts {
  /** Jobs that passed. */
  readonly made: number;
  /** Register entries that the service acknowledged, not answered yet, turned down. */
  readonly registered: number;
  readonly waiting: number;
  readonly refused: number;
  /** Void entries that the service has not acknowledged yet. */
  readonly voidsWaiting: number;
}

export interface CertificateCounts {
  /** To-be-signed ever recorded: what the quota counts. */
  readonly signed: number;
  /** Live, with its register entry. */
  readonly live: number;
  /** Void, with its void entry where anything had been signed. */
  readonly void: number;
  /** Neither yet, and its job is open. */
  readonly inWork: number;
}

export interface CountQueries {
  syncCounts(): SyncCounts;
  /** Of one lot, or of all. */
  certificateCounts(lotId?: string): CertificateCounts;
}

export function countQueries(database: SqliteDatabase): CountQueries {
  const sync = query(
    database,
    `SELECT (SELECT count(*) FROM job WHERE outcome = 'passed') AS made,
       count(*) FILTER (WHERE kind = 'register' AND state = 'accepted') AS registered,
       count(*) FILTER (WHERE kind = 'register' AND state = 'waiting') AS waiting,
       count(*) FILTER (WHERE kind = 'register' AND state = 'refused') AS refused,
       count(*) FILTER (WHERE kind = 'void' AND state = 'waiting') AS voidsWaiting
     FROM outbox`,
    z.object({
      made: z.number(),
      registered: z.number(),
      waiting: z.number(),
      refused: z.number(),
      voidsWaiting: z.number(),
    }),
  );
  const certificates = query(
    database,
    `SELECT count(*) AS signed,
       count(*) FILTER (WHERE certificate.state = 'live' AND EXISTS (SELECT 1 FROM outbox
         WHERE kind = 'register' AND outbox.certificate_id = certificate.certificate_id)) AS live,
       count(*) FILTER (WHERE certificate.state = 'void' AND (fingerprint IS NULL OR EXISTS (SELECT 1 FROM outbox
         WHERE kind = 'void' AND outbox.certificate_id = certificate.certificate_id))) AS void,
       count(*) FILTER (WHERE certificate.state NOT IN ('live', 'void') AND EXISTS (SELECT 1 FROM job
         WHERE job.device_id = certificate.device_id AND outcome IS NULL)) AS inWork
     FROM certificate WHERE ? IS NULL OR lot_id = ?`,
    z.object({ signed: z.number(), live: z.number(), void: z.number(), inWork: z.number() }),
  );
  return {
    syncCounts() {
      const counts = sync.one();
      assert(counts, 'an aggregate has one row');
      return counts;
    },
    certificateCounts(lotId) {
      const counts = certificates.one(lotId ?? null, lotId ?? null);
      assert(counts, 'an aggregate has one row');
      return counts;
    },
  };
}

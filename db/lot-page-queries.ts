// What a lot's page shows, each figure one statement over indexes; all of them in one transaction, so that they belong
// together. 10,000 devices take some 100 ms (docs/evidence/bench.md).
import { z } from 'zod';
import { AuditEventType } from '../domain/audit-event.ts';
import { Outcome } from '../domain/job.ts';
import { BOARD_PLACES, type BoardPlace, type LotPageStore } from '../station/lots/lot-page-store.ts';
import { eventRows } from './event-rows.ts';
import { labelRows } from './label-rows.ts';
import { WITH_BOARDS } from './lot-boards.ts';
import { IS_CONFLICT } from './outbox-rows.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { stageMedians } from './stage-medians.ts';
import { Code, query } from './statement.ts';

const HALF_HOUR_MS = 1_800_000;

const Place = z.enum(BOARD_PLACES);

const NONE = { passed: 0, revoked: 0, inWork: 0, inRework: 0, failed: 0, noVerdict: 0, scrapped: 0 } as const;

/** As the index of migration 009 has it, word for word: only so is it used. */
const LOT_EVENTS = `type IN ('lot-created', 'lot-released', 'lot-held', 'lot-closed', 'report-signed', 'report-printed')`;

export function lotPageQueries(database: SqliteDatabase): LotPageStore {
  const { chainHead } = eventRows(database);
  const { lotLabel, labelCounts } = labelRows(database);
  const page = pageOf(database);
  const medians = stageMedians(database);
  const records = recordsOf(database);
  const boards = query(
    database,
    `${WITH_BOARDS} SELECT hardware_type AS hardwareType, hwid, place, placed.outcome, job.code, job.slot, jobs,
       job.ended_ms AS endedMs, device_serial AS deviceSerial,
       certificate_serial_number AS certificateSerialNumber, fingerprint, issuer_id AS issuerId
     FROM placed CROSS JOIN device USING (device_id) CROSS JOIN job ON job.job_id = last_job
       LEFT JOIN certificate ON certificate.certificate_id = (SELECT max(certificate_id) FROM certificate AS own
         WHERE own.device_id = placed.device_id AND own.lot_id = (SELECT lot FROM asked)
           AND (own.state <> 'void' OR place = 'revoked'))
     ORDER BY placed.device_id`,
    z.object({
      ...{ hardwareType: z.string(), hwid: z.string(), place: Place, outcome: Outcome.nullable() },
      ...{ code: Code.nullable(), slot: z.string(), jobs: z.number(), endedMs: z.number().nullable() },
      ...{ deviceSerial: z.string().nullable(), certificateSerialNumber: z.string().nullable() },
      ...{ fingerprint: z.string().nullable(), issuerId: z.string().nullable() },
    }),
  );
  const events = query(
    database,
    `SELECT seq, time_ms AS timeMs, actor_id AS actorId, type, json_extract(body, '$.reportSha256') AS reportSha256
     FROM audit_event WHERE json_extract(body, '$.lotId') = ? AND ${LOT_EVENTS} ORDER BY seq`,
    z.object({
      ...{ seq: z.number(), timeMs: z.number(), actorId: z.string(), type: AuditEventType },
      reportSha256: z.string().nullable(),
    }),
  );
  const unreported = query(
    database,
    `SELECT lot_id AS lotId FROM lot WHERE state = 'closed' AND NOT EXISTS (SELECT 1 FROM audit_event
       WHERE json_extract(body, '$.lotId') = lot.lot_id AND ${LOT_EVENTS} AND type = 'report-signed')
     ORDER BY state_ms DESC LIMIT ?`,
    z.object({ lotId: z.string() }),
  );
  // Inside a transaction it is of one moment already.
  const atOnce: LotPageStore['atOnce'] = (read) =>
    database.inTransaction ? read() : database.transaction(read).deferred();
  return {
    lotPage: (lotId, most) =>
      atOnce(() => {
        const { seq, hash } = chainHead();
        const time = { time: medians.of(lotId), timeBefore: medians.before(lotId) };
        const counted = labelCounts(lotId);
        // A board of a lot without labels may have been given one by hand.
        const labels = lotLabel(lotId) === null && counted.due === 0 ? null : counted;
        const rest = { labels, records: records(lotId, most.copiedOutboxId) };
        return { seq, head: hash, ...page(lotId, most), ...time, ...rest };
      }),
    lotBoards: (lotId) => boards.all(lotId),
    lotEvents: (lotId) => events.all(lotId),
    unreported: (most) => unreported.all(most).map(({ lotId }) => lotId),
    atOnce,
  };
}

function pageOf(database: SqliteDatabase) {
  const places = query(
    database,
    `${WITH_BOARDS} SELECT place, count(*) AS boards FROM placed GROUP BY place`,
    z.object({ place: Place, boards: z.number() }),
  );
  const started = query(
    database,
    'SELECT started_ms AS startedMs FROM job WHERE job_id = (SELECT min(job_id) FROM job WHERE lot_id = ?)',
    z.object({ startedMs: z.number() }),
  );
  const halfHours = query(
    database,
    `${WITH_BOARDS} SELECT first.ended_ms / ${HALF_HOUR_MS} * ${HALF_HOUR_MS} AS sinceMs, count(*) AS judged,
       count(*) FILTER (WHERE boards.outcome = 'passed' AND jobs = 1) AS firstPassed
     FROM boards CROSS JOIN job AS first ON first.job_id = first_job
     WHERE boards.outcome IN ('passed', 'failed') GROUP BY sinceMs ORDER BY sinceMs DESC LIMIT ?`,
    z.object({ sinceMs: z.number(), judged: z.number(), firstPassed: z.number() }),
  );
  const failures = query(
    database,
    `${WITH_BOARDS} SELECT code, slot, count(*) AS boards FROM (
       SELECT first.code, first.slot FROM boards CROSS JOIN job AS first ON first.job_id = first_job
         WHERE first.outcome <> 'passed'
       UNION ALL SELECT code, slot FROM job
         WHERE lot_id = (SELECT lot FROM asked) AND device_id IS NULL AND outcome IS NOT NULL)
     GROUP BY code, slot ORDER BY boards DESC, code, slot`,
    z.object({ code: Code.nullable(), slot: z.string(), boards: z.number() }),
  );
  // Looks at the outcome first: few boards of many did not pass.
  const named = (places: string) =>
    query(
      database,
      `${WITH_BOARDS} SELECT hwid, device_serial AS deviceSerial FROM placed CROSS JOIN device USING (device_id)
         LEFT JOIN serial_reservation USING (device_id)
       WHERE outcome <> 'passed' AND place IN (${places}) ORDER BY last_job DESC LIMIT ?`,
      z.object({ hwid: z.string(), deviceSerial: z.string().nullable() }),
    );
  const notPassed = named("'failed', 'noVerdict'");
  const inRework = named("'inRework'");
  return (lotId: string, most: { readonly halfHours: number; readonly named: number }) => {
    const counted: Record<BoardPlace, number> = { ...NONE };
    for (const { place, boards } of places.all(lotId)) counted[place] = boards;
    return {
      places: counted,
      startedMs: started.one(lotId)?.startedMs ?? null,
      halfHours: halfHours.all(lotId, most.halfHours + 1),
      failures: failures.all(lotId),
      notPassed: notPassed.all(lotId, most.named),
      inRework: inRework.all(lotId, most.named),
    };
  };
}

/** Of the lot's certificates that are live: what became of their registrations, and how many lie on this disk alone. */
function recordsOf(database: SqliteDatabase) {
  const records = query(
    database,
    `SELECT count(*) AS sealed,
       count(*) FILTER (WHERE outbox.state = 'accepted') AS registered,
       count(*) FILTER (WHERE outbox.state = 'waiting' AND NOT (${IS_CONFLICT})) AS waiting,
       count(*) FILTER (WHERE outbox.state = 'refused' OR (${IS_CONFLICT})) AS refused,
       count(*) FILTER (WHERE ${IS_CONFLICT}) AS conflicts,
       count(*) FILTER (WHERE outbox.state <> 'accepted' AND outbox.id > ?) AS notCopied
     FROM certificate LEFT JOIN outbox ON kind = 'register' AND outbox.certificate_id = certificate.certificate_id
     WHERE lot_id = ? AND certificate.state = 'live'`,
    z.object({
      ...{ sealed: z.number(), registered: z.number(), waiting: z.number(), refused: z.number() },
      ...{ conflicts: z.number(), notCopied: z.number() },
    }),
  );
  const none = { sealed: 0, registered: 0, waiting: 0, refused: 0, conflicts: 0, notCopied: 0 };
  return (lotId: string, copiedOutboxId: number) => records.one(copiedOutboxId, lotId) ?? none;
}

// Stands beside a running station and looks, with a connection of its own, at what is committed at the very moment when
// something is said, signed or sent: what comes later is too late to be found afterwards.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Said, Violation } from './books.ts';

/** The parts of a station's events that are promises. */
export interface SpokenSlot {
  readonly jobId: number | null;
  readonly hwid: string | null;
  readonly deviceSerial: string | null;
  readonly outcome: string | null;
  readonly code: string | null;
}

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)]));

export class Witness {
  readonly said: Said[] = [];
  readonly violations: Violation[] = [];
  #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #signed = new Set<string>();
  /** Sealed keys that arrived at boards, by hardware id. */
  readonly #sealed = new Map<string, Set<string>>();
  #saidAtCopy = 0;

  constructor(path: string) {
    this.#database = new Database(path, { readonly: true });
  }

  /** A copy was made of the records: what was said until now is in it. */
  copied(): void {
    this.#saidAtCopy = this.said.length;
  }

  /** The records at this path were restored from the copy: what was said since then was said by another life of them. */
  restored(path: string): void {
    this.#database.close();
    this.#statements.clear();
    this.#sealed.clear();
    this.#database = new Database(path, { readonly: true });
    const held = this.said.splice(0).slice(0, this.#saidAtCopy);
    this.said.push(...held.filter(({ what }) => what !== 'told'));
  }

  /** Whatever is said of a slot's board is on record already. */
  slot({ jobId, hwid, deviceSerial, outcome, code }: SpokenSlot): void {
    if (hwid !== null && code !== null) this.said.push({ what: 'told', hwid, code });
    if (jobId !== null && outcome !== null) this.#ended('greenIsRecordedFirst', jobId, outcome, hwid);
    if (hwid === null || deviceSerial === null) return;
    const held = this.#one(
      'SELECT 1 AS yes FROM serial_reservation JOIN device USING (device_id) WHERE hwid = ? AND device_serial = ?',
      hwid,
      deviceSerial,
    );
    // A serial is free again with the end of a job that spent nothing: the card of that end still names the board.
    if (!held && outcome === null) this.#violation('shownIsRecorded', `${hwid} has ${deviceSerial}`);
  }

  jobEnded(jobId: number, outcome: string, hwid: string | null): void {
    this.#ended('endIsRecordedFirst', jobId, outcome, hwid);
    this.said.push({ what: 'job-ended', jobId, outcome, hwid });
  }

  #ended(rule: string, jobId: number, outcome: string, hwid: string | null): void {
    const row = this.#one('SELECT outcome FROM job WHERE job_id = ?', jobId);
    if (row?.outcome !== outcome) return this.#violation(rule, `job ${jobId} ${outcome}`);
    if (outcome !== 'passed') return;
    const live = this.#one(
      `SELECT 1 AS yes FROM certificate JOIN outbox USING (certificate_id)
       WHERE certificate.job_id = ? AND certificate.state = 'live' AND outbox.kind = 'register'`,
      jobId,
    );
    if (!live) this.#violation(rule, `job ${jobId} ${hwid} passed without its register entry`);
  }

  lot(lotId: string, state: string, signatures: number): void {
    const row = this.#one(
      `SELECT state, (SELECT count(*) FROM certificate WHERE certificate.lot_id = lot.lot_id) AS spent FROM lot WHERE lot_id = ?`,
      lotId,
    );
    if (row?.state !== state || row.spent !== signatures)
      this.#violation('shownIsRecorded', `lot ${lotId} is ${state}, ${signatures} signatures`);
  }

  sync(registered: number, refused: number): void {
    const row = this.#one(
      `SELECT count(*) FILTER (WHERE state = 'accepted') AS accepted, count(*) FILTER (WHERE state = 'refused') AS refused
       FROM outbox WHERE kind = 'register'`,
    );
    if (row?.accepted !== registered || row.refused !== refused)
      this.#violation('shownIsRecorded', `${registered} registered, ${refused} refused`);
  }

  /** The issuing CA is about to sign these bytes. */
  signing(message: Uint8Array): void {
    // A claim of the CA for its station is text; a to-be-signed is a SEQUENCE.
    if (message[0] !== 0x30) return;
    const digest = createHash('sha256').update(message).digest('hex');
    const row = this.#one('SELECT certificate_id, state FROM certificate WHERE tbs = ?', message);
    if (!row) return this.#violation('signatureIsIntendedFirst', `to-be-signed ${digest}`);
    if (row.state !== 'intended') this.#violation('signedOnce', `certificate ${row.certificate_id} is ${row.state}`);
    this.#signed.add(digest);
  }

  /** A board is asked for a key with this nonce. */
  keyOrdered(hwid: string, nonce: string): void {
    const row = this.#one(
      `SELECT 1 AS yes FROM audit_event WHERE type = 'key-intended' AND json_extract(body, '$.nonce') = ?`,
      nonce,
    );
    if (!row) this.#violation('keyIsIntendedFirst', `${hwid} nonce ${nonce}`);
  }

  /** A sealed key arrives at a board: of each that ever did the intent is on record. `digest` is of its message. */
  keySent(hwid: string, digest: string): void {
    const seen = this.#sealed.get(hwid) ?? new Set();
    this.#sealed.set(hwid, seen.add(digest));
    const row = this.#one(
      `SELECT count(*) AS intents FROM audit_event
       WHERE type = 'injection-intended' AND json_extract(body, '$.hwid') = ?`,
      hwid,
    );
    if (Number(row?.intents ?? 0) < seen.size) this.#violation('injectionIsIntendedFirst', `${hwid} message ${digest}`);
  }

  /** A leaf is on its way to a board. */
  leafSent(hwid: string, fingerprint: string): void {
    const row = this.#one(
      `SELECT device.hwid FROM certificate JOIN device USING (device_id)
       WHERE fingerprint = ? AND state IN ('signed', 'installed', 'live')`,
      fingerprint,
    );
    if (!row) this.#violation('signatureIsRecordedFirst', `${hwid} is sent ${fingerprint}`);
  }

  /** A board is told to lock itself. */
  lockOrdered(hwid: string, fingerprint: string): void {
    const row = this.#one(
      `SELECT 1 AS yes FROM certificate JOIN audit_event ON json_extract(body, '$.jobId') = job_id
       WHERE fingerprint = ? AND certificate.state IN ('installed', 'live') AND audit_event.type = 'lock-intended'`,
      fingerprint,
    );
    if (!row) this.#violation('lockIsIntendedFirst', `${hwid} with ${fingerprint}`);
  }

  /** Type of the last audit event that is committed; empty before the first. */
  lastEvent(): string {
    return String(this.#one('SELECT type FROM audit_event ORDER BY seq DESC LIMIT 1')?.type ?? '');
  }

  close(): void {
    this.#database.close();
  }

  #violation(rule: string, ids: string): void {
    this.violations.push({ rule, ids });
  }

  #one(sql: string, ...values: (string | number | Uint8Array)[]): z.infer<typeof Row> | null {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    const row = statement.get(...values);
    return row === undefined ? null : Row.parse(row);
  }
}

// A station that is killed in mid-lot and started again on the same folder and boards, as a person would find it after a
// power cut. Every program is a process of its own; the verdict is read from the station's database by plain SQL.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { PRACTICE_RECIPES, type PracticeKeyMode } from '../../cli/practice/practice-plan.ts';
import { JOB_STEPS, type JobStep } from '../../station/job/job-state.ts';
import { delay, endOf, firstLine, Programs } from './programs.ts';

/** From the start of a run to its first job: thrice the slowest that was seen on two busy cores. */
const FIRST_JOB_MS = 90_000;
/** A step around an injection lasts longer than this. */
const LOOK_MS = 5;

export interface KilledRun {
  readonly lotId: string;
  readonly boards: number;
  /** Where the jobs stood when the station was killed: step -> boards. */
  readonly stoodAt: Readonly<Record<string, number>>;
  readonly passed: number;
  readonly live: number;
  /** Certificates that are neither live nor void, once the lot is full. */
  readonly inWork: number;
  readonly void: number;
  /** Keys that more than one certificate was signed for. */
  readonly keysTwice: number;
  /** Keys that were sealed for a board, those of them that got a certificate, and those that are void, row and event. */
  readonly sealed: number;
  readonly used: number;
  readonly voided: number;
  readonly exitCode: number | null;
}

/** Keys that were recorded before they left, of one lot. */
const SEALED = `SELECT json_extract(body, '$.spkiSha256') AS key FROM audit_event
  JOIN job ON job_id = json_extract(body, '$.jobId') WHERE type = 'injection-intended' AND lot_id = ?`;
/** Both of row and event, and never used. */
const VOIDED = `SELECT spki_sha256 FROM key WHERE discarded = 1
  AND spki_sha256 IN (SELECT json_extract(body, '$.spkiSha256') FROM audit_event WHERE type = 'key-voided')
  AND spki_sha256 NOT IN (SELECT spki_sha256 FROM certificate)`;

/** Boards of a lot, all at once. */
export const BOARDS = 24;

/** How the boards of all lots come by their keys, and how fast their ports are: bits a second, 0 is unthrottled. */
export interface KilledBench {
  readonly keyMode: PracticeKeyMode;
  readonly baud: number;
}

const ON_CHIP: KilledBench = { keyMode: 'on-chip', baud: 0 };
/** A sealed key takes some 25 ms on its way. */
export const INJECTED: KilledBench = { keyMode: 'injected', baud: 115_200 };

/** `afterMs` counts from the first job of the lot, or from the first that came to this step. */
export interface KillMoment {
  readonly from: JobStep | null;
  readonly afterMs: number;
  /** The power of the boards goes too: what was on its way to them is lost. */
  readonly boardsToo?: boolean;
}

/** Every board passed with one live certificate; every other signed one is void. */
export function wentWell(run: KilledRun): boolean {
  const { passed, live, inWork, keysTwice, sealed, used, voided, exitCode } = run;
  const keys = keysTwice === 0 && sealed === used + voided;
  return passed === run.boards && live === run.boards && inWork === 0 && keys && exitCode === 0;
}

/** One practice station and service for many lots. */
export class KilledStation {
  readonly #dir = mkdtempSync(join(tmpdir(), 'keyline-killed-'));
  readonly #station = join(this.#dir, 'station');
  readonly #programs = new Programs();
  readonly #bench: KilledBench;
  #lots = 0;

  constructor(bench = ON_CHIP) {
    this.#bench = bench;
  }

  async setUp(): Promise<void> {
    const service = join(this.#dir, 'service');
    await this.#programs.practiceStation(this.#station, service, await this.#programs.service(service));
  }

  /** Runs a lot, kills the station at that moment, runs it again to its end. */
  async run(boards: number, { from, afterMs, boardsToo = false }: KillMoment): Promise<KilledRun> {
    const lotId = `K${++this.#lots}`;
    const dir = join(this.#dir, `bench-${lotId}`);
    const [station, lot] = [
      ['--data', this.#station],
      ['--quantity', String(boards), '--spare', String(boards)],
    ];
    const range = `${lotId}-001..${lotId}-${String(2 * boards).padStart(3, '0')}`;
    await this.#programs.command([
      'lot',
      'create',
      lotId,
      '--recipe',
      PRACTICE_RECIPES[this.#bench.keyMode],
      '--range',
      range,
      '--practice',
      '--release',
      '--stop-after',
      '0',
      ...lot,
      ...station,
    ]);
    let bench = await this.#startBoards(dir, boards);
    const line = ['run', '--lot', lotId, '--ports', dir, '--slots', String(boards), '--json', ...station];
    const first = this.#programs.start(line);
    const firstEnd = once(first, 'close');
    await this.#comesTo(lotId, from);
    await Promise.race([delay(afterMs), firstEnd]);
    first.kill('SIGKILL');
    if (boardsToo) {
      const benchEnd = once(bench, 'close');
      bench.kill('SIGKILL');
      await benchEnd;
      bench = await this.#startBoards(dir, boards);
    }
    await firstEnd;
    const stoodAt = this.#steps(lotId);
    const second = this.#programs.start(line);
    const exitCode = await endOf(second);
    bench.kill('SIGTERM');
    await once(bench, 'close');
    await this.#programs.command(['lot', 'close', lotId, ...station]);
    return { lotId, boards, stoodAt, exitCode, ...this.#verdict(lotId) };
  }

  /** The same folder brings the same boards again, with what they kept. */
  async #startBoards(dir: string, boards: number): Promise<ChildProcess> {
    const bench = [
      '--slots',
      String(boards),
      '--dir',
      dir,
      '--seed',
      String(this.#lots),
      '--baud',
      String(this.#bench.baud),
    ];
    const child = this.#programs.start(['simulate', ...bench, '--json']);
    await firstLine(child.stderr);
    return child;
  }

  async tearDown(): Promise<void> {
    await this.#programs.endAll();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Settles when the station has recorded its first job of the lot, or the first at that step or behind it: a step is short. */
  async #comesTo(lotId: string, from: JobStep | null): Promise<void> {
    const steps: readonly string[] = JOB_STEPS;
    const begun = (at: string) => from === null || at === 'ended' || steps.indexOf(at) >= steps.indexOf(from);
    for (let tries = FIRST_JOB_MS / LOOK_MS; tries > 0; tries--) {
      if (Object.keys(this.#steps(lotId)).some(begun)) return;
      await delay(LOOK_MS);
    }
    throw new Error('no job began');
  }

  #steps(lotId: string): Record<string, number> {
    const steps: Record<string, number> = {};
    this.#read((database) => {
      for (const row of database.prepare('SELECT state FROM job WHERE lot_id = ?').iterate(lotId)) {
        const { state } = z.object({ state: z.string() }).parse(row);
        const { at } = z.object({ at: z.string() }).parse(JSON.parse(state));
        steps[at] = (steps[at] ?? 0) + 1;
      }
    });
    return steps;
  }

  #verdict(lotId: string): Omit<KilledRun, 'lotId' | 'boards' | 'stoodAt' | 'exitCode'> {
    const certificates = (where: string) =>
      this.#sum(`SELECT count(*) AS n FROM certificate WHERE lot_id = ? AND ${where}`, lotId);
    return {
      passed: this.#sum(
        "SELECT count(DISTINCT device_id) AS n FROM job WHERE lot_id = ? AND outcome = 'passed'",
        lotId,
      ),
      live: certificates("state = 'live'"),
      inWork: certificates("state NOT IN ('live', 'void')"),
      void: certificates("state = 'void'"),
      keysTwice: this.#sum(
        'SELECT count(*) AS n FROM (SELECT spki_sha256 FROM certificate WHERE lot_id = ? GROUP BY spki_sha256 HAVING count(*) > 1)',
        lotId,
      ),
      sealed: this.#sum(`SELECT count(*) AS n FROM (${SEALED})`, lotId),
      used: this.#sum(
        `SELECT count(*) AS n FROM (${SEALED}) WHERE key IN (SELECT spki_sha256 FROM certificate)`,
        lotId,
      ),
      voided: this.#sum(`SELECT count(*) AS n FROM (${SEALED}) WHERE key IN (${VOIDED})`, lotId),
    };
  }

  #sum(sql: string, lotId: string): number {
    return this.#read((database) => z.object({ n: z.number() }).parse(database.prepare(sql).get(lotId)).n) ?? 0;
  }

  #read<T>(look: (database: Database.Database) => T): T | null {
    const file = join(this.#station, 'station.db');
    if (!existsSync(file)) return null;
    const database = new Database(file, { readonly: true });
    try {
      return look(database);
    } finally {
      database.close();
    }
  }
}

// Emulated boards whose power goes in the middle of their jobs: QEMU is killed at a moment drawn from a seed, and started
// again on the same flash. The station, its service and the boards are processes; the verdict is read by plain SQL.
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { isErrorCode } from '../../domain/errors.ts';
import { emulatedFirmware } from '../../simulator/emulated/emulated-firmware.ts';
import { EmulatedLine } from '../../simulator/emulated/emulated-line.ts';
import { makeFlashFile } from '../../simulator/emulated/flash-file.ts';
import { Fixture } from '../../simulator/fixture.ts';
import { SeededRandom } from '../../simulator/seeded-random.ts';
import { systemClock } from '../../simulator/system-clock.ts';
import { JOB_STEPS } from '../../station/job/job-state.ts';
import { delay, Programs } from './programs.ts';

/** Any one board from its kill to its end: ten times the slowest seen on two busy cores. */
const LIMIT_MS = 120_000;
const LOOK_MS = 50;
/** How often a job's step is looked at when its board is killed at one: less than any step takes on an emulated board. */
const STEP_LOOK_MS = 10;
/**
 * Steps at which boards are killed, besides at any time: those that leave a record of themselves (docs/provisioning-cycle.md).
 * A uniform moment falls into the long ones, which are identify and keygen.
 */
const STEPS = [
  'proving-key',
  'signing',
  'installing-chain',
  'installing-leaf',
  'verifying',
  'planning-lock',
  'locking',
] as const;
/** Longest from the sight of a step to the kill, in thousandths of a job. */
const INTO_A_STEP = 150;
/** Boards at once: two cores run no more than this many emulators without each waiting for the others. */
const SLOTS = 4;
type Step = (typeof STEPS)[number];
/** At a time of the job, or so long after a step was seen; in thousandths of a whole job. */
interface Moment {
  readonly way: Way;
  readonly step: Step | null;
  readonly thousandth: number;
}

/** Boards that nobody kills: one a slot while the station starts, one a slot whose time says how long a job is. */
const UNTOUCHED = 2 * SLOTS;
/** Jobs over which the length of a job is taken: the machine may be busier later. */
const LAST_JOBS = 5;
/** A board whose job ended otherwise is put back once; the slot may want a person then, and no new job begins. */
const AGAIN_MS = 20_000;

/** `power`: the port stays, as of a serial adapter; `cable`: board and port go and come back. */
type Way = 'power' | 'cable';

export interface BoardKill {
  readonly way: Way;
  readonly afterMs: number;
  /** Where the board's job stood in the records when the power went. */
  readonly step: string;
  /** How its last job ended; null where none did. */
  readonly outcome: string | null;
  readonly code: string | null;
  /** Jobs of the board: one is the job that was hit. */
  readonly jobs: number;
  readonly live: number;
  readonly inWork: number;
  /** The key on record at the kill, if there was one, is that of the live certificate. */
  readonly sameKey: boolean;
}

/** Passed in its one job with its one certificate and its key; or ended by a code that the table of errors explains. */
export function endedWell({ outcome, code, jobs, live, inWork, sameKey }: BoardKill): boolean {
  if (outcome === 'passed') return jobs === 1 && live === 1 && inWork === 0 && sameKey;
  return outcome !== null && code !== null && isErrorCode(code) && live === 0 && inWork === 0;
}

export class BoardKills {
  readonly #dir = mkdtempSync(join(tmpdir(), 'keyline-board-kills-'));
  readonly #station = join(this.#dir, 'station');
  readonly #ports = join(this.#dir, 'ports');
  readonly #programs = new Programs();
  readonly #fixture: Fixture<EmulatedLine>;
  readonly #random: SeededRandom;
  #boards = 0;
  /** How long the last whole jobs took, ms from the board's insertion. */
  #jobsMs: number[] = [];

  constructor(seed: number) {
    this.#random = new SeededRandom(seed, 'board-kills');
    this.#fixture = new Fixture<EmulatedLine>({ slots: SLOTS, dir: this.#ports, clock: systemClock });
  }

  /** Service, station and CA. */
  async setUp(): Promise<void> {
    mkdirSync(join(this.#dir, 'boards'));
    const service = join(this.#dir, 'service');
    await this.#programs.practiceStation(this.#station, service, await this.#programs.service(service));
  }

  /** One lot in which that many boards are killed once each. */
  async run(kills: number, tell: (kill: BoardKill) => void): Promise<BoardKill[]> {
    const boards = kills + UNTOUCHED;
    const create = [
      'lot',
      'create',
      'BK',
      '--recipe',
      emulatedFirmware().recipes['on-chip'],
      '--practice',
      '--release',
    ];
    const amounts = ['--quantity', String(boards), '--spare', String(boards), '--stop-after', '0'];
    const range = `BK-00001..BK-${String(2 * boards).padStart(5, '0')}`;
    await this.#programs.command([...create, ...amounts, '--range', range, '--data', this.#station]);
    const line = ['run', '--lot', 'BK', '--ports', this.#ports, '--slots', String(SLOTS), '--data', this.#station];
    const station = this.#programs.start(line);
    const ended = once(station, 'close');
    const slots = Array.from({ length: SLOTS }, (_, i) => i + 1);
    await Promise.all(slots.map((slot) => this.#untouched(slot)));
    this.#jobsMs = await Promise.all(slots.map((slot) => this.#untouched(slot)));
    const done: BoardKill[] = [];
    // Drawn before the slots race for them, so that a seed gives the same moments.
    const moments = Array.from({ length: kills }, () => this.#moment());
    const work = async (slot: number) => {
      for (let moment = moments.shift(); moment !== undefined; moment = moments.shift()) {
        const kill = await this.#killed(slot, moment);
        done.push(kill);
        tell(kill);
      }
    };
    await Promise.all(slots.map(work));
    // A full lot has ended by itself; one with boards in the bin has not.
    station.kill('SIGINT');
    await ended;
    await this.#programs.command(['lot', 'close', 'BK', '--data', this.#station]);
    return done;
  }

  /** Over the whole lot once it is closed: certificates in work, and keys that were certified more than once. */
  left(): { inWork: number; keysTwice: number; live: number; passed: number } {
    const count = (sql: string) => this.#read((db) => numberOf(db.prepare(sql).get())) ?? -1;
    return {
      inWork: count("SELECT count(*) AS n FROM certificate WHERE state NOT IN ('live', 'void')"),
      keysTwice: count(
        'SELECT count(*) AS n FROM (SELECT 1 FROM certificate GROUP BY spki_sha256 HAVING count(*) > 1)',
      ),
      live: count("SELECT count(*) AS n FROM certificate WHERE state = 'live'"),
      passed: count("SELECT count(DISTINCT device_id) AS n FROM job WHERE outcome = 'passed'"),
    };
  }

  async tearDown(): Promise<void> {
    await this.#fixture.close();
    await this.#programs.endAll();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #moment(): Moment {
    const way = this.#random.pick<Way>(['power', 'cable']);
    const step = this.#random.pick<Step | null>([null, this.#random.pick<Step>([...STEPS])]);
    return { way, step, thousandth: this.#random.between(0, step === null ? 1000 : INTO_A_STEP) };
  }

  #board(): { hwid: string; line: EmulatedLine } {
    const hwid = `4b${String(++this.#boards).padStart(14, '0')}`;
    const flash = join(this.#dir, 'boards', `${hwid}.img`);
    makeFlashFile(flash, hwid);
    return { hwid, line: new EmulatedLine(emulatedFirmware().elf, flash) };
  }

  /** Milliseconds from its insertion to its end. */
  async #untouched(slot: number): Promise<number> {
    const { hwid, line } = this.#board();
    const startedMs = performance.now();
    await this.#fixture.insert(slot, line);
    const { outcome, code } = await this.#end(hwid);
    if (outcome !== 'passed')
      throw new Error(`a board that nobody touched ended ${outcome} ${code}: ${this.#programs.said.at(-1)}`);
    const tookMs = performance.now() - startedMs;
    await this.#takeOut(slot, line);
    return tookMs;
  }

  async #killed(slot: number, { way, step: at, thousandth }: Moment): Promise<BoardKill> {
    const { hwid, line } = this.#board();
    const afterMs = Math.round((thousandth * this.#jobMs) / 1000);
    await this.#fixture.insert(slot, line);
    if (at !== null) await this.#untilStep(hwid, at);
    await this.#untilMoment(hwid, afterMs, at === null);
    if (way === 'cable') await this.#fixture.eject(slot);
    else line.unplug();
    const step = this.#step(hwid);
    const keyBefore = this.#key(hwid);
    await line.off();
    if (way === 'cable') await this.#fixture.insert(slot, line);
    else this.#fixture.swap(slot, line);
    let end = await this.#end(hwid);
    if (end.outcome !== 'passed') {
      await this.#fixture.eject(slot);
      await line.off();
      await this.#fixture.insert(slot, line);
      end = await this.#end(hwid, end.jobs, AGAIN_MS);
    }
    await this.#takeOut(slot, line);
    const keys = this.#read((db) =>
      db
        .prepare(
          'SELECT spki_sha256 AS key, state FROM certificate WHERE device_id = (SELECT device_id FROM device WHERE hwid = ?)',
        )
        .all(hwid)
        .map((row) => z.object({ key: z.string(), state: z.string() }).parse(row)),
    );
    const live = (keys ?? []).filter(({ state }) => state === 'live');
    return {
      ...{ way, afterMs, step, outcome: end.outcome, code: end.code, jobs: end.jobs, live: live.length },
      inWork: (keys ?? []).filter(({ state }) => state !== 'live' && state !== 'void').length,
      sameKey: keyBefore === null || live.every(({ key }) => key === keyBefore),
    };
  }

  /** The median of the last ones. */
  get #jobMs(): number {
    const last = this.#jobsMs.slice(-LAST_JOBS).toSorted((a, b) => a - b);
    return last[last.length >> 1] ?? 0;
  }

  /** The moment, or the end of the job where that was sooner. */
  async #untilMoment(hwid: string, afterMs: number, isWhole: boolean): Promise<void> {
    const startedMs = performance.now();
    for (let leftMs = afterMs; leftMs > 0; leftMs = afterMs - (performance.now() - startedMs)) {
      await delay(Math.min(leftMs, LOOK_MS));
      if (this.#step(hwid) !== 'ended') continue;
      if (isWhole) this.#jobsMs.push(performance.now() - startedMs);
      return;
    }
  }

  /** Until the records show the job at this step or behind it. */
  async #untilStep(hwid: string, step: Step): Promise<void> {
    for (let waitedMs = 0; waitedMs < LIMIT_MS; waitedMs += STEP_LOOK_MS) {
      const at = this.#step(hwid);
      if (at === 'ended' || stepIndex(at) >= JOB_STEPS.indexOf(step)) return;
      await delay(STEP_LOOK_MS);
    }
  }

  async #takeOut(slot: number, line: EmulatedLine): Promise<void> {
    await this.#fixture.eject(slot);
    await line.off();
    rmSync(line.flash, { force: true });
  }

  /** Where the board's job stands; a board that did not say yet who it is has none. */
  #step(hwid: string): string {
    const row = this.#read((db) =>
      db
        .prepare(
          `SELECT state FROM job WHERE device_id = (SELECT device_id FROM device WHERE hwid = ?) ORDER BY job_id DESC`,
        )
        .get(hwid),
    );
    if (row === undefined || row === null) return 'not yet identified';
    const { state } = z.object({ state: z.string() }).parse(row);
    return z.object({ at: z.string() }).parse(JSON.parse(state)).at;
  }

  #key(hwid: string): string | null {
    const row = this.#read((db) =>
      db
        .prepare(
          'SELECT spki_sha256 AS key FROM key WHERE discarded = 0 AND device_id = (SELECT device_id FROM device WHERE hwid = ?)',
        )
        .get(hwid),
    );
    return row === undefined || row === null ? null : z.object({ key: z.string() }).parse(row).key;
  }

  /** How the board's last job ended, once it has ended and is one more than `before`; at the limit, how it stands then. */
  async #end(
    hwid: string,
    before = 0,
    limitMs = LIMIT_MS,
  ): Promise<{ outcome: string | null; code: string | null; jobs: number }> {
    const Row = z.object({ outcome: z.string().nullable(), code: z.string().nullable() });
    let jobs: z.infer<typeof Row>[] = [];
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs += LOOK_MS) {
      const rows = this.#read((db) =>
        db
          .prepare(
            'SELECT outcome, code FROM job WHERE device_id = (SELECT device_id FROM device WHERE hwid = ?) ORDER BY job_id',
          )
          .all(hwid),
      );
      jobs = (rows ?? []).map((row) => Row.parse(row));
      const last = jobs.at(-1);
      if (last && last.outcome !== null && jobs.length > before) return { ...last, jobs: jobs.length };
      await delay(LOOK_MS);
    }
    const { outcome, code } = jobs.at(-1) ?? { outcome: null, code: null };
    return { outcome, code, jobs: jobs.length };
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

/** -1 for what is no step: a board that is not yet identified. */
function stepIndex(at: string): number {
  const names: readonly string[] = JOB_STEPS;
  return names.indexOf(at);
}

function numberOf(row: unknown): number {
  return z.object({ n: z.number() }).parse(row).n;
}

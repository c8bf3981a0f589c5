// What hands do to the ports of a running line: a board that leaves in each stage of its work, one that comes back in another
// slot, one swapped for another without an unplug, two with one hardware id, and a hub that takes eight slots away at once.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorRow } from '../../../domain/errors.ts';
import { Fixture } from '../../../simulator/fixture.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { systemClock } from '../../../simulator/system-clock.ts';
import { delay, endOf } from '../programs.ts';
import { CUT_STAGES, type CutStage, HandBoard } from './hand-board.ts';
import type { Plant } from './plant.ts';
import type { PlantStation, StationRun } from './plant-station.ts';
import { count, type PortFault, type Tally } from './tally.ts';

const SLOTS = 8;
const LOOK_MS = 20;
/** From an insertion to the end of that board's job: ten times the slowest that was seen on two busy cores. */
const LIMIT_MS = 120_000;
/** How long a board is in a hand. */
const IN_HAND_MS = 600;
/** Good boards: one a stage, other slot, the two of a swap, the one that is copied, those of the hub. */
const GOOD = CUT_STAGES.length + 1 + 2 + 1 + SLOTS;

export class PortFaults {
  readonly #station: PlantStation;
  readonly #tally: Tally;
  readonly #random: SeededRandom;
  readonly #fixture: Fixture;
  readonly #ports: string;
  readonly #files: string;
  #boards = 0;

  constructor(plant: Plant, station: PlantStation, tally: Tally) {
    this.#station = station;
    this.#tally = tally;
    this.#random = new SeededRandom(tally.seed, 'ports');
    this.#ports = join(plant.dir, `hands-${station.name}`);
    this.#files = join(this.#ports, 'devices');
    mkdirSync(this.#files, { recursive: true });
    station.boards.push(this.#files);
    this.#fixture = new Fixture({ slots: SLOTS, dir: this.#ports, clock: systemClock });
  }

  async run(): Promise<void> {
    const lotId = await this.#station.newLot(GOOD);
    const run = this.#station.run(lotId, this.#ports, SLOTS);
    try {
      await Promise.all(CUT_STAGES.map((stage, i) => this.#unplugged(i + 1, stage)));
      await Promise.all([this.#otherSlot(1, 2), this.#swapped(3, 4, run), this.#twins(5, 6)]);
      await this.#hub();
      // The lot is full.
      const code = await endOf(run.child);
      const refused = run.refused();
      if ((code !== 0 && code !== 1) || refused !== null)
        this.#tally.violations.push({ rule: 'everyRunEndsInWords', ids: `${lotId} ended ${code} ${refused}` });
    } finally {
      await this.#fixture.close();
      run.child.kill('SIGINT');
      await endOf(run.child);
    }
    await this.#station.command('lot', 'close', lotId, '--write-off');
    this.#tally.lots += 1;
  }

  #board(hwid?: string): HandBoard {
    const name = `device-${String(++this.#boards).padStart(4, '0')}`;
    const own = `48${Buffer.from(this.#random.bytes(7)).toString('hex')}`;
    return new HandBoard(this.#files, name, hwid ?? own);
  }

  /** Settles when the board has left its slot at a request of that stage. */
  async #cut(board: HandBoard, slot: number, stage: CutStage): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const acted = this.#random.between(0, 1) === 1;
    board.cutAt({ stage, acted, strike: () => setImmediate(resolve) });
    await this.#fixture.insert(slot, board.line);
    await within(promise, `no request of stage ${stage} came to ${board.hwid}`);
  }

  async #unplugged(slot: number, stage: CutStage): Promise<void> {
    const board = this.#board();
    await this.#cut(board, slot, stage);
    await this.#fixture.eject(slot);
    await this.#backIn(board, slot, `unplug-in-${stage}`);
  }

  async #otherSlot(slot: number, other: number): Promise<void> {
    const board = this.#board();
    await this.#cut(board, slot, this.#random.pick(CUT_STAGES));
    await this.#fixture.eject(slot);
    await this.#backIn(board, other, 'other-slot');
  }

  /** Its job stood open while it was away; then it passes. */
  async #backIn(board: HandBoard, slot: number, fault: PortFault): Promise<void> {
    await delay(IN_HAND_MS);
    const open = this.#ends(board.hwid).every(({ outcome }) => outcome === null);
    await this.#fixture.insert(slot, board.line);
    const end = await this.#end(board.hwid);
    if (end !== 'passed') this.#broken(`${fault}: ${board.hwid} ended ${end}`);
    else if (open) count(this.#tally.portFaults, fault);
    await this.#fixture.eject(slot);
  }

  /** The second board is another one: nothing of the first is done to it, and a person is called. */
  async #swapped(slot: number, other: number, run: StationRun): Promise<void> {
    const [first, second] = [this.#board(), this.#board()];
    await this.#cut(first, slot, this.#random.pick(['firmware', 'key', 'certificate', 'verify']));
    this.#fixture.swap(slot, second.line);
    const told = () => run.said.some((line) => line.includes(errorRow('DEVICE_SWAPPED').tile));
    await this.#until(told);
    const untouched = second.life === 'blank';
    await this.#fixture.eject(slot);
    await delay(IN_HAND_MS);
    await Promise.all([this.#fixture.insert(slot, second.line), this.#fixture.insert(other, first.line)]);
    const [end, back] = [await this.#end(second.hwid), await this.#end(first.hwid)];
    if (!told() || !untouched || end !== 'passed' || back !== 'passed')
      this.#broken(`swap: told ${told()}, untouched ${untouched}, ${second.hwid} ended ${end}, ${first.hwid} ${back}`);
    else count(this.#tally.portFaults, 'swap');
    await Promise.all([this.#fixture.eject(slot), this.#fixture.eject(other)]);
  }

  /** Two at once: one of them passes at most. */
  async #twins(slot: number, other: number): Promise<void> {
    const first = this.#board();
    const twin = this.#board(first.hwid);
    await Promise.all([this.#fixture.insert(slot, first.line), this.#fixture.insert(other, twin.line)]);
    await this.#until(() => this.#ends(first.hwid).some(({ outcome }) => outcome !== null));
    await this.#until(() => this.#copies() > 0);
    const passed = this.#ends(first.hwid).filter(({ outcome }) => outcome === 'passed').length;
    if (passed > 1) this.#broken(`twin: ${passed} boards of ${first.hwid} passed`);
    else if (this.#copies() > 0) count(this.#tally.portFaults, 'twin');
    await Promise.all([this.#fixture.eject(slot), this.#fixture.eject(other)]);
  }

  #copies(): number {
    return this.#station.number("SELECT count(*) AS n FROM job WHERE code = 'DUPLICATE_HWID'");
  }

  /** All eight leave within a moment, in the middle of their work, and come back. */
  async #hub(): Promise<void> {
    const boards = Array.from({ length: SLOTS }, () => this.#board());
    const [first] = boards;
    if (!first) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    first.cutAt({ stage: this.#random.pick(['firmware', 'key', 'certificate']), acted: true, strike: resolve });
    await Promise.all(boards.map((board, i) => this.#fixture.insert(i + 1, board.line)));
    await within(promise, 'the first board of the hub was asked for nothing');
    await Promise.all(boards.map((_, i) => this.#fixture.eject(i + 1)));
    await delay(IN_HAND_MS);
    const open = boards.filter(({ hwid }) => this.#ends(hwid).every(({ outcome }) => outcome === null)).length;
    await Promise.all(boards.map((board, i) => this.#fixture.insert(i + 1, board.line)));
    const ends = await Promise.all(boards.map(({ hwid }) => this.#end(hwid)));
    if (ends.some((end) => end !== 'passed')) this.#broken(`hub: ${ends.join(', ')}`);
    else if (open === SLOTS) count(this.#tally.portFaults, 'hub');
    else this.#broken(`hub: only ${open} of ${SLOTS} boards were in work when it went`);
  }

  #ends(hwid: string): { outcome: string | null; code: string | null }[] {
    const Row = z.object({ outcome: z.string().nullable(), code: z.string().nullable() });
    const sql = 'SELECT outcome, code FROM job JOIN device USING (device_id) WHERE hwid = ? ORDER BY job_id';
    return this.#station.rows(sql, hwid).map((row) => Row.parse(row));
  }

  /** `passed`, or the code of its last job; null where that has not ended in time. */
  async #end(hwid: string): Promise<string | null> {
    const done = () => this.#ends(hwid).at(-1)?.outcome ?? null;
    await this.#until(() => done() !== null);
    return done() === 'passed' ? 'passed' : (this.#ends(hwid).at(-1)?.code ?? null);
  }

  async #until(is: () => boolean): Promise<void> {
    for (let waitedMs = 0; waitedMs < LIMIT_MS && !is(); waitedMs += LOOK_MS) await delay(LOOK_MS);
  }

  #broken(ids: string): void {
    this.#tally.violations.push({ rule: 'portFaultEndsWell', ids });
  }
}

async function within(promise: Promise<void>, otherwise: string): Promise<void> {
  const late = Symbol();
  if ((await Promise.race([promise, delay(LIMIT_MS).then(() => late)])) === late) throw new Error(otherwise);
}

// The figures that are kept in memory are those that the records give, whatever happens to a lot's jobs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleDevice, sampleIntended, sampleJob, sampleLot } from '../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import { KeylineError } from '../domain/errors.ts';
import type { Outcome } from '../domain/job.ts';
import { LotFigures } from '../station/records/lot-figures.ts';

let folder = '';
let opened: OpenStationStore;
let records: StationStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-figures-'));
  opened = openStationStore(join(folder, 'station.db'));
  records = opened.store;
});
afterAll(() => {
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const STAGES = JSON.stringify([{ stage: 'connect', ms: 800 }]);

type Move =
  | { readonly do: 'open'; readonly device: number | null }
  | { readonly do: 'name'; readonly job: number; readonly device: number }
  | { readonly do: 'end'; readonly job: number; readonly outcome: Outcome }
  | { readonly do: 'sign' };

const device = fc.nat(3);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('open' as const), device: fc.option(device) }),
  fc.record({ do: fc.constant('name' as const), job: fc.nat(9), device }),
  fc.record({
    do: fc.constant('end' as const),
    job: fc.nat(9),
    outcome: fc.constantFrom<Outcome>('passed', 'failed', 'errored', 'aborted'),
  }),
  fc.record({ do: fc.constant('sign' as const) }),
);
const moves = fc.array(fc.record({ move, undone: fc.boolean(), asked: fc.boolean() }), { maxLength: 30 });

let made = 0;

/** One lot with four devices of its own, on the records that all runs share. */
class Lot {
  readonly lotId = `LOT-${++made}`;
  readonly figures = new LotFigures(records);
  readonly #devices: number[] = [];
  #nowMs = 10_000_000;

  constructor() {
    records.transaction(() => {
      records.insertLot(sampleLot(this.lotId));
      for (let i = 0; i < 4; i++) this.#devices.push(records.insertDevice(sampleDevice(made * 100 + i)));
    });
  }

  do(move: Move, undone: boolean): void {
    const { store } = this.figures;
    this.#nowMs += 300_000;
    try {
      store.transaction(() => {
        this.#move(move);
        if (undone) throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
  }

  #move(move: Move): void {
    const { store } = this.figures;
    const open = records.runningJobs().filter((job) => job.lotId === this.lotId);
    const busy = (deviceId: number | null) => deviceId !== null && records.runningJobOf(deviceId) !== null;
    if (move.do === 'open') {
      const deviceId = move.device === null ? null : (this.#devices[move.device] ?? null);
      if (!busy(deviceId)) store.insertJob(sampleJob(deviceId, this.lotId));
    } else if (move.do === 'name') {
      const job = open.filter(({ deviceId }) => deviceId === null)[move.job];
      const deviceId = this.#devices[move.device] ?? null;
      if (job && deviceId !== null && !busy(deviceId)) store.setJobDevice(job.jobId, deviceId);
    } else if (move.do === 'end') {
      const job = open[move.job];
      const nameless = job?.deviceId === null && move.outcome === 'passed';
      if (!job || nameless) return;
      store.setJobState(job.jobId, '{}', 1, STAGES);
      store.endJob(job.jobId, move.outcome, null, this.#nowMs);
    } else {
      sampleIntended({ ...records, ...store }, ++made * 100 + 90, this.lotId);
    }
  }

  expectSame(): void {
    const { tally, progress } = this.figures.of(this.lotId, this.#nowMs);
    expect(tally).toEqual(records.lotTally(this.lotId));
    const told = records.lotProgress(this.lotId, this.#nowMs);
    const sorted = progress.verdicts.toSorted((a, b) => a.endedMs - b.endedMs);
    expect({ ...progress, verdicts: sorted }).toEqual({
      ...told,
      verdicts: told.verdicts.toSorted((a, b) => a.endedMs - b.endedMs),
    });
  }
}

class Undone extends Error {}

test('figures in memory are those of the records after every commit, and after none that was undone', () => {
  const play = (all: readonly { move: Move; undone: boolean; asked: boolean }[]) => {
    const lot = new Lot();
    for (const each of all) {
      lot.do(each.move, each.undone);
      if (each.asked) lot.expectSame();
    }
    lot.expectSame();
  };
  fc.assert(fc.property(moves, play), { numRuns: 60 });
});

test('a commit stands also where its figures cannot be read back', () => {
  const { lotId } = new Lot();
  let broken = false;
  const job: StationStore['job'] = (jobId) => {
    if (broken) throw new KeylineError('RECORDS_DAMAGED');
    return records.job(jobId);
  };
  const figures = new LotFigures({ ...records, job });
  figures.of(lotId, 0);
  broken = true;
  figures.store.transaction(() => figures.store.insertJob(sampleJob(null, lotId)));
  expect(figures.of(lotId, 0).tally.running).toBe(1);
});

test('a verdict is told for an hour', () => {
  const lot = new Lot();
  lot.expectSame();
  lot.do({ do: 'open', device: 1 }, false);
  lot.do({ do: 'end', job: 0, outcome: 'passed' }, false);
  lot.expectSame();
  for (let later = 0; later < 13; later++) lot.do({ do: 'open', device: null }, true);
  lot.expectSame();
});

test('lots that were not asked for lately are counted anew', () => {
  const lots = Array.from({ length: 12 }, () => new Lot());
  const [first] = lots;
  const { figures } = first ?? new Lot();
  for (const { lotId } of lots) figures.of(lotId, 0);
  figures.store.transaction(() => figures.store.insertJob(sampleJob(null, first?.lotId)));
  expect(figures.of(first?.lotId ?? '', 0).tally.running).toBe(1);
});

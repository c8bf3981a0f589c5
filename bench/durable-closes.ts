// Closing transactions a second: a job passes, its certificate goes live, the audit event and the outbox entry are
// written, all flushed before it returns. Beside it one row a transaction in plain SQLite, flushed as well.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest, sampleIntended, sampleLot } from '../db/station-sample.ts';
import { openStationStore, type StationStore } from '../db/station-store.ts';
import { Stage } from '../domain/job.ts';
import { systemClock } from '../station/clock.ts';
import { NO_FACTS } from '../station/job/job-state.ts';
import { end } from '../station/job/transition.ts';
import { JobRecords } from '../station/records/job-records.ts';
import { Recorder } from '../station/records/recorder.ts';
import type { Figure } from './figure.ts';
import { openPeer } from './peer-inserts.ts';
import { sideBySide } from './rate.ts';

const RUNS = 5;
const CLOSES = 400;
/** Bytes of a leaf as the profile makes it. */
const LEAF_BYTES = 560;
/** Times of the six stages as a job's row holds them. */
const STAGES = JSON.stringify(Stage.options.map((stage, index) => ({ stage, ms: 1234 * index })));
/** Characters of its outbox entry, Base64 and names included. */
const ENTRY_CHARACTERS = 1_100;

export async function measureDurableCloses(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  const { store, close } = openStationStore(join(dir, 'station.db'));
  const peer = openPeer(join(dir, 'peer.db'));
  try {
    // The first run of each side does not count.
    const jobs = jobsToClose(store, CLOSES * (RUNS + 1));
    const records = new JobRecords(new Recorder(store, systemClock));
    const rows = Array.from({ length: CLOSES }, () => 'x'.repeat(ENTRY_CHARACTERS));
    const rates = await sideBySide(
      RUNS,
      {
        run() {
          for (const jobId of jobs.splice(0, CLOSES)) {
            const { state, facts } = end(NO_FACTS, null, '');
            const now = { state: JSON.stringify(state), attempt: NO_FACTS.attempt, stages: STAGES };
            records.advance(jobId, now, facts);
          }
          return CLOSES;
        },
      },
      {
        run() {
          peer.single(rows);
          return CLOSES;
        },
      },
    );
    return figures(rates);
  } finally {
    peer.close();
    close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Jobs with everything but their last word: certificate installed, device reserved. */
function jobsToClose(store: StationStore, count: number): number[] {
  return store.transaction(() => {
    store.insertLot(sampleLot('LOT-1', { quantity: count, serialRange: `LOT-1-0001..LOT-1-${count}` }));
    return Array.from({ length: count }, (_, index) => {
      const { certificateId, jobId } = sampleIntended(store, index + 1);
      store.setCertificateSigned(certificateId, new Uint8Array(randomBytes(LEAF_BYTES)), digest(1_000_000 + index));
      store.setCertificateState(certificateId, 'installed', null);
      return jobId;
    });
  });
}

function figures({ ours, peer, percent }: Awaited<ReturnType<typeof sideBySide>>): Figure[] {
  const figure = { each: 'run', limit: null, judged: 'median' } as const;
  return [
    {
      ...figure,
      ...{ name: 'Closing: durable closes of the full record', unit: 'a second', values: ours },
      means: `Recorder's closing transaction, ${CLOSES} a run, WAL and synchronous=FULL: job, certificate, audit event with hash, outbox entry.`,
    },
    {
      ...figure,
      ...{ name: 'Closing: plain single-row inserts', unit: 'a second', values: peer },
      means: `better-sqlite3 alone, one table, a row of ${ENTRY_CHARACTERS} characters a transaction, the same settings and disk, in turn.`,
    },
    { ...figure, ...{ name: 'Closing: ratio', unit: '% of plain inserts', values: percent }, means: 'Run by run.' },
  ];
}

// The practice bench under the window: simulated boards, a technician who moves them, and the security service, beside
// a station that it knows only by its socket, as on a real line. Names the data folder and makes it ready when new.
import { BenchRobot } from '../cli/practice/bench-robot.ts';
import { practiceDir } from '../cli/practice/practice-dir.ts';
import { openPracticeFolder, practicePaths } from '../cli/practice/practice-folder.ts';
import { makeLot } from '../cli/practice/practice-lot.ts';
import type { PracticeOptions } from '../cli/practice/practice-plan.ts';
import { startBoards } from '../cli/practice/practice-run.ts';
import { type StationApiClient, socketClient, stationEvents } from '../cli/station-client.ts';
import { systemWorld, useOf } from '../cli/surroundings.ts';
import { KeylineError } from '../domain/errors.ts';
import { pause } from '../domain/seams.ts';
import { socketAddress } from '../station/api/socket-address.ts';
import { parentLink } from './parent-link.ts';
import { type FromBench, ToBench } from './parent-messages.ts';

/** A technician looks at a finished board and reaches for it: long enough to be read from the screen. */
const TAKE_OUT_MS = 3_000;

const use = useOf(systemWorld, { data: practiceDir({ data: undefined, around: systemWorld.around }) });
const options: PracticeOptions = {
  ...{ devices: 400, slots: 16, baud: 921_600, stopAfter: 3 },
  ...{ offlineAfter: null, faults: [], seed: Buffer.from(use.random.bytes(4)).readUInt32BE() },
};

const link = parentLink<ToBench, FromBench>({
  incoming: ToBench,
  hear: (message) => {
    bench.then((ready) => (message.type === 'close' ? ready.close() : ready.attend())).catch(fail);
  },
  gone: () => {
    bench.then((ready) => ready.close()).catch(fail);
  },
});

async function openBench() {
  const service = await openPracticeFolder(use);
  let robot: BenchRobot | null = null;
  const simulator = await startBoards(use, options, (event) => robot?.simulated(event));
  const hands = {
    insert: simulator.insert,
    async eject(slot: number) {
      await pause(use.clock, TAKE_OUT_MS);
      await simulator.eject(slot);
    },
  };
  robot = new BenchRobot(hands, await simulator.list(), options.slots, { result: () => {}, bug: fail });
  let begun = false;
  link.send({ type: 'prepared', dataDir: use.folder.path });
  return {
    /** Works at this station until it goes; boards stay where they are until the next one comes. */
    async attend(): Promise<void> {
      const address = socketAddress({ path: use.folder.socket, platform: use.around.platform });
      if (address === null) throw new KeylineError('STATION_GONE');
      const station = socketClient(address);
      const leaving = new AbortController();
      try {
        const events = stationEvents(station.api, leaving.signal);
        const first = events.next();
        await startLine(station.api);
        if (!begun) robot.start();
        begun = true;
        for (let next = await first; !next.done; next = await events.next()) robot.station(next.value);
      } catch (error) {
        if (!(error instanceof KeylineError) || error.code !== 'STATION_GONE') throw error;
      } finally {
        leaving.abort();
        await station.close();
      }
    },
    async close(): Promise<void> {
      await simulator.stop();
      await service.stop();
      process.exit(0);
    },
  };
}

/** The lot that was running goes on; without one a new one is made. */
async function startLine(api: StationApiClient): Promise<void> {
  const { lineRunning, lot } = await api.status();
  if (lineRunning) return;
  const lotId = lot?.lotId ?? (await makeLot(use, api, options));
  await api.line.start({ lotId, ports: practicePaths(use.folder.path).ports, slots: options.slots });
}

function fail(error: unknown): void {
  const sentence = error instanceof KeylineError ? error.message : 'The practice bench met a fault of its own.';
  link.send({ type: 'failed', sentence });
  process.stderr.write(
    `${error instanceof KeylineError ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  setImmediate(() => process.exit(3));
}

const bench = openBench();
bench.catch(fail);

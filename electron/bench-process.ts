// The practice bench under the window: simulated boards, a technician who moves them, and the security service, beside
// a station of its own folder; served to the page through Electron's main process. Arguments: see `BenchArguments`.
import { RPCHandler } from '@orpc/server/message-port';
import { benchRouter } from '../cli/practice/bench-router.ts';
import { openPracticeBench, type PracticeBench } from '../cli/practice/practice-bench.ts';
import { practiceDir } from '../cli/practice/practice-dir.ts';
import { socketClient } from '../cli/station-client.ts';
import { systemWorld, useOf } from '../cli/surroundings.ts';
import { KeylineError } from '../domain/errors.ts';
import { socketAddress } from '../station/api/socket-address.ts';
import { slotsOf } from './bench-size.ts';
import { parentLink } from './parent-link.ts';
import { type FromBench, ToBench } from './parent-messages.ts';
import { realStation } from './real-station.ts';
import { StationPort } from './station-port.ts';

/** Slots of the bench in the first run: few enough to be moved by hand. */
const FIRST_RUN_SLOTS = 4;

const [flavour = 'practice', argument = ''] = process.argv.slice(2);
const isFirstRun = flavour === 'first-run';
/** Beside a real station of this computer, whose folder the argument names. */
const besideReal = isFirstRun || flavour === 'again';

const { around } = systemWorld;
/** Practice has a folder of its own whatever the real one is called. */
const env = besideReal ? { ...around.env, KEYLINE_DATA: undefined } : around.env;
const use = useOf(systemWorld, { data: practiceDir({ data: undefined, around: { ...around, env } }) });
const ports = new Map<number, StationPort>();

const link = parentLink<ToBench, FromBench>({
  incoming: ToBench,
  hear: (message) => {
    bench.then((ready) => hear(ready, message)).catch(fail);
  },
  gone: () => {
    bench.then(close).catch(fail);
  },
});

async function open(): Promise<PracticeBench> {
  const ready = await openPracticeBench(use, {
    slots: isFirstRun ? FIRST_RUN_SLOTS : slotsOf(besideReal ? '' : argument),
    lotName: isFirstRun ? (number) => (number === 1 ? 'Practice' : `Practice-${number}`) : (number) => `P${number}`,
    automatic: !isFirstRun,
    real: besideReal ? realStation(useOf(systemWorld, { data: argument }), leave) : null,
    onBug: fail,
  });
  link.send({ type: 'prepared', dataDir: use.folder.path });
  return ready;
}

async function hear(ready: PracticeBench, message: ToBench): Promise<void> {
  if (message.type === 'close') return close(ready);
  if (message.type === 'station-ready') return attend(ready);
  if (message.type === 'open') return serve(ready, message.port);
  const port = ports.get(message.port);
  if (message.type === 'data') return port?.deliver(message.data);
  ports.delete(message.port);
  port?.shut();
}

function serve({ control }: PracticeBench, number: number): void {
  const port = new StationPort({
    clock: use.clock,
    send: (data) => link.send({ type: 'data', port: number, data }),
    refused: () => void process.stderr.write(`A message from screen ${number} to the practice bench was refused.\n`),
  });
  ports.set(number, port);
  const misread = (call: string) =>
    void process.stderr.write(`A call ${call} from screen ${number} does not follow its format and was refused.\n`);
  new RPCHandler(benchRouter(control, { bug: fail, misread })).upgrade(port);
}

async function attend(ready: PracticeBench): Promise<void> {
  const address = socketAddress({ path: use.folder.socket, platform: around.platform });
  if (address === null) throw new KeylineError('STATION_GONE');
  const station = socketClient(address);
  try {
    await ready.attend(station.api);
  } finally {
    await station.close();
  }
}

function leave(): void {
  link.send({ type: 'leave', dataDir: argument });
}

async function close(ready: PracticeBench): Promise<void> {
  await ready.close();
  process.exit(0);
}

function fail(error: unknown): void {
  const sentence = error instanceof KeylineError ? error.message : 'The practice bench met a fault of its own.';
  link.send({ type: 'failed', sentence });
  process.stderr.write(
    `${error instanceof KeylineError ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  setImmediate(() => process.exit(3));
}

const bench = open();
bench.catch(fail);

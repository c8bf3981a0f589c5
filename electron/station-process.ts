// The station as a process of its own under the window: the same composition as under a terminal, served to the screens
// through Electron's main process. A fault of our own ends it; main starts it again.
import { RPCHandler } from '@orpc/server/message-port';
import { type HostedStation, hostStation } from '../cli/host-station.ts';
import { stationEvents } from '../cli/station-client.ts';
import { systemWorld, useOf } from '../cli/surroundings.ts';
import { KeylineError } from '../domain/errors.ts';
import { parentLink } from './parent-link.ts';
import { type FromStation, ToStation } from './parent-messages.ts';
import { ReportPrinter } from './report-printer.ts';
import { StationPort } from './station-port.ts';
import { SystemPrinter } from './system-printer.ts';
import { WorkCount } from './work-count.ts';

const [dataDir = '', purpose, node = process.execPath] = process.argv.slice(2);
const use = { ...useOf(systemWorld, { data: dataDir }), node };
const ports = new Map<number, StationPort>();
const opened = Promise.withResolvers<HostedStation>();

const link = parentLink<ToStation, FromStation>({
  incoming: ToStation,
  hear: (message) => {
    opened.promise.then((station) => hear(station, message)).catch(fail);
  },
  gone: () => {
    opened.promise.then(close).catch(fail);
  },
});

const printer = new SystemPrinter(use.clock, (message) => link.send(message));
const reports = new ReportPrinter(use.clock, (message) => link.send(message));

async function serve(): Promise<void> {
  const practise = () => link.send({ type: 'practise' });
  const printers = { systemPrinter: printer.print, print: reports.print };
  const order = { practice: null, unlock: purpose === 'practice', ...printers, practise };
  const station = await hostStation(use, order);
  station.fault.catch(fail);
  opened.resolve(station);
  link.send({ type: 'ready' });
  await tellWork(station);
}

async function hear(station: HostedStation, message: ToStation): Promise<void> {
  if (message.type === 'close') return close(station);
  if (message.type === 'label-printed') return printer.answered(message.order, message.done);
  if (message.type === 'report-printed') return reports.answered(message.job, message.pdf);
  if (message.type === 'open') return open(station, message.port);
  const port = ports.get(message.port);
  if (message.type === 'data') return port?.deliver(message.data);
  ports.delete(message.port);
  port?.shut();
}

function open(station: HostedStation, number: number): void {
  const port = new StationPort({
    clock: use.clock,
    send: (data) => link.send({ type: 'data', port: number, data }),
    refused: () => station.log.warn({ port: number }, 'a message from a screen was refused'),
  });
  ports.set(number, port);
  new RPCHandler(station.router).upgrade(port, { context: { caller: 'screen' } });
}

/** Boards in work, at each change: main must not end this process, nor the computer sleep, while there are any. */
async function tellWork({ client: { api } }: HostedStation): Promise<void> {
  const events = stationEvents(api, new AbortController().signal);
  // Watched before it is asked: what changes in between is counted again and not missed.
  const first = events.next();
  const { slots, lineRunning } = await api.status();
  const count = new WorkCount(slots);
  // Until a line runs again, what main knows of the station before holds: those boards are in work still.
  if (lineRunning) link.send({ type: 'work', work: count.work });
  for (let next = await first; !next.done; next = await events.next())
    if (count.change(next.value)) link.send({ type: 'work', work: count.work });
}

async function close(station: HostedStation): Promise<void> {
  await station.close();
  process.exit(0);
}

/** Nothing is waited for: what is recorded is recorded, and the next start resumes. */
function fail(error: unknown): void {
  const sentence = error instanceof KeylineError ? error.message : 'Keyline met a fault of its own.';
  link.send({ type: 'failed', sentence });
  process.stderr.write(
    `${error instanceof KeylineError ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  // One turn for the message to leave.
  setImmediate(() => process.exit(3));
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
serve().catch(fail);

// What Electron's main process and the programs it starts say to each other. Each side parses what it hears: a message
// that is not here ends nothing and does nothing.
import { z } from 'zod';
import { Name } from '../domain/ids.ts';

/** One port a window, and one more for each reload. */
const Port = z.number().int().min(1);

/** Longest message from a screen, characters: as `MAX_BODY_BYTES` of the local socket. */
export const MAX_MESSAGE_CHARS = 65_536;

/** To a program that serves ports of the screens (port-relay.ts). */
const Open = z.strictObject({ type: z.literal('open'), port: Port });
const Data = z.strictObject({
  type: z.literal('data'),
  port: Port,
  data: z.string().max(MAX_MESSAGE_CHARS).nullable(),
});
const Shut = z.strictObject({ type: z.literal('shut'), port: Port });
export type ToPort = z.infer<typeof Open | typeof Data | typeof Shut>;

/** What of a screen's message goes on to a program: a text of that length; null stands for anything else. */
export function textOf(message: unknown): string | null {
  return typeof message === 'string' && message.length <= MAX_MESSAGE_CHARS ? message : null;
}

/** From such a program: what came together within one frame. */
const PortData = z.strictObject({ type: z.literal('data'), port: Port, data: z.array(z.unknown()) });
export type PortData = z.infer<typeof PortData>;

/** Channels on which a page gets its ports; the preload passes on no other. */
export type PortChannel = 'station:port' | 'bench:port';

/** A PDF of one lot's report that the program asked for, by its number: Base64, or null where it was not printed. */
const ReportPrinted = z.strictObject({
  type: z.literal('report-printed'),
  job: Port,
  pdf: z.string().max(64_000_000).nullable(),
});

/** Finish what is in work, then end. */
const Close = z.strictObject({ type: z.literal('close') });

/** The program cannot go on, with its last sentence. */
const Failed = z.strictObject({ type: z.literal('failed'), sentence: z.string() });

/** Arguments of the station's program: its data folder, and whether it practises. */
export type StationArguments = readonly [dataDir: string, purpose: 'practice' | 'real'];

/** Longest drawing of a label, characters: the densest code takes some 20,000. */
const MAX_SVG_CHARS = 200_000;

/** A label for a printer of this computer; null: only whether that printer is there. An empty name: the usual one. */
const PrintLabel = z.strictObject({
  type: z.literal('print-label'),
  order: z.number().int().min(1),
  printer: z.string().max(127),
  label: z
    .strictObject({ svg: z.string().max(MAX_SVG_CHARS), widthMm: z.number().max(300), heightMm: z.number().max(300) })
    .nullable(),
});
export type PrintOrder = Omit<z.infer<typeof PrintLabel>, 'type'>;

const LabelPrinted = z.strictObject({
  type: z.literal('label-printed'),
  order: z.number().int().min(1),
  done: z.boolean(),
});

export const ToStation = z.discriminatedUnion('type', [Open, Data, Shut, Close, LabelPrinted, ReportPrinted]);
export type ToStation = z.infer<typeof ToStation>;

/** Boards that must not lose their station now. */
export const Work = z.strictObject({ working: z.number().int(), locking: z.number().int() });
export type Work = z.infer<typeof Work>;

export const FromStation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  PortData,
  z.strictObject({ type: z.literal('work'), work: Work }),
  PrintLabel,
  /** Main opens the report's page where nobody sees it, and prints it. */
  z.strictObject({ type: z.literal('print-report'), job: Port, lotId: Name }),
  /** A person goes to the practice bench: main closes this station, and opens it. */
  z.strictObject({ type: z.literal('practise') }),
  Failed,
]);
export type FromStation = z.infer<typeof FromStation>;

/**
 * Arguments of the practice bench's program. A first run practises in a folder of its own, never in `realDataDir`: that
 * is where the real station will be made; so does `again`, where it stands. `practice` uses the folder that KEYLINE_DATA names, or one of its own; `slots`
 * is what was typed, '' for the usual bench.
 */
export type BenchArguments =
  | readonly [flavour: 'practice', slots: string]
  | readonly [flavour: 'first-run' | 'again', realDataDir: string];

export const ToBench = z.discriminatedUnion('type', [
  Open,
  Data,
  Shut,
  /** A station stands in the data folder: at the start, and again after each restart. */
  z.strictObject({ type: z.literal('station-ready') }),
  Close,
]);
export type ToBench = z.infer<typeof ToBench>;

export const FromBench = z.discriminatedUnion('type', [
  /** The data folder has a station, a CA and a service that runs; from here on ports are served. */
  z.strictObject({ type: z.literal('prepared'), dataDir: z.string() }),
  PortData,
  /** The person goes to the real line: main closes practice, and opens the station in this folder. */
  z.strictObject({ type: z.literal('leave'), dataDir: z.string() }),
  Failed,
]);
export type FromBench = z.infer<typeof FromBench>;

/** What the page is told when nothing can be started again (`window.postMessage`, type 'app:gave-up'). */
export interface GaveUp {
  readonly type: 'app:gave-up';
  readonly sentence: string;
}

// What Electron's main process and the programs it starts say to each other. Each side parses what it hears: a message
// that is not here ends nothing and does nothing.
import { z } from 'zod';

/** One port a window, and one more for each reload. */
const Port = z.number().int().min(1);

/** Longest message from a screen, characters: as `MAX_BODY_BYTES` of the local socket. */
export const MAX_MESSAGE_CHARS = 65_536;

export const ToStation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), port: Port }),
  z.strictObject({ type: z.literal('data'), port: Port, data: z.unknown() }),
  z.strictObject({ type: z.literal('shut'), port: Port }),
  /** Finish the boards in work, then end. */
  z.strictObject({ type: z.literal('close') }),
]);
export type ToStation = z.infer<typeof ToStation>;

/** Boards that must not lose their station now. */
export const Work = z.strictObject({ working: z.number().int(), locking: z.number().int() });
export type Work = z.infer<typeof Work>;

const Failed = z.strictObject({ type: z.literal('failed'), sentence: z.string() });

export const FromStation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** What came together within one frame. */
  z.strictObject({ type: z.literal('data'), port: Port, data: z.array(z.unknown()) }),
  z.strictObject({ type: z.literal('work'), work: Work }),
  Failed,
]);
export type FromStation = z.infer<typeof FromStation>;

export const ToBench = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('station-ready') }),
  z.strictObject({ type: z.literal('close') }),
]);
export type ToBench = z.infer<typeof ToBench>;

export const FromBench = z.discriminatedUnion('type', [
  /** The data folder has a station, a CA and a service that runs. */
  z.strictObject({ type: z.literal('prepared'), dataDir: z.string() }),
  Failed,
]);
export type FromBench = z.infer<typeof FromBench>;

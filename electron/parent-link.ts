// The started program's end of the line to Electron's main process: Electron's own port in a utilityProcess, Node's
// channel in a forked Node. A message that fits no schema is dropped; the parent's end is told of.
import type { z } from 'zod';

export interface ParentLink<Out> {
  send(message: Out): void;
}

export interface LinkEnds<In> {
  readonly incoming: z.ZodType<In>;
  readonly hear: (message: In) => void;
  /** Main is gone: nobody is left to serve. */
  readonly gone: () => void;
}

export function parentLink<In, Out>({ incoming, hear, gone }: LinkEnds<In>): ParentLink<Out> {
  const parse = (message: unknown) => {
    const parsed = incoming.safeParse(message);
    if (parsed.success) hear(parsed.data);
  };
  // Node's types know no parentPort; only a utilityProcess has one, and it ends with main by itself.
  const port: Electron.ParentPort | undefined = process.parentPort;
  if (port) {
    port.on('message', ({ data }) => parse(data));
    return { send: (message) => port.postMessage(message) };
  }
  process.on('message', parse);
  process.once('disconnect', gone);
  return { send: (message) => void (process.connected && process.send?.(message)) };
}

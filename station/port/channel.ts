// What every byte channel shares, whatever carries it: one end however often it is told, and a bound on every write.
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { BytePort } from './byte-port.ts';

/** The longest message, 64 KB in Base64, takes 8 s at 115200 baud; a channel that takes longer is stuck. */
const WRITE_TIMEOUT_MS = 10_000;
/** Closing a tty may wait for output that nobody reads; the system gives up later by itself. */
const CLOSE_TIMEOUT_MS = 2_000;

/** The carrier's own calls. `write` must call back once, `close` may be called twice. */
export interface Carrier {
  write(bytes: Uint8Array, done: (error: Error | null | undefined) => void): void;
  close(): void;
}

/** A `BytePort` over a carrier, and what the carrier has to report. */
export interface Channel {
  readonly port: BytePort;
  received(bytes: Uint8Array): void;
  /** The carrier is gone; may be told many times. */
  ended(): void;
}

export function openChannel(path: string, carrier: Carrier, clock: Clock): Channel {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const stuck = new Set<() => void>();
  let open = true;
  let listener: (bytes: Uint8Array) => void = () => {};

  function ended(): void {
    if (!open) return;
    open = false;
    for (const fail of stuck) fail();
    stuck.clear();
    resolve();
  }

  function write(bytes: Uint8Array): Promise<void> {
    return new Promise((written, fail) => {
      const gone = (detail: string) => {
        settle();
        fail(new KeylineError('PULLED_OUT', detail, { path }));
      };
      if (!open) return fail(new KeylineError('PULLED_OUT', '', { path }));
      const onEnd = () => gone('');
      const cancel = clock.after(WRITE_TIMEOUT_MS, () => {
        carrier.close();
        gone('the port takes no more bytes');
      });
      function settle(): void {
        stuck.delete(onEnd);
        cancel();
      }
      stuck.add(onEnd);
      carrier.write(bytes, (error) => {
        if (error) return gone('');
        settle();
        written();
      });
    });
  }

  async function close(): Promise<void> {
    if (!open) return;
    carrier.close();
    await new Promise<void>((settled) => {
      const cancel = clock.after(CLOSE_TIMEOUT_MS, () => ended());
      void closed.then(() => {
        cancel();
        settled();
      });
    });
  }

  return {
    port: {
      path,
      write,
      onData: (next) => {
        listener = next;
      },
      closed,
      close,
    },
    received: (bytes) => listener(bytes),
    ended,
  };
}

// What a station receives from outside so that a test world can replace it: time and chance. Types only.

export interface Clock {
  /** UTC milliseconds; may jump. */
  nowMs(): number;
  /** Milliseconds since an arbitrary start; never jumps. Back-off, time-outs and leases use this one. */
  monotonicMs(): number;
  /** Calls `act` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, act: () => void): () => void;
}

export interface Random {
  /** `length` bytes from a cryptographic source. */
  bytes(length: number): Uint8Array;
}

/** Settles after `delayMs`, or at once when the signal aborts. Never rejects. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const cancel = clock.after(delayMs, done);
    function done() {
      signal?.removeEventListener('abort', done);
      cancel();
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
}

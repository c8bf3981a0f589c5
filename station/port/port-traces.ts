// What went over each slot's cable lately, as it went: kept in memory alone, the oldest forgotten first. Says nothing of its
// meaning, and is read by what masks it only.
import type { Clock } from '../../domain/seams.ts';
import type { BytePort } from './byte-port.ts';

/** Of one slot, bytes: all of a board but its firmware image; 64 slots keep 6 MB at most. */
const KEPT_BYTES = 98_304;
/** Of one slot; a chunk may be one byte. */
const KEPT_CHUNKS = 4_096;
/** Slots of a line, and as many names again from a map that was taught anew. */
const MAX_SLOTS = 128;

export interface TraceChunk {
  /** 1, 2, 3, … over all slots. */
  readonly seq: number;
  readonly timeMs: number;
  readonly way: 'out' | 'in' | 'opened' | 'closed';
  readonly bytes: Uint8Array;
}

interface Ring {
  chunks: TraceChunk[];
  bytes: number;
}

const NOTHING = new Uint8Array();

export class PortTraces {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #rings = new Map<string, Ring>();
  #seq = 0;

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
  }

  /** The port, listened to. */
  tap(slot: string, port: BytePort): BytePort {
    this.#keep(slot, 'opened', NOTHING);
    void port.closed.then(() => this.#keep(slot, 'closed', NOTHING));
    return {
      path: port.path,
      closed: port.closed,
      close: () => port.close(),
      write: (bytes) => {
        this.#keep(slot, 'out', bytes);
        return port.write(bytes);
      },
      onData: (listener) =>
        port.onData((bytes) => {
          this.#keep(slot, 'in', bytes);
          listener(bytes);
        }),
    };
  }

  /** What is kept of the slot, the oldest first. */
  of(slot: string): readonly TraceChunk[] {
    return this.#rings.get(slot)?.chunks ?? [];
  }

  #keep(slot: string, way: TraceChunk['way'], bytes: Uint8Array): void {
    const ring = this.#rings.get(slot) ?? this.#newRing(slot);
    // A copy: what the system read into is its own, and often larger.
    ring.chunks.push({ seq: ++this.#seq, timeMs: this.#clock.nowMs(), way, bytes: bytes.slice() });
    ring.bytes += bytes.length;
    if (ring.bytes > KEPT_BYTES || ring.chunks.length > KEPT_CHUNKS) this.#forgetOldest(ring);
  }

  /** A quarter at once: to shift a long list for each chunk would cost more than the chunk. */
  #forgetOldest(ring: Ring): void {
    let [from, left] = [0, ring.bytes];
    const least = Math.floor(ring.chunks.length / 4);
    while (from < ring.chunks.length && (from < least || left > KEPT_BYTES))
      left -= ring.chunks[from++]?.bytes.length ?? 0;
    ring.chunks = ring.chunks.slice(from);
    ring.bytes = left;
  }

  #newRing(slot: string): Ring {
    const [oldest] = this.#rings.keys();
    if (this.#rings.size >= MAX_SLOTS && oldest !== undefined) this.#rings.delete(oldest);
    const ring: Ring = { chunks: [], bytes: 0 };
    this.#rings.set(slot, ring);
    return ring;
  }
}

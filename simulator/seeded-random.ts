// Chance that can be repeated: bytes of SHA-256 over seed, name and counter. Never a source of keys.
import { createHash } from 'node:crypto';
import type { Random } from '../domain/seams.ts';

export class SeededRandom implements Random {
  readonly #prefix: string;
  #counter = 0;
  #pool: Uint8Array = new Uint8Array(0);

  /** Equal seed and name give equal bytes. */
  constructor(seed: number | string, name: string) {
    this.#prefix = `${seed}\n${name}\n`;
  }

  bytes(length: number): Uint8Array {
    while (this.#pool.length < length) {
      const block = createHash('sha256')
        .update(`${this.#prefix}${this.#counter++}`)
        .digest();
      this.#pool = Buffer.concat([this.#pool, block]);
    }
    const taken = Uint8Array.from(this.#pool.subarray(0, length));
    this.#pool = this.#pool.subarray(length);
    return taken;
  }

  /** A whole number from `low` to `high`, both included; the span lies below 2^32. */
  between(low: number, high: number): number {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = this.bytes(6);
    const value = ((((a * 256 + b) * 256 + c) * 256 + d) * 256 + e) * 256 + f;
    return low + (value % (high - low + 1));
  }

  /** One of the items, which are at least one. */
  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }
}

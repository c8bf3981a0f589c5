// The station's real source of random bytes: the only place of the station core that asks for them.
import { randomBytes } from 'node:crypto';
import type { Random } from '../domain/seams.ts';

export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
};

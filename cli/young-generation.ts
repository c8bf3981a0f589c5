// Keeps the young part of the JavaScript heap as small as it is when a station begins: 64 slots make much short-lived
// data and hold little, yet V8 would let that part grow to 128 MB. Measured by bench/station-process.ts.
import { setFlagsFromString } from 'node:v8';

/** V8 multiplies the space by this each time it would grow it; read at every growth, so it holds from now on. */
const GROWTH_FACTOR = 1;

export function boundYoungGeneration(): void {
  setFlagsFromString(`--semi-space-growth-factor=${GROWTH_FACTOR}`);
}

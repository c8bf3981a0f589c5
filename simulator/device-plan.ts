// Which devices a run has and what is wrong with each: a pure function of its seed. Every wanted fault as often as it is
// named.
import { toHex } from '../domain/bytes.ts';
import { KeylineError } from '../domain/errors.ts';
import { faultNamed, faultNames } from './faults/fault-list.ts';
import { SeededRandom } from './seeded-random.ts';

/** Bytes of a hardware id: the 64-bit unique number that common MCUs carry. */
const HWID_BYTES = 8;

/** Faults that need a healthy device beside their own: the one that is copied, and the one that is swapped in. */
const WITH_COMPANION = ['duplicate-hwid', 'swap-without-unplug'];

export interface PlannedDevice {
  /** 0 for the first; also the order in which devices come to the line. */
  readonly index: number;
  /** Distinct, but for the fault that copies one. */
  readonly hwid: string;
  /** Name of its fault, or null for a healthy device. */
  readonly fault: string | null;
  /** For the fault's own chance. */
  readonly seed: string;
}

/**
 * Throws USAGE for a name that is no fault, for a fault named twice that needs a companion, and for fewer devices than
 * the faults need.
 */
export function planDevices(seed: number, devices: number, faults: 'all' | readonly string[]): PlannedDevice[] {
  const names = faults === 'all' ? faultNames(false) : faults;
  for (const name of names) {
    if (faultNamed(name) === undefined) throw new KeylineError('USAGE', `there is no fault ${name}`);
  }
  const twice = WITH_COMPANION.find((fault) => names.indexOf(fault) !== names.lastIndexOf(fault));
  if (twice) throw new KeylineError('USAGE', `${twice} strikes once a run`);
  const needed = names.length + WITH_COMPANION.filter((name) => names.includes(name)).length;
  if (devices < needed) {
    throw new KeylineError('USAGE', `these ${names.length} faults need at least ${needed} devices`);
  }
  const random = new SeededRandom(seed, 'plan');
  const faultAt = placeFaults(random, devices, names);
  const original = faultAt.indexOf(null);
  const hwids = distinctHwids(random, devices);
  return faultAt.map((fault, index) => ({
    index,
    hwid: (fault === 'duplicate-hwid' ? hwids[original] : hwids[index]) ?? '',
    fault,
    seed: `${seed}/${index}`,
  }));
}

function placeFaults(random: SeededRandom, devices: number, names: readonly string[]): (string | null)[] {
  const spread: (string | null)[] = Array.from({ length: devices }, (_, i) => names[i] ?? null);
  for (let i = devices - 1; i > 0; i--) exchange(spread, i, random.between(0, i));
  // The copied board is on record before its copy comes: the first board is healthy, the last one is the copy.
  // The swapped board comes first of all the others, while there are boards that were in no slot yet.
  const copy = spread.indexOf('duplicate-hwid');
  if (copy >= 0) {
    exchange(spread, copy, devices - 1);
    exchange(spread, spread.indexOf(null), 0);
  }
  const swapped = spread.indexOf('swap-without-unplug');
  if (swapped >= 0) exchange(spread, swapped, copy >= 0 ? 1 : 0);
  return spread;
}

function exchange<T>(items: T[], a: number, b: number): void {
  const [first, second] = [items[a], items[b]];
  if (first === undefined || second === undefined) return;
  items[a] = second;
  items[b] = first;
}

function distinctHwids(random: SeededRandom, count: number): string[] {
  const hwids = new Set<string>();
  // 64 random bits: among a million devices a repetition is a one in 10 million chance, and is drawn again.
  while (hwids.size < count) hwids.add(toHex(Uint8Array.of(0x4b, ...random.bytes(HWID_BYTES - 1))));
  return [...hwids];
}

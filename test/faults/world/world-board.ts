// A board of the world: the product's own virtual device, with a memory that the world can look at and the key's own
// word for what was ever made on it. Hooks let faults in.
import { createHash } from 'node:crypto';
import type { Clock } from '../../../domain/seams.ts';
import { DeviceLine } from '../../../simulator/device-line.ts';
import type { DeviceDescription, DeviceRecord } from '../../../simulator/device-record.ts';
import { type DeviceHooks, DeviceState, type DeviceTraits } from '../../../simulator/device-state.ts';
import type { DeviceStore } from '../../../simulator/device-store.ts';
import { VirtualDevice } from '../../../simulator/virtual-device.ts';
import type { BoardFacts } from '../checker/books.ts';
import { steadySignature } from './world-factory.ts';

/** Where a board is when it is in no slot. */
export type Whereabouts = 'tray' | 'slot' | 'bin' | 'done';

class KeptRecord implements DeviceStore {
  record: DeviceRecord | null = null;
  readonly #committed: (record: DeviceRecord) => void;

  constructor(committed: (record: DeviceRecord) => void) {
    this.#committed = committed;
  }

  load(): DeviceRecord | null {
    return this.record;
  }

  commit(record: DeviceRecord): void {
    this.record = record;
    this.#committed(record);
  }
}

class SteadyState extends DeviceState {
  override sign(message: Uint8Array): Uint8Array {
    return steadySignature(this.privateKey(), message);
  }
}

export class WorldBoard {
  readonly name: string;
  readonly state: DeviceState;
  readonly line: DeviceLine;
  whereabouts: Whereabouts = 'tray';
  /** It said of itself what was not so. */
  lied = false;
  /** It came into its last slot in the place of another, on a port that stayed open. */
  swappedIn = false;
  /** Not before this monotonic time may it be put in again. */
  backMs = 0;
  /** The slot that it is to come back to, or null for any. */
  backTo: number | null = null;
  /** Times that it was put into a slot. */
  insertions = 0;
  /** SHA-256 of every key that it ever held, in order, each with the nonce that asked for it. */
  readonly keys: { readonly spkiSha256: string; readonly nonce: string }[] = [];
  /** SHA-256 of every leaf that it ever held. */
  readonly leaves: string[] = [];

  constructor(
    name: string,
    description: DeviceDescription,
    traits: Partial<DeviceTraits>,
    hooks: DeviceHooks,
    clock: Clock,
  ) {
    this.name = name;
    const store = new KeptRecord((record) => this.#remember(record));
    this.state = new SteadyState(description, store, traits, hooks);
    this.line = new DeviceLine(new VirtualDevice(this.state), clock, 0);
  }

  get hwid(): string {
    return this.state.record.hwid;
  }

  #remember({ key, items }: DeviceRecord): void {
    if (key) {
      const spkiSha256 = digest(key.spki);
      if (this.keys.at(-1)?.spkiSha256 !== spkiSha256) this.keys.push({ spkiSha256, nonce: key.nonce ?? '' });
    }
    if (items.leaf) {
      const leaf = digest(items.leaf);
      if (!this.leaves.includes(leaf)) this.leaves.push(leaf);
    }
  }
}

/** The board as it lies on the table. */
export function boardFacts({ name, state, keys, leaves, lied, swappedIn }: WorldBoard): BoardFacts {
  const { hwid, life, fuses, key, items, lock } = state.record;
  return {
    ...{ name, hwid, life, keys, leaves, lied, swappedIn, journal: lock },
    burnt: fuses.identity && fuses.debug,
    keySha256: key ? digest(key.spki) : null,
    leafSha256: items.leaf ? digest(items.leaf) : null,
    hasChain: items.chain !== null && items.anchor !== null,
  };
}

function digest(base64: string): string {
  return createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
}

// A virtual device in the hands of a test: asked by encoded SMP messages, brought to any life of the state table.
import { sameBytes, toHex } from '../domain/bytes.ts';
import { assert } from '../domain/errors.ts';
import type { CborMap } from '../protocol/cbor.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP, type IdentityItemName } from '../protocol/identity-group.ts';
import { encodeInjectMessage } from '../protocol/injection.ts';
import { SMP_OP } from '../protocol/smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../protocol/smp-message.ts';
import { readSmpError } from '../protocol/standard-groups.ts';
import type { StoredImage } from './device-record.ts';
import type { DeviceHooks } from './device-state.ts';
import { DeviceState, type DeviceTraits, sha256 } from './device-state.ts';
import { MemoryDeviceStore } from './device-store.ts';
import { ForeignCa } from './foreign-ca.ts';
import { newInjectable, type TestSession, testSeal } from './test-seal.ts';
import { VirtualDevice } from './virtual-device.ts';

export const AGENT: StoredImage = { version: '1.0.0', imageHash: 'a1'.repeat(32), fileSha256: null, identity: true };

export interface TestAnswer {
  readonly payload: CborMap;
  /** Group of a failure; null at SMP level or for a success. */
  readonly group: number | null;
  readonly rc: number;
}

export class TestDevice {
  static readonly ca = new ForeignCa();
  readonly device: VirtualDevice;
  readonly hwid = '4b4c010203040506';
  /** Nonce of the present key. */
  readonly nonce = new Uint8Array(16).fill(7);
  readonly deviceSerial = 'AQ-0001';

  constructor(hooks: DeviceHooks = {}, traits: Partial<DeviceTraits> = {}, image = AGENT) {
    const description = { hwid: this.hwid, model: 'AQ-200', hardwareRevision: 'C', image };
    this.device = new VirtualDevice(new DeviceState(description, new MemoryDeviceStore(), traits, hooks));
    this.device.restart();
  }

  get state(): DeviceState {
    return this.device.state;
  }

  /** Null where the device stays silent. Restarts the device where it says so. */
  tryAsk(write: boolean, group: number, command: number, payload: CborMap, version: 0 | 1 = 1): TestAnswer | null {
    const op = write ? SMP_OP.write : SMP_OP.read;
    const answer = this.device.handle(encodeSmpMessage({ op, version, group, sequence: 9, command }, payload));
    if (answer.restart !== 'no') this.device.restart();
    if (answer.message === null) return null;
    assert(answer.message.length <= this.state.messageBytes, 'an answer fits the buffer');
    const decoded = decodeSmpMessage(answer.message);
    assert(!('refused' in decoded) && decoded.header.sequence === 9, 'an answer is a message');
    const error = readSmpError(decoded.payload);
    return { payload: decoded.payload, group: error?.group ?? null, rc: error?.rc ?? 0 };
  }

  ask(write: boolean, group: number, command: number, payload: CborMap, version: 0 | 1 = 1): TestAnswer {
    const answer = this.tryAsk(write, group, command, payload, version);
    assert(answer !== null, 'the device answers');
    return answer;
  }

  read(command: keyof typeof IDENTITY_COMMAND, payload: CborMap = {}): TestAnswer {
    return this.ask(false, IDENTITY_GROUP, IDENTITY_COMMAND[command], payload);
  }

  /** With the device's own hardware id unless the payload names one. */
  write(command: keyof typeof IDENTITY_COMMAND, payload: CborMap = {}): TestAnswer {
    return this.ask(true, IDENTITY_GROUP, IDENTITY_COMMAND[command], { hwid: this.state.hwidBytes, ...payload });
  }

  makeKey(was?: Uint8Array): TestAnswer {
    return this.write('keygen', { alg: 'P-256', nonce: this.nonce, ...(was && { was }) });
  }

  /** Opens an injection over the key that is there, or over `was`. */
  openInjection(was = this.state.spki ? this.spkiSha256 : undefined): TestAnswer & { readonly session: TestSession } {
    const nonce = new Uint8Array(16).fill(3);
    const answer = this.write('injectOpen', { nonce, station: 'KL-test', ...(was && { was }) });
    const { epk, dn } = answer.payload;
    const bytes = (value: unknown) => (value instanceof Uint8Array ? value : new Uint8Array(0));
    const session = { hwid: this.state.hwidBytes, station: 'KL-test', nonce, epk: bytes(epk), dn: bytes(dn) };
    return { ...answer, session };
  }

  /** Sends whole message bytes; the last answer, or the first failure. */
  inject(bytes: Uint8Array, chunkBytes = 60): TestAnswer {
    for (let off = 0; ; ) {
      const data = bytes.subarray(off, off + chunkBytes);
      const answer = this.write('inject', { off, len: bytes.length, data });
      off += data.length;
      if (answer.rc !== 0 || off === bytes.length) return answer;
    }
  }

  /** A new key, injected in a session of its own; its message. */
  injectNew(): Uint8Array {
    const { session } = this.openInjection();
    const bytes = encodeInjectMessage(testSeal(session, newInjectable().privateKey));
    assert(this.inject(bytes).rc === 0, 'a key is taken');
    return bytes;
  }

  /** The last answer of the whole transfer, or the first failure. */
  install(item: IdentityItemName, content: Uint8Array, chunkBytes = 400): TestAnswer {
    let off = 0;
    for (let writes = 0; writes < 40; writes++) {
      const data = content.subarray(off, off + chunkBytes);
      const head = off === 0 ? { len: content.length, sha: sha256(content) } : {};
      const answer = this.write('item', { item, off, data, ...head });
      off = Number(answer.payload.off);
      if (answer.rc !== 0 || off === content.length) return answer;
    }
    throw new Error('a transfer that does not end');
  }

  /** The whole item as it is read in chunks. */
  readWhole(item: IdentityItemName): Uint8Array {
    let content = new Uint8Array(0);
    for (;;) {
      const { len, data } = this.read('item', { item, off: content.length }).payload;
      assert(data instanceof Uint8Array, 'an item is bytes');
      content = Uint8Array.from([...content, ...data]);
      if (content.length === len) return content;
    }
  }

  /** A certificate for the key that the device has, or for another. */
  leaf(spki = this.state.spki): Uint8Array {
    assert(spki, 'there is a key');
    return TestDevice.ca.issue(spki, this.deviceSerial, this.hwid);
  }

  key(): this {
    assert(this.makeKey().rc === 0, 'a key is made');
    return this;
  }

  /** With a key of its own making, unless `key` brings another. */
  enrol(key: (device: TestDevice) => unknown = () => this.key()): this {
    key(this);
    for (const item of ['chain', 'anchor'] as const) {
      assert(this.install(item, TestDevice.ca.root).rc === 0, `${item} goes in`);
    }
    assert(this.install('leaf', this.leaf()).rc === 0, 'the leaf goes in');
    return this;
  }

  lock(change: CborMap = {}): TestAnswer {
    const leaf = this.state.item('leaf');
    return this.write('lock', { sn: this.deviceSerial, leaf: sha256(leaf ?? new Uint8Array(1)), dbg: true, ...change });
  }

  get spkiSha256(): Uint8Array {
    return sha256(this.state.spki ?? new Uint8Array(0));
  }

  /** Whether the device says that it has this key. */
  hasKey(spkiSha256: Uint8Array): boolean {
    const says = this.read('status').payload.spkiSha256;
    return says instanceof Uint8Array && sameBytes(says, spkiSha256);
  }

  get leafHex(): string {
    return toHex(this.state.item('leaf') ?? new Uint8Array(0));
  }
}

// The least of a station that a device line can be tested with: one request at a time, three tries, on a fake clock.
import { assert } from '../domain/errors.ts';
import type { CborMap } from '../protocol/cbor.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP, type IdentityItemName } from '../protocol/identity-group.ts';
import { encodeFrame, FrameDecoder } from '../protocol/smp-frame.ts';
import { SMP_OP } from '../protocol/smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../protocol/smp-message.ts';
import { IMAGE_GROUP, OS_GROUP, readSmpError } from '../protocol/standard-groups.ts';
import type { DeviceLine } from './device-line.ts';
import { sha256 } from './device-state.ts';
import { FakeClock } from './fake-clock.ts';
import { ForeignCa } from './foreign-ca.ts';

const TRIES = 4;
const TIMEOUT_MS = 1500;
const CHUNK_BYTES = 300;

export class TestStation {
  readonly clock = new FakeClock();
  readonly #ca = new ForeignCa();
  readonly #decoder = new FrameDecoder(4096);
  #line: DeviceLine | null = null;
  #answers: Uint8Array[] = [];
  #sequence = 0;

  connect(line: DeviceLine): void {
    this.#line = line;
    line.plug((bytes) => {
      for (const item of this.#decoder.push(bytes)) if (item.kind === 'message') this.#answers.push(item.message);
    });
    this.clock.advance(200);
  }

  /** Out, and in again a second later. */
  replug(): void {
    const line = this.#line;
    line?.unplug();
    this.clock.after(1000, () => line && this.connect(line));
  }

  /** The payload, or null when all tries were in vain. */
  ask(write: boolean, group: number, command: number, payload: CborMap): CborMap | null {
    for (let tries = 0; tries < TRIES; tries++) {
      const sequence = this.#sequence++ & 0xff;
      const op = write ? SMP_OP.write : SMP_OP.read;
      this.#line?.receive(encodeFrame(encodeSmpMessage({ op, version: 1, group, sequence, command }, payload)));
      for (let waitedMs = 0; waitedMs < TIMEOUT_MS; waitedMs += 5) {
        this.clock.advance(5);
        for (const answer of this.#answers.splice(0)) {
          const decoded = decodeSmpMessage(answer);
          if ('refused' in decoded || decoded.header.sequence !== sequence) continue;
          if (readSmpError(decoded.payload)?.rc === 19) continue;
          return decoded.payload;
        }
      }
    }
    return null;
  }

  identity(write: boolean, command: keyof typeof IDENTITY_COMMAND, payload: CborMap = {}): CborMap | null {
    return this.ask(write, IDENTITY_GROUP, IDENTITY_COMMAND[command], payload);
  }

  load(file: Uint8Array, hash: Uint8Array): void {
    this.#transfer(file, (head) => this.ask(true, IMAGE_GROUP, 1, head));
    this.ask(true, IMAGE_GROUP, 0, { hash, confirm: false });
    this.restart();
    this.ask(true, IMAGE_GROUP, 0, { confirm: true });
  }

  restart(): void {
    this.ask(true, OS_GROUP, 5, {});
    this.clock.advance(1000);
  }

  /** Everything from the key to the lock, whatever the device says; true when it is locked at the end. */
  provision(): boolean {
    const status = this.identity(false, 'status');
    const hwid = status?.hwid;
    if (status === null || !(hwid instanceof Uint8Array)) return false;
    const was = status.spkiSha256;
    const made = this.identity(true, 'keygen', {
      hwid,
      alg: 'P-256',
      nonce: new Uint8Array(16),
      ...(was ? { was } : {}),
    });
    const nonce = new Uint8Array(32);
    this.identity(false, 'prove', { nonce });
    this.identity(false, 'csr', { sn: 'AQ-1', off: 0 });
    if (made?.spki instanceof Uint8Array) this.#enrol(hwid, this.#ca.issue(made.spki, 'AQ-1', '4b00112233445566'));
    this.identity(false, 'prove', { nonce });
    this.restart();
    this.identity(false, 'prove', { nonce });
    this.ask(false, 3, 0, { name: 'board/model' });
    return this.identity(false, 'status')?.life === 3;
  }

  #enrol(hwid: Uint8Array, leaf: Uint8Array): void {
    for (const [item, content] of [
      ['chain', this.#ca.root],
      ['anchor', this.#ca.root],
      ['leaf', leaf],
    ] as const) {
      this.#install(hwid, item, content);
    }
    this.identity(false, 'prove', { nonce: new Uint8Array(32) });
    this.identity(true, 'lock', { hwid, sn: 'AQ-1', leaf: sha256(leaf), dbg: true });
  }

  #install(hwid: Uint8Array, item: IdentityItemName, content: Uint8Array): void {
    this.#transfer(content, (head) => this.identity(true, 'item', { hwid, item, ...head }));
    this.identity(false, 'item', { item, off: 0 });
  }

  #transfer(content: Uint8Array, write: (head: CborMap) => CborMap | null): void {
    let off = 0;
    // Three times as many writes as chunks: a transfer that does not get on ends.
    for (let writes = 0; writes < (3 * content.length) / CHUNK_BYTES + 3 && off < content.length; writes++) {
      const head = off === 0 ? { len: content.length, sha: sha256(content) } : {};
      const answer = write({ off, data: content.subarray(off, off + CHUNK_BYTES), ...head });
      if (answer === null) return;
      const next = Number(answer.off);
      assert(Number.isNaN(next) || next <= content.length, 'an offset lies within the content');
      off = Number.isNaN(next) ? content.length : next;
    }
  }
}

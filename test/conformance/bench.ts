// A board in a known stage and what the suite did to it: the words in which cases are written.
import { createHash, randomBytes } from 'node:crypto';
import type { Conversation } from './conversation.ts';
import { caCertificate, leafFor } from './credentials/certificate.ts';
import type { BoardKind } from './device-under-test.ts';
import { Disagreement } from './disagreement.ts';
import { type Bytes, equal, hex } from './wire/bytes.ts';
import type { CborFields } from './wire/cbor-bytes.ts';
import type { CborMap, CborValue } from './wire/cbor-reader.ts';
import { type Answer, IDENTITY, ITEM, KEYGEN, LIFE, LOCK, RC, READ, refusalIn, STATUS, WRITE } from './wire/message.ts';

export type ItemName = 'leaf' | 'chain' | 'anchor';
/** Bytes of content in one write of an item: three chunks for a usual certificate. */
const CHUNK_BYTES = 200;

export function sha256(bytes: Uint8Array): Bytes {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}

/** What stands in a board, as far as the suite put it there. */
export interface Contents {
  readonly nonce?: Uint8Array;
  readonly spki?: Uint8Array;
  readonly sn?: string;
  readonly chain?: Uint8Array;
  readonly anchor?: Uint8Array;
  readonly leaf?: Uint8Array;
}

export type FreshBench = <T>(ask: (other: Bench) => Promise<T>) => Promise<T>;

export class Bench {
  readonly line: Conversation;
  readonly kind: BoardKind;
  readonly hwid: Uint8Array;
  readonly caps: readonly string[];
  contents: Contents = {};
  readonly #fresh: FreshBench;

  /** `fresh` gives a second blank board of the kind for the time of one comparison. */
  constructor(line: Conversation, kind: BoardKind, status: CborMap, fresh: FreshBench) {
    this.line = line;
    this.kind = kind;
    this.#fresh = fresh;
    const { hwid, caps } = { hwid: status.get('hwid'), caps: status.get('caps') };
    if (!(hwid instanceof Uint8Array)) throw new Disagreement('hwid', String(hwid), '5.0');
    if (!Array.isArray(caps)) throw new Disagreement('caps', String(caps), '5.0');
    this.hwid = hwid;
    this.caps = caps.map(String);
  }

  /** What another board of this kind says to the same. */
  another<T>(ask: (other: Bench) => Promise<T>): Promise<T> {
    return this.#fresh(ask);
  }

  /** The key that stands in the board; the case says that there is one. */
  get spki(): Uint8Array {
    return there(this.contents.spki, 'a key');
  }

  item(name: ItemName): Uint8Array {
    return there(this.contents[name], name);
  }

  get sn(): string {
    return there(this.contents.sn, 'a serial');
  }

  get nonce(): Uint8Array {
    return there(this.contents.nonce, 'a nonce');
  }

  read(command: number, payload: CborFields = {}): Promise<Answer> {
    return this.line.ask({ op: READ, group: IDENTITY, command, payload });
  }

  /** With the board's own hwid, unless the fields name another. */
  write(command: number, payload: CborFields = {}): Promise<Answer> {
    return this.line.ask({ op: WRITE, group: IDENTITY, command, payload: { hwid: this.hwid, ...payload } });
  }

  async status(): Promise<CborMap> {
    return ok(await this.read(STATUS));
  }

  async lifeIs(life: number): Promise<CborMap> {
    const status = await this.status();
    same('life', status.get('life'), life);
    return status;
  }

  async keygen(nonce: Uint8Array = randomBytes(16), was?: Uint8Array): Promise<Uint8Array> {
    const answer = ok(await this.write(KEYGEN, { alg: 'P-256', nonce, was }));
    const spki = bytesIn(answer, 'spki');
    this.contents = { nonce, spki };
    return spki;
  }

  /** A new key over the one that is there. */
  rekey(nonce?: Uint8Array): Promise<Uint8Array> {
    return this.keygen(nonce, sha256(this.spki));
  }

  writeItem(item: ItemName, off: number, data: Uint8Array, whole?: Uint8Array, more: CborFields = {}): Promise<Answer> {
    const head = whole && { len: whole.length, sha: sha256(whole) };
    return this.write(ITEM, { item, off, data, ...head, ...more });
  }

  /** Transfers an item as the station does, by the offsets that the board returns; its last answer. */
  async transfer(item: ItemName, content: Uint8Array, chunkBytes = CHUNK_BYTES, sha?: Uint8Array): Promise<Answer> {
    let off = 0;
    // 3.2: three answers in a row without progress end a transfer; here the first one does.
    for (let chunks = 0; chunks <= content.length; chunks++) {
      const data = content.subarray(off, off + chunkBytes);
      const head = off === 0 ? { len: content.length, sha: sha ?? sha256(content) } : {};
      const answer = await this.write(ITEM, { item, off, data, ...head });
      if (refusalIn(answer)) return answer;
      const next = numberIn(ok(answer), 'off');
      if (next >= content.length) return answer;
      if (next <= off) throw new Disagreement(`progress behind ${off}`, `off ${next}`, '3.2');
      off = next;
    }
    throw new Disagreement('the end of a transfer', 'none', '3.2');
  }

  async install(item: ItemName, content: Uint8Array): Promise<void> {
    same('off', ok(await this.transfer(item, content)).get('off'), content.length);
    this.contents = { ...this.contents, [item]: content };
  }

  /** Read in the pieces that the board chooses. */
  async readItem(item: ItemName): Promise<Uint8Array> {
    return this.readWhole((off) => this.read(ITEM, { item, off }));
  }

  async readWhole(ask: (off: number) => Promise<Answer>): Promise<Uint8Array> {
    let content: Uint8Array = new Uint8Array(0);
    // Each answer brings a byte at least.
    for (let length = 1; content.length < length; ) {
      const answer = ok(await ask(content.length));
      length = numberIn(answer, 'len');
      same('off', answer.get('off'), content.length);
      const data = bytesIn(answer, 'data');
      if (data.length === 0 && length > 0) throw new Disagreement('data', 'none');
      content = Buffer.concat([content, data]);
      if (content.length > length) throw new Disagreement(`${length} bytes`, `${content.length}`);
    }
    return content;
  }

  async installChain(): Promise<void> {
    await this.install('chain', caCertificate());
    await this.install('anchor', caCertificate());
  }

  /** Key, chain, anchor, leaf. */
  async enrol(): Promise<void> {
    const sn = `CF-${randomBytes(4).toString('hex')}`;
    await this.installChain();
    await this.install('leaf', leafFor(this.spki, sn));
    this.contents = { ...this.contents, sn };
  }

  lock(change: CborFields = {}): Promise<Answer> {
    return this.write(LOCK, { sn: this.sn, leaf: sha256(this.item('leaf')), dbg: true, ...change });
  }

  /** To life 3, also on a board that finishes its lock during a restart. */
  async lockFully(change: CborFields = {}): Promise<void> {
    const answer = await this.lock(change);
    if (refusalIn(answer)?.rc === RC.LOCK_PENDING) await this.line.restart();
    else same('life', ok(answer).get('life'), LIFE.locked);
    await this.lifeIs(LIFE.locked);
  }
}

function there<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the case's stage has not brought ${what}`);
  return value;
}

/** The payload of a success. */
export function ok(answer: Answer): CborMap {
  const refusal = refusalIn(answer);
  if (refusal) throw new Disagreement('a success', shown(refusal));
  return answer.payload;
}

/** Refused by the identity group with one of these codes (2.4, 6). */
export function refused(answer: Answer, ...codes: readonly number[]): void {
  const refusal = refusalIn(answer);
  const right = refusal?.group === IDENTITY && codes.includes(refusal.rc);
  if (!right) throw new Disagreement(`rc ${codes.join(' or ')} of group ${IDENTITY}`, shown(refusal));
}

/** Refused at the level of SMP (2.4, 2.5). */
export function refusedBySmp(answer: Answer, code: number): void {
  const refusal = refusalIn(answer);
  if (refusal === null || refusal.group !== null || refusal.rc !== code)
    throw new Disagreement(`SMP code ${code}`, shown(refusal));
}

function shown(refusal: ReturnType<typeof refusalIn>): string {
  if (refusal === null) return 'a success';
  return refusal.group === null ? `SMP code ${refusal.rc}` : `rc ${refusal.rc} of group ${refusal.group}`;
}

export function same(what: string, got: CborValue | undefined, want: CborValue): void {
  const equalBytes = got instanceof Uint8Array && want instanceof Uint8Array && equal(got, want);
  if (got !== want && !equalBytes) throw new Disagreement(`${what}: ${text(want)}`, `${what}: ${text(got)}`);
}

export function differs(what: string, got: Uint8Array, other: Uint8Array): void {
  if (equal(got, other)) throw new Disagreement(`another ${what}`, `the same, ${hex(got)}`);
}

export function holds(what: string, held: boolean, got = 'otherwise'): void {
  if (!held) throw new Disagreement(what, got);
}

export function bytesIn(map: CborMap, key: string): Uint8Array {
  const value = map.get(key);
  if (!(value instanceof Uint8Array)) throw new Disagreement(`${key}: bytes`, text(value));
  return value;
}

export function numberIn(map: CborMap, key: string): number {
  const value = map.get(key);
  if (typeof value !== 'number') throw new Disagreement(`${key}: a number`, text(value));
  return value;
}

function text(value: CborValue | undefined): string {
  return value instanceof Uint8Array ? hex(value) : String(value);
}

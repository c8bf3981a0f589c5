// Registrations carried by hand, for a factory without any network: what waits is written to a file under the station's
// seal, and the service's sealed answer is read back. A file that is written or read twice does no harm: entries keep
// waiting until their answer is here, and an answer marks only the very bytes that it answers (ADR 14).
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import {
  type BundleLine,
  type CarriedIssuer,
  carriedText,
  MOST_CARRIED,
  type Pinned,
  readCarried,
} from '../../domain/carried-file.ts';
import { KeylineError } from '../../domain/errors.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { verifySignature } from '../../pki/p256.ts';
import { fromPem } from '../../pki/pem.ts';
import type { Enrolment } from '../outbox/enrolment.ts';
import type { OwnClaim } from '../outbox/outbox.ts';
import { type EntryAnswer, recordAnswers } from '../records/outbox-records.ts';
import { type Recorder, sha256Text } from '../records/recorder.ts';
import { checkpointsToCarry, keepPinned } from './carried-checkpoints.ts';
import type { CarryStore } from './carry-store.ts';

/** Entries read, and answers recorded, at once. */
const AT_ONCE = 500;
/** Bytes of a receipt: some 200 an entry, and room to spare. */
const MOST_RECEIPT = 16 * 1024 * 1024;

export interface CarryParts {
  readonly recorder: Recorder;
  readonly store: CarryStore;
  /** Writes a bundle where a person said, durable when it returns. Throws FILE_UNWRITABLE. */
  readonly keep: (file: string, text: string) => void;
  readonly enrolment: () => Enrolment | null;
  /** Of every CA that signed, or is about to. Throws SIGNER_LOCKED, SIGNER_UNREACHABLE. */
  readonly claims: () => Promise<readonly OwnClaim[]>;
  /** Signs UTF-8 text with the station key, base64 of DER; null while it is locked. */
  readonly sign: () => ((text: string) => string) | null;
  /** A receipt proves another station of this name: the line must stop. */
  readonly forked: (error: KeylineError) => void;
  readonly changed: () => void;
}

export interface Written {
  readonly entries: number;
  readonly checkpoints: number;
  /** The last entry in it; 0 without any. More may follow after it in another file. */
  readonly lastId: number;
  readonly more: boolean;
}

export interface Received {
  readonly accepted: number;
  readonly refused: number;
  /** Answers whose entry waits no longer, or was sent again after the bundle that they answer: they were read before. */
  readonly known: number;
}

export class CarryDesk {
  readonly #parts: CarryParts;

  constructor(parts: CarryParts) {
    this.#parts = parts;
  }

  /**
   * Writes what waits after the entry `afterId`; who took it out is on record. Throws NOT_ENROLLED, SIGNER_LOCKED,
   * SIGNER_UNREACHABLE, FILE_UNWRITABLE, DISK_FULL.
   */
  async write(actorId: string, file: string, afterId: number): Promise<Written> {
    const { recorder, store, keep, enrolment, claims, sign } = this.#parts;
    const station = recorder.store.station();
    const seal = sign();
    const service = enrolment();
    if (!service || !station) throw new KeylineError('NOT_ENROLLED');
    if (!seal) throw new KeylineError('SIGNER_LOCKED');
    const checkpoints = checkpointsToCarry(store, service.serviceCaPem).map((checkpoint) => ({ checkpoint }));
    const entries = this.#waiting(afterId);
    const { stationId, practice, epoch } = station;
    const head = { keyline: 'bundle-1' as const, stationId, practice, epoch, writtenMs: recorder.clock.nowMs() };
    const issuers = (await claims()).map((claim) => ({ issuer: carriedIssuer(claim) }));
    const lines: BundleLine[] = [...issuers, ...checkpoints, ...entries];
    const text = carriedText('bundle', head, lines, { sha256: sha256Text, sign: seal });
    keep(file, text);
    const lastId = entries.at(-1)?.id ?? afterId;
    const written = { entries: entries.length, lastId, sha256: sha256Text(text), sealSha256: sealOf(text) };
    recorder.commit(actorId, (append) => append('bundle-written', written));
    const more = store.waitingAfter(lastId, 1).length > 0;
    return { entries: entries.length, checkpoints: checkpoints.length, lastId, more };
  }

  #waiting(afterId: number): { id: number; payload: string }[] {
    const entries: { id: number; payload: string }[] = [];
    for (let from = afterId; entries.length < MOST_CARRIED; ) {
      const next = this.#parts.store.waitingAfter(from, Math.min(AT_ONCE, MOST_CARRIED - entries.length));
      const last = next.at(-1);
      if (!last) break;
      entries.push(...next.map(({ id, payload }) => ({ id, payload })));
      from = last.id;
    }
    return entries;
  }

  /**
   * Marks what the service answered. Throws NOT_ENROLLED, FILE_UNREADABLE, CARRY_REFUSED, STATION_FORKED, DISK_FULL: what was
   * marked by then stays so.
   */
  receive(file: string): Received {
    const { recorder, store, enrolment } = this.#parts;
    const station = recorder.store.station();
    const service = enrolment();
    if (!service || !station) throw new KeylineError('NOT_ENROLLED');
    const receipt = readCarried('receipt', readText(file), sha256Text, (_head, sealed, signature) =>
      signedBy(service.serviceCaPem, sealed, signature),
    );
    if (!receipt.ok) throw new KeylineError('CARRY_REFUSED', receipt.reason);
    if (receipt.head.stationId !== station.stationId)
      throw new KeylineError('CARRY_REFUSED', `it is for station ${receipt.head.stationId}`);
    const { pinned } = receipt.head;
    if (pinned && !this.#holds(pinned, station.epoch)) {
      const fork = new KeylineError('STATION_FORKED', 'the service holds a checkpoint that is not in these records');
      this.#parts.forked(fork);
      throw fork;
    }
    const answers: EntryAnswer[] = [];
    const isOlder = this.#olderThan(receipt.head.bundleSha256);
    let known = 0;
    for (const { id, payloadSha256, refused } of receipt.lines) {
      const entry = store.outboxEntry(id);
      // After a restore another entry may have that number: only the very bytes are answered.
      if (!entry || sha256Text(entry.payload) !== payloadSha256)
        throw new KeylineError('CARRY_REFUSED', `it answers an entry ${id} that this station never wrote`);
      if (entry.state !== 'waiting' || isOlder(id)) known += 1;
      else answers.push(refused === null ? { id, state: 'accepted' } : { id, state: 'refused', code: refused });
    }
    for (let from = 0; from < answers.length; from += AT_ONCE)
      recordAnswers(recorder, answers.slice(from, from + AT_ONCE));
    if (pinned) keepPinned(store, service.serviceCaPem, pinned);
    this.#parts.changed();
    const accepted = answers.filter(({ state }) => state === 'accepted').length;
    return { accepted, refused: answers.length - accepted, known };
  }

  /** Whether an entry was sent again after this bundle was written: what answers the bundle is not about that sending. */
  #olderThan(sealSha256: string): (id: number) => boolean {
    const { store } = this.#parts;
    let bundleSeq: number | null = null;
    return (id) => {
      const resentSeq = store.resentSeq(id);
      if (resentSeq === 0) return false;
      bundleSeq ??= store.bundleSeq(sealSha256);
      return resentSeq > bundleSeq;
    };
  }

  /** Records that hold the service's last checkpoint, or that a restore has begun anew since: what followed it is not here. */
  #holds({ epoch, seq, head }: Pinned, ownEpoch: number): boolean {
    return ownEpoch > epoch || this.#parts.store.checkpointsFrom(epoch, seq, 1)[0]?.checkpoint.head === head;
  }
}

/** As the receipt will name this bundle: the sum in its last line, over all lines before. */
function sealOf(text: string): string {
  return sha256Text(text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
}

function carriedIssuer({ intermediates, root, proof }: OwnClaim): CarriedIssuer {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { intermediates: intermediates.map(base64), root: base64(root), proof: base64(proof) };
}

function signedBy(caPem: string, sealed: string, signature: string): boolean {
  const [der] = fromPem('CERTIFICATE', caPem) ?? [];
  const ca = der && readCertificate(der);
  if (!ca?.ok) return false;
  return verifySignature(ca.facts.spki, new TextEncoder().encode(sealed), Buffer.from(signature, 'base64'));
}

function readText(file: string): string {
  try {
    if (!isAbsolute(file)) throw new Error('a path begins at the top of the disk');
    // Before it is read: a pipe would never end, and the line waits meanwhile.
    const found = statSync(file);
    if (!found.isFile()) throw new Error('it is no file');
    if (found.size > MOST_RECEIPT) throw new Error('it is too long');
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', cause instanceof Error ? cause.message : file, {}, cause);
  }
}

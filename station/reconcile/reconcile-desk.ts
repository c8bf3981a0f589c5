// Station and cloud compared, page by page in the order of fingerprints, so that a million devices take no more memory
// than a thousand; and a person's decision about one row, for which both sides are read again (CERTAINTY.md, Conflicts).
import type { Decision, ReconcilePage, ReconcileRow } from '../../contract/reconcile-api.ts';
import type { HeldCertificate } from '../../contract/security-service/held.ts';
import { sameBytes } from '../../domain/bytes.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import { Recipe } from '../../domain/recipe.ts';
import type { CertificateFacts } from '../../pki/certificate-facts.ts';
import type { IssuerChain } from '../identity/issuer.ts';
import type { CloudBooks } from '../outbox/connectors/cloud-connector.ts';
import { adopt, adoptPassed, keyMayCome, takeInSigned } from '../records/adoption.ts';
import { certificateVoid, voidToldLate } from '../records/certificate-records.ts';
import { JobRecords } from '../records/job-records.ts';
import { lotHasRoom, lotOfSerial } from '../records/lot-of-serial.ts';
import type { Append, Recorder } from '../records/recorder.ts';
import { heldLeaf } from './held-leaf.ts';
import type { ReconcileStore } from './reconcile-store.ts';
import { type OwnCertificate, sideBySide } from './side-by-side.ts';

/** Rows of an answer: what a person looks through before asking for more. */
const MOST_ROWS = 100;
/** Pages of 200 that one answer may take: a minute of a slow service. */
const MOST_PAGES = 50;
const PAGE = 200;

export interface ReconcileParts {
  readonly recorder: Recorder;
  readonly store: ReconcileStore;
  readonly practice: boolean;
  /** Whether a slot works on this job now. */
  readonly worksOn: (jobId: number) => boolean;
  /** Of every CA of this station. */
  readonly chains: readonly IssuerChain[];
  /** Throws NOT_ENROLLED, SIGNER_LOCKED. */
  readonly books: () => CloudBooks;
}

interface Pair {
  readonly own: OwnCertificate | null;
  readonly held: HeldCertificate | null;
}

export class ReconcileDesk {
  readonly #parts: ReconcileParts;

  constructor(parts: ReconcileParts) {
    this.#parts = parts;
  }

  /** What is not alike after this fingerprint. Throws NOT_ENROLLED, SIGNER_LOCKED and as cloud-connector.ts says. */
  async list(after: string | null): Promise<ReconcilePage> {
    const books = this.#parts.books();
    const rows: ReconcileRow[] = [];
    let compared = 0;
    let from = after ?? '';
    try {
      for (let page = 0; page < MOST_PAGES && rows.length < MOST_ROWS; page++) {
        const held = await books.held(from === '' ? null : from);
        const own = this.#parts.store.signedAfter(from, PAGE);
        const end = endOf(held, own);
        for (const { own: signed, held: there } of merged(held.certificates, own, end)) {
          compared += 1;
          const row = this.#row({ own: signed ?? (there && this.#unsigned(there)), held: there });
          if (row) rows.push(row);
        }
        if (end === null) return { rows, compared, next: null };
        from = end;
      }
      return { rows, compared, next: from };
    } finally {
      await books.close();
    }
  }

  /** One certificate on both sides. Throws as `list`, and ROW_CHANGED where neither side knows it. */
  async compare(fingerprint: string): Promise<ReconcileRow> {
    const held = await this.#held(fingerprint);
    return this.#shown({ own: this.#own(fingerprint, held), held });
  }

  /**
   * Does what a person decided, if both sides are still so that it may be decided. Throws as `compare`, ROW_CHANGED,
   * QUOTA_REACHED, LOT_UNKNOWN, DEVICE_IN_WORK.
   */
  async decide(
    actorId: string,
    order: { readonly fingerprint: string; readonly decision: Decision; readonly lotId: string | null },
  ): Promise<ReconcileRow> {
    const { fingerprint, decision, lotId } = order;
    const held = await this.#held(fingerprint);
    this.#parts.recorder.commit(actorId, (append, nowMs) => {
      // Read here and not before: a slot may have finished with the board while the service was asked.
      const own = this.#own(fingerprint, held);
      if (!this.#row({ own, held })?.decisions.includes(decision)) throw new KeylineError('ROW_CHANGED', fingerprint);
      const inWork = own && own.state !== 'live' && own.state !== 'void';
      if (inWork && this.#parts.worksOn(own.jobId)) throw new KeylineError('DEVICE_IN_WORK', own.deviceSerial);
      append('row-decided', { fingerprint, decision });
      if (!own && held) this.#takeIn(append, nowMs, held, decision, lotId);
      if (own && decision === 'send-again') this.#sendAgain(append, own);
      if (inWork && decision === 'adopt') this.#adoptOpen(append, nowMs, own.certificateId);
      if (inWork && decision === 'void') this.#endJob(append, nowMs, own.jobId);
      if (own && !inWork && decision === 'void') this.#makeVoid(append, own, held);
    });
    return this.#shown({ own: this.#own(fingerprint, held), held });
  }

  async #held(fingerprint: string): Promise<HeldCertificate | null> {
    const books = this.#parts.books();
    try {
      const { certificates } = await books.held(before(fingerprint));
      return certificates.find((each) => each.fingerprint === fingerprint) ?? null;
    } finally {
      await books.close();
    }
  }

  #own(fingerprint: string, held: HeldCertificate | null): OwnCertificate | null {
    const [own] = this.#parts.store.signedAfter(before(fingerprint) ?? '', 1);
    return own?.fingerprint === fingerprint ? own : held && this.#unsigned(held);
  }

  /** What a restore made void as a to-be-signed, and the service holds signed: of no fingerprint in these records. */
  #unsigned(held: HeldCertificate): OwnCertificate | null {
    const row = this.#parts.recorder.store.certificateOfKey(held.spkiSha256);
    if (row?.state !== 'void' || row.certificate !== null) return null;
    const leaf = this.#ours(held);
    if (!leaf || !sameBytes(row.tbs, leaf.tbs)) return null;
    const { certificateId, jobId, deviceSerial, state } = row;
    const sent = this.#parts.store.voidSent(certificateId);
    return { certificateId, jobId, deviceSerial, state, sent, fingerprint: leaf.fingerprint, hwid: held.hwid };
  }

  #sides({ own, held }: Pair): ReturnType<typeof sideBySide> {
    return sideBySide(own, held, own === null && held !== null && this.#leafOf(held) !== null);
  }

  #row(pair: Pair): ReconcileRow | null {
    const row = this.#sides(pair);
    return row && row.list !== null ? { ...row, list: row.list } : null;
  }

  #shown(pair: Pair): ReconcileRow {
    const row = this.#sides(pair);
    if (!row) throw new KeylineError('ROW_CHANGED', 'neither side knows it');
    return { ...row, list: row.list ?? (pair.own === null ? 'cloud' : pair.held === null ? 'here' : 'different') };
  }

  /** The leaf of a certificate of a CA of our own. */
  #ours(held: HeldCertificate): CertificateFacts | null {
    const found = heldLeaf(this.#parts.chains, held);
    return found?.ours ? found.leaf : null;
  }

  /** The leaf of a certificate that these records may take in: with nothing in its place. */
  #leafOf(held: HeldCertificate): CertificateFacts | null {
    const facts = this.#ours(held);
    if (!facts) return null;
    const { store } = this.#parts.recorder;
    const device = store.deviceByHwid(held.hardwareType, held.hwid);
    const busy = device && (store.runningJobOf(device.deviceId) ?? store.standingCertificate(device.deviceId));
    return busy || !keyMayCome(store, held.spkiSha256, device?.deviceId ?? null) ? null : facts;
  }

  /** A board that the service knows and these records do not: on the service's word, for the board is not here. */
  #takeIn(append: Append, nowMs: number, held: HeldCertificate, decision: Decision, wanted: string | null): void {
    const { recorder, practice } = this.#parts;
    const { store } = recorder;
    const leaf = this.#leafOf(held);
    const lotId = lotOfSerial(store, held.deviceSerial) ?? wanted;
    const lot = lotId === null ? null : store.lot(lotId);
    if (!leaf || !lot || lotId === null) throw new KeylineError('LOT_UNKNOWN', 'name the lot that it counts in');
    // What is made void takes no board's place; its signature was spent, and is counted however full the lot is.
    if (decision === 'adopt' && !lotHasRoom(store, lotId)) throw new KeylineError('QUOTA_REACHED', lotId);
    const { hwid, hardwareType, deviceSerial, issuerId } = held;
    const { model } = Recipe.parse(JSON.parse(lot.recipe));
    const device = { hardwareType, hwid, model, revision: 'unknown', simulated: practice };
    const deviceId = new JobRecords(recorder).deviceId(device, nowMs);
    const own = store.device(deviceId)?.deviceSerial ?? null;
    if (own === null ? !store.bindSerial(lotId, deviceId, deviceSerial) : own !== deviceSerial)
      throw new KeylineError('ROW_CHANGED', `${deviceSerial} belongs to another board here`);
    const state = '{"at":"ended","by":"service"}';
    const taken = { lotId, deviceId, deviceSerial, slot: 'service', state, issuerId, leaf };
    if (decision === 'adopt') adopt(store, append, nowMs, { ...taken, transcriptSha256: null });
    else this.#endJob(append, nowMs, takeInSigned(store, nowMs, taken).jobId);
  }

  #endJob(append: Append, nowMs: number, jobId: number): void {
    const { recorder } = this.#parts;
    const job = recorder.store.job(jobId);
    assert(job?.outcome === null, 'a certificate in work has an open job');
    new JobRecords(recorder).endFor(job, 'WRITTEN_OFF', append, nowMs);
  }

  #adoptOpen(append: Append, nowMs: number, certificateId: number): void {
    const { store } = this.#parts.recorder;
    const row = store.certificate(certificateId);
    if (row) adoptPassed(store, append, nowMs, row, null);
  }

  #makeVoid(append: Append, { certificateId }: OwnCertificate, held: HeldCertificate | null): void {
    const { store } = this.#parts.recorder;
    const row = store.certificate(certificateId);
    if (row && row.state !== 'void') return certificateVoid(store, append, row, 'WRITTEN_OFF');
    const leaf = held && this.#ours(held);
    if (row && leaf) voidToldLate(store, row, leaf);
  }

  #sendAgain(append: Append, { certificateId, state }: OwnCertificate): void {
    const kind = state === 'void' ? 'void' : 'register';
    if (this.#parts.store.sendAgain(certificateId, kind)) append('registration-resent', { certificateId, kind });
  }
}

/** The last fingerprint up to which both pages are whole; null where both sides end. */
function endOf(held: { certificates: readonly HeldCertificate[]; more: boolean }, own: readonly OwnCertificate[]) {
  const ends = [
    ...(held.more ? [held.certificates.at(-1)?.fingerprint] : []),
    ...(own.length === PAGE ? [own.at(-1)?.fingerprint] : []),
  ].filter((end) => end !== undefined);
  return ends.sort()[0] ?? null;
}

/** Both sides up to and with `end`, in order, equal fingerprints together. */
function* merged(
  held: readonly HeldCertificate[],
  own: readonly OwnCertificate[],
  end: string | null,
): Generator<Pair, void> {
  const within = ({ fingerprint }: { readonly fingerprint: string }) => end === null || fingerprint <= end;
  const [left, right] = [held.filter(within), own.filter(within)];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const [a, b] = [left[i] ?? null, right[j] ?? null];
    const takesHeld = a !== null && (b === null || a.fingerprint <= b.fingerprint);
    const takesOwn = b !== null && (a === null || b.fingerprint <= a.fingerprint);
    yield { held: takesHeld ? a : null, own: takesOwn ? b : null };
    if (takesHeld) i += 1;
    if (takesOwn) j += 1;
  }
}

/** The greatest fingerprint before this one; null before the first. */
function before(fingerprint: string): string | null {
  const value = BigInt(`0x${fingerprint}`);
  return value === 0n ? null : (value - 1n).toString(16).padStart(64, '0');
}

// After a restore: reads once what the service holds of this station, so that nothing it knows of is given out again.
// A board in work whose certificate is registered has passed since the backup: it is adopted on the service's word. What is
// void there is void here, also of a board that passed, and of one that comes only later. A CA that was retired since
// signs nothing new again: the one that the service saw after it takes its place.
import type { HeldCertificate } from '../contract/security-service/held.ts';
import { KeylineError } from '../domain/errors.ts';
import type { IssuerChain } from './identity/issuer.ts';
import type { CloudBooks } from './outbox/connectors/cloud-connector.ts';
import type { Enrolment } from './outbox/enrolment.ts';
import { heldLeaf } from './reconcile/held-leaf.ts';
import { adoptPassed } from './records/adoption.ts';
import { followRotation } from './records/ca-restore.ts';
import { certificateVoid } from './records/certificate-records.ts';
import { JobRecords } from './records/job-records.ts';
import type { JobRow } from './records/record-store.ts';
import { type Recorder, STATION_ACTOR } from './records/recorder.ts';

/** 200 certificates a page: more than the serials of all stations of a factory. */
const MAX_PAGES = 100_000;

export interface RestoreParts {
  readonly recorder: Recorder;
  readonly enrolment: () => Enrolment | null;
  /** Of every CA of this station. */
  readonly chains: readonly IssuerChain[];
  readonly books: () => ((enrolment: Enrolment) => CloudBooks) | null;
  /** The lot that the line runs, or null. */
  readonly runningLot: () => string | null;
  /** Whether a slot works on this job now. */
  readonly worksOn: (jobId: number) => boolean;
  /** Another CA is the active one. */
  readonly changed: () => void;
}

/** Certificates that these records do not know: how many, and as `followRotation` wants them. */
interface Unknown {
  count: number;
  readonly lastSigned: Map<string, number>;
}

export class RestoreDesk {
  readonly #parts: RestoreParts;
  readonly #recorder: Recorder;

  constructor(parts: RestoreParts) {
    this.#parts = parts;
    this.#recorder = parts.recorder;
  }

  /** This station was restored, and has not read what the service holds. */
  get unread(): boolean {
    return this.#recorder.store.restoration()?.serialsReadMs === null;
  }

  /**
   * Nothing for a station that was never restored, or has read. Throws as cloud-connector.ts says, DEVICE_IN_WORK,
   * LINE_RUNNING, and DISK_FULL; what was read so far stays, and the next call begins anew.
   */
  async read(): Promise<void> {
    const [enrolment, connect] = [this.#parts.enrolment(), this.#parts.books()];
    if (!this.unread || !enrolment || !connect) return;
    const books = connect(enrolment);
    try {
      let after: string | null = null;
      const unknown = { count: 0, lastSigned: new Map<string, number>() };
      for (let page = 0; page < MAX_PAGES; page++) {
        const { certificates, more } = await books.held(after);
        this.#learn(certificates, unknown);
        after = certificates.at(-1)?.fingerprint ?? after;
        if (!more || certificates.length === 0) return this.#over(unknown);
      }
    } finally {
      await books.close();
    }
  }

  /** Certificates of the page that are not in these records are counted. */
  #learn(certificates: readonly HeldCertificate[], unknown: Unknown): void {
    const { store } = this.#recorder;
    const gone: JobRow[] = [];
    this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      for (const held of certificates) {
        const own = store.certificateByFingerprint(held.fingerprint);
        if (!own) {
          store.insertUsedSerial(held.deviceSerial);
          if (held.state === 'void') store.insertVoidAtService(held.fingerprint);
          this.#count(held, unknown.lastSigned);
          unknown.count += 1;
        }
        if (own?.state === 'live' && held.state === 'void')
          certificateVoid(store, append, own, held.voidReason ?? 'WRITTEN_OFF');
        const job = own && own.state !== 'live' && own.state !== 'void' ? store.job(own.jobId) : null;
        if (!own || !job || job.outcome !== null) continue;
        // The slot holds what it read of this job: it is not ended below it.
        if (this.#parts.worksOn(job.jobId)) throw new KeylineError('DEVICE_IN_WORK', held.deviceSerial);
        if (held.state === 'registered') adoptPassed(store, append, nowMs, own, null);
        if (held.state === 'void') gone.push(job);
      }
    });
    for (const { jobId } of gone) new JobRecords(this.#recorder).writeOff(jobId);
  }

  /** Under its CA, where the certificate says itself that it is of that one; not again what was counted as a to-be-signed. */
  #count(held: HeldCertificate, lastSigned: Map<string, number>): void {
    const { store } = this.#recorder;
    const { issuerId, fingerprint, spkiSha256 } = held;
    const leaf = heldLeaf(this.#parts.chains, held)?.leaf;
    if (!leaf) return;
    lastSigned.set(issuerId, Math.max(lastSigned.get(issuerId) ?? 0, leaf.notBeforeMs));
    if (store.ca(issuerId) && store.certificateOfKey(spkiSha256) === null)
      store.insertCountedAtService(fingerprint, issuerId);
  }

  #over({ count, lastSigned }: Unknown): void {
    const { store } = this.#recorder;
    const restore = store.restoration();
    // Two may have read at once: what a CA signed counts once.
    if (!restore || !this.unread) return;
    const lotId = this.#parts.runningLot();
    this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      if (followRotation(store, append, lastSigned) && lotId !== null)
        throw new KeylineError(
          'LINE_RUNNING',
          `its CA was retired after the backup: stop the line of ${lotId}, then sync`,
        );
      store.setSerialsRead(restore.epoch, nowMs);
      append('serials-read', { epoch: restore.epoch, unknown: count });
    });
    this.#parts.changed();
  }
}

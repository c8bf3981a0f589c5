// After a restore: reads once what the service holds of this station, so that nothing it knows of is given out again.
// A board in work whose certificate is registered has passed since the backup: it is adopted on the service's word.
import type { HeldCertificate } from '../contract/security-service/held.ts';
import type { CloudBooks } from './outbox/connectors/cloud-connector.ts';
import type { Enrolment } from './outbox/enrolment.ts';
import { adoptPassed } from './records/adoption.ts';
import { JobRecords } from './records/job-records.ts';
import type { JobRow } from './records/record-store.ts';
import { type Recorder, STATION_ACTOR } from './records/recorder.ts';

/** 200 certificates a page: more than the serials of all stations of a factory. */
const MAX_PAGES = 100_000;

export class RestoreDesk {
  readonly #recorder: Recorder;
  readonly #enrolment: () => Enrolment | null;
  readonly #books: () => ((enrolment: Enrolment) => CloudBooks) | null;

  constructor(
    recorder: Recorder,
    enrolment: () => Enrolment | null,
    books: () => ((enrolment: Enrolment) => CloudBooks) | null,
  ) {
    this.#recorder = recorder;
    this.#enrolment = enrolment;
    this.#books = books;
  }

  /** This station was restored, and has not read what the service holds. */
  get unread(): boolean {
    return this.#recorder.store.restoration()?.serialsReadMs === null;
  }

  /** Nothing for a station that was never restored, or has read. Throws as cloud-connector.ts says, and DISK_FULL. */
  async read(): Promise<void> {
    const [enrolment, connect] = [this.#enrolment(), this.#books()];
    if (!this.unread || !enrolment || !connect) return;
    const books = connect(enrolment);
    try {
      let after: string | null = null;
      let unknown = 0;
      for (let page = 0; page < MAX_PAGES; page++) {
        const { certificates, more } = await books.held(after);
        unknown += this.#learn(certificates);
        after = certificates.at(-1)?.fingerprint ?? after;
        if (!more || certificates.length === 0) return this.#over(unknown);
      }
    } finally {
      await books.close();
    }
  }

  /** Certificates of the page that are not in these records. */
  #learn(certificates: readonly HeldCertificate[]): number {
    const { store } = this.#recorder;
    const gone: JobRow[] = [];
    const unknown = this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      let count = 0;
      for (const held of certificates) {
        const own = store.certificateByFingerprint(held.fingerprint);
        if (!own) {
          store.insertUsedSerial(held.deviceSerial);
          count += 1;
        }
        const job = own && own.state !== 'live' && own.state !== 'void' ? store.job(own.jobId) : null;
        if (!own || !job || job.outcome !== null) continue;
        if (held.state === 'registered') adoptPassed(store, append, nowMs, own, null);
        if (held.state === 'void') gone.push(job);
      }
      return count;
    });
    for (const { jobId } of gone) new JobRecords(this.#recorder).writeOff(jobId);
    return unknown;
  }

  #over(unknown: number): void {
    const { store } = this.#recorder;
    const restore = store.restoration();
    if (!restore) return;
    this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      store.setSerialsRead(restore.epoch, nowMs);
      append('serials-read', { epoch: restore.epoch, unknown });
    });
  }
}

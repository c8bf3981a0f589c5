// The audit chain: whole, pinned where it was pinned, and in step with the rows in both directions.
import { createPublicKey, verify } from 'node:crypto';
import { type Books, lives, sha256 } from '../books.ts';
import { lostAfterLive } from './lost-after-live.ts';

const START = '0'.repeat(64);

export function auditChainIsWhole({ station }: Books): string[] {
  let [seq, head] = [0, START];
  for (const event of station.events) {
    const { time_ms, actor_id, type, body, prev_hash } = event;
    const hash = sha256(JSON.stringify([prev_hash, event.seq, time_ms, actor_id, type, body]));
    if (event.seq !== seq + 1 || prev_hash !== head || event.hash !== hash) return [`event ${event.seq}`];
    [seq, head] = [event.seq, hash];
  }
  return [];
}

/**
 * Every checkpoint is on the chain, follows the one before, and is signed; what the service pinned is on the chain of a
 * life of its epoch.
 */
export function checkpointsPinTheChain(books: Books): string[] {
  const { station, service, stationId } = books;
  const hashes = new Map(station.events.map(({ seq, hash }) => [seq, hash]));
  const spki = service?.stationKeys.get(stationId);
  const key = spki ? createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }) : null;
  const found: string[] = [];
  let [prevSeq, prevHead] = [0, START];
  for (const { signature, ...row } of station.checkpoints) {
    const text = `keyline-checkpoint-v1\n${JSON.stringify({
      epoch: row.epoch,
      head: row.head,
      prevHead: row.prev_head,
      prevSeq: row.prev_seq,
      seq: row.seq,
      stationId: row.station_id,
      timeMs: row.time_ms,
    })}`;
    const signed = key === null || verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
    if (!signed || hashes.get(row.seq) !== row.head || row.prev_seq !== prevSeq || row.prev_head !== prevHead)
      found.push(`checkpoint ${row.seq}`);
    [prevSeq, prevHead] = [row.seq, row.head];
  }
  const chains = lives(books);
  for (const { station_id, epoch, seq, head } of service?.checkpoints ?? []) {
    // Records of another epoch than this checkpoint's may hold it too: they begin with a copy.
    const own = chains.filter((book) => book.epoch >= epoch);
    if (station_id !== stationId || own.some(({ events }) => events[seq - 1]?.hash === head)) continue;
    found.push(`pinned ${seq} of epoch ${epoch}`);
  }
  return found;
}

/** State and audit event are committed together: each row has its events, each event its row. */
export function recordsAndEventsAgree(books: Books): string[] {
  const { station } = books;
  const told = new Map<string, number>();
  for (const { type, of } of station.events) {
    const id = type.startsWith('registration')
      ? of.outboxId
      : type.startsWith('certificate')
        ? of.certificateId
        : type === 'station-restored'
          ? of.epoch
          : of.jobId;
    told.set(`${type} ${id}`, (told.get(`${type} ${id}`) ?? 0) + 1);
  }
  const expected = new Map<string, number>();
  const expect = (type: string, id: number, times = 1) => expected.set(`${type} ${id}`, times);
  // A board that proved itself is taken in with its job and its certificate: neither was begun here.
  const adopted = station.events.filter(({ type }) => type === 'device-adopted').map(({ of }) => of);
  const taken = adopted.filter(({ by }) => by === 'board');
  const takenJobs = new Set(taken.map(({ jobId }) => jobId));
  const takenCertificates = new Set(taken.map(({ certificateId }) => certificateId));
  for (const { jobId } of adopted) expect('device-adopted', jobId ?? -1);
  for (const { certificate_id, state, certificate } of station.certificates) {
    if (!takenCertificates.has(certificate_id)) {
      expect('certificate-intended', certificate_id);
      if (certificate !== null) expect('certificate-signed', certificate_id);
    }
    if (state === 'live') expect('certificate-live', certificate_id);
    if (state === 'void') expect('certificate-voided', certificate_id);
  }
  for (const { job_id, outcome } of station.jobs) {
    if (!takenJobs.has(job_id)) expect('job-started', job_id);
    if (outcome !== null) expect(`job-${outcome}`, job_id);
  }
  for (const { epoch } of station.restores) expect('station-restored', epoch);
  for (const { id, state } of station.outbox) if (state !== 'waiting') expect(`registration-${state}`, id);
  const lost = lostAfterLive(books);
  const once =
    /^(?:certificate-(?:intended|signed|live|voided)|job-(?:started|passed|failed|errored|aborted)|registration-|station-restored|device-adopted)/;
  return [
    ...[...expected]
      .filter(([key, times]) => told.get(key) !== times)
      .map(([key]) => `${key} is on record, not in the chain`),
    ...[...told.keys()]
      .filter((key) => once.test(key) && !expected.has(key))
      .filter((key) => !(key.startsWith('certificate-live ') && lost.has(Number(key.split(' ')[1]))))
      .map((key) => `${key} is in the chain, not on record`),
  ];
}

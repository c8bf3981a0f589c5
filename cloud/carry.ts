// A bundle that was carried here by hand: the same rules as over the network, entry by entry, and an answer to carry back.
// Read twice it changes nothing the second time. Refuses what another key sealed, and a station whose epoch is over.
import { createHash } from 'node:crypto';
import { RegistrationEntry } from '../contract/security-service/registration.ts';
import { IssuerChainText } from '../contract/security-service.ts';
import { type BundleLine, carriedText, type ReceiptLine, readCarried } from '../domain/carried-file.ts';
import { KeylineError } from '../domain/errors.ts';
import { verifySignature } from '../pki/p256.ts';
import { takeCheckpoint } from './checkpoints.ts';
import { putIssuer } from './issuers.ts';
import type { StationRow } from './registration-store.ts';
import { registerBatch } from './registrations.ts';
import type { Service } from './service-context.ts';

/** As the outbox sends them. */
const BATCH = 200;

export interface CarriedIn {
  readonly stationId: string;
  /** The receipt, to be carried back. */
  readonly receipt: string;
  readonly accepted: number;
  readonly refused: number;
}

/** Takes the text of a bundle. Throws CARRY_REFUSED, STATION_FORKED, PRACTICE_MISMATCH, DISK_FULL. */
export function takeBundle(service: Service, text: string): CarriedIn {
  const { store, authority, clock, practice } = service;
  const bundle = readCarried('bundle', text, sha256, ({ stationId }, sealed, signature) => {
    const station = store.station(stationId);
    return station !== null && verified(station, sealed, signature);
  });
  if (!bundle.ok) throw new KeylineError('CARRY_REFUSED', bundle.reason);
  const { head, lines } = bundle;
  const station = store.station(head.stationId);
  if (!station) throw new KeylineError('CARRY_REFUSED', 'no such station is enrolled here');
  if (head.practice !== practice) throw new KeylineError('PRACTICE_MISMATCH');
  if (head.epoch < (store.lastCheckpoint(station.stationId)?.checkpoint.epoch ?? 1))
    throw new KeylineError('STATION_FORKED', 'the station was restored since this file was written');
  for (const line of lines) {
    if ('issuer' in line) putIssuer(service, station, IssuerChainText.parse(line.issuer));
    if ('checkpoint' in line) pin(service, station, line.checkpoint);
  }
  const entries = lines.filter((line) => 'id' in line);
  const answers: ReceiptLine[] = [];
  for (let from = 0; from < entries.length; from += BATCH)
    answers.push(...register(service, station, entries.slice(from, from + BATCH), head.epoch));
  const last = store.lastCheckpoint(station.stationId)?.checkpoint;
  const receiptHead = {
    ...{ keyline: 'receipt-1' as const, stationId: station.stationId, practice, bundleSha256: bundle.sha256 },
    ...(last && { pinned: { epoch: last.epoch, seq: last.seq, head: last.head } }),
    writtenMs: clock.nowMs(),
  };
  const refused = answers.filter((answer) => answer.refused !== null).length;
  const receipt = carriedText('receipt', receiptHead, answers, { sha256, sign: authority.sign });
  return { stationId: station.stationId, receipt, accepted: answers.length - refused, refused };
}

/** One that is held already was pinned by another carrying of the same chain. */
function pin(
  service: Service,
  station: StationRow,
  signed: Extract<BundleLine, { checkpoint: unknown }>['checkpoint'],
) {
  const { seq, head } = signed.checkpoint;
  if (!service.store.hasCheckpoint(station.stationId, seq, head)) takeCheckpoint(service, station, signed);
}

type Entry = Extract<BundleLine, { id: number }>;

function register(service: Service, station: StationRow, lines: readonly Entry[], epoch: number): ReceiptLine[] {
  const readings = lines.map(({ payload }) => RegistrationEntry.safeParse(jsonOf(payload)).data ?? null);
  const known = readings.filter((entry) => entry !== null);
  // The stored answer of the same batch is as good as a new one.
  const key = sha256(`carried\n${JSON.stringify(known)}`);
  const results =
    known.length === 0 ? [] : registerBatch(service, station, known, { key, bodySha256: key, epoch }).results;
  let next = 0;
  return lines.map(({ id, payload }, index): ReceiptLine => {
    const payloadSha256 = sha256(payload);
    if (readings[index] === null) return { id, payloadSha256, refused: 'MESSAGE_INVALID' };
    const result = results[next++];
    const refused = result && 'reason' in result ? result.reason : null;
    return { id, payloadSha256, refused };
  });
}

function verified(station: StationRow, sealed: string, signature: string): boolean {
  return verifySignature(station.spki, new TextEncoder().encode(sealed), Buffer.from(signature, 'base64'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

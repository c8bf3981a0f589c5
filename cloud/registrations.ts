// One batch of the outbox: register or void, one result an entry, all in one transaction. Nothing registered is ever
// overwritten: what stands in the way becomes a conflict, kept for a person (CERTAINTY.md, Conflicts at the service).
import type {
  BatchAnswer,
  ConflictReason,
  EntryResult,
  RegisterEntry,
  RegistrationEntry,
  VoidEntry,
} from '../contract/security-service/registration.ts';
import { BatchAnswer as BatchAnswerSchema } from '../contract/security-service/registration.ts';
import { canonicalJson } from '../domain/audit-event.ts';
import { checkEntry, type DeviceFacts, type EntryCheck, ownIssuers } from './entry-check.ts';
import { refuse } from './refuse.ts';
import type { CertificateRow, RegistrationStore, StationRow } from './registration-store.ts';
import type { Service } from './service-context.ts';

/** Answers kept a station: a replay comes within the next batch or two; entries are idempotent by themselves. */
const ANSWERS_KEPT = 1000;

/**
 * Refuses with IDEMPOTENCY_MISMATCH and, for an epoch that a restore has ended, STATION_FORKED. `key` is the
 * Idempotency-Key, `bodySha256` what the body really hashes to.
 */
export function registerBatch(
  service: Service,
  station: StationRow,
  entries: readonly RegistrationEntry[],
  { key, bodySha256, epoch }: { key: string; bodySha256: string | null; epoch: number },
): BatchAnswer {
  if (key !== bodySha256) refuse('IDEMPOTENCY_MISMATCH');
  const { store } = service;
  // Signatures are checked before the transaction begins: they take longest, and depend on nothing that changes in it.
  const issuers = ownIssuers(service, station);
  const checks = entries.map((entry) => ({ entry, check: checkEntry(service.practice, issuers, entry) }));
  return store.transaction(() => {
    if (epoch < (store.lastCheckpoint(station.stationId)?.checkpoint.epoch ?? 1)) refuse('STATION_FORKED');
    const stored = store.answer(station.stationId, key);
    if (stored !== null) return BatchAnswerSchema.parse(JSON.parse(stored));
    const results = new Array<EntryResult>(entries.length);
    for (const index of lockOrder(checks.map(({ check }) => check))) {
      const { entry, check } = checks[index] ?? {};
      if (entry && check) results[index] = apply(service, station, entry, check);
    }
    // What was refused is judged anew when it comes again: whatever stood in its way may be gone, and its body is the same.
    if (results.every(({ result }) => result === 'created' || result === 'unchanged'))
      store.insertAnswer(station.stationId, key, JSON.stringify({ results }), ANSWERS_KEPT);
    return { results };
  });
}

/** Indexes sorted by device, in batch order within one: two writers then never wait for each other in a ring. */
function lockOrder(checks: readonly EntryCheck[]): number[] {
  const device = checks.map(({ facts }) => (facts ? `${facts.hwid} ${facts.hardwareType}` : ''));
  return checks
    .map((_, index) => index)
    .sort((a, b) => {
      const [left = '', right = ''] = [device[a], device[b]];
      return left === right ? a - b : left < right ? -1 : 1;
    });
}

function apply(service: Service, station: StationRow, entry: RegistrationEntry, check: EntryCheck): EntryResult {
  if (check.ok)
    return entry.kind === 'register'
      ? register(service, station, entry, check.facts)
      : makeVoid(service, station, entry, check.facts);
  const standing = check.facts && service.store.certificate(check.facts.fingerprint);
  if (standing?.state === 'registered' && entry.kind === 'register')
    return conflict(service, station, entry, standing.fingerprint, standing, 'CERTIFICATE_TAKEN');
  return { result: 'rejected', reason: check.reason };
}

function register(service: Service, station: StationRow, entry: RegisterEntry, facts: DeviceFacts): EntryResult {
  const { store, clock } = service;
  const known = store.certificate(facts.fingerprint);
  if (known && known.registeredMs !== null) return { result: 'unchanged' };
  if (known?.state === 'void') return { result: 'rejected', reason: 'CERTIFICATE_VOID' };
  const obstacle = obstacleTo(store, facts, entry.supersedes ?? null);
  if (obstacle) return conflict(service, station, entry, facts.fingerprint, obstacle.row, obstacle.reason);
  const nowMs = clock.nowMs();
  // After its predecessor in any case: which of a device's certificates came last must not hang on the clock.
  const before = store.lastRegisteredOfDevice(facts.hardwareType, facts.hwid)?.registeredMs ?? -1;
  store.saveCertificate({
    ...newRow(station, entry, facts, known?.firstSeenMs ?? nowMs),
    state: 'registered',
    voidReason: null,
    registeredMs: Math.max(nowMs, before + 1),
    entry: entryText(entry),
  });
  return { result: 'created' };
}

/** What stands in the way of registering this certificate; `supersedes` names the void one that it replaces. */
export function obstacleTo(
  store: RegistrationStore,
  facts: Pick<CertificateRow, 'fingerprint' | 'hardwareType' | 'hwid' | 'deviceSerial' | 'spkiSha256'>,
  supersedes: string | null,
): { row: CertificateRow; reason: ConflictReason } | null {
  const ofDevice = store.registeredOfDevice(facts.hardwareType, facts.hwid);
  if (ofDevice) return { row: ofDevice, reason: 'DEVICE_TAKEN' };
  const before = store.lastRegisteredOfDevice(facts.hardwareType, facts.hwid);
  if (before && before.fingerprint !== supersedes) return { row: before, reason: 'DEVICE_TAKEN' };
  const ofSerial = store.registeredOfSerial(facts.deviceSerial);
  if (ofSerial) return { row: ofSerial, reason: 'SERIAL_TAKEN' };
  const ofKey = store.otherOfKey(facts.spkiSha256, facts.fingerprint);
  return ofKey && { row: ofKey, reason: 'KEY_TAKEN' };
}

function makeVoid(service: Service, station: StationRow, entry: VoidEntry, facts: DeviceFacts): EntryResult {
  const { store, clock } = service;
  const known = store.certificate(facts.fingerprint);
  // The first reason stands.
  if (known?.state === 'void') return { result: 'unchanged' };
  store.saveCertificate({
    ...newRow(station, entry, facts, known?.firstSeenMs ?? clock.nowMs()),
    state: 'void',
    voidReason: entry.reason,
    registeredMs: known?.registeredMs ?? null,
    entry: known?.entry ?? null,
  });
  return { result: 'created' };
}

function conflict(
  { store, clock }: Service,
  station: StationRow,
  entry: RegisterEntry,
  fingerprint: string,
  other: CertificateRow,
  reason: ConflictReason,
): EntryResult {
  store.insertConflict({
    stationId: station.stationId,
    fingerprint,
    otherFingerprint: other.fingerprint,
    reason,
    entry: entryText(entry),
    openedMs: clock.nowMs(),
  });
  return { result: 'conflict', reason };
}

function newRow(station: StationRow, entry: RegistrationEntry, facts: DeviceFacts, firstSeenMs: number) {
  return {
    fingerprint: facts.fingerprint,
    stationId: station.stationId,
    issuerId: entry.issuerId,
    hardwareType: facts.hardwareType,
    hwid: facts.hwid,
    deviceSerial: facts.deviceSerial,
    spkiSha256: facts.spkiSha256,
    certificate: facts.der,
    firstSeenMs,
  };
}

/** zod leaves an absent `supersedes` out; JSON has no word for undefined. */
function entryText({ supersedes, ...entry }: RegisterEntry): string {
  return canonicalJson(supersedes === undefined ? entry : { ...entry, supersedes });
}

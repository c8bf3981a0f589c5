// What a station tells its watchers, as a whole sample each: a test changes only what its claim is about.
import type { CaView } from '../../contract/signing-api.ts';
import type { StationStatus } from '../../contract/station-api.ts';
import type { PersonView } from '../../domain/person.ts';
import type { LotView, SlotView, StationFacts, SyncView } from '../../domain/station-event.ts';

/** 14 November 2026, 14:32:08 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 14, 14, 32, 8);

export function slotView(change: Partial<SlotView> = {}): SlotView {
  return {
    ...{ slot: '1', state: 'empty', stage: null, stageSinceMs: null, stages: [], share: null, jobId: null },
    ...{ attempt: null, hwid: null, deviceSerial: null, outcome: null, code: null, details: null, actions: [] },
    ...{ offReason: null, sinceMs: NOW_MS - 60_000 },
    ...change,
  };
}

export function lotView(change: Partial<LotView> = {}): LotView {
  return {
    ...{ lotId: 'WO-48213', orderId: 'WO-48213', state: 'released', practice: false, quantity: 1200, spare: 24 },
    ...{
      createdMs: NOW_MS - 14_400_000,
      stateSinceMs: NOW_MS - 14_000_000,
      stopAfter: 3,
      heldBecause: null,
      heldBy: null,
    },
    ...{ recipeName: 'aq-200', recipeVersion: '1.0.0', model: 'AQ-200 Gateway', revisions: ['C'] },
    ...{
      firmwareVersion: '2.4.1',
      keyMode: 'on-chip',
      cableGuard: null,
      serialRange: '48213-0001..48213-1224',
      firstPass: { passed: 862, judged: 876 },
    },
    ...{ passed: 862, failed: 9, errored: 0, aborted: 5, running: 7, signatures: 878 },
    pace: {
      boardMs: 11_800,
      jobMs: 16_000,
      stageMs: { connect: 800, firmware: 7_000, key: 2_400, certificate: 1_500, verify: 3_100, lock: 1_200 },
      lastHour: [0.97, 0.96, 0.98, 0.98, 1, 1, 0.97, 0.93, 0.96, 1, 0.99, 1],
    },
    ...change,
  };
}

export function syncView(change: Partial<SyncView> = {}): SyncView {
  const counts = { made: 2318, registered: 0, waiting: 2318, refused: 0, voidsWaiting: 0, notCopied: 0 };
  return { ...counts, drainMs: null, online: false, ...change };
}

export function personView(change: Partial<PersonView> = {}): PersonView {
  return {
    ...{ personId: '00112233aabbccdd', name: 'Linh Trần', role: 'technician', hasBadge: true },
    ...{ preferences: { theme: 'light', sound: 0.5 }, lastSignInMs: NOW_MS - 3_600_000 },
    ...change,
  };
}

export function stationFacts(change: Partial<StationFacts> = {}): StationFacts {
  return {
    ...{ person: personView(), pinFor: null, hasPeople: true, signing: 'ready', keysLocked: false, pixelMm: null },
    ...{ bench: { ports: '/dev/serial/by-path', slots: 16 }, fixtures: null, unknownPorts: [] },
    ...change,
  };
}

export function stationStatus(change: Partial<StationStatus> = {}): StationStatus {
  return {
    ...{ stationId: 'B3', practice: false, lineRunning: true, stoppedBy: null, slots: [], lot: lotView() },
    ...{ sync: syncView(), facts: stationFacts() },
    ...change,
  };
}

/** An active CA with its key in a file, which never ends. */
export function caView(change: Partial<CaView> = {}): CaView {
  const certificate = { organization: 'Example Devices', notBeforeMs: NOW_MS - 86_400_000, notAfterMs: null };
  return {
    ...{ name: 'main', issuerId: 'c'.repeat(64), state: 'active', practice: false, signer: { kind: 'file' } },
    ...{ signing: 'ready', endsMs: null, signatures: 12, limit: null, lastSignedMs: NOW_MS - 60_000, warnings: [] },
    chain: [
      { ...certificate, commonName: 'Example Root CA', fingerprint: 'b'.repeat(64) },
      { ...certificate, commonName: 'Example Issuing CA', fingerprint: 'c'.repeat(64) },
    ],
    ...change,
  };
}

// What a station tells its watchers, as a whole sample each: a test changes only what its claim is about.

import type { CopyState } from '../../contract/backup-api.ts';
import type { JournalVerdict } from '../../contract/journal-api.ts';
import type { LotPage } from '../../contract/lot-page-api.ts';
import type { OutboxState } from '../../contract/outbox-api.ts';
import type { CaView } from '../../contract/signing-api.ts';
import type { StationStatus } from '../../contract/station-api.ts';
import type { LabelsView, LabelView } from '../../domain/labels-view.ts';
import type { PersonView } from '../../domain/person.ts';
import type { LotView, SlotView, StationFacts, SyncView } from '../../domain/station-event.ts';

/** 14 November 2026, 14:32:08 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 14, 14, 32, 8);
/** The half hour in which the sample's lot began. */
const START_MS = Date.UTC(2026, 10, 14, 11, 30);

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

/** A lot of 1,200 in its fourth hour, as its page tells it. */
export function lotPage(change: Partial<LotPage> = {}): LotPage {
  const halfHours = [
    ...[
      [100, 96],
      [150, 146],
      [151, 149],
      [153, 152],
    ],
    ...[
      [152, 150],
      [154, 153],
      [9, 9],
    ],
  ].map(([judged = 0, firstPassed = 0], part) => ({ sinceMs: START_MS + part * 1_800_000, judged, firstPassed }));
  return {
    ...{ lot: lotView(), seq: 14_210, atMs: NOW_MS, startedMs: START_MS + 600_000, halfHours, hasEarlier: false },
    counts: {
      ...{ passed: 862, revoked: 0, inWork: 7, inRework: 5, failed: 1, noVerdict: 1, scrapped: 2 },
      ...{ notStarted: 322, beyond: 0 },
    },
    time: {
      ...{ lotId: 'WO-48213', boards: 862, jobMs: 16_200 },
      stageMs: { connect: 600, firmware: 8_700, key: 2_000, certificate: 900, verify: 2_700, lock: 1_300 },
    },
    timeBefore: {
      ...{ lotId: 'WO-47990', boards: 1195, jobMs: 14_900 },
      stageMs: { connect: 600, firmware: 7_400, key: 2_000, certificate: 900, verify: 2_700, lock: 1_300 },
    },
    failures: [
      ...([
        ['NO_ANSWER', '6', 5],
        ['NO_ANSWER', '15', 2],
        ['NO_ANSWER', '3', 1],
        ['FIRMWARE_DIFFERS', '2', 1],
      ] as const),
      ...([
        ['FIRMWARE_DIFFERS', '9', 1],
        ['FIRMWARE_DIFFERS', '11', 1],
        ['PULLED_OUT', '4', 1],
      ] as const),
      ...([
        ['PULLED_OUT', '8', 1],
        ['PROOF_FAILED', '12', 1],
      ] as const),
    ].map(([code, slot, boards]) => ({ code, slot, boards })),
    notPassed: ['0863', '0871'].map((tail, n) => ({ deviceSerial: `48213-${tail}`, hwid: `0102030405${20 + n}` })),
    inRework: ['0112', '0347', '0519', '0602', '0788'].map((tail, n) => ({
      ...{ deviceSerial: `48213-${tail}`, hwid: `0102030405${10 + n}` },
    })),
    away: 0,
    records: { sealed: 862, registered: 0, waiting: 862, refused: 0, conflicts: 0, notCopied: 0 },
    labels: { due: 862, printed: 862, scannedBack: 862, again: 0 },
    ...{ copiedMs: NOW_MS - 8_000, report: null },
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
    ...{ preferences: { theme: 'light', sound: 0.5, language: 'en' }, lastSignInMs: NOW_MS - 3_600_000 },
    ...change,
  };
}

export function stationFacts(change: Partial<StationFacts> = {}): StationFacts {
  return {
    ...{ person: personView(), pinFor: null, hasPeople: true, signing: 'ready', keysLocked: false, pixelMm: null },
    language: 'en',
    ...{ bench: { ports: '/dev/serial/by-path', slots: 16 }, fixtures: null, unknownPorts: [] },
    ...change,
  };
}

export function stationStatus(change: Partial<StationStatus> = {}): StationStatus {
  return {
    ...{ stationId: 'B3', practice: false, lineRunning: true, stoppedBy: null, slots: [], lot: lotView() },
    ...{ sync: syncView(), facts: stationFacts(), labels: labelsView() },
    ...change,
  };
}

export function labelsView(change: Partial<LabelsView> = {}): LabelsView {
  const settings: LabelsView['settings'] = {
    size: '50x25',
    printer: { kind: 'network', host: '192.0.2.40', port: 9100 },
  };
  return { settings, waiting: 0, trouble: null, mismatch: null, last: null, ...change };
}

export function labelView(change: Partial<LabelView> = {}): LabelView {
  return {
    ...{ deviceSerial: '48213-0869', keyTail: '7F3A91C2', model: 'AQ-200', revision: 'C', size: '50x25', copies: 1 },
    ...{ printedMs: NOW_MS - 35_000, printedBy: null, scannedMs: NOW_MS - 7_000 },
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

/** Nothing waits, and nothing ever did. */
export function outboxState(change: Partial<OutboxState> = {}): OutboxState {
  return {
    ...{ link: 'open', stoppedBy: null, lostMs: null, reachedMs: null, sentSinceReached: 0, undecided: 0 },
    ...{ lastSentMs: NOW_MS - 68_000, room: 1_900_000 },
    history: { fromMs: NOW_MS - 3 * 86_400_000, stepMs: 600_000, points: Array.from({ length: 433 }, () => 0) },
    ...change,
  };
}

export function copyState(change: Partial<CopyState> = {}): CopyState {
  const last = { file: '/media/backup/B3/records-1.db', timeMs: NOW_MS - 1_928_000, otherDisk: true };
  return { last, notCopied: 0, plan: { dir: '/media/backup', stopAt: 500 }, ...change };
}

export function journalVerdict(change: Partial<JournalVerdict> = {}): JournalVerdict {
  const seal = 'b81e04c7'.padEnd(56, '0').concat('5d20f3a6');
  return {
    ...{ ok: true, events: 31_907, firstBad: null, missingAfter: null, seal, checkedMs: NOW_MS },
    ...change,
  };
}

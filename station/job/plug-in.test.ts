import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../domain/error-table.ts';
import type { Outcome } from '../../domain/job.ts';
import type { IdentityBoard } from '../drivers/driver.ts';
import type { CertificateRow, JobRow } from '../records/record-store.ts';
import { type BoardRecord, decidePlugIn, type PlugIn } from './plug-in.ts';

const LEAF = 'ab'.repeat(32);
const BLANK: IdentityBoard = {
  ...{ kind: 'identity', hwid: '0102030405060708', model: 'AQ-200', revision: 'C', firmwareVersion: '1.0.0' },
  firmware: { activeHash: null, confirmed: true },
  ...{
    life: 'blank',
    locking: false,
    canGenerate: true,
    canInject: false,
    takesPsk: false,
    canAttest: false,
    debugOpen: true,
  },
  ...{ deviceSerial: null, spkiSha256: null, leafSha256: null, simulated: true },
};
const BOARDS = {
  blank: BLANK,
  keyed: { ...BLANK, life: 'keyed' },
  enrolled: { ...BLANK, life: 'enrolled', leafSha256: LEAF },
  'enrolled, other leaf': { ...BLANK, life: 'enrolled', leafSha256: 'cd'.repeat(32) },
  locked: { ...BLANK, life: 'locked', leafSha256: LEAF },
  'locked, other leaf': { ...BLANK, life: 'locked', leafSha256: 'cd'.repeat(32) },
} as const satisfies Record<string, IdentityBoard>;

function job(outcome: Outcome | null, code: ErrorCode | null = null): JobRow {
  const row = { jobId: 5, lotId: 'L1', deviceId: 1, slot: '1', state: '{}', attempt: 1, crashes: 0 };
  return { ...row, outcome, code, startedMs: 1, endedMs: null, stages: null };
}

function certificate(lotId: string): CertificateRow {
  const ids = { certificateId: 1, deviceId: 1, jobId: 5, lotId, deviceSerial: 'A-1', issuerId: 'cc'.repeat(32) };
  const key = { spkiSha256: 'ee'.repeat(32), certificateSerialNumber: '01', tbs: new Uint8Array(), certificate: null };
  return { ...ids, ...key, fingerprint: LEAF, state: 'live', reason: null };
}

const NOTHING: BoardRecord = {
  ...{ lotId: 'L1', openJob: null, openInOtherSlot: false, lastJob: null, jobsInLot: 0 },
  ...{ standing: null, lastCertificate: null, inRework: false, scrapped: false },
};
const RECORDS: Readonly<Record<string, BoardRecord | null>> = {
  none: null,
  'open job': { ...NOTHING, openJob: job(null) },
  'running in another slot': { ...NOTHING, openJob: job(null), openInOtherSlot: true },
  'passed in this lot': { ...NOTHING, standing: certificate('L1'), lastCertificate: certificate('L1') },
  'passed in another lot': { ...NOTHING, standing: certificate('L0'), lastCertificate: certificate('L0') },
  void: { ...NOTHING, lastCertificate: certificate('L1') },
  'aborted before': { ...NOTHING, lastJob: job('aborted', 'PULLED_OUT') },
  'failed once': { ...NOTHING, lastJob: job('failed', 'KEY_NOT_MADE'), jobsInLot: 1 },
  'errored twice': { ...NOTHING, lastJob: job('errored', 'DEVICE_FAULT'), jobsInLot: 2 },
  'failed three times': { ...NOTHING, lastJob: job('failed', 'KEY_NOT_MADE'), jobsInLot: 3 },
  'failed for good': { ...NOTHING, lastJob: job('failed', 'WEAK_ENTROPY') },
  'set aside': { ...NOTHING, lastJob: job('errored', 'JOB_QUARANTINED') },
  'in re-work, void': { ...NOTHING, lastCertificate: certificate('L1'), inRework: true },
  'in re-work, never signed': { ...NOTHING, lastJob: job('failed', 'WEAK_ENTROPY'), inRework: true },
  'in re-work, and taken up': { ...NOTHING, lastCertificate: certificate('L1'), openJob: job(null) },
  scrapped: { ...NOTHING, lastCertificate: certificate('L1'), scrapped: true },
  'scrapped, and live': { ...NOTHING, standing: certificate('L1'), lastCertificate: certificate('L1'), scrapped: true },
  'scrapped out of re-work': { ...NOTHING, lastCertificate: certificate('L1'), inRework: true, scrapped: true },
};

function word(decision: PlugIn): string {
  return 'code' in decision ? `${decision.go} ${decision.code}` : decision.go;
}

/** Whose identity it is, its leaf says. */
const IDENTITIES_INSPECTED = {
  enrolled: 'inspect',
  'enrolled, other leaf': 'inspect',
  locked: 'inspect',
  'locked, other leaf': 'inspect',
} as const;

/** The table of CERTAINTY.md: rows are what the record says, columns what the board says. */
const TABLE: Readonly<Record<string, Readonly<Record<keyof typeof BOARDS, string>>>> = {
  none: { blank: 'new-job', keyed: 'new-job', ...IDENTITIES_INSPECTED },
  'open job': row('resume'),
  'running in another slot': row('refuse DUPLICATE_HWID'),
  'passed in this lot': {
    blank: 'refuse DUPLICATE_HWID',
    keyed: 'refuse DUPLICATE_HWID',
    enrolled: 'prove-lost',
    'enrolled, other leaf': 'refuse DUPLICATE_HWID',
    locked: 'prove-done DONE_TODAY',
    'locked, other leaf': 'refuse DUPLICATE_HWID',
  },
  'passed in another lot': {
    blank: 'refuse DUPLICATE_HWID',
    keyed: 'refuse DUPLICATE_HWID',
    enrolled: 'prove-lost',
    'enrolled, other leaf': 'refuse DUPLICATE_HWID',
    locked: 'prove-done ALREADY_DONE',
    'locked, other leaf': 'refuse DUPLICATE_HWID',
  },
  void: row('refuse BOARD_VOID'),
  'aborted before': {
    blank: 'new-job',
    keyed: 'new-job',
    ...IDENTITIES_INSPECTED,
  },
  'failed once': {
    ...row('refuse KEY_NOT_MADE'),
    ...IDENTITIES_INSPECTED,
  },
  'errored twice': {
    ...row('refuse DEVICE_FAULT'),
    ...IDENTITIES_INSPECTED,
  },
  'failed three times': {
    ...row('refuse ATTEMPTS_USED'),
    ...IDENTITIES_INSPECTED,
  },
  'failed for good': {
    ...row('refuse WEAK_ENTROPY'),
    ...IDENTITIES_INSPECTED,
  },
  'set aside': {
    ...row('refuse JOB_QUARANTINED'),
    ...IDENTITIES_INSPECTED,
  },
  'in re-work, void': {
    blank: 'new-job',
    keyed: 'new-job',
    enrolled: 'new-job',
    'enrolled, other leaf': 'inspect',
    locked: 'refuse BOARD_VOID',
    'locked, other leaf': 'inspect',
  },
  'in re-work, never signed': { blank: 'new-job', keyed: 'new-job', ...IDENTITIES_INSPECTED },
  'in re-work, and taken up': row('resume'),
  scrapped: row('refuse SCRAPPED'),
  'scrapped, and live': row('refuse SCRAPPED'),
  'scrapped out of re-work': row('refuse SCRAPPED'),
};

function row(everywhere: string): Record<keyof typeof BOARDS, string> {
  const cells = { blank: everywhere, keyed: everywhere, enrolled: everywhere, locked: everywhere };
  return { ...cells, 'enrolled, other leaf': everywhere, 'locked, other leaf': everywhere };
}

/** Cells that a person's leave changes: a board that may be tried again, and that holds no identity. */
const WITH_LEAVE: Readonly<Record<string, readonly (keyof typeof BOARDS)[]>> = {
  'failed once': ['blank', 'keyed'],
  'errored twice': ['blank', 'keyed'],
};

describe('what the record says x what the board says', () => {
  for (const [record, cells] of Object.entries(TABLE)) {
    for (const [board, expected] of Object.entries(cells)) {
      test(`${record} x ${board} -> ${expected}`, () => {
        const decide = (leave: boolean) =>
          word(decidePlugIn(BOARDS[board as keyof typeof BOARDS], RECORDS[record] ?? null, leave));
        expect(decide(false)).toBe(expected);
        const opens = WITH_LEAVE[record]?.some((each) => each === board);
        expect(decide(true)).toBe(opens ? 'new-job' : expected);
      });
    }
  }

  test('a bare board starts anew whatever is on record, since it cannot say who it is', () => {
    expect(decidePlugIn({ kind: 'bare', firmware: { activeHash: null, confirmed: false } }, null, false)).toEqual({
      go: 'new-job',
    });
  });

  test('a copied id opens a job of its own; a board that passed does not', () => {
    expect(decidePlugIn(BOARDS.blank, RECORDS['passed in this lot'] ?? null, false)).toMatchObject({ counts: true });
    expect(decidePlugIn(BOARDS.blank, RECORDS.void ?? null, false)).toMatchObject({ counts: false });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode } from '../../domain/error-table.ts';
import { LIVES } from '../../domain/job.ts';
import type { BareBoard, Board, IdentityBoard, Proof } from '../drivers/driver.ts';
import { proceed } from './board-decision.ts';
import type { JobContext, JobInput, Transition } from './job-io.ts';
import { accepts, step } from './job-machine.ts';
import { JOB_STEPS, type JobFacts, JobState, type JobStep, NO_FACTS } from './job-state.ts';
import {
  BARE,
  BOARD,
  CONTEXT,
  digest,
  FACTS,
  FULL_PROOF,
  INJECTED,
  INPUTS,
  LEAF,
  NONCE,
  SENT,
  SIGNED,
  SPENT,
  SPKI,
  TAKES_KEYS,
  target,
} from './machine-sample.ts';

/** Step x input for a job whose facts fit the step: every cell not named here is `refused`. */
const TABLE: Record<JobStep, Partial<Record<JobInput['type'], string>>> = {
  identifying: { identified: 'making-key' },
  admitting: { admitted: 'making-key' },
  'loading-firmware': { 'firmware-loaded': 'restarting-firmware' },
  'restarting-firmware': { restarted: 'making-key' },
  'confirming-firmware': { 'firmware-confirmed': 'measuring-firmware' },
  'measuring-firmware': { identified: 'making-key' },
  'making-key': { 'key-made': 'proving-key', 'key-stale': 'identifying' },
  'sealing-key': { 'key-sealed': 'injecting-key', 'key-stale': 'identifying' },
  'injecting-key': { 'key-sent': 'proving-key' },
  'proving-key': { proved: 'requesting' },
  requesting: { 'request-read': 'intending-certificate' },
  'intending-certificate': { 'certificate-intended': 'signing' },
  signing: { signed: 'installing-chain' },
  'installing-chain': { installed: 'installing-anchor' },
  'installing-anchor': { installed: 'installing-leaf' },
  'installing-leaf': { installed: 'verifying' },
  verifying: { proved: 'failed PROOF_FAILED' },
  'planning-lock': { 'lock-plan-read': 'locking' },
  locking: { 'lock-answered': 'restarting-locked' },
  'restarting-locked': { restarted: 'failed LOCK_FAILED' },
  'proving-lock': { proved: 'failed LOCK_FAILED' },
  'checking-groups': { 'groups-checked': 'passed' },
};

function factsFor(at: JobStep): JobFacts {
  const index = JOB_STEPS.indexOf(at);
  if (index <= JOB_STEPS.indexOf('making-key')) return FACTS;
  if (at === 'sealing-key') return { ...FACTS, keyNonce: NONCE };
  if (at === 'injecting-key') return SENT;
  if (index <= JOB_STEPS.indexOf('intending-certificate')) return { ...FACTS, spkiSha256: SPKI, keyNonce: NONCE };
  return index <= JOB_STEPS.indexOf('signing') ? SPENT : SIGNED;
}

describe('the table of steps and inputs', () => {
  for (const at of JOB_STEPS) {
    for (const input of Object.values(INPUTS)) {
      if (input.type === 'problem') continue;
      const expected = TABLE[at][input.type] ?? 'refused';
      test(`${at} + ${input.type} -> ${expected}`, () => {
        // A key is sealed under no other recipe.
        const context = at === 'sealing-key' || at === 'injecting-key' ? INJECTED : CONTEXT;
        expect(target(step({ at, facts: factsFor(at) }, input, context, NONCE))).toBe(expected);
      });
    }
  }
});

describe('the table of steps and inputs where keys are injected', () => {
  for (const at of JOB_STEPS) {
    for (const input of Object.values(INPUTS)) {
      if (input.type === 'problem') continue;
      const onChip = TABLE[at][input.type] ?? 'refused';
      const expected = onChip === 'making-key' ? 'sealing-key' : onChip;
      test(`${at} + ${input.type} -> ${expected}`, () => {
        const given = 'board' in input ? { ...input, board: { ...BOARD, ...TAKES_KEYS } } : input;
        expect(target(step({ at, facts: factsFor(at) }, given, INJECTED, NONCE))).toBe(expected);
      });
    }
  }
});

test('a job of an older Keyline, which knew no sealed keys, can be gone on with', () => {
  const { sealedSha256: _, ...older } = FACTS;
  expect(JobState.parse({ at: 'making-key', facts: older })).toEqual({ at: 'making-key', facts: FACTS });
});

describe('a problem at any step', () => {
  const CASES: readonly [string, JobFacts, ErrorCode, string][] = [
    ['silence is tried again', FACTS, 'NO_ANSWER', 'identifying'],
    ['the third silence ends it', { ...FACTS, attempt: 3 }, 'NO_ANSWER', 'failed NO_ANSWER_THRICE'],
    ['a board that leaves is waited for', FACTS, 'PULLED_OUT', 'waits PULLED_OUT'],
    [
      'a board that leaves in locking is waited for',
      { ...SIGNED, lockIntended: true },
      'PULLED_OUT',
      'waits LOST_IN_LOCKING',
    ],
    ['an unknown board that leaves is over', NO_FACTS, 'PULLED_OUT', 'aborted PULLED_OUT'],
    ['another board before a signature ends the job', FACTS, 'DEVICE_SWAPPED', 'aborted DEVICE_SWAPPED'],
    ['another board after a signature leaves the job open', SIGNED, 'DEVICE_SWAPPED', 'waits DEVICE_SWAPPED'],
    ['a CA that does not answer loses nothing', SPENT, 'SIGNER_UNREACHABLE', 'waits SIGNER_UNREACHABLE'],
    ['a held lot waits', FACTS, 'LOT_HELD', 'waits LOT_HELD'],
    ['weak entropy is never tried again', FACTS, 'WEAK_ENTROPY', 'failed WEAK_ENTROPY'],
    ['a failed proof is never tried again', SIGNED, 'PROOF_FAILED', 'failed PROOF_FAILED'],
    ['a failed lock is never tried again', SIGNED, 'LOCK_FAILED', 'failed LOCK_FAILED'],
    ['a wrong model is refused', NO_FACTS, 'WRONG_MODEL', 'aborted WRONG_MODEL'],
  ];
  for (const [claim, facts, code, expected] of CASES) {
    test(claim, () => {
      expect(target(step({ at: 'identifying', facts }, { type: 'problem', code, detail: '' }, CONTEXT, NONCE))).toBe(
        expected,
      );
    });
  }

  test('silence is no verdict over a signed job while its board may be away: a last look decides', () => {
    const LAST: JobFacts = { ...SIGNED, attempt: 3 };
    const LOCKING: JobFacts = { ...LAST, lockIntended: true };
    const silence: JobInput = { type: 'problem', code: 'NO_ANSWER', detail: '' };
    const told = (at: JobStep, facts: JobFacts, input: JobInput = silence) =>
      step({ at, facts }, input, CONTEXT, NONCE);
    expect(target(told('identifying', LAST))).toBe('waits PULLED_OUT');
    expect(target(told('identifying', LOCKING))).toBe('waits LOST_IN_LOCKING');
    for (const at of ['installing-leaf', 'verifying', 'locking', 'restarting-locked', 'proving-lock'] as const) {
      const look = told(at, LOCKING);
      if (look === 'refused' || look.state.at !== 'identifying') throw new Error(`${at}: ${target(look)}`);
      expect(target(told('identifying', look.state.facts))).toBe('waits LOST_IN_LOCKING');
      const seen = (board: Partial<IdentityBoard>): JobInput => ({ type: 'identified', board: { ...BOARD, ...board } });
      const unlocked = { ...look.state.facts, lockIntended: false };
      expect(target(told('identifying', unlocked, seen({ life: 'enrolled' })))).toBe('failed NO_ANSWER_THRICE');
      // The red bin: its lock was ordered, and nobody read it back.
      expect(target(told('identifying', look.state.facts, seen({ life: 'enrolled' })))).toBe('failed LOCK_FAILED');
      expect(target(told('identifying', look.state.facts, seen({ hwid: 'ff00ff00ff00' })))).toBe(
        'waits DEVICE_SWAPPED',
      );
    }
  });

  test('a board that comes back after its last look goes on, and is counted no further', () => {
    const spent: JobFacts = { ...SIGNED, attempt: 4, lockIntended: true };
    const locked = { ...BOARD, life: 'locked', spkiSha256: SPKI, leafSha256: LEAF } as const;
    expect(target(proceed(spent, locked, CONTEXT, NONCE))).toBe('restarting-locked');
    const next = step(
      { at: 'locking', facts: spent },
      { type: 'problem', code: 'NO_ANSWER', detail: '' },
      CONTEXT,
      NONCE,
    );
    if (next === 'refused') throw new Error('refused');
    expect(next.state.facts.attempt).toBe(4);
  });

  test('every code of the table leads somewhere from every step', () => {
    for (const at of JOB_STEPS) {
      for (const code of Object.keys(ERRORS) as ErrorCode[]) {
        expect(target(step({ at, facts: FACTS }, { type: 'problem', code, detail: '' }, CONTEXT, NONCE))).not.toBe(
          'refused',
        );
      }
    }
  });
});

describe('what the record says x what the board says', () => {
  const key = { spkiSha256: SPKI };
  const leaf = { spkiSha256: SPKI, leafSha256: LEAF };
  const CASES: readonly [JobFacts, Partial<IdentityBoard>, string][] = [
    [FACTS, { life: 'blank' }, 'making-key'],
    [{ ...FACTS, ...key, keyNonce: NONCE }, { life: 'keyed', ...key }, 'proving-key'],
    [{ ...FACTS, keyNonce: NONCE }, { life: 'keyed', ...key }, 'making-key'],
    [{ ...FACTS, spkiSha256: digest('8') }, { life: 'keyed', ...key }, 'making-key'],
    [FACTS, { life: 'enrolled', ...leaf }, 'aborted FOREIGN_IDENTITY'],
    [FACTS, { life: 'locked', ...leaf }, 'aborted FOREIGN_IDENTITY'],
    [SPENT, { life: 'blank' }, 'waits STORE_LOST'],
    [SPENT, { life: 'keyed', ...key }, 'signing'],
    [SPENT, { life: 'keyed', spkiSha256: digest('8') }, 'waits STORE_LOST'],
    [SPENT, { life: 'enrolled', ...leaf }, 'waits DUPLICATE_HWID'],
    [SIGNED, { life: 'blank' }, 'waits STORE_LOST'],
    [SIGNED, { life: 'keyed', ...key }, 'installing-chain'],
    [SIGNED, { life: 'enrolled', ...leaf }, 'verifying'],
    [SIGNED, { life: 'enrolled', ...leaf, leafSha256: digest('8') }, 'waits DUPLICATE_HWID'],
    [{ ...SIGNED, lockIntended: true }, { life: 'enrolled', locking: true, ...leaf }, 'restarting-locked'],
    [SIGNED, { life: 'enrolled', locking: true, ...leaf }, 'waits DUPLICATE_HWID'],
    [SIGNED, { life: 'locked', ...leaf }, 'restarting-locked'],
    [SIGNED, { life: 'locked', ...leaf, leafSha256: digest('8') }, 'waits DUPLICATE_HWID'],
    [SIGNED, { hwid: 'ff00ff00ff00' }, 'waits DEVICE_SWAPPED'],
    [FACTS, { hwid: 'ff00ff00ff00' }, 'aborted DEVICE_SWAPPED'],
    [FACTS, { firmware: { activeHash: digest('7'), confirmed: true } }, 'loading-firmware'],
    [FACTS, { firmware: { activeHash: CONTEXT.imageHash, confirmed: false } }, 'confirming-firmware'],
    [FACTS, { canGenerate: false }, 'aborted KEY_MODE_UNSUPPORTED'],
    [NO_FACTS, {}, 'admitting'],
  ];
  for (const [facts, board, expected] of CASES) {
    const record = facts === FACTS || facts === NO_FACTS ? 'nothing signed' : JSON.stringify(facts).slice(12, 60);
    test(`${record} x ${JSON.stringify(board)} -> ${expected}`, () => {
      expect(target(proceed(facts, { ...BOARD, ...board }, CONTEXT, NONCE))).toBe(expected);
    });
  }

  test('a bare board takes the firmware before anything else', () => {
    expect(target(proceed(NO_FACTS, BARE, CONTEXT, NONCE))).toBe('loading-firmware');
  });
});

describe('a bare board in the place of one that had said who it is', () => {
  const MEASURED: JobFacts = { ...FACTS, firmwareMeasured: true };
  const AS_MAKERS = { ...BARE, firmware: { activeHash: CONTEXT.imageHash, confirmed: true } };
  const look = (at: JobStep, facts: JobFacts, board: BareBoard = BARE) => {
    const type = at === 'restarting-locked' || at === 'restarting-firmware' ? 'restarted' : 'identified';
    return target(step({ at, facts }, { type, board }, CONTEXT, NONCE));
  };

  test.each([
    ['identifying', SPENT],
    ['identifying', SIGNED],
    ['identifying', { ...SIGNED, lockIntended: true }],
    ['restarting-locked', { ...SIGNED, lockIntended: true }],
  ] as const)('is another board, and what was signed waits for its own: %s', (at, facts) => {
    expect(look(at, facts)).toBe('waits DEVICE_SWAPPED');
    expect(look(at, facts, AS_MAKERS)).toBe('waits DEVICE_SWAPPED');
  });

  test('gets nothing that was meant for the first, whose firmware was permanent', () => {
    expect(look('identifying', MEASURED)).toBe('aborted DEVICE_SWAPPED');
    expect(look('identifying', MEASURED, AS_MAKERS)).toBe('aborted DEVICE_SWAPPED');
  });

  test('may be the first itself while its new firmware is on trial: it gets that once more', () => {
    expect(look('identifying', FACTS)).toBe('loading-firmware');
    expect(look('restarting-firmware', FACTS)).toBe('identifying');
    expect(look('measuring-firmware', FACTS)).toBe('identifying');
  });
});

test('other firmware on another board is not counted against the first', () => {
  const other = { ...BOARD, hwid: 'ff00ff00ff00', firmware: { activeHash: digest('7'), confirmed: true } };
  for (const [at, type] of [
    ['restarting-firmware', 'restarted'],
    ['measuring-firmware', 'identified'],
  ] as const)
    expect(target(step({ at, facts: FACTS }, { type, board: other }, CONTEXT, NONCE))).toBe('aborted DEVICE_SWAPPED');
});

test('a proof that differs in any field never passes', () => {
  const fields = Object.keys(FULL_PROOF).filter((name) => name !== 'transcriptSha256') as (keyof Proof)[];
  for (const field of fields) {
    const honest: Proof = { ...FULL_PROOF, life: 'locked', debugOpen: false };
    const value = field === 'debugOpen' ? true : field === 'life' ? 'enrolled' : digest('e');
    const lie: Proof = { ...honest, [field]: value };
    const end = step({ at: 'proving-lock', facts: SIGNED }, { type: 'proved', proof: lie }, CONTEXT, NONCE);
    expect(target(end), field).not.toBe('checking-groups');
    expect(target(step({ at: 'proving-lock', facts: SIGNED }, { type: 'proved', proof: honest }, CONTEXT, NONCE))).toBe(
      'checking-groups',
    );
  }
});

test('a group that stays open after the lock fails the board unless the recipe allows it', () => {
  const at = { at: 'checking-groups', facts: SIGNED } as const;
  const open = { type: 'groups-checked', open: [3] } as const;
  expect(target(step(at, open, CONTEXT, NONCE))).toBe('failed GROUP_OPEN');
  expect(target(step(at, open, { ...CONTEXT, allowGroups: [3] }, NONCE))).toBe('passed');
});

const anyDigest = fc.constantFrom(null, SPKI, LEAF, digest('8'));
const anyBoard: fc.Arbitrary<IdentityBoard> = fc
  .record({
    life: fc.constantFrom(...LIVES),
    locking: fc.boolean(),
    firmware: fc.record({ activeHash: fc.constantFrom(CONTEXT.imageHash, digest('7'), null), confirmed: fc.boolean() }),
    spkiSha256: anyDigest,
    leafSha256: anyDigest,
    canGenerate: fc.boolean(),
    canInject: fc.boolean(),
    takesPsk: fc.boolean(),
    hwid: fc.constantFrom(BOARD.hwid, BOARD.hwid, BOARD.hwid, 'ff00ff00ff00'),
  })
  .map((change) => ({ ...BOARD, ...change }));
const anyBare: fc.Arbitrary<BareBoard> = fc
  .record({ activeHash: fc.constantFrom(CONTEXT.imageHash, digest('7'), null), confirmed: fc.boolean() })
  .map((firmware) => ({ kind: 'bare', firmware }));
/** What comes when a board is looked at: now and then it names nobody. */
const anyLook: fc.Arbitrary<Board> = fc.oneof({ weight: 9, arbitrary: anyBoard }, { weight: 1, arbitrary: anyBare });
const anyProof: fc.Arbitrary<Proof> = fc
  .record({ life: fc.constantFrom(...LIVES), spkiSha256: fc.constantFrom(SPKI, digest('8')), debugOpen: fc.boolean() })
  .map((change) => ({ ...FULL_PROOF, ...change }));

/** Whatever a lying device may bring about at this step. */
function answerOf(at: JobStep, board: Board, proof: Proof, code: ErrorCode, honest: boolean): JobInput {
  if (!honest) return { type: 'problem', code, detail: '' };
  const type = (Object.keys(INPUTS) as JobInput['type'][]).find((name) => name !== 'problem' && accepts(at, name));
  const input = INPUTS[type ?? 'problem'];
  if (input.type === 'identified' || input.type === 'restarted') return { ...input, board };
  // It was asked who it is before it was admitted.
  if (input.type === 'admitted') return board.kind === 'bare' ? input : { ...input, board };
  return input.type === 'proved' ? { ...input, proof } : input;
}

/** What became of a sealed key is on record before it is forgotten. */
function known(facts: Transition['facts'], spkiSha256: string): boolean {
  return facts.some(
    (fact) => (fact.type === 'key-voided' || fact.type === 'key-injected') && fact.spkiSha256 === spkiSha256,
  );
}

test('whatever a device answers, a job ends or waits within 100 transitions, and what is spent stays on record', () => {
  const answers = fc.array(
    fc.record({
      board: anyLook,
      proof: anyProof,
      code: fc.constantFrom(...(Object.keys(ERRORS) as ErrorCode[])),
      honest: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    }),
    { minLength: 100, maxLength: 100 },
  );
  fc.assert(
    fc.property(answers, anyLook, fc.constantFrom(null, 'psk', 'risk-accepted'), (script, first, cableGuard) => {
      const context: JobContext = { ...CONTEXT, cableGuard };
      let transition = proceed(NO_FACTS, first, context, NONCE);
      for (const { board, proof, code, honest } of script) {
        const { state } = transition;
        expect(JobState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
        if (state.at === 'ended' || transition.waitsFor) return;
        const next = step(state, answerOf(state.at, board, proof, code, honest), context, NONCE);
        if (next === 'refused') throw new Error(`${state.at} refused its own answer`);
        if (state.facts.certificateId !== null) expect(next.state.facts.certificateId).toBe(state.facts.certificateId);
        const sent = state.facts.sealedSha256;
        if (sent !== null && next.state.facts.sealedSha256 === null) expect(known(next.facts, sent)).toBe(true);
        if (next.state.at === 'locking' && state.at !== 'planning-lock')
          throw new Error('locked without reading first');
        transition = next;
      }
      throw new Error('the job did not end');
    }),
    { numRuns: 2000 },
  );
});

test('whoever a board says it is, that alone ends no job whose certificate is recorded: it may be a copy', () => {
  const spent = fc.constantFrom(SPENT, SIGNED, { ...SIGNED, installed: true }, { ...SIGNED, lockIntended: true });
  fc.assert(
    fc.property(spent, anyLook, (facts, board) => {
      const looked = step({ at: 'identifying', facts }, { type: 'identified', board }, CONTEXT, NONCE);
      expect(target(looked)).toMatch(/^(signing|installing-chain|verifying|restarting-locked|waits .*)$/);
    }),
    { numRuns: 2000 },
  );
});

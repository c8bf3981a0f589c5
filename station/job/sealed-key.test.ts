// A key that is sealed and sent: its intent first, its one use or its end, and who may get it (docs/provisioning-cycle.md 6a-6c).
import { describe, expect, test } from 'vitest';
import type { IdentityBoard } from '../drivers/driver.ts';
import { proceed } from './board-decision.ts';
import type { JobContext, JobInput, Transition } from './job-io.ts';
import { step } from './job-machine.ts';
import type { JobFacts, JobStep } from './job-state.ts';
import {
  BOARD,
  CONTEXT,
  digest,
  FACTS,
  INJECTED,
  INPUTS,
  LEAF,
  NONCE,
  SENT,
  SPKI,
  TAKES_KEYS,
  target,
} from './machine-sample.ts';

describe('a sealed key', () => {
  const types = (transition: Transition | 'refused') =>
    transition === 'refused' ? [] : transition.facts.map(({ type }) => type);
  const look = (facts: JobFacts, board: Partial<IdentityBoard>, context = INJECTED) =>
    proceed(facts, { ...BOARD, ...TAKES_KEYS, ...board }, context, NONCE);
  const answered = (facts: JobFacts, input: JobInput, at: JobStep = 'injecting-key') =>
    step({ at, facts }, input, INJECTED, NONCE);

  test('leaves only after its intent is on record, and is in no state and no fact', () => {
    const message = { enc: new Uint8Array(65).fill(201), ct: new Uint8Array(48).fill(202) };
    const sealed = { ...INPUTS['key-sealed'], message };
    const next = answered({ ...FACTS, keyNonce: NONCE }, sealed, 'sealing-key');
    if (next === 'refused') throw new Error('refused');
    expect(next.facts).toEqual([
      {
        ...{ type: 'injection-intended', spki: sealed.spki, spkiSha256: SPKI, hwid: BOARD.hwid, nonce: NONCE },
        ...{ deviceNonce: NONCE, was: null, cableGuard: 'risk-accepted' },
      },
    ]);
    expect(next.state.facts.sealedSha256).toBe(SPKI);
    expect(next.effect).toEqual({ do: 'inject-key', hwid: BOARD.hwid, message });
    expect(JSON.stringify([next.state, next.facts])).not.toMatch(/20[12],20[12]/);
  });

  test('that the board has is gone on with; any other end makes it void for ever and another is made', () => {
    const lives = [
      { life: 'blank', spkiSha256: null },
      { life: 'keyed', spkiSha256: SPKI },
      { life: 'keyed', spkiSha256: digest('8') },
    ] as const;
    const ends = lives.map((board) => look(SENT, board));
    expect(ends.map(target)).toEqual(['sealing-key', 'proving-key', 'sealing-key']);
    expect(ends.map(types)).toEqual([
      ['firmware-measured', 'key-voided'],
      ['firmware-measured', 'key-injected'],
      ['firmware-measured', 'key-voided'],
    ]);
    expect(ends.map(({ state }) => [state.facts.sealedSha256, state.facts.spkiSha256, state.facts.keyWas])).toEqual([
      [null, null, null],
      [null, SPKI, null],
      [null, null, digest('8')],
    ]);
  });

  test('that was there and is there no more is void too', () => {
    const had = { ...FACTS, spkiSha256: SPKI };
    expect(target(look(had, { life: 'keyed', spkiSha256: SPKI }))).toBe('proving-key');
    const lost = look(had, { life: 'blank' });
    expect([target(lost), types(lost)]).toEqual(['sealing-key', ['firmware-measured', 'key-voided']]);
  });

  test('takes the place of the key that was discarded for it', () => {
    const taken = look({ ...SENT, keyWas: digest('8') }, { life: 'keyed', spkiSha256: SPKI });
    expect(types(taken)).toEqual(['firmware-measured', 'key-discarded', 'key-injected']);
  });

  test.each([
    ['a board that forgot its session is looked at anew', 1, { type: 'key-sent', end: 'no-session' }, 'identifying'],
    ['it may forget it once more', 2, { type: 'key-sent', end: 'no-session' }, 'identifying'],
    ['and no third time', 3, { type: 'key-sent', end: 'no-session' }, 'failed KEY_REFUSED'],
    [
      'a board that holds another key than before is looked at anew',
      1,
      { type: 'key-sent', end: 'stale' },
      'identifying',
    ],
    [
      'a board that names another key is looked at anew',
      1,
      { type: 'key-sent', end: { spkiSha256: LEAF } },
      'identifying',
    ],
    ['and fails when it does so again', 2, { type: 'key-sent', end: { spkiSha256: LEAF } }, 'failed KEY_REFUSED'],
    [
      'a message that does not open is made anew',
      1,
      { type: 'problem', code: 'KEY_REFUSED', detail: '' },
      'identifying',
    ],
    ['once', 2, { type: 'problem', code: 'KEY_REFUSED', detail: '' }, 'failed KEY_REFUSED'],
    [
      'a key that is none is our fault',
      1,
      { type: 'problem', code: 'KEY_REJECTED', detail: '' },
      'errored KEY_REJECTED',
    ],
    ['a lost answer is asked for by a look', 1, { type: 'problem', code: 'NO_ANSWER', detail: '' }, 'identifying'],
    ['a board that left is waited for', 1, { type: 'problem', code: 'PULLED_OUT', detail: '' }, 'waits PULLED_OUT'],
    ['the disk is full: nothing was sent', 1, { type: 'problem', code: 'DISK_FULL', detail: '' }, 'waits DISK_FULL'],
  ] as const)('%s', (_claim, attempt, input, expected) => {
    const next = answered({ ...SENT, attempt }, input);
    expect(target(next)).toBe(expected);
    // Until the board was looked at nobody knows: the intent stays.
    if (next !== 'refused') expect(next.state.facts.sealedSha256).toBe(SPKI);
  });

  test('goes only to boards that take it as the recipe says', () => {
    const psk: JobContext = { ...CONTEXT, cableGuard: 'psk' };
    const cases = [
      [INJECTED, { canInject: true, takesPsk: false }, 'sealing-key'],
      [INJECTED, { canInject: true, takesPsk: true }, 'aborted KEY_MODE_UNSUPPORTED'],
      [INJECTED, { canInject: false, takesPsk: false, canGenerate: true }, 'aborted KEY_MODE_UNSUPPORTED'],
      [psk, { canInject: true, takesPsk: true }, 'sealing-key'],
      [psk, { canInject: true, takesPsk: false }, 'aborted KEY_MODE_UNSUPPORTED'],
      [psk, { canInject: false, takesPsk: true }, 'aborted KEY_MODE_UNSUPPORTED'],
      [CONTEXT, { canInject: true, takesPsk: true, canGenerate: true }, 'making-key'],
      [CONTEXT, { canInject: true, takesPsk: true, canGenerate: false }, 'aborted KEY_MODE_UNSUPPORTED'],
    ] as const;
    for (const [context, board, expected] of cases) expect(target(look(FACTS, board, context))).toBe(expected);
  });
});

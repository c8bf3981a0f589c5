import { expect, test } from 'vitest';
import { personView, stationFacts } from '../../test/samples/station-views.ts';
import { adviceOf, choicesOf, hasOwnWord, lineButton } from './card-choices.ts';

const TECHNICIAN = stationFacts();
const SUPERVISOR = stationFacts({ person: personView({ role: 'supervisor' }) });
const OFFICER = stationFacts({ person: personView({ role: 'security-officer' }) });

test("a card's button is the station's first action, the rest is behind it", () => {
  const card = { code: 'NO_ANSWER', actions: ['try-again', 'in-bin', 'switch-off'] } as const;
  expect(choicesOf(card, SUPERVISOR)).toEqual({ main: 'try-again', rest: ['in-bin', 'switch-off'] });
  expect(choicesOf(card, TECHNICIAN)).toEqual({ main: 'try-again', rest: ['in-bin'] });
});

test('a card that waits for its board has no button', () => {
  const card = { code: 'PULLED_OUT', actions: ['switch-off'] } as const;
  expect(choicesOf(card, SUPERVISOR)).toEqual({ main: null, rest: ['switch-off'] });
});

test('a slot is switched off by one touch only where its card says why', () => {
  expect(choicesOf({ code: 'POWER_LOW', actions: ['switch-off'] }, SUPERVISOR).main).toBe('switch-off');
  expect(choicesOf({ code: null, actions: ['switch-off'] }, SUPERVISOR)).toEqual({ main: null, rest: ['switch-off'] });
  expect(choicesOf({ code: null, actions: ['switch-on'] }, SUPERVISOR).main).toBe('switch-on');
});

test('after the last try a card asks for the bin, whatever it said before', () => {
  expect(adviceOf('NO_ANSWER', ['try-again'])).toBe('NO_ANSWER');
  expect(adviceOf('NO_ANSWER', ['in-bin'])).toBe('ATTEMPTS_USED');
  expect(adviceOf('PROOF_FAILED', ['in-bin'])).toBe('PROOF_FAILED');
});

test('only an answer that means the same everywhere is named by its command', () => {
  expect(hasOwnWord('got-it', 'FOREIGN_IDENTITY')).toBe(true);
  expect(hasOwnWord('in-bin', 'NO_ANSWER')).toBe(false);
  expect(hasOwnWord('switch-on', null)).toBe(false);
});

test('no other action takes the place of a button that the person may not press', () => {
  const card = { code: 'POWER_LOW', actions: ['switch-off', 'look-again'] } as const;
  expect(choicesOf(card, TECHNICIAN)).toEqual({ main: null, rest: ['look-again'] });
});

test('a line without its signing CA is tested again by anyone, unlocked by a security officer alone', () => {
  expect(lineButton('SIGNER_UNREACHABLE', TECHNICIAN)).toBe('test-again');
  expect(lineButton('SIGNER_LOCKED', SUPERVISOR)).toBeNull();
  expect(lineButton('SIGNER_LOCKED', OFFICER)).toBe('unlock');
  expect(lineButton('SIGNER_LOCKED', { ...OFFICER, signing: 'pin-needed', keysLocked: true })).toBe('unlock');
  expect(lineButton('SIGNER_LOCKED', { ...OFFICER, signing: 'pin-needed' })).toBe('pin');
  expect(lineButton('SIGNER_LOCKED', { ...SUPERVISOR, signing: 'pin-needed' })).toBeNull();
  expect(lineButton('SIGNER_LIMIT', OFFICER)).toBe('signing');
  expect(lineButton('SIGNER_LIMIT', SUPERVISOR)).toBeNull();
  expect(lineButton('DISK_LOW', OFFICER)).toBeNull();
});

test('boards that are only on this disk are copied by anyone who works here', () => {
  expect(lineButton('NOT_COPIED', TECHNICIAN)).toBe('copy');
  expect(lineButton('NOT_COPIED', stationFacts({ person: null }))).toBeNull();
});

// Who may call what: the whole table, call by call, for every role.
import { isContractProcedure } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import { stationApi } from '../../contract/station-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Role } from '../../domain/person.ts';
import { SlotCommand } from '../../domain/station-event.ts';
import { personView } from '../../test/samples/station-views.ts';
import { authorize, NEEDS, type Standing } from './rights.ts';

function callsOf(api: object, path: readonly string[] = []): string[] {
  return Object.entries(api).flatMap(([name, part]) =>
    isContractProcedure(part) ? [[...path, name].join('.')] : callsOf(part, [...path, name]),
  );
}

function standing(role: Role | null, change: Partial<Standing> = {}): Standing {
  const person = role === null ? null : personView({ role });
  return { facts: { person, hasPeople: true }, isPaused: () => false, personOf: () => null, ...change };
}

/** The code of a refusal, or the actor. */
function asScreen(call: string, at: Standing, input: unknown = undefined): string {
  try {
    return authorize({ caller: 'screen' }, call.split('.'), input, at);
  } catch (error) {
    if (error instanceof KeylineError) return error.code;
    throw error;
  }
}

const { personId } = personView();
const WITHOUT_SIGN_IN = [
  ...['status', 'events', 'people.list', 'people.signIn', 'people.signOut', 'lots.list', 'lotPage.read'],
  ...['people.openSession', 'people.closeSession'],
];

test('every call of the contract stands in the table, and nothing else does', () => {
  expect(Object.keys(NEEDS).sort()).toEqual(callsOf(stationApi).sort());
});

describe('a screen', () => {
  test('of a station without people may do everything, as its operator', () => {
    const nobody = { facts: { person: null, hasPeople: false }, isPaused: () => false, personOf: () => null };
    for (const call of callsOf(stationApi)) expect(asScreen(call, nobody)).toBe('operator');
  });

  test('at which nobody is signed in sees how the station stands, and lets people sign in', () => {
    const allowed = callsOf(stationApi).filter((call) => asScreen(call, standing(null)) !== 'NOT_SIGNED_IN');
    expect(allowed.sort()).toEqual([...WITHOUT_SIGN_IN].sort());
  });

  test('records what is done as the person signed in', () => {
    expect(asScreen('lots.release', standing('supervisor'))).toBe(personId);
    expect(asScreen('line.lookAgain', standing('technician'))).toBe(personId);
  });

  test('lets a security officer call everything', () => {
    const refused = callsOf(stationApi).filter((call) => asScreen(call, standing('security-officer')) !== personId);
    expect(refused).toEqual([]);
  });

  test.each([
    ['line.lookAgain', 'technician'],
    ['sync', 'technician'],
    ['people.prefer', 'technician'],
    ['line.stop', 'supervisor'],
    ['lot.create', 'supervisor'],
    ['lots.recipes', 'supervisor'],
    ['lots.draft', 'supervisor'],
    ['lots.saveDraft', 'supervisor'],
    ['lots.check', 'supervisor'],
    ['lots.release', 'supervisor'],
    ['bench.find', 'supervisor'],
    ['bench.set', 'supervisor'],
    ['bench.setPixel', 'supervisor'],
    ['people.add', 'security-officer'],
    ['signing.unlock', 'security-officer'],
  ] as const)('%s takes a %s or more', (call, least) => {
    const first = Role.options.indexOf(least);
    const answers = Role.options.map((role) => asScreen(call, standing(role)));
    expect(answers).toEqual(Role.options.map((_, rank) => (rank < first ? 'NOT_ALLOWED' : personId)));
  });

  test('starts a line for a technician at the ports that were set, and at others for a supervisor', () => {
    const own = { lotId: 'WO-1', bench: { ports: 'tcp://192.0.2.7:4000', slots: 1 } };
    expect(asScreen('line.start', standing('technician'), { lotId: 'WO-1', bench: null })).toBe(personId);
    for (const input of [own, { lotId: 'WO-1' }, null, undefined])
      expect(asScreen('line.start', standing('technician'), input)).toBe('NOT_ALLOWED');
    expect(asScreen('line.start', standing('supervisor'), own)).toBe(personId);
  });

  test.each(SlotCommand.options)('tells a slot to %s as its role allows', (command) => {
    const supervised = command === 'switch-off' || command === 'switch-on';
    const order = { slot: '1', command, reason: null, sinceMs: 0 };
    expect(asScreen('slot.command', standing('technician'), order)).toBe(supervised ? 'NOT_ALLOWED' : personId);
    expect(asScreen('slot.command', standing('supervisor'), order)).toBe(personId);
  });

  test.each([
    ['hold', false, personId],
    ['release', false, 'NOT_ALLOWED'],
    ['close', false, 'NOT_ALLOWED'],
    ['release', true, personId],
    ['close', true, 'NOT_ALLOWED'],
  ] as const)('lets a technician %s a lot, paused: %s', (command, paused, answer) => {
    const at = standing('technician', { isPaused: (lotId) => paused && lotId === 'WO-1' });
    expect(asScreen('lot.command', at, { lotId: 'WO-1', command, because: null, writeOff: false })).toBe(answer);
    expect(asScreen('lot.command', standing('supervisor'), { lotId: 'WO-1', command })).toBe(personId);
  });

  test.each([
    ['an unknown call', 'lot.destroy', undefined],
    ['an inherited name', 'constructor', undefined],
    ['an unknown command', 'slot.command', { slot: '1', command: 'explode' }],
    ['an inherited command', 'slot.command', { slot: '1', command: 'toString' }],
    ['no command', 'lot.command', null],
    ['a list', 'lot.command', ['release']],
    ['a command that is no text', 'lot.command', { command: { release: true }, lotId: 'WO-1' }],
  ])('that sends %s needs the highest role', (_what, call, input) => {
    expect(asScreen(call, standing('supervisor'), input)).toBe('NOT_ALLOWED');
  });
});

describe('a command', () => {
  const LINH = 'a'.repeat(64);
  const linh = personView({ personId: '1111111111111111', role: 'supervisor' });
  /** The person at the window is a security officer all along. */
  const at = standing('security-officer', { personOf: (session) => (session === LINH ? linh : null) });
  const asCommand = (call: string, session: string | null): string => {
    try {
      return authorize({ caller: 'operator', session }, call.split('.'), undefined, at);
    } catch (error) {
      if (error instanceof KeylineError) return error.code;
      throw error;
    }
  };

  test('at a station without people is its operator, and may do everything', () => {
    const nobody = standing(null, { facts: { person: null, hasPeople: false } });
    for (const call of callsOf(stationApi))
      expect(authorize({ caller: 'operator' }, call.split('.'), undefined, nobody)).toBe('operator');
  });

  test('without a session may do what anyone may, whoever is at the window', () => {
    const allowed = callsOf(stationApi).filter((call) => asCommand(call, null) === 'operator');
    expect(allowed.sort()).toEqual([...WITHOUT_SIGN_IN].sort());
    expect(asCommand('sync', null)).toBe('NOT_SIGNED_IN');
    expect(asCommand('sync', 'b'.repeat(64))).toBe('NOT_SIGNED_IN');
  });

  test('acts as the person of its session, in their role', () => {
    expect(asCommand('lots.release', LINH)).toBe(linh.personId);
    expect(asCommand('reconcile.decide', LINH)).toBe('NOT_ALLOWED');
  });
});

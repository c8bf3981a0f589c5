import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SetUp } from '../../../contract/bench-api.ts';
import type { NewPerson } from '../../../contract/people-api.ts';
import { Role } from '../../../domain/person.ts';
import { FIRST, type FirstRunAct, firstRunAfter, SCANS_WANTED, STEPS, setUpOf, worthOf } from './steps.ts';

const ROSE: NewPerson = { name: 'Rose Adeyemi', role: 'security-officer', badge: 'ROSE-1', pin: '471100' };
const LINH: NewPerson = { name: 'Linh Trần', role: 'technician', badge: null, pin: '0815' };

const run = (...acts: readonly FirstRunAct[]) => acts.reduce(firstRunAfter, FIRST);

const anyPerson = fc.record<NewPerson>({
  name: fc.constantFrom('Rose', 'Linh', 'María', 'Ana'),
  role: fc.constantFrom(...Role.options),
  badge: fc.constantFrom(null, 'BADGE-1'),
  pin: fc.constantFrom('4711', '0815'),
});
const anyAct = fc.oneof(
  fc.record({ type: fc.constant('go' as const), to: fc.constantFrom(...STEPS) }),
  fc.constantFrom<FirstRunAct>({ type: 'next' }, { type: 'back' }, { type: 'ask-officer' }, { type: 'made' }),
  fc.record({ type: fc.constant('resize' as const), byPx: fc.integer({ min: -900, max: 900 }) }),
  fc.record({ type: fc.constant('measure' as const), fits: fc.boolean() }),
  fc.record({ type: fc.constant('scan' as const), text: fc.string() }),
  fc.record({ type: fc.constant('bench' as const), bench: fc.constantFrom(null, { ports: '/dev/ttyACM*', slots: 4 }) }),
  fc.record({ type: fc.constant('person' as const), person: anyPerson }),
  fc.record({ type: fc.constant('forget' as const), index: fc.nat(4) }),
);
const anyRun = fc.array(anyAct, { maxLength: 60 });

describe('the first run', () => {
  test('goes through seven steps, forwards and back', () => {
    const there = STEPS.reduce((state) => firstRunAfter(state, { type: 'next' }), FIRST);
    expect(there.at).toBe('try');
    const back = STEPS.reduce((state) => firstRunAfter(state, { type: 'back' }), there);
    expect(back.at).toBe('language');
  });

  test('forgets nothing on the way back and forth', () => {
    const ways = fc.array(
      fc.oneof(
        fc.constantFrom<FirstRunAct>({ type: 'next' }, { type: 'back' }, { type: 'ask-officer' }),
        fc.record({ type: fc.constant('go' as const), to: fc.constantFrom(...STEPS) }),
      ),
    );
    fc.assert(
      fc.property(anyRun, ways, (acts, moves) => {
        const before = run(...acts);
        const after = moves.reduce(firstRunAfter, before);
        expect(setUpOf(after)).toEqual(setUpOf(before));
        expect(after.scans).toEqual(before.scans);
      }),
    );
  });

  test('makes a station with nothing but a security officer', () => {
    const bare = run(...STEPS.map(() => ({ type: 'next' }) as const));
    expect(setUpOf(bare)).toBeNull();
    const { people, ...rest } = setUpOf(run({ type: 'person', person: ROSE })) ?? {};
    expect(people).toEqual([ROSE]);
    expect(rest).toEqual({ pixelMm: null, bench: null });
  });

  test('whatever was done, its set-up is one that the bench takes, the officer first', () => {
    fc.assert(
      fc.property(anyRun, (acts) => {
        const state = run(...acts);
        const setUp = setUpOf(state);
        const officer = state.people.some(({ role }) => role === 'security-officer');
        expect(setUp !== null).toBe(officer);
        if (setUp === null) return;
        expect(SetUp.safeParse(setUp).success).toBe(true);
        expect(setUp.people[0]?.role).toBe('security-officer');
        expect(new Set(setUp.people.map(({ name }) => name)).size).toBe(setUp.people.length);
      }),
    );
  });

  test('leads to the people when somebody goes on without an officer', () => {
    const asked = run({ type: 'go', to: 'try' }, { type: 'ask-officer' });
    expect(asked).toMatchObject({ at: 'people', officerAsked: true });
    expect(firstRunAfter(asked, { type: 'person', person: ROSE }).officerAsked).toBe(false);
  });
});

describe('a step', () => {
  test('that was left undone counts as skipped, and the same later as done', () => {
    const skipped = run({ type: 'go', to: 'screen' }, { type: 'next' });
    expect(worthOf('screen', skipped)).toBe('skipped');
    expect(worthOf('scanner', skipped)).toBe('ahead');
    expect(worthOf('screen', firstRunAfter(skipped, { type: 'measure', fits: true }))).toBe('done');
  });

  test('of the screen is undone when the outline is changed after it fitted', () => {
    const changed = run({ type: 'measure', fits: true }, { type: 'resize', byPx: 1 });
    expect(setUpOf(firstRunAfter(changed, { type: 'person', person: ROSE }))?.pixelMm).toBeNull();
  });

  test('of the scanner is done with two scans, of the same code too', () => {
    const scan = { type: 'scan', text: 'KLB:ROSE-1' } as const;
    expect(worthOf('scanner', run(scan))).toBe('ahead');
    expect(worthOf('scanner', run(scan, scan))).toBe('done');
    expect(run(scan, scan, scan).scans).toHaveLength(SCANS_WANTED);
  });

  test('of the people is done with an officer alone', () => {
    expect(worthOf('people', run({ type: 'person', person: LINH }))).toBe('ahead');
    expect(worthOf('people', run({ type: 'person', person: LINH }, { type: 'person', person: ROSE }))).toBe('done');
  });
});

test('once the station is made nothing of its people is kept', () => {
  const state = run({ type: 'person', person: ROSE }, { type: 'person', person: LINH }, { type: 'made' });
  for (const secret of ['ROSE-1', '471100', '0815', 'Linh']) expect(JSON.stringify(state)).not.toContain(secret);
});

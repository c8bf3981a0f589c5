// Every screen and state that pictures are taken of and that tests measure: what the station tells, and what a person
// does to get there. Nothing here ships.
import type { BenchView } from '../../contract/bench-api.ts';
import { type Fixtures, slotNames, slotsOf } from '../../domain/fixture.ts';
import type { StationView } from '../../renderer/view-state/station-view.ts';
import { lotView, personView, stationFacts } from '../samples/station-views.ts';
import { LINES } from './recorded-lines.ts';
import { BLANK_LOTS, NO_LOTS, type RecordedLots, SENT_LOTS, STOPPED_LOTS } from './recorded-lots.ts';
import { type RecordedSigning, SIGNING } from './recorded-signing.ts';
import { FOUR_FIXTURES } from './recorded-upkeep.ts';

/** What a person does: a key, a button by its name, or a scan. */
export type Step = { readonly key: string } | { readonly touch: string } | { readonly scan: string };

export interface RecordedScreen {
  /** Null: no station to look at. */
  readonly view: StationView | null;
  readonly bench: BenchView | null;
  /** What the station says of lots, where it is not what the drawings show. */
  readonly lots?: RecordedLots;
  /** What it says of its signing CAs, likewise. */
  readonly signing?: RecordedSigning;
  readonly steps: readonly Step[];
}

const supervisor = stationFacts({ person: personView({ name: 'María Ríos', role: 'supervisor' }) });
const nobody = stationFacts({ person: null });
const officer = stationFacts({ person: personView({ name: 'R. Adeyemi', role: 'security-officer' }) });

const pinNeeded = { ...officer, signing: 'pin-needed' } as const;

const FIRST_RUN: BenchView = { firstRun: true, automatic: false, online: true, slots: 4, occupied: [1, 2, 3] };

function screen(view: StationView | null, ...steps: Step[]): RecordedScreen {
  return { view, bench: null, steps };
}

const lines = Object.fromEntries(Object.entries(LINES).map(([name, view]) => [name, screen(view)]));
const sixteen = LINES['line-16'];
const asSupervisor = { ...sixteen, facts: supervisor };
const practising = { ...LINES['line-4'], practice: true, facts: stationFacts({ person: null, hasPeople: false }) };

const asOfficer = { ...sixteen, facts: officer };

/** Settings at its Signing panel, by who is signed in. */
function signing(told: RecordedSigning, view: StationView = asOfficer, ...steps: Step[]): RecordedScreen {
  return { ...screen(view, { key: 'F8' }, ...steps), signing: told };
}

/** Settings at one of its panels. */
function panel(name: string, view: StationView, ...steps: Step[]): RecordedScreen {
  return screen(view, { key: 'F8' }, { touch: name }, ...steps);
}

const STRIPS: Fixtures = [
  { rows: 1, columns: 8 },
  { rows: 1, columns: 8 },
];

function taughtFacts(fixtures: Fixtures) {
  return { ...officer, fixtures, bench: { ports: '/dev', slots: slotsOf(fixtures) } };
}

/** A bench of so many fixtures of 4 x 4, without a line. */
function taught(fixtures: number): StationView {
  const facts = taughtFacts(FOUR_FIXTURES.slice(0, fixtures));
  return { ...LINES['line-empty'], facts };
}

/** The same line on a bench whose slots were taught: their names are those of the fixtures. */
function taughtLine(view: StationView, fixtures: Fixtures): StationView {
  const names = slotNames(fixtures);
  const facts = { ...view.facts, fixtures, unknownPorts: ['0000:00:14.0-usb-9.2:1.0'] };
  return { ...view, slots: view.slots.map((slot, index) => ({ ...slot, slot: names[index] ?? slot.slot })), facts };
}

/** Each by the name of its picture. */
export const SCREENS: Readonly<Record<string, RecordedScreen>> = {
  ...lines,
  'line-16-scanned': screen(sixteen, { scan: 'KLC:TRY-AGAIN' }),
  'line-scan-refused': screen(sixteen, { scan: 'WO-48270' }),
  'line-list': screen(sixteen, { key: 'F4' }),
  'line-detail': screen(sixteen, { scan: 'KLS:3' }),
  'line-detail-failed': screen(sixteen, { scan: 'KLS:6' }),
  'line-detail-supervisor': screen(asSupervisor, { scan: 'KLS:10' }),
  'line-locked-officer': screen({ ...LINES['line-locked'], facts: officer }),
  'line-pin-officer': screen({ ...LINES['line-locked'], facts: pinNeeded }),
  'line-empty-pin-officer': screen({ ...LINES['line-empty'], facts: pinNeeded }),
  'settings-signing': signing(SIGNING.drawn),
  'settings-signing-practice': signing(SIGNING.practice, { ...asOfficer, practice: true }, { touch: 'Test signing' }),
  'settings-signing-locked': signing(SIGNING.locked),
  'settings-signing-away': signing(SIGNING.away, asOfficer, { touch: 'Test again' }),
  'settings-signing-asks': signing(SIGNING.standby, asOfficer, { touch: 'Make active' }),
  'settings-signing-requested': signing(SIGNING.requested),
  'settings-signing-supervisor': signing(SIGNING.drawn, asSupervisor),
  'settings-signing-own-key': signing(SIGNING.drawn, { ...asOfficer, facts: { ...officer, keysLocked: true } }),
  'settings-signing-none': signing(SIGNING.none),
  'settings-ports-taught': panel('Ports and slots', taught(4)),
  'settings-teach': panel(
    'Ports and slots',
    taught(1),
    { touch: 'Teach anew' },
    { touch: 'Begin' },
    { touch: 'Skip this slot' },
  ),
  'settings-shape': panel('Ports and slots', asOfficer, { touch: 'Teach slots' }),
  'settings-cloud': panel('Cloud', asOfficer, { touch: 'Test' }),
  'settings-recipes': panel('Recipes', asOfficer),
  'settings-people': panel('People', asOfficer, { touch: 'Linh Trần' }),
  'settings-people-add': panel('People', asOfficer, { touch: 'Add a person' }),
  'settings-people-supervisor': panel('People', asSupervisor),
  'settings-diagnostics': panel('Diagnostics', asOfficer),
  'settings-heat': panel('Diagnostics', taught(4)),
  'line-trace': screen(asSupervisor, { scan: 'KLS:3' }, { touch: 'Live trace' }),
  'line-64-taught': screen(taughtLine(LINES['line-64'], FOUR_FIXTURES)),
  'line-16-strips': screen(taughtLine(sixteen, STRIPS)),
  'settings-ports': signing(SIGNING.drawn, asOfficer, { touch: 'Ports and slots' }, { touch: 'Look there' }),
  'settings-screen': signing(SIGNING.drawn, asOfficer, { touch: 'Screen and sound' }),
  gone: screen(null),
  help: screen(sixteen, { key: 'F1' }),
  lots: screen(asSupervisor, { key: 'F3' }),
  'sign-in': screen({ ...sixteen, facts: nobody }),
  'lots-open': screen(asSupervisor, { key: 'F3' }, { touch: 'WO-48270' }),
  'lots-technician': screen(sixteen, { key: 'F3' }, { touch: 'WO-48102' }),
  'lot-setup': screen(asSupervisor, { key: 'F3' }, { touch: 'Go on with the draft' }),
  'lot-setup-stopped': {
    ...screen(asSupervisor, { key: 'F3' }, { touch: 'Go on with the draft' }),
    lots: STOPPED_LOTS,
  },
  'lot-setup-blank': { ...screen(asSupervisor, { key: 'F3' }, { touch: 'New lot' }), lots: BLANK_LOTS },
  'lot-setup-sent': { ...screen(asSupervisor, { key: 'F3' }, { touch: 'Go on with the draft' }), lots: SENT_LOTS },
  'lots-sent': { ...screen(asSupervisor, { key: 'F3' }, { touch: 'WO-48270' }), lots: SENT_LOTS },
  'line-detail-sent': screen(
    { ...sixteen, lot: lotView({ keyMode: 'injected', cableGuard: 'risk-accepted' }) },
    { scan: 'KLS:3' },
  ),
  'line-no-lots': { ...screen(LINES['line-empty']), lots: NO_LOTS },
  'first-run': { view: practising, bench: FIRST_RUN, steps: [{ touch: 'Try it' }] },
};

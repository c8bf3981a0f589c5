// Every screen and state that pictures are taken of and that tests measure: what the station tells, and what a person
// does to get there. Nothing here ships.
import type { BenchView } from '../../contract/bench-api.ts';
import { type Fixtures, slotNames, slotsOf } from '../../domain/fixture.ts';
import type { StationView } from '../../renderer/view-state/station-view.ts';
import { lotView, personView, stationFacts, syncView } from '../samples/station-views.ts';
import { DEVICES, type RecordedDevices } from './recorded-devices.ts';
import { labelScreens } from './recorded-labels.ts';
import { LINES } from './recorded-lines.ts';
import {
  BLANK_LOTS,
  CLOSED_LOTS,
  FRESH_LOTS,
  NO_LOTS,
  type RecordedLots,
  SENT_LOTS,
  STOPPED_LOTS,
} from './recorded-lots.ts';
import { type RecordedSigning, SIGNING } from './recorded-signing.ts';
import { type RecordedSync, SYNC } from './recorded-sync.ts';
import { FOUR_FIXTURES } from './recorded-upkeep.ts';

/** What a person does: a key, a button by its name, a scan, or text into the field that has the focus. */
export type Step =
  | { readonly key: string }
  | { readonly touch: string }
  | { readonly scan: string }
  | { readonly write: string };

export interface RecordedScreen {
  /** Null: no station to look at. */
  readonly view: StationView | null;
  readonly bench: BenchView | null;
  /** What the station says of lots, where it is not what the drawings show. */
  readonly lots?: RecordedLots;
  /** What it says of its signing CAs, likewise. */
  readonly signing?: RecordedSigning;
  /** What it says of devices, likewise. */
  readonly devices?: RecordedDevices;
  /** What it says of its cloud and journal, likewise. */
  readonly sync?: RecordedSync;
  readonly steps: readonly Step[];
}

const supervisor = stationFacts({ person: personView({ name: 'María Ríos', role: 'supervisor' }) });
const nobody = stationFacts({ person: null });
const officer = stationFacts({ person: personView({ name: 'R. Adeyemi', role: 'security-officer' }) });

const pinNeeded = { ...officer, signing: 'pin-needed' } as const;

const FIRST_RUN: BenchView = {
  firstRun: true,
  canLeave: false,
  automatic: false,
  online: true,
  slots: 4,
  occupied: [1, 2, 3],
};

function screen(view: StationView | null, ...steps: Step[]): RecordedScreen {
  return { view, bench: null, steps };
}

const lines = Object.fromEntries(Object.entries(LINES).map(([name, view]) => [name, screen(view)]));
const sixteen = LINES['line-16'];
const asSupervisor = { ...sixteen, facts: supervisor };
const practising = { ...LINES['line-4'], practice: true, facts: stationFacts({ person: null, hasPeople: false }) };

const asOfficer = { ...sixteen, facts: officer };
const asOtherOfficer = {
  ...sixteen,
  facts: stationFacts({
    person: personView({ personId: '00112233aabbcc07', name: 'Ada Osei', role: 'security-officer' }),
  }),
};

/** Settings at its Signing panel, by who is signed in. */
function signing(told: RecordedSigning, view: StationView = asOfficer, ...steps: Step[]): RecordedScreen {
  return { ...screen(view, { key: 'F8' }, ...steps), signing: told };
}

/** Devices, and what is done there. */
function devices(told: RecordedDevices, view: StationView, ...steps: Step[]): RecordedScreen {
  return { ...screen(view, { key: 'F6' }, ...steps), devices: told };
}

/** Sync and audit, with these counts of the equation. */
function syncScreen(told: RecordedSync, counts: Parameters<typeof syncView>[0], ...steps: Step[]): RecordedScreen {
  const view = { ...asOfficer, sync: syncView({ made: 8_412, ...counts }) };
  return { ...screen(view, { key: 'F7' }, ...steps), sync: told };
}

const OFFLINE = { registered: 6_091, waiting: 2_318, refused: 3, online: false } as const;
/** Settings at one of its panels. */
function panel(name: string, view: StationView, ...steps: Step[]): RecordedScreen {
  return screen(view, { key: 'F8' }, { touch: name }, ...steps);
}

/** The first run up to its last step, all but the scanner's done: what came of a scan stands below for a while. */
const SET_UP_STEPS: readonly Step[] = [
  ...[{ touch: 'Next' }, { touch: 'It fits' }, { touch: 'Next' }, { touch: 'Skip for now' }],
  ...[{ touch: 'Use these' }, { touch: 'Next' }, { touch: 'Next' }],
  // From the name past the languages to the PIN.
  ...[{ write: 'Rose Adeyemi' }, ...Array<Step>(6).fill({ key: 'Tab' }), { write: '271828' }, { key: 'Tab' }],
  ...[{ write: '271828' }, { key: 'Enter' }],
];

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
  'settings-practice': panel('Practice', asOfficer),
  'settings-practice-asks': panel('Practice', asOfficer, { touch: 'Open the practice bench' }),
  'settings-heat': panel('Diagnostics', taught(4)),
  'line-trace': screen(asSupervisor, { scan: 'KLS:3' }, { touch: 'Live trace' }),
  'line-64-taught': screen(taughtLine(LINES['line-64'], FOUR_FIXTURES)),
  'line-16-strips': screen(taughtLine(sixteen, STRIPS)),
  'settings-ports': signing(SIGNING.drawn, asOfficer, { touch: 'Ports and slots' }, { touch: 'Look there' }),
  'settings-screen': signing(SIGNING.drawn, asOfficer, { touch: 'Screen and sound' }),
  ...labelScreens(asSupervisor),
  'sync-audit': syncScreen(SYNC.drawn, OFFLINE),
  'sync-idle': syncScreen(SYNC.idle, { registered: 8_412, waiting: 0, refused: 0, online: true }),
  'sync-sending': syncScreen(SYNC.sending, {
    ...{ registered: 7_298, waiting: 1_114, refused: 0, online: true, drainMs: 360_000 },
  }),
  'sync-trouble': syncScreen(SYNC.drawn, { ...OFFLINE, registered: 6_088 }),
  'sync-forked': syncScreen(SYNC.forked, OFFLINE),
  'sync-locked': syncScreen(SYNC.locked, { ...OFFLINE, online: null }),
  'sync-none': syncScreen(SYNC.none, { registered: 0, waiting: 8_412, refused: 0, online: null }),
  'sync-changed': syncScreen(SYNC.changed, OFFLINE, { touch: 'Check again' }),
  'sync-carry': syncScreen(SYNC.drawn, OFFLINE, { touch: 'Carry by file' }),
  'sync-compare': syncScreen(SYNC.drawn, OFFLINE, { touch: 'Compare 48102-0417' }),
  'sync-reconcile': syncScreen(SYNC.drawn, OFFLINE, { touch: 'Reconcile' }),
  'sync-export': syncScreen(SYNC.drawn, OFFLINE, { touch: 'Export…' }),
  'sync-table': syncScreen(SYNC.drawn, OFFLINE, { touch: 'As a table' }),
  'sync-technician': { ...screen({ ...sixteen, sync: syncView({ made: 8_412, ...OFFLINE }) }, { key: 'F7' }) },
  gone: screen(null),
  help: screen(sixteen, { key: 'F1' }),
  lots: screen(asSupervisor, { key: 'F3' }),
  'sign-in': screen({ ...sixteen, facts: nobody }),
  'lot-page': screen(asSupervisor, { key: 'F3' }, { touch: 'WO-48213' }),
  'lot-page-tables': screen(
    ...[asSupervisor, { key: 'F3' }, { touch: 'WO-48213' }, { touch: 'Table' }, { touch: 'Table' }, { touch: 'Table' }],
  ),
  'lot-page-hold': screen(asSupervisor, { key: 'F3' }, { touch: 'WO-48213' }, { touch: 'Hold…' }),
  'lot-page-close': {
    ...screen(asSupervisor, { key: 'F3' }, { touch: 'WO-48270' }, { touch: 'Close lot…' }),
    lots: FRESH_LOTS,
  },
  'lot-page-fresh': { ...screen(asSupervisor, { key: 'F3' }, { touch: 'WO-48270' }), lots: FRESH_LOTS },
  'lot-page-closed': { ...screen(asSupervisor, { key: 'F3' }, { touch: 'WO-47990' }), lots: CLOSED_LOTS },
  'lot-page-technician': screen(sixteen, { key: 'F3' }, { touch: 'WO-48102' }),
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
  devices: devices(DEVICES.drawn, asSupervisor),
  'devices-none': devices(DEVICES.none, asSupervisor),
  'devices-not-found': devices(DEVICES.drawn, sixteen, { scan: 'KL1:48213-9999:7F3A91C2' }),
  'device-record': devices(DEVICES.drawn, asSupervisor, { touch: '48213-0869' }),
  'device-record-not-sealed': devices(DEVICES.notSealed, asSupervisor, { touch: '48213-0869' }),
  'device-record-officer': devices(
    DEVICES.drawn,
    asOtherOfficer,
    { touch: '48213-0869' },
    { touch: 'Revoke identity…' },
  ),
  'device-record-checked': devices(DEVICES.drawn, sixteen, { touch: '48213-0869' }, { touch: 'Check identity now' }),
  'device-record-differs': devices(DEVICES.differs, sixteen, { touch: '48213-0869' }, { touch: 'Check identity now' }),
  'device-record-void': devices(DEVICES.failed, asSupervisor, { touch: '48213-0869' }),
  'device-record-rework': devices(DEVICES.failed, asSupervisor, { touch: '48213-0869' }, { touch: 'Send to re-work' }),
  'device-record-reworked': devices(DEVICES.reworked, asSupervisor, { touch: '48213-0869' }),
  'device-record-in-rework': devices(DEVICES.inRework, asSupervisor, { touch: '48213-0869' }),
  'sheet-rework': devices(DEVICES.inRework, asSupervisor, { touch: '48213-0869' }, { touch: 'Print slip' }),
  'sheet-scrap': devices(DEVICES.scrapped, asSupervisor, { touch: '48213-0869' }, { touch: 'Print slip' }),
  'device-record-scrapped': devices(DEVICES.scrapped, asSupervisor, { touch: '48213-0869' }),
  'line-no-lots': { ...screen(LINES['line-empty']), lots: NO_LOTS },
  'sheet-scanner': {
    ...{ view: practising, bench: FIRST_RUN },
    steps: [{ touch: 'Scanner' }, { touch: 'Print two test codes' }],
  },
  'first-run': { view: practising, bench: FIRST_RUN, steps: [...SET_UP_STEPS, { touch: 'Try it' }] },
};

// What a station answers to the rest of Settings and to Diagnostics, as its pictures show it. Nothing here ships.
import type { implement } from '@orpc/server';
import type { CloudView } from '../../contract/cloud-api.ts';
import type { SelfCheck, SlotHeat, SlotResult, TraceLine } from '../../contract/diagnostics-api.ts';
import type { HeldRecipe } from '../../contract/recipes-api.ts';
import type { SlotMapView } from '../../contract/slot-map-api.ts';
import type { stationApi } from '../../contract/station-api.ts';
import { type Fixtures, plainNames, slotNames } from '../../domain/fixture.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import { NOW_MS } from '../samples/station-views.ts';
import { READY_LOTS } from './recorded-lots.ts';

type Implementer = ReturnType<typeof implement<typeof stationApi>>;

const DAY_MS = 86_400_000;
/** Of a hub with sixteen sockets, as sysfs names them. */
const position = (index: number) => `0000:00:14.0-usb-${1 + Math.floor(index / 4)}.${1 + (index % 4)}:1.0`;

export const FOUR_FIXTURES: Fixtures = Array.from({ length: 4 }, () => ({ rows: 4, columns: 4 }));

function slotMap({ bench, fixtures }: StationFacts): SlotMapView {
  const names = fixtures === null ? plainNames(bench?.slots ?? 0) : slotNames(fixtures);
  const slots = names.map((name, index) => ({ name, position: index === 6 ? null : position(index) }));
  const present = names.map((_, index) => position(index)).filter((_, index) => index % 3 !== 0 && index !== 6);
  const stray = '0000:00:14.0-usb-9.2:1.0';
  return { fixtures, slots, present: [...present, stray], unknown: fixtures === null ? [] : [stray] };
}

const RECIPES: readonly HeldRecipe[] = READY_LOTS.recipes.map((recipe, index) => ({
  ...recipe,
  lots: index === 0 ? 12 : index === 1 ? 1 : 0,
  newest:
    index === 0
      ? [
          { lotId: 'WO-48213', state: 'released' },
          { lotId: 'WO-48102', state: 'closed' },
          { lotId: 'WO-47990', state: 'closed' },
        ]
      : index === 1
        ? [{ lotId: 'WO-47001', state: 'closed' }]
        : [],
}));

const CLOUD: CloudView = {
  enrolment: {
    serviceUrl: 'https://fleet.example.com:8443',
    station: {
      commonName: 'B3',
      fingerprint: '5e02a97c13f66b2e9d7104aae8c52f90b7d3461e02ab77c17f3a91c2c40d88b1',
      notBeforeMs: NOW_MS - 340 * DAY_MS,
      notAfterMs: NOW_MS + 25 * DAY_MS,
    },
    serviceCa: {
      commonName: 'Example Devices Service',
      fingerprint: '17f3a91c2c40d88b15e02a97c13f66b2e9d7104aae8c52f90b7d3461e02ab77c',
      notBeforeMs: NOW_MS - 400 * DAY_MS,
      notAfterMs: null,
    },
    renewal: 'due',
  },
  keyOpen: true,
  last: { timeMs: NOW_MS - 95_000, code: 'SERVICE_UNREACHABLE' },
};

const CHECKS: readonly SelfCheck[] = [
  { check: 'ports', verdict: 'look', figure: 15, code: 'PORT_UNKNOWN' },
  { check: 'printer', verdict: 'look', figure: 4, code: 'LABELS_EMPTY' },
  { check: 'disk', verdict: 'ok', figure: 1_900_000, code: null },
  { check: 'records', verdict: 'ok', figure: 48_213, code: null },
  { check: 'clock', verdict: 'ok', figure: 2, code: null },
  { check: 'signing', verdict: 'ok', figure: 412, code: null },
  { check: 'cloud', verdict: 'bad', figure: null, code: 'SERVICE_UNREACHABLE' },
];

const TRACE: readonly TraceLine[] = (
  [
    ['opened', null, null, null, 0, '', 0],
    ['ask', 'os-params', null, null, 9, '08 00 00 01 00 00 91 06 a0', 0],
    ['answer', 'os-params', null, null, 34, '09 00 00 1a 00 00 91 06 bf 68 62 75 66 5f 73 69 7a 65 19 09 94', 0],
    ['ask', 'status', null, null, 9, '08 00 00 01 4b 4c 92 00 a0', 0],
    ['text', null, null, null, 38, '*** Booting AQ-200 2.4.1 ***', 0],
    ['answer', 'status', null, null, 171, '09 00 00 a3 4b 4c 92 00 bf 61 76 01 64 68 77 69 64 4c 00 12 4b', 0],
    ['ask', 'image-upload', 0, null, 498, '0a 00 01 ea 00 01 93 01', 490],
    ['answer', 'image-upload', 424, null, 19, '0b 00 00 0b 00 01 93 01', 11],
    ['ask', 'keygen', null, null, 62, '0a 00 00 36 4b 4c 94 01', 54],
    ['text', null, null, null, 41, 'seed ···· ok', 32],
    ['answer', 'keygen', null, 3, 27, '0b 00 00 13 4b 4c 94 01', 19],
    ['ask', 'inject', 0, null, 142, '0a 00 00 86 4b 4c 95 05', 134],
    ['damaged', null, null, null, 31, '', 31],
    ['closed', null, null, null, 0, '', 0],
  ] as const
).map(([kind, topic, offset, rc, length, bytes, masked], index) => ({
  ...{ seq: index + 1, part: 0, timeMs: NOW_MS - 4_000 + index * 113, kind, topic, offset, rc, length, bytes, masked },
}));

/** One worn slot among sixteen. */
function heat({ bench, fixtures }: StationFacts): SlotHeat[] {
  const names = fixtures === null ? plainNames(bench?.slots ?? 0) : slotNames(fixtures);
  return names.map((slot, index) => ({
    slot,
    boards: 60 - (index % 5),
    failed: index === 10 ? 9 : index % 4 === 1 ? 1 : 0,
  }));
}

/** Slot 6 fails each board; the others made theirs. */
function results(slot: string): SlotResult[] {
  const bad = slot === '6' || slot === '2';
  return [20_000, 190_000, 352_000].map((agoMs, index) => {
    const endedMs = NOW_MS - agoMs;
    if (bad && index < 2) return { outcome: 'failed', code: 'NO_ANSWER', endedMs };
    return { outcome: 'passed', code: null, endedMs };
  });
}

export function upkeepCalls(os: Implementer, facts: StationFacts) {
  const written = { file: '/home/bench/.local/share/keyline/station/support/keyline-support.tar.gz', bytes: 48_112 };
  return {
    slotMap: {
      read: os.slotMap.read.handler(() => slotMap(facts)),
      teach: os.slotMap.teach.handler(() => slotMap(facts)),
    },
    recipes: {
      list: os.recipes.list.handler(() => [...RECIPES]),
      add: os.recipes.add.handler(({ errors }) => {
        const detail = 'certificate.validity: Invalid input';
        throw errors.KEYLINE({ data: { code: 'RECIPE_INVALID', detail, message: '' } });
      }),
      check: os.recipes.check.handler(() => ({ imageBytes: 214_016 })),
    },
    cloud: {
      read: os.cloud.read.handler(() => CLOUD),
      test: os.cloud.test.handler(() => ({ answerMs: 41, registered: 2_318 })),
    },
    practice: { open: os.practice.open.handler(() => ({ opening: true as const })) },
    diagnostics: {
      trace: os.diagnostics.trace.handler(({ input }) => ({ lines: input.after === null ? [...TRACE] : [], next: 14 })),
      saveTrace: os.diagnostics.saveTrace.handler(() => written),
      selfTest: os.diagnostics.selfTest.handler(() => [...CHECKS]),
      heat: os.diagnostics.heat.handler(() => heat(facts)),
      slotResults: os.diagnostics.slotResults.handler(({ input }) => results(input.slot)),
      bundle: os.diagnostics.bundle.handler(() => written),
    },
  };
}

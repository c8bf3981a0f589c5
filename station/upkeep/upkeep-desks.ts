// The desks behind Settings and Diagnostics, put together for one station.

import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { ClockWatch } from '../line/clock-watch.ts';
import type { LotFiles } from '../line/lot-files.ts';
import type { AroundLots, LotSetUp } from '../lots/lot-set-up.ts';
import type { Settings } from '../lots/settings.ts';
import type { PortSource } from '../port/byte-port.ts';
import type { PortTraces } from '../port/port-traces.ts';
import type { Recorder } from '../records/recorder.ts';
import { CloudDesk, type CloudParts } from './cloud-desk.ts';
import { DiagnosticsDesk, NO_SUPPORT } from './diagnostics-desk.ts';
import { PracticeDoor } from './practice-door.ts';
import { RecipeDesk } from './recipe-desk.ts';
import type { Found } from './self-test.ts';
import { SlotMapDesk } from './slot-map-desk.ts';
import type { SupportFiles } from './support-files.ts';

export interface UpkeepParts extends CloudParts {
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly settings: Settings;
  readonly clockWatch: ClockWatch;
  readonly files: LotFiles;
  readonly lots: LotSetUp;
  readonly around: Pick<
    AroundLots,
    | 'holdsFactorySecret'
    | 'profileFault'
    | 'runningLot'
    | 'hasSpace'
    | 'boardsFit'
    | 'signing'
    | 'ca'
    | 'chain'
    | 'sync'
    | 'practice'
  >;
  /** The label printer, asked how it stands; within half a minute. */
  readonly printer: () => Promise<Found['printer']>;
  /** The active CA's key can be reached. */
  readonly isAway: () => boolean;
  readonly traces: PortTraces;
  readonly given: {
    readonly ports: (text: string, slots: number) => PortSource;
    /** Absent in a world without a disk. */
    readonly support?: SupportFiles;
    /** As `PracticeDoorParts.leave`. */
    readonly practise?: () => void;
  };
  readonly changed: () => void;
}

export interface UpkeepDesks {
  readonly slotMap: SlotMapDesk;
  readonly recipes: RecipeDesk;
  readonly cloud: CloudDesk;
  readonly diagnostics: DiagnosticsDesk;
  readonly practice: PracticeDoor;
}

const DAY_MS = 86_400_000;

export function upkeepDesksOf(parts: UpkeepParts): UpkeepDesks {
  const { clock, recorder, settings, files, lots, around, traces, changed } = parts;
  const { ports, support, practise } = parts.given;
  const slotMap = new SlotMapDesk({ recorder, settings, ports, runningLot: around.runningLot, changed });
  const cloud = new CloudDesk(parts);
  return {
    slotMap,
    cloud,
    practice: new PracticeDoor({ practice: around.practice, leave: practise }),
    recipes: new RecipeDesk({ recorder, files, lots, around }),
    diagnostics: new DiagnosticsDesk({
      ...{ clock, traces, store: recorder.store, support: support ?? NO_SUPPORT },
      look: () => look(parts, slotMap, cloud),
      standing: () => standing(parts),
    }),
  };
}

async function look(parts: UpkeepParts, slotMap: SlotMapDesk, cloud: CloudDesk): Promise<Found> {
  const { clock, recorder, settings, clockWatch, around, isAway } = parts;
  const { store } = recorder;
  const asked = [refusable(slotMap.read()), refusable(cloud.test()), parts.printer()] as const;
  const [map, answer, printer] = await Promise.all(asked);
  const times = store.recordTimes();
  const { endsMs, warnings } = around.ca();
  const signing = around.signing();
  return {
    portsRefused: map.ok ? null : map.code,
    ports:
      map.ok && settings.bench
        ? {
            present: map.value.present.length,
            unknown: map.value.fixtures === null ? 0 : map.value.unknown.length,
          }
        : null,
    printer,
    boardsFit: around.boardsFit(),
    hasSpace: around.hasSpace(),
    events: store.chainHead().seq,
    clockDoubted: clockWatch.doubt(times, around.chain()?.notBeforeMs ?? 0) !== null,
    sinceLastMs: times.lastEventMs === 0 ? 0 : clock.nowMs() - times.lastEventMs,
    signing: isAway() ? 'away' : signing,
    caWarning: warnings[0] ?? null,
    caDays: endsMs === null ? null : Math.floor((endsMs - clock.nowMs()) / DAY_MS),
    cloud: answer.ok ? answer.value : { code: answer.code },
  };
}

async function refusable<T>(work: Promise<T>) {
  try {
    return { ok: true as const, value: await work };
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    return { ok: false as const, code: error.code };
  }
}

/** Counts and settings; where ports lie says whose home they lie in, so it is not among them. */
function standing({ recorder, settings, around, clock }: UpkeepParts): Readonly<Record<string, unknown>> {
  const { store } = recorder;
  const { bench } = settings;
  return {
    timeMs: clock.nowMs(),
    practice: store.station()?.practice ?? null,
    epoch: store.station()?.epoch ?? null,
    auditEvents: store.chainHead().seq,
    slots: bench?.slots ?? null,
    fixtures: settings.fixturesOf(bench),
    slotsOff: store.slotsOff().map(({ slot, reason }) => ({ slot, reason })),
    lots: store.lotRanges().length,
    lotOnLine: around.runningLot() !== null,
    signing: around.signing(),
    sync: around.sync(),
    boardsFit: around.boardsFit(),
  };
}

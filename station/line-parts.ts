// Puts a line together for one lot: its recipe, firmware, issuer and authority, and what must hold before each board.
import { concatBytes } from '../domain/bytes.ts';
import { keyTerms, Recipe } from '../domain/recipe.ts';
import type { StationEvent } from '../domain/station-event.ts';
import { sha256Hex } from '../pki/p256.ts';
import { openKeylineDriver } from './drivers/keyline/keyline-driver.ts';
import type { Issuer } from './identity/issuer.ts';
import type { JobContext } from './job/job-io.ts';
import { Admission } from './line/admission.ts';
import { ClockWatch } from './line/clock-watch.ts';
import { JobsInWork } from './line/jobs-in-work.ts';
import type { LineParts, Refusal } from './line/line.ts';
import { lotFirmware } from './line/lot-intake.ts';
import { SlotMap } from './line/slot-map.ts';
import type { PortSource } from './port/byte-port.ts';
import type { JobRecords } from './records/job-records.ts';
import type { LotRow } from './records/record-store.ts';
import type { Recorder } from './records/recorder.ts';
import type { StationParts } from './station-parts.ts';

export interface LineOrder {
  readonly parts: Pick<StationParts, 'clock' | 'random' | 'stores' | 'hasSpace' | 'onBug' | 'seal'>;
  readonly recorder: Recorder;
  readonly records: JobRecords;
  readonly issuer: Issuer;
  readonly stationId: string;
  /** The one that the recipe names; null where it names none. */
  readonly factorySecret: Uint8Array | null;
  readonly source: PortSource;
  readonly slots: number;
  /** Why the whole station stopped for good, or null. */
  readonly stoppedBy: () => Refusal | null;
  readonly tell: (event: StationEvent) => void;
}

/** Throws FIRMWARE_FILE_WRONG. */
export function lineParts(lot: LotRow, order: LineOrder): LineParts {
  const { recorder, records, issuer, source, slots, tell, stationId, factorySecret } = order;
  const { clock, random, stores, onBug, seal } = order.parts;
  const recipe = Recipe.parse(JSON.parse(lot.recipe));
  const firmware = lotFirmware(recipe, stores.files);
  const clockWatch = new ClockWatch(clock);
  const items = { chain: concatBytes(...issuer.chain.intermediates), anchor: issuer.chain.root };
  const context: JobContext = {
    imageHash: recipe.firmware.imageHash,
    cableGuard: keyTerms(recipe).cableGuard,
    chainSha256: sha256Hex(items.chain),
    anchorSha256: sha256Hex(items.anchor),
    lockDebug: recipe.lock.debug,
    allowGroups: recipe.lock.allowGroups,
  };
  const inWork = new JobsInWork();
  const authority = new Admission({
    lotId: lot.lotId,
    ...{ recipe, chain: issuer.chain, recorder, records, inWork, clockWatch },
  });
  return {
    ...{
      clock,
      random,
      source,
      recipe,
      context,
      recorder,
      records,
      inWork,
      tell,
      onBug,
      lotId: lot.lotId,
      chain: issuer.chain,
    },
    slotMap: new SlotMap(stores.records, slots),
    openDriver: (open) => openKeylineDriver(open, { clock, random }),
    resources: {
      ...{ clock, store: stores.records, issuer, authority, recipe, firmware, items },
      sealing: { stationId, seal, factorySecret },
    },
    check: () => order.stoppedBy() ?? startCheck(order, clockWatch),
  };
}

/** Disk and clock, before each board; the signer was unlocked before the line was put together. */
function startCheck({ parts, issuer }: LineOrder, clockWatch: ClockWatch): Refusal | null {
  if (!parts.hasSpace()) return { code: 'DISK_LOW', detail: '' };
  const doubt = clockWatch.doubt(parts.stores.records.recordTimes(), issuer.chain.notBeforeMs);
  return doubt ? { code: 'CLOCK_UNSURE', detail: doubt } : null;
}

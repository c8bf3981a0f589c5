// Puts a line together for one lot: its recipe, firmware, issuer and authority, and what must hold before each board.
import { KeylineError } from '../domain/errors.ts';
import type { Fixtures } from '../domain/fixture.ts';
import { keyTerms, Recipe } from '../domain/recipe.ts';
import type { StationEvent } from '../domain/station-event.ts';
import { openKeylineDriver } from './drivers/keyline/keyline-driver.ts';
import { chainItems } from './identity/chain-items.ts';
import type { IssuerChain, IssuerSet } from './identity/issuer.ts';
import { awayCode } from './identity/signer.ts';
import type { JobContext } from './job/job-io.ts';
import { Admission } from './line/admission.ts';
import { ClockWatch } from './line/clock-watch.ts';
import { JobsInWork } from './line/jobs-in-work.ts';
import type { LineParts, Refusal } from './line/line.ts';
import { lotFirmware } from './line/lot-intake.ts';
import { SlotMap } from './line/slot-map.ts';
import type { PortSource } from './port/byte-port.ts';
import type { PortTraces } from './port/port-traces.ts';
import { isSpent } from './records/ca-store.ts';
import type { JobRecords } from './records/job-records.ts';
import type { LotRow } from './records/record-store.ts';
import type { Recorder } from './records/recorder.ts';
import type { StationParts } from './station-parts.ts';

export interface LineOrder {
  readonly parts: Pick<StationParts, 'clock' | 'random' | 'stores' | 'hasSpace' | 'onBug' | 'seal'>;
  readonly recorder: Recorder;
  readonly records: JobRecords;
  readonly issuers: IssuerSet;
  readonly stationId: string;
  /** The one that the recipe names; null where it names none. */
  readonly factorySecret: Uint8Array | null;
  readonly source: PortSource;
  readonly slots: number;
  /** As they were taught; null where nobody did. */
  readonly fixtures: Fixtures | null;
  /** Hear what goes over the slots' cables. */
  readonly traces: PortTraces;
  readonly unknownPorts: (positions: readonly string[]) => void;
  /** Why the whole station stopped for good, or null. */
  readonly stoppedBy: () => Refusal | null;
  readonly tell: (event: StationEvent) => void;
}

/** Throws FIRMWARE_FILE_WRONG. */
export function lineParts(lot: LotRow, order: LineOrder): LineParts {
  const { recorder, records, issuers, source, slots, fixtures, tell, unknownPorts, traces, stationId, factorySecret } =
    order;
  const { clock, random, stores, onBug, seal } = order.parts;
  const recipe = Recipe.parse(JSON.parse(lot.recipe));
  const firmware = lotFirmware(recipe, stores.files);
  const clockWatch = new ClockWatch(clock);
  const { chain } = issuers.active;
  const cas = casOf(issuers.chains, recipe);
  const caOf = (issuerId: string) => {
    const ca = cas.get(issuerId);
    if (!ca) throw new KeylineError('SIGNER_UNREACHABLE', 'its CA is not in the data folder', { issuerId });
    return ca;
  };
  const inWork = new JobsInWork();
  const authority = new Admission({
    lotId: lot.lotId,
    ...{ recipe, chain, recorder, records, inWork, clockWatch },
  });
  return {
    ...{
      clock,
      random,
      source,
      recipe,
      recorder,
      records,
      inWork,
      tell,
      unknownPorts,
      traces,
      onBug,
      lotId: lot.lotId,
      chains: issuers.chains,
    },
    contextOf: (certificateId) =>
      caOf((certificateId === null ? null : stores.records.certificate(certificateId)?.issuerId) ?? chain.issuerId)
        .context,
    contextUnder: (issuerId) => caOf(issuerId).context,
    slotMap: new SlotMap(stores.records, slots, fixtures),
    openDriver: (open) => openKeylineDriver(open, { clock, random }),
    resources: {
      ...{ clock, store: stores.records, issuers, authority, recipe, firmware },
      itemsOf: (issuerId) => caOf(issuerId).items,
      sealing: { stationId, seal, factorySecret },
    },
    check: () => order.stoppedBy() ?? startCheck(order, clockWatch),
  };
}

/** What a board gets and is measured against, by the CA of its certificate. */
function casOf(chains: readonly IssuerChain[], recipe: Recipe) {
  return new Map(
    chains.map((each) => {
      const { chain, anchor, chainSha256, anchorSha256 } = chainItems(each);
      const context: JobContext = {
        imageHash: recipe.firmware.imageHash,
        cableGuard: keyTerms(recipe).cableGuard,
        ...{ chainSha256, anchorSha256 },
        lockDebug: recipe.lock.debug,
        allowGroups: recipe.lock.allowGroups,
      };
      return [each.issuerId, { items: { chain, anchor }, context }] as const;
    }),
  );
}

/** Disk, clock, signer and what is left of the CA, before each board. */
function startCheck({ parts, issuers }: LineOrder, clockWatch: ClockWatch): Refusal | null {
  const { notBeforeMs, issuerId } = issuers.active.chain;
  const { records } = parts.stores;
  if (!parts.hasSpace()) return { code: 'DISK_LOW', detail: '' };
  const doubt = clockWatch.doubt(records.recordTimes(), notBeforeMs);
  if (doubt) return { code: 'CLOCK_UNSURE', detail: doubt };
  // Looked for at each check, so that a token that is back says so by itself.
  issuers.active.attendance.look();
  const away = awayCode(issuers.active.attendance);
  if (away) return { code: away, detail: '' };
  const ca = records.ca(issuerId);
  return ca && isSpent(ca) ? { code: 'SIGNER_LIMIT', detail: `${ca.name} has signed ${ca.signatures} times` } : null;
}

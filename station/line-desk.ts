// The line of the station: one lot at a time. What it is started with, what it says while it runs, and its end.
import type { SlotOrder } from '../contract/slot-api.ts';
import type { ErrorCode } from '../domain/error-table.ts';
import { KeylineError } from '../domain/errors.ts';
import type { SlotView, StationEvent } from '../domain/station-event.ts';
import type { BenchDesk } from './bench-desk.ts';
import type { ClaimDesk } from './claim-desk.ts';
import type { KeyRing } from './key-ring.ts';
import { Line, type Refusal } from './line/line.ts';
import { lineParts } from './line-parts.ts';
import { factorySecretOf, startableLot } from './line-start.ts';
import type { Bench, Settings } from './lots/settings.ts';
import type { PortTraces } from './port/port-traces.ts';
import type { JobRecords } from './records/job-records.ts';
import type { Recorder } from './records/recorder.ts';
import type { SigningDesk } from './signing-desk.ts';
import type { StationParts } from './station-parts.ts';

interface LineDeskParts {
  readonly parts: StationParts;
  readonly recorder: Recorder;
  readonly jobs: JobRecords;
  readonly stationId: string;
  readonly keys: KeyRing;
  readonly claims: ClaimDesk;
  readonly signing: SigningDesk;
  readonly settings: Settings;
  readonly bench: BenchDesk;
  readonly traces: PortTraces;
  /** Why nothing new may begin, beside what the line itself looks at; null: it may. */
  readonly stoppedBy: () => Refusal | null;
  readonly tell: (event: StationEvent) => void;
  /** This lot has the line, before it admits its first board. */
  readonly taken: (lotId: string) => void;
  readonly portsChanged: () => void;
}

export class LineDesk {
  readonly #parts: LineDeskParts;
  #line: { readonly lotId: string; readonly line: Line } | null = null;
  #unknownPorts: readonly string[] = [];
  #ending: Promise<void> | null = null;

  constructor(parts: LineDeskParts) {
    this.#parts = parts;
  }

  /** The lot that the line runs, and the line; null without one. */
  get running(): { readonly lotId: string; readonly line: Line } | null {
    return this.#line;
  }

  get lotId(): string | null {
    return this.#line?.lotId ?? null;
  }

  get stoppedBy(): ErrorCode | null {
    return this.#line?.line.stoppedBy ?? null;
  }

  /** Ports that the line sees and that are no slot of a taught bench. */
  get unknownPorts(): readonly string[] {
    return this.#unknownPorts;
  }

  slots(): readonly SlotView[] {
    return this.#line?.line.views.all() ?? [];
  }

  /** Whether a slot works on this job now. */
  worksOn(jobId: number): boolean {
    return this.#line?.line.worksOn(jobId) ?? false;
  }

  /** A hold, a decision about a board or a lot is over: slots that wait look again. */
  goOn(): void {
    this.#line?.line.goOn();
  }

  /** A line that stopped checks at once whether it may go on; the reason where it may not. */
  lookAgain(): ErrorCode | null {
    return this.#line?.line.lookAgain() ?? null;
  }

  /** Throws as `Line.commandSlot`, SLOT_UNKNOWN without a line. */
  commandSlot(actorId: string, order: SlotOrder): SlotView {
    if (!this.#line) throw new KeylineError('SLOT_UNKNOWN', 'no line runs');
    return this.#line.line.commandSlot(actorId, order);
  }

  /**
   * For a released lot, at the ports that were set where none are given. Throws LINE_RUNNING, LOT_UNKNOWN,
   * LOT_NOT_RELEASED, BENCH_UNSET, CA_MISSING, SIGNER_LOCKED, PSK_MISSING, STATION_GONE once it ends, and what the start
   * checks say.
   */
  async start(
    actorId: string,
    input: { readonly lotId: string; readonly bench: Bench | null },
  ): Promise<{ slots: number }> {
    const { parts, recorder, jobs, stationId, keys, claims, signing, settings, traces, stoppedBy, tell } = this.#parts;
    const order = () => {
      if (this.#ending !== null) throw new KeylineError('STATION_GONE');
      return startableLot(input, {
        ...{ lotOnLine: this.lotId, bench: settings.bench, records: parts.stores.records, signing },
      });
    };
    const { issuers: first } = order();
    // Before anything is signed that the service would have to know the CA for. The rest is asked again after it.
    await claims.keep(first.active.chain.issuerId);
    const { lot, bench, issuers } = order();
    const { ports, slots } = bench;
    const factorySecret = factorySecretOf(lot, keys.open.factorySecrets);
    const line = new Line(
      lineParts(lot, {
        ...{ issuers, slots, source: parts.ports(ports, slots), parts, recorder, records: jobs, stationId },
        ...{ factorySecret, stoppedBy, tell, fixtures: settings.fixturesOf(bench), traces },
        unknownPorts: (positions) => this.#portsUnknown(positions),
      }),
    );
    this.#parts.bench.set(bench);
    this.#line = { lotId: lot.lotId, line };
    this.#parts.taken(lot.lotId);
    try {
      await line.start(actorId);
    } catch (error) {
      this.#line = null;
      throw error;
    }
    return { slots };
  }

  /** Admits no more boards; settles when those in work are finished. */
  async stop(): Promise<void> {
    const stopped = this.#line;
    await stopped?.line.stop();
    // Two may have asked; a line that was started since is not theirs.
    if (this.#line === stopped) this.#line = null;
    if (this.#line === null && this.#unknownPorts.length > 0) this.#portsUnknown([]);
  }

  /** As `stop`, for good: no line is started any more. */
  end(): Promise<void> {
    this.#ending ??= this.stop();
    return this.#ending;
  }

  #portsUnknown(positions: readonly string[]): void {
    this.#unknownPorts = positions;
    this.#parts.portsChanged();
  }
}

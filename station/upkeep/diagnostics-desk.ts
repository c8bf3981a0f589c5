// Diagnostics (UX.md section 4.9): a slot's trace, the self-test, which slots fail more than others, and files for people who
// help from afar. Everything that leaves is masked or counted; no name, no secret.
import { gzipSync } from 'node:zlib';
import type { SelfCheck, SlotHeat, SlotResult, TraceLine } from '../../contract/diagnostics-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { PortTraces } from '../port/port-traces.ts';
import type { JobFailure, RecordStore } from '../records/record-store.ts';
import { type Found, selfChecks } from './self-test.ts';
import type { SupportFiles } from './support-files.ts';
import { tarOf } from './tar.ts';
import { traceLines } from './trace-lines.ts';

export interface DiagnosticsParts {
  readonly clock: Clock;
  readonly store: Pick<RecordStore, 'slotTallies' | 'slotResults' | 'lastFailures'>;
  readonly traces: PortTraces;
  /** Looks at everything once. */
  readonly look: () => Promise<Found>;
  /** Slots and ports, lots and counts, as a bundle tells them. */
  readonly standing: () => Readonly<Record<string, unknown>>;
  readonly support: SupportFiles;
}

/** A day or two of a busy line: older boards say nothing of a pin that is worn now. 20,000 rows take some 20 ms. */
const LAST_JOBS = 20_000;
/** UX.md section 4.3. */
const RESULTS_OF_A_SLOT = 3;
/** More than anybody reads; a hundred of one cause look like one. */
const MOST_FAILURES = 200;
/** Of a trace at once: what a page draws in a frame; the rest follows. */
const MOST_LINES = 500;

export class DiagnosticsDesk {
  readonly #parts: DiagnosticsParts;

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
  }

  trace(slot: string, after: number | null): { lines: TraceLine[]; next: number } {
    const lines = this.#lines(slot).filter(({ seq }) => seq > (after ?? 0));
    const shown = after === null ? lines.slice(-MOST_LINES) : lines.slice(0, MOST_LINES);
    return { lines: shown, next: shown.at(-1)?.seq ?? after ?? 0 };
  }

  #lines(slot: string): TraceLine[] {
    return traceLines(this.#parts.traces.of(slot));
  }

  /** Throws FILE_UNWRITABLE. */
  saveTrace(slot: string, dir: string | null): { file: string; bytes: number } {
    const lines = this.#lines(slot).map((line) => traceText(line, this.#parts.support.utcText));
    return this.#write(dir, `trace-${slot}-${this.#stamp()}.txt`, Buffer.from(lines.join(''), 'utf8'));
  }

  async selfTest(): Promise<SelfCheck[]> {
    return selfChecks(await this.#parts.look());
  }

  heat(): SlotHeat[] {
    return [...this.#parts.store.slotTallies(LAST_JOBS)];
  }

  slotResults(slot: string): SlotResult[] {
    return [...this.#parts.store.slotResults(slot, LAST_JOBS, RESULTS_OF_A_SLOT)];
  }

  /** Throws FILE_UNWRITABLE. */
  async bundle(dir: string | null): Promise<{ file: string; bytes: number }> {
    const { clock, store, support, standing } = this.#parts;
    const json = (name: string, value: unknown) => ({ name, text: `${JSON.stringify(value, null, 2)}\n` });
    const failures: readonly JobFailure[] = store.lastFailures(LAST_JOBS, MOST_FAILURES);
    const archive = tarOf(
      [
        json('about.json', support.about),
        json('station.json', standing()),
        json('checks.json', await this.selfTest()),
        json('slots.json', this.heat()),
        json('failures.json', failures),
        ...support.logTails(),
      ],
      clock.nowMs(),
    );
    return this.#write(dir, `keyline-support-${this.#stamp()}.tar.gz`, gzipSync(archive));
  }

  #write(dir: string | null, name: string, bytes: Uint8Array): { file: string; bytes: number } {
    return { file: this.#parts.support.write(dir, name, bytes), bytes: bytes.length };
  }

  /** UTC, as names of files take it. */
  #stamp(): string {
    const { clock, support } = this.#parts;
    return support.utcText(clock.nowMs()).replaceAll(/[:.]/g, '').replace('T', '-');
  }
}

/** A world without a disk writes none. */
export const NO_SUPPORT: SupportFiles = {
  about: {},
  utcText: String,
  logTails: () => [],
  write() {
    throw new KeylineError('FILE_UNWRITABLE', 'this station has no folder for it');
  },
};

const ARROWS: Readonly<Record<TraceLine['kind'], string>> = {
  ask: '->',
  answer: '<-',
  text: '<-',
  damaged: '??',
  opened: '--',
  closed: '--',
};

function traceText(line: TraceLine, utcText: SupportFiles['utcText']): string {
  const { timeMs, kind, topic, offset, rc, length, bytes, masked } = line;
  const facts = [
    topic ?? kind,
    ...(offset === null ? [] : [`off=${offset}`]),
    ...(rc === null ? [] : [`rc=${rc}`]),
    `${length} bytes`,
    ...(masked === 0 ? [] : [`${masked} masked`]),
  ];
  return `${utcText(timeMs)} ${ARROWS[kind]} ${facts.join(' ')}  ${bytes}\n`;
}

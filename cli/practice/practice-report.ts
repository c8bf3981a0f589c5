// What a practice run prints at its end: figures for a program, lines for a person.
import type { z } from 'zod';
import type { PracticeAnswer } from '../../contract/cli.ts';
import { errorRow } from '../../domain/errors.ts';
import type { SyncView } from '../../domain/station-event.ts';
import type { ListedDevice } from '../../simulator/simulator-process.ts';
import type { DeviceResult } from './bench-robot.ts';

export type PracticeReport = z.infer<typeof PracticeAnswer>;

export interface RunFigures {
  readonly results: readonly DeviceResult[];
  /** As the bench tells them at the end: with the faults that struck. */
  readonly devices: readonly ListedDevice[];
  readonly sync: SyncView;
  readonly waitingPeak: number;
  readonly registeredAtReturn: number;
  /** By device index: null when it was let in, else the name of the refusal. */
  readonly admissions: ReadonlyMap<number, string | null>;
  readonly durationMs: number;
  readonly dataDir: string;
  readonly withFaults: boolean;
}

export function practiceReport(run: RunFigures): PracticeReport {
  const { results, sync, waitingPeak, registeredAtReturn, admissions, durationMs, dataDir } = run;
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  const times = results.map((result) => result.durationMs).sort((a, b) => a - b);
  return {
    devices: results.length,
    passed: count('passed'),
    failed: count('failed'),
    errored: count('errored'),
    aborted: count('aborted'),
    ...{ made: sync.made, registered: sync.registered, waiting: sync.waiting, refused: sync.refused },
    ...{ waitingPeak, registeredAtReturn },
    authenticated: [...admissions.values()].filter((refusal) => refusal === null).length,
    durationMs: Math.round(durationMs),
    jobMs: { p50: share(times, 0.5), p95: share(times, 0.95), max: share(times, 1) },
    ...(run.withFaults && {
      faults: results.filter(({ device }) => device.fault).map((result) => faultRow(result, run)),
    }),
    dataDir,
  };
}

function faultRow({ device, outcome, code, deviceSerial }: DeviceResult, { devices, admissions }: RunFigures) {
  const card = code === null ? null : errorRow(code).card;
  const { hwid, expected } = device;
  const provoked = devices.find((each) => each.device === device.device)?.fired ?? false;
  return {
    ...{ fault: device.fault ?? '', provoked, deviceSerial, hwid, outcome, code, card },
    expectedOutcome: expected.outcome,
    refusedAs: admissions.get(device.device) ?? null,
  };
}

/** The value below which this share of the sorted values lies, whole milliseconds; 0 without values. */
function share(sorted: readonly number[], part: number): number {
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  return Math.round(sorted[index] ?? 0);
}

/** For a person at a bench. */
export function reportLines(report: PracticeReport): readonly string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const { devices, passed, failed, errored, aborted, made, registered, waiting, refused } = report;
  return [
    `${passed} of ${devices} boards passed in ${seconds(report.durationMs)}; ${seconds(report.jobMs.p50)} a board.`,
    ...(passed < devices ? [`${failed} failed, ${aborted} without a verdict, ${errored} stopped by the station.`] : []),
    `${made} made = ${registered} registered + ${waiting} waiting + ${refused} refused.`,
    `${report.authenticated} let in by the security service with their new identity.`,
    ...(report.faults ?? []).map(
      (row) =>
        `  ${row.fault.padEnd(26)} ${row.outcome}${row.code ? ` ${row.code}` : ''}${row.card ? ` (card ${row.card})` : ''}`,
    ),
    `Everything is in ${report.dataDir}.`,
  ];
}

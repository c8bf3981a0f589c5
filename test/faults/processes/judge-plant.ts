// The verdict over a plant whose programs have ended or stand still: the checker's rules over each station's books, the
// service's and what the boards keep, and what a real line adds to them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isErrorCode } from '../../../domain/errors.ts';
import { DeviceRecord } from '../../../simulator/device-record.ts';
import {
  type BoardFacts,
  readServiceBook,
  readStationBook,
  type StationBook,
  sha256,
  type Violation,
} from '../checker/books.ts';
import { judge } from '../checker/checker.ts';
import type { PlantStation } from './plant-station.ts';

export interface StationBooks {
  readonly name: string;
  readonly books: string;
  readonly boards: readonly string[];
  readonly told: PlantStation['told'];
}

/** `over`: all is sent and every lot is closed; nothing may be under way any more. */
export function judgeStation({ name, books, boards, told }: StationBooks, service: string, over: boolean): Violation[] {
  const station = readStationBook(books);
  const found = judge({
    ...{ station, over, said: [] },
    service: readServiceBook(service),
    boards: boards.flatMap(boardsIn),
    stationId: stationIdOf(station),
  });
  const more: Violation[] = [
    ...toldAndLost(station, told).map((ids) => ({ rule: 'toldIsHeld', ids })),
    ...(over ? unexplained(station) : []).map((ids) => ({ rule: 'everyDeviceEndsAsDocumented', ids })),
  ];
  return [...found, ...more].map(({ rule, ids }) => ({ rule, ids: `${name}: ${ids}` }));
}

/** What the CLI said: each board that passed, and the counts at the end of each run. */
function toldAndLost(station: StationBook, { passed, runs }: PlantStation['told']): string[] {
  const live = new Set(station.certificates.filter(({ state }) => state === 'live').map((row) => row.device_serial));
  const accepted = station.outbox.filter(({ kind, state }) => kind === 'register' && state === 'accepted').length;
  return [
    ...[...passed].filter((serial) => !live.has(serial)).map((serial) => `${serial} was said to have passed`),
    ...runs.flatMap(({ lotId, passed: counted, registered }) => {
      const held = passedIn(station, lotId);
      return [
        ...(held < counted ? [`lot ${lotId}: ${counted} were said to have passed, ${held} have`] : []),
        ...(accepted < registered ? [`${registered} were said to be registered, ${accepted} are`] : []),
      ];
    }),
  ];
}

function passedIn(station: StationBook, lotId: string): number {
  const jobs = station.jobs.filter(({ lot_id, outcome }) => lot_id === lotId && outcome === 'passed');
  return new Set(jobs.map(({ device_id }) => device_id)).size;
}

/** A device whose last job has no end, or an end that the table of errors does not explain. */
function unexplained(station: StationBook): string[] {
  const last = new Map(station.jobs.filter(({ device_id }) => device_id !== null).map((job) => [job.device_id, job]));
  return station.devices.flatMap(({ device_id, hwid }) => {
    const job = last.get(device_id);
    const isPassed = job?.outcome === 'passed';
    const isExplained = (job?.outcome ?? null) !== null && isErrorCode(job?.code ?? '');
    return job === undefined || isPassed || isExplained ? [] : [`${hwid} ended ${job.outcome} ${job.code}`];
  });
}

/** How the last job of each device ended: `passed`, or a code. */
export function outcomesOf(books: string): Record<string, number> {
  const { devices, jobs } = readStationBook(books);
  const last = new Map(jobs.map((job) => [job.device_id, job]));
  const ends: Record<string, number> = {};
  for (const { device_id } of devices) {
    const job = last.get(device_id);
    const end = job?.outcome === 'passed' ? 'passed' : (job?.code ?? 'never admitted');
    ends[end] = (ends[end] ?? 0) + 1;
  }
  return ends;
}

/** From the first event: `station-made` or whatever names it; the checkpoints do. */
function stationIdOf({ checkpoints, path }: StationBook): string {
  const id = checkpoints[0]?.station_id;
  if (id === undefined) throw new Error(`no lot of ${path} was closed yet`);
  return id;
}

/** The boards of a folder as they lie on the table. They say of themselves what is so. */
function boardsIn(folder: string): BoardFacts[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((name) => factsOf(name, readFileSync(join(folder, name), 'utf8')));
}

function factsOf(name: string, text: string): BoardFacts {
  const { hwid, life, fuses, key, items, lock } = DeviceRecord.parse(z.json().parse(JSON.parse(text)));
  const leaf = items.leaf === null ? null : digest(items.leaf);
  const spkiSha256 = key === null ? null : digest(key.spki);
  return {
    ...{ name, hwid, life, lied: false, swappedIn: false, journal: lock },
    burnt: fuses.identity && fuses.debug,
    keySha256: spkiSha256,
    leafSha256: leaf,
    hasChain: items.chain !== null && items.anchor !== null,
    // Only what it holds now: nobody stood beside it.
    keys: key?.nonce === undefined || spkiSha256 === null ? [] : [{ spkiSha256, nonce: key.nonce }],
    leaves: leaf === null ? [] : [leaf],
  };
}

function digest(base64: string): string {
  return sha256(Buffer.from(base64, 'base64'));
}

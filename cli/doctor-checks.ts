// What `doctor` looks at, one check each: the data folder, its disk and records, the clock, the keys, the ports and the
// service. Changes nothing; asks for no passphrase. A check that cannot be made says so.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { DoctorAnswer } from '../contract/cli.ts';
import { makeWritable } from '../db/data-folder.ts';
import { freeBytes, LEAST_FREE_BYTES, spaceVerdict } from '../db/disk-space.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { openQueries } from '../db/queries.ts';
import { BUILD_TIME_MS } from '../domain/build-time.ts';
import type { ErrorCode } from '../domain/error-table.ts';
import { errorRow, KeylineError } from '../domain/errors.ts';
import { serviceHttp } from '../station/outbox/connectors/service-http.ts';
import { portSourceFrom } from '../station/port/port-source.ts';
import { activeCaOf, recordedCas } from './ca-record.ts';
import { refuseRolledBack } from './open-folder.ts';
import type { Use } from './surroundings.ts';

export type Check = z.infer<typeof DoctorAnswer>['checks'][number];
type Finding = Omit<Check, 'check'>;

const MB = 1024 * 1024;
const DAY_MS = 86_400_000;
/** CERTAINTY.md, Clock: further past the last event than this, a supervisor is asked. */
const MOST_DAYS_APART = 30;

/** No fault: a station's first start, or the first of a new version, ends it. */
const NOT_YET: ReadonlySet<ErrorCode> = new Set(['NO_STATION', 'RECORDS_OLDER'] satisfies ErrorCode[]);

/** What the check needs of the service's own answer about its health. */
const Health = z.object({ practice: z.boolean() });

const CHECKS: readonly (readonly [name: string, look: (use: Use) => Finding | Promise<Finding>])[] = [
  ['records', records],
  ['disk', disk],
  ['clock', clock],
  ['signing CA', signingCa],
  ['ports', ports],
  ['service', service],
];

/** All checks, one after the other. Never throws for what it finds. */
export async function examine(use: Use): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [check, look] of CHECKS) checks.push({ check, ...(await finding(use, look)) });
  return checks;
}

async function finding(use: Use, look: (use: Use) => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look(use);
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    return { verdict: NOT_YET.has(error.code) ? 'look' : 'bad', detail: error.message };
  }
}

/** Another process that holds the folder checked every page at its own start: it is not slowed by a second look. */
function records(use: Use): Finding {
  try {
    lookAtRecords(use);
    return { verdict: 'ok', detail: `${use.folder.stationDatabase} is whole` };
  } catch (error) {
    if (!(error instanceof KeylineError && error.code === 'DATA_FOLDER_IN_USE')) throw error;
    return { verdict: 'ok', detail: 'a Keyline that runs holds them, and checked them when it started' };
  }
}

/** What a start would refuse, found without one: records of an older version stay so, a station may start meanwhile. */
function lookAtRecords({ folder, around }: Use): void {
  if (!existsSync(folder.stationDatabase)) throw new KeylineError('NO_STATION');
  // It is there: nothing is made.
  makeWritable(folder.path, around.platform);
  // Given back at once, for the look may take minutes.
  if (existsSync(folder.lock)) lockFolder(folder.lock)();
  const queries = openQueries(folder.stationDatabase);
  try {
    queries.checkPages();
    const station = queries.station();
    if (!station) throw new KeylineError('NO_STATION');
    refuseRolledBack(around, queries, station);
  } finally {
    queries.close();
  }
}

function disk({ folder }: Use): Finding {
  if (!existsSync(folder.path)) return { verdict: 'look', detail: `${folder.path} is not there yet` };
  const free = freeBytes(folder.path);
  const detail = `${Math.floor(free / MB)} MB free, ${LEAST_FREE_BYTES / MB} MB needed`;
  return { verdict: spaceVerdict(free) === 'ok' ? 'ok' : 'bad', detail };
}

function clock({ clock: { nowMs }, folder }: Use): Finding {
  const now = nowMs();
  const shown = new Date(now).toISOString();
  if (now < BUILD_TIME_MS) return { verdict: 'bad', detail: `it says ${shown}, before this version was made` };
  if (!existsSync(folder.stationDatabase)) return { verdict: 'ok', detail: `it says ${shown}` };
  const queries = openQueries(folder.stationDatabase);
  try {
    const last = queries.lastEventMs();
    if (now < last) return { verdict: 'bad', detail: `it says ${shown}, before the last event on record` };
    const days = Math.floor((now - last) / DAY_MS);
    if (last > 0 && days > MOST_DAYS_APART)
      return { verdict: 'look', detail: `it says ${shown}, ${days} days after the last event` };
    return { verdict: 'ok', detail: `it says ${shown}` };
  } finally {
    queries.close();
  }
}

/** The active one, and what is near its end. */
async function signingCa(use: Use): Promise<Finding> {
  const { issuerId } = (await activeCaOf(use)).chain;
  const [ca] = (await recordedCas(use)).filter((known) => known.issuerId === issuerId);
  const [worst] = ca?.warnings ?? [];
  const which = `${ca?.name} ${issuerId.slice(0, 16)}${ca?.practice ? ', for practice' : ''}`;
  if (worst === undefined) return { verdict: 'ok', detail: which };
  const spent = worst === 'CA_ENDED' || worst === 'SIGNER_LIMIT';
  return { verdict: spent ? 'bad' : 'look', detail: `${which}: ${errorRow(worst).happened}` };
}

async function ports({ around, clock: time }: Use): Promise<Finding> {
  const spots = await portSourceFrom(around.platform === 'win32' ? 'COM*' : '/dev', 1, time).list();
  if (spots.length === 0) return { verdict: 'look', detail: 'no USB serial port is plugged in' };
  return { verdict: 'ok', detail: spots.map(({ position, path }) => `${path} (${position})`).join(', ') };
}

async function service({ folder }: Use): Promise<Finding> {
  if (!existsSync(folder.stationDatabase)) throw new KeylineError('NO_STATION');
  const queries = openQueries(folder.stationDatabase);
  const enrolment = queries.enrolment();
  queries.close();
  if (!enrolment) return { verdict: 'look', detail: 'this station is not enrolled' };
  const http = serviceHttp(enrolment, null);
  try {
    const health = await http.exchange({ method: 'GET', path: '/v1/health', body: null, answer: Health });
    return { verdict: 'ok', detail: `${enrolment.serviceUrl} answers${health.practice ? ', for practice' : ''}` };
  } finally {
    await http.close();
  }
}

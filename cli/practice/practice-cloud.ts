// The cloud side of a practice run: the service's return, what was waiting, and the boards at its door.
import { assert, KeylineError } from '../../domain/errors.ts';
import type { SyncView } from '../../domain/station-event.ts';
import { hostStation } from '../host-station.ts';
import type { Use } from '../surroundings.ts';
import type { DeviceResult } from './bench-robot.ts';
import { practicePaths } from './practice-folder.ts';
import type { Bench, PracticeRun } from './practice-plan.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';

/** Boards that ask the service to be let in at the same time. */
const AT_ONCE = 8;

/**
 * Starts the service again on its old port. Before anything is registered the last board that passed must be refused:
 * a good chain alone opens nothing.
 */
export async function serviceReturns(
  { use, say }: PracticeRun,
  { simulator }: Bench,
  port: number,
  results: readonly DeviceResult[],
): Promise<ServiceProcess> {
  say('The security service is back.');
  const service = await startServiceProcess(practicePaths(use.folder.path).service, port);
  const last = results.findLast(({ outcome }) => outcome === 'passed');
  if (!last) return service;
  const { host, caPem: ca } = service;
  const early = await simulator.authenticate(last.device.device, { host, port, ca });
  assert(!early.admitted && early.reason === 'NOT_REGISTERED', 'no board is let in before it is registered');
  say(`${last.deviceSerial} is refused until it is registered.`);
  return service;
}

/** Sends everything that waits; the counts after it. */
export async function registerAll(use: Use): Promise<SyncView> {
  const station = await hostStation(use, { practice: true, unlock: true });
  try {
    return await station.client.api.sync();
  } finally {
    await station.close();
  }
}

/** By device index: null when it was let in, else why not. Boards that never got a certificate do not ask. */
export async function authenticateAll(
  { simulator, service }: Bench,
  results: readonly DeviceResult[],
): Promise<ReadonlyMap<number, string | null>> {
  assert(service, 'boards ask while the service is there');
  const { host, port, caPem: ca } = service;
  const admissions = new Map<number, string | null>();
  const waiting = results.map(({ device }) => device.device);
  const ask = async () => {
    for (let device = waiting.shift(); device !== undefined; device = waiting.shift()) {
      try {
        const { admitted, reason, voidReason } = await simulator.authenticate(device, { host, port, ca });
        admissions.set(device, admitted ? null : [reason, voidReason].filter((part) => part !== null).join(' '));
      } catch (error) {
        if (!(error instanceof KeylineError)) throw error;
        admissions.set(device, error.code);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return admissions;
}

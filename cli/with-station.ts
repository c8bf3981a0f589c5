// How a command reaches the station of a data folder: through the socket of the process that holds it, or, when nobody
// does, by hosting it in this process for as long as the command runs (DESIGN 3, Processes).
import { KeylineError } from '../domain/errors.ts';
import { pause } from '../domain/seams.ts';
import { socketAddress } from '../station/api/socket-address.ts';
import { type HostOrder, hostStation } from './host-station.ts';
import { refuseOtherKind } from './open-folder.ts';
import { type StationApiClient, socketClient } from './station-client.ts';
import type { Use } from './surroundings.ts';

/** How long another process may take from its lock to its socket, or from its last answer to its end. */
const OTHER_STARTS_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/** Calls `work` with the station's API. Throws as `hostStation`, and DATA_FOLDER_IN_USE when its holder never answers. */
export async function withStation<T>(
  use: Use,
  order: HostOrder,
  work: (api: StationApiClient) => Promise<T>,
): Promise<T> {
  const endMs = use.clock.monotonicMs() + OTHER_STARTS_MS;
  for (;;) {
    const held = await hosted(use, order, work);
    if (!held.inUse) return held.answer;
    const other = await heldByOther(use, order, work);
    if (!other.gone) return other.answer;
    if (use.clock.monotonicMs() >= endMs) throw held.inUse;
    await pause(use.clock, LOOK_AGAIN_MS);
  }
}

/** As `withStation`, for a command that has to be the station itself. Throws DATA_FOLDER_IN_USE, LINE_RUNNING. */
export async function withOwnStation<T>(
  use: Use,
  order: HostOrder,
  work: (api: StationApiClient) => Promise<T>,
): Promise<T> {
  const endMs = use.clock.monotonicMs() + OTHER_STARTS_MS;
  for (;;) {
    const held = await hosted(use, order, work);
    if (!held.inUse) return held.answer;
    // A short command that is about to end is waited for, a line is not.
    const other = await heldByOther(use, { ...order, practice: null }, (api) => api.status());
    if (!other.gone && other.answer.lineRunning) throw new KeylineError('LINE_RUNNING', other.answer.lot?.lotId ?? '');
    if (use.clock.monotonicMs() >= endMs) throw held.inUse;
    await pause(use.clock, LOOK_AGAIN_MS);
  }
}

type Hosted<T> = { readonly inUse: null; readonly answer: T } | { readonly inUse: KeylineError };

async function hosted<T>(use: Use, order: HostOrder, work: (api: StationApiClient) => Promise<T>): Promise<Hosted<T>> {
  const station = await hostStation(use, order).catch((error: unknown) => {
    if (error instanceof KeylineError && error.code === 'DATA_FOLDER_IN_USE') return error;
    throw error;
  });
  if (station instanceof KeylineError) return { inUse: station };
  let bug = true;
  try {
    const answer = await Promise.race([work(station.client.api), station.fault]);
    bug = false;
    return { inUse: null, answer };
  } catch (error) {
    bug = !(error instanceof KeylineError);
    throw error;
  } finally {
    // After a bug nothing is finished any more: the next start resumes.
    if (!bug) await station.close();
  }
}

type Answered<T> = { readonly gone: false; readonly answer: T } | { readonly gone: true };

async function heldByOther<T>(
  use: Use,
  order: HostOrder,
  work: (api: StationApiClient) => Promise<T>,
): Promise<Answered<T>> {
  const address = socketAddress({ path: use.folder.socket, platform: use.around.platform });
  if (address === null) return { gone: true };
  const client = socketClient(address, use.askPerson);
  try {
    const { practice } = await client.api.status();
    refuseOtherKind(practice, order.practice);
  } catch (error) {
    await client.close();
    if (error instanceof KeylineError && error.code === 'STATION_GONE') return { gone: true };
    throw error;
  }
  try {
    return { gone: false, answer: await work(client.api) };
  } finally {
    await client.close();
  }
}

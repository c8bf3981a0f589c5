import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import type { StationEvent } from '../domain/station-event.ts';
import { EVENTS_WAITING } from '../station/api/event-queue.ts';
import type { LiveStation } from '../station/api/live-station.ts';
import { type LocalSocket, serveLocalSocket } from '../station/api/local-socket.ts';
import { socketAddress } from '../station/api/socket-address.ts';
import { stationRouter } from '../station/api/station-router.ts';
import { liveStation } from '../test/samples/live-station.ts';
import { lotView, stationFacts, stationStatus, syncView } from '../test/samples/station-views.ts';
import { type StationClient, socketClient, stationEvents } from './station-client.ts';

const SYNC = syncView({ made: 3, registered: 1, waiting: 2 });
const LOT = lotView({ lotId: 'WO-1', state: 'held', heldBecause: 'me' });

let folder: string;
let listeners: Set<(event: StationEvent) => void>;
let station: LiveStation;
let bugs: unknown[];
const open: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-socket-test-'));
  listeners = new Set();
  bugs = [];
  station = liveStation({
    facts: () => stationFacts({ person: null, hasPeople: false }),
    commandLot: () => LOT,
    sync: async () => SYNC,
    status: () => stationStatus({ stationId: 'KL-00000001', practice: true, lot: LOT, sync: SYNC }),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
});

afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(path = join(folder, 'socket')): Promise<{ socket: LocalSocket; client: StationClient }> {
  const place = { path, platform: process.platform };
  const socket = await serveLocalSocket(stationRouter(station, { bug: (bug) => bugs.push(bug), misread() {} }), place);
  const address = socketAddress(place);
  expect(address).toBe(socket.address);
  const client = socketClient(socket.address);
  open.push(socket, client);
  return { socket, client };
}

async function refusal(call: Promise<unknown>): Promise<KeylineError> {
  const error = await call.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(KeylineError);
  if (!(error instanceof KeylineError)) throw error;
  return error;
}

describe.skipIf(process.platform === 'win32')('the socket of a data folder', () => {
  it('answers what the station answers', async () => {
    const { client } = await serve();
    expect(await client.api.status()).toMatchObject({ stationId: 'KL-00000001', sync: SYNC });
    expect(await client.api.lot.command({ lotId: 'WO-1', command: 'hold', because: 'me', writeOff: false })).toEqual(
      LOT,
    );
    expect(await client.api.line.start({ lotId: 'WO-1', bench: { ports: '/dev', slots: 4 } })).toEqual({ slots: 4 });
    expect(await client.api.line.stop()).toEqual({ stopped: true });
  });

  it('carries a refusal with its code and detail', async () => {
    station = {
      ...station,
      commandLot: () => {
        throw new KeylineError('LOT_UNKNOWN', 'WO-9', { secretless: 1 });
      },
    };
    const { client } = await serve();
    const error = await refusal(
      client.api.lot.command({ lotId: 'WO-9', command: 'hold', because: null, writeOff: false }),
    );
    expect([error.code, error.detail]).toEqual(['LOT_UNKNOWN', 'WO-9']);
    expect(error.message).toContain('no lot of that name');
    expect(bugs).toEqual([]);
  });

  it('tells a bug to the log and not to the caller', async () => {
    station = {
      ...station,
      sync: async () => {
        throw new Error('at secret-place: broken promise');
      },
    };
    const { client } = await serve();
    const error = await client.api.sync().catch((cause: unknown) => cause);
    expect(error).not.toBeInstanceOf(KeylineError);
    expect(String(error)).not.toContain('secret-place');
    expect(bugs).toHaveLength(1);
  });

  it('refuses a message that does not follow its format', async () => {
    const { client } = await serve();
    const error = await refusal(client.api.line.start({ lotId: 'WO-1', bench: { ports: '/dev', slots: 65 } }));
    expect(error.code).toBe('MESSAGE_INVALID');
  });

  it.each([
    ['a call nobody knows', 'POST', '/nothing', '{}', 404],
    ['a body that is no JSON', 'POST', '/lot/command', '{', 400],
    ['a body longer than any message', 'POST', '/lot/command', `{"json":"${'x'.repeat(70_000)}"}`, 413],
  ])('refuses %s', async (_, method, path, body, status) => {
    const { socket } = await serve();
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const call = request({
        socketPath: socket.address,
        method,
        path,
        headers: { 'content-type': 'application/json' },
      });
      call.once('response', (response) => resolve(response.resume().statusCode));
      call.once('error', reject);
      call.end(body);
    });
    expect(answered).toBe(status);
  });

  it('feeds every watcher from the moment it asked', async () => {
    const { client } = await serve();
    const leave = new AbortController();
    const events = stationEvents(client.api, leave.signal);
    const first = events.next();
    await until(() => listeners.size === 1);
    emit({ type: 'sync-changed', sync: SYNC });
    emit({ type: 'lot-changed', lot: LOT, current: true });
    expect((await first).value).toEqual({ type: 'sync-changed', sync: SYNC });
    expect((await events.next()).value).toEqual({ type: 'lot-changed', lot: LOT, current: true });
    leave.abort();
    await events.next();
    await until(() => listeners.size === 0);
  });

  it('cuts off a watcher that does not keep up', async () => {
    const { client } = await serve();
    const events = stationEvents(client.api, new AbortController().signal);
    const first = events.next();
    await until(() => listeners.size === 1);
    for (let i = 0; i <= EVENTS_WAITING; i++) emit({ type: 'sync-changed', sync: SYNC });
    const error = await refusal(
      first.then(async () => {
        for await (const _ of events);
      }),
    );
    expect(error.code).toBe('WATCHER_SLOW');
    await until(() => listeners.size === 0);
  });

  it('says to a watcher that the station is gone', async () => {
    const { socket, client } = await serve();
    const events = stationEvents(client.api, new AbortController().signal);
    const first = refusal(events.next());
    await until(() => listeners.size === 1);
    await socket.close();
    expect((await first).code).toBe('STATION_GONE');
    expect((await refusal(client.api.status())).code).toBe('STATION_GONE');
  });

  it('can be opened by its owner only, and is gone when it closes', async () => {
    const { socket } = await serve();
    expect(statSync(socket.address).mode & 0o777).toBe(0o600);
    await socket.close();
    expect(existsSync(socket.address)).toBe(false);
  });

  it('removes nothing but a socket, wherever a link in its place points to', async () => {
    const [stranger, place] = [join(folder, 'keyline-stranger'), join(folder, 'data')];
    for (const path of [stranger, place]) mkdirSync(path);
    writeFileSync(join(stranger, 'socket'), 'not a socket');
    writeFileSync(join(stranger, 'kept'), 'thesis');
    symlinkSync(join(stranger, 'socket'), join(place, 'socket'));
    const { socket } = await serve(join(place, 'socket'));
    await socket.close();
    expect(readdirSync(stranger)).toEqual(['kept', 'socket']);
    expect(readdirSync(place)).toEqual([]);
  });

  it('takes the place of what a killed holder left', async () => {
    writeFileSync(join(folder, 'socket'), 'stale');
    const { client } = await serve();
    expect((await client.api.status()).practice).toBe(true);
  });

  it('stands elsewhere, behind a link, when the path of the folder is too long', async () => {
    const deep = join(folder, 'd'.repeat(120));
    mkdirSync(deep);
    const path = join(deep, 'socket');
    const { socket, client } = await serve(path);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(statSync(dirname(readlinkSync(path))).mode & 0o777).toBe(0o700);
    expect((await client.api.status()).practice).toBe(true);
    await socket.close();
    expect(existsSync(dirname(socket.address))).toBe(false);
    expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });
});

function emit(event: StationEvent): void {
  for (const listener of listeners) listener(event);
}

/** Turns of the event loop, bounded: what waits here takes two or three. */
async function until(true_: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000; turn++) {
    if (true_()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('did not come true');
}

// Cuts, lies and coincidences at the very moment where they hurt.
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { KeylineError } from '../../domain/errors.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import { IMAGE_COMMAND, IMAGE_GROUP, OS_COMMAND, OS_GROUP } from '../../protocol/standard-groups.ts';
import type { DeviceRequest } from '../../simulator/device-request.ts';
import type { DeviceHooks } from '../../simulator/device-state.ts';
import { buildRequest } from '../../simulator/identity-group/csr.ts';
import { identityError, ok } from '../../simulator/reply.ts';
import { BARE, lastWords, type MemoryBench, openBench } from './memory-bench.ts';

let bench: MemoryBench;
async function open(options: Parameters<typeof openBench>[0] = {}): Promise<MemoryBench> {
  bench = await openBench(options);
  return bench;
}
afterEach(() => bench.close());

const ended = (count: number) => (events: readonly StationEvent[]) => lastWords(events).length >= count;
const shows = (code: string) => (events: readonly StationEvent[]) =>
  events.some((event) => event.type === 'slot-changed' && event.slot.code === code);

test('a healthy board passes on the bench in memory', async () => {
  const { ports, board, until, events, bugs } = await open();
  ports.insert('1', board());
  await until(ended(1));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed']);
});

test('a key that nobody recorded is discarded on the board, and the board passes with a new one', async () => {
  const { ports, board, until, events, bugs } = await open();
  const line = board();
  const { privateKey, publicKey } = newKey();
  line.device.state.commit({ life: 'keyed', key: { pkcs8: privateKey, spki: publicKey, nonce: '77'.repeat(16) } });
  ports.insert('1', line);
  await until(ended(1));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed']);
});

test('a cut between the recorded to-be-signed and the job that knows of it spends one signature, not two', async () => {
  let room = false;
  const { ports, board, until, events, bugs, store } = await open({
    full: (records) => !room && records.certificate(1)?.state === 'intended',
  });
  ports.insert('1', board());
  await until(shows('DISK_FULL'));
  const tbs = store.certificate(1)?.tbs;
  room = true;
  await until(ended(1));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed']);
  expect(store.certificate(1)).toMatchObject({ state: 'live', tbs });
  expect(store.lotTally('L1').signatures).toBe(1);
});

test('a board that requests a certificate for a key it showed earlier gets none', async () => {
  let old: { pkcs8: string; spki: string } | null = null;
  let faults = 0;
  const { ports, board, until, events, store } = await open();
  const line = board({
    hooks: {
      onRequest(request, state) {
        const { key } = state.record;
        if (asks(request, 'prove') && faults < 3) {
          faults += 1;
          old ??= key;
          state.commit({ life: 'blank', key: null });
          return identityError(IDENTITY_RC.FAULT);
        }
        if (asks(request, 'csr') && old && typeof request.payload.sn === 'string') {
          const signer = createPrivateKey({ key: Buffer.from(old.pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
          const spki = new Uint8Array(Buffer.from(old.spki, 'base64'));
          const deviceSerial = request.payload.sn;
          const der = buildRequest(deviceSerial, spki, (message) => sign('sha256', message, signer));
          state.volatile.request = { deviceSerial, der };
        }
        return 'serve';
      },
    },
  });
  ports.insert('1', line);
  await until(ended(1));
  expect(lastWords(events)).toEqual(['CSR_INVALID']);
  expect(store.lotTally('L1').signatures).toBe(0);
});

test('a board that shows its old key as a new one gets no certificate', async () => {
  const { ports, board, until, events, store } = await open();
  const line = board({
    hooks: { onRequest: (request, { spki }) => (asks(request, 'keygen') && spki ? ok({ spki }) : 'serve') },
  });
  const { privateKey, publicKey } = newKey();
  line.device.state.commit({ life: 'keyed', key: { pkcs8: privateKey, spki: publicKey, nonce: '77'.repeat(16) } });
  ports.insert('1', line);
  await until(ended(1));
  expect(lastWords(events)).toEqual(['KEY_NOT_MADE']);
  expect(store.lotTally('L1').signatures).toBe(0);
});

test('a board that says it is locked before its certificate was on record as installed is proved, and no bug', async () => {
  const { ports, board, until, events, bugs, store } = await open();
  let struck = false;
  const line = board({
    hooks: {
      onReply(request, reply, state) {
        const leaf = state.item('leaf');
        if (struck || leaf === null || !asks(request, 'item')) return reply;
        struck = true;
        const lock = { deviceSerial: 'T-0001', leafSha256: store.certificate(1)?.fingerprint ?? '', debug: true };
        state.commit({ life: 'locked', lock, fuses: { identity: true, debug: true } });
        ports.eject('1');
        return reply;
      },
    },
  });
  ports.insert('1', line);
  await until(shows('PULLED_OUT'));
  ports.insert('1', line);
  await until(ended(1));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed']);
});

test('a bare board whose record could not be written leaves no open job behind', async () => {
  let room = false;
  const { ports, board, until, events, bugs, store } = await open({
    quantity: 1,
    full: (records) => !room && records.job(1) !== null,
  });
  ports.insert('1', board({ image: BARE }));
  await until(shows('DISK_FULL'));
  room = true;
  await until(ended(1));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed']);
  expect(store.lotTally('L1').running).toBe(0);
});

test('a job without a name does not outlive its station', async () => {
  let room = false;
  const { ports, board, until, restart, store } = await open({
    full: (records) => !room && records.job(1) !== null,
  });
  ports.insert('1', board({ image: BARE }));
  await until(shows('DISK_FULL'));
  ports.eject('1');
  room = true;
  await restart();
  expect(store.job(1)).toMatchObject({ outcome: 'aborted', code: 'PULLED_OUT' });
  expect(store.lotTally('L1').running).toBe(0);
});

test('a board that only loads its firmware holds no place of the lot', async () => {
  const { ports, board, until, events } = await open({ quantity: 1 });
  let started = false;
  const bare = board({
    hwid: '00112233445566',
    image: BARE,
    hooks: {
      onRequest(request) {
        const upload = request.write && request.group === IMAGE_GROUP && request.command === IMAGE_COMMAND.upload;
        if (upload && !started) {
          started = true;
          ports.insert('2', board());
        }
        return 'serve';
      },
      delayMs: ({ group, command }) => (group === OS_GROUP && command === OS_COMMAND.reset ? 900 : 0),
    },
  });
  ports.insert('1', bare);
  await until(ended(2));
  expect(lastWords(events)).toEqual(['passed', 'QUOTA_REACHED']);
});

test('boards in work hold their signatures too: a lot that runs out of them refuses a board and does not stop', async () => {
  const { ports, board, until, events, store } = await open({ quantity: 2, spare: 0 });
  const liar = board({
    hwid: '00112233445566',
    hooks: {
      onRequest: (request, state) =>
        asks(request, 'prove') && state.record.life === 'enrolled' ? identityError(IDENTITY_RC.STATE) : 'serve',
    },
  });
  ports.insert('1', liar);
  await until(ended(1));
  ports.eject('1');
  await until((so) => so.some((event) => event.type === 'slot-changed' && event.slot.state === 'empty'));
  const slow: DeviceHooks = { delayMs: (request) => (asks(request, 'csr') ? 400 : 0) };
  ports.insert('1', board({ hooks: slow }));
  ports.insert('2', board({ hwid: '00112233445577', hooks: slow }));
  await until((so) => ended(3)(so) || shows('SIGNER_LIMIT')(so));
  expect(lastWords(events).toSorted()).toEqual(['PROOF_FAILED', 'QUOTA_REACHED', 'passed']);
  expect(store.lotTally('L1')).toMatchObject({ signatures: 2, running: 0 });
});

test('a bare board that turns out to be a copy of one that passed is refused', async () => {
  const { ports, board, until, events, bugs, store } = await open();
  ports.insert('1', board());
  await until(ended(1));
  ports.insert('2', board({ image: BARE }));
  await until(ended(2));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed', 'DUPLICATE_HWID']);
  expect(store.lotTally('L1')).toMatchObject({ passed: 1, aborted: 1, signatures: 1 });
});

test('a board that falls back to its bare firmware before the new one was permanent goes on, and is no copy', async () => {
  const { ports, board, until, events, bugs, store } = await open({ quantity: 1 });
  let struck = false;
  const line = board({
    image: BARE,
    hooks: {
      onRequest(request) {
        if (struck || !request.write || request.group !== IMAGE_GROUP || request.payload.confirm !== true)
          return 'serve';
        struck = true;
        ports.eject('1');
        return 'ignore';
      },
    },
  });
  ports.insert('1', line);
  await until(shows('PULLED_OUT'));
  ports.insert('1', line);
  await until(ended(1));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed']);
  expect(store.lotTally('L1')).toMatchObject({ passed: 1, running: 0, signatures: 1 });
});

test('a bare board that meets a held lot goes on with its own job when the lot is released', async () => {
  const { ports, board, until, events, store, station } = await open();
  const command = (what: 'hold' | 'release') =>
    station.commandLot('tester', { lotId: 'L1', command: what, because: null, writeOff: false });
  let struck = false;
  const line = board({
    image: BARE,
    hooks: {
      onRequest(request) {
        if (!struck && request.group === OS_GROUP && request.command === OS_COMMAND.reset) {
          struck = true;
          command('hold');
        }
        return 'serve';
      },
    },
  });
  ports.insert('1', line);
  await until(shows('LOT_HELD'));
  command('release');
  await until(ended(1));
  expect(lastWords(events)).toEqual(['passed']);
  expect(store.lotTally('L1')).toMatchObject({ passed: 1, running: 0 });
  expect(store.job(2)).toBeNull();
});

test('two boards with one hardware id at the same moment: one is worked on, the other is kept apart', async () => {
  const { ports, board, until, events, bugs } = await open();
  ports.insert('1', board());
  ports.insert('2', board());
  await until(ended(2));
  expect(bugs).toEqual([]);
  expect(lastWords(events).toSorted()).toEqual(['DUPLICATE_HWID', 'passed']);
});

test('a board whose job belongs to another lot is looked at once a second, not without a pause', async () => {
  const { ports, board, until, lot, start, station } = await open();
  const line = board({
    hooks: {
      onReply(request, reply) {
        if (asks(request, 'keygen')) ports.eject('1');
        return reply;
      },
    },
  });
  ports.insert('1', line);
  await until(shows('PULLED_OUT'));
  await station.stopLine();
  station.commandLot('tester', { lotId: 'L1', command: 'hold', because: null, writeOff: false });
  await lot('L2', 'U', true);
  await start('L2');
  const looks: number[] = [];
  station.watch((event) => {
    if (event.type === 'slot-changed' && event.slot.code === 'LOT_HELD') looks.push(performance.now());
  });
  ports.insert('1', line);
  await until(() => looks.length >= 2);
  expect((looks[1] ?? 0) - (looks[0] ?? 0)).toBeGreaterThan(900);
});

test('a new place on a full disk stops the line and not the station', async () => {
  let full = false;
  const { ports, board, until, events, bugs } = await open({ full: () => full });
  full = true;
  ports.insert('1', board());
  await until((so) => so.some((event) => event.type === 'line-changed' && event.stoppedBy === 'DISK_FULL'));
  expect(bugs).toEqual([]);
  full = false;
  await until(ended(1));
  expect(lastWords(events)).toEqual(['passed']);
});

test('records that cannot be read for a while stop the line and not the station', async () => {
  let broken = false;
  const { ports, board, until, events, bugs } = await open({
    hasSpace() {
      if (broken) throw new KeylineError('DATA_FOLDER_UNUSABLE', 'SQLITE_IOERR');
      return true;
    },
  });
  broken = true;
  ports.insert('1', board());
  const stops = (so: readonly StationEvent[]) =>
    so.filter((event) => event.type === 'line-changed' && event.stoppedBy === 'DATA_FOLDER_UNUSABLE').length;
  await until((so) => stops(so) >= 2);
  expect(bugs).toEqual([]);
  broken = false;
  await until(ended(1));
  expect(lastWords(events)).toEqual(['passed']);
});

test('a board that refuses its certificate as for another key holds the lot', async () => {
  const { ports, board, until, events, station } = await open();
  const line = board({
    hooks: {
      onRequest: (request) =>
        request.write && asks(request, 'item') && request.payload.item === 'leaf'
          ? identityError(IDENTITY_RC.KEY_MISMATCH)
          : 'serve',
    },
  });
  ports.insert('1', line);
  await until(ended(1));
  expect(lastWords(events)).toEqual(['KEY_MISMATCH']);
  expect(station.status().lot).toMatchObject({ state: 'held' });
});

test('a board whose port goes away and comes back renumbered in each restart stays green', async () => {
  const { ports, board, until, events, bugs, station } = await open();
  const line = board({
    hooks: {
      onReply(_, reply) {
        if (reply.restart) ports.renumber('1');
        return reply;
      },
    },
  });
  ports.insert('1', line);
  await until(ended(1));
  ports.insert('2', board({ hwid: '00112233445566' }));
  await until(ended(2));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed', 'passed']);
  expect(station.status().slots.map(({ state }) => state)).toEqual(['passed', 'passed']);
});

function asks(request: DeviceRequest, command: keyof typeof IDENTITY_COMMAND): boolean {
  return request.group === IDENTITY_GROUP && request.command === IDENTITY_COMMAND[command];
}

function newKey() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const base64 = (der: Buffer) => der.toString('base64');
  return {
    privateKey: base64(pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
    publicKey: base64(pair.publicKey.export({ format: 'der', type: 'spki' })),
  };
}

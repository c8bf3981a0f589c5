// The practice bench as the page reaches it: typed calls through a message port, and nothing else.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BenchControl, type RealStation } from '../cli/practice/bench-control.ts';
import { benchRouter } from '../cli/practice/bench-router.ts';
import { BenchSlots, type Boards } from '../cli/practice/bench-slots.ts';
import { EndlessRobot } from '../cli/practice/endless-robot.ts';
import { PracticeNetwork } from '../cli/practice/practice-network.ts';
import type { benchApi, SetUp } from '../contract/bench-api.ts';
import { KeylineError } from '../domain/errors.ts';
import { systemClock } from '../station/clock.ts';
import { StationPort } from './station-port.ts';

const OFFICER = { name: 'María Ríos', role: 'security-officer', badge: null, pin: '2048' } as const;
const SET_UP: SetUp = { pixelMm: 0.27, bench: null, people: [OFFICER] };

const bug = (error: unknown): never => {
  throw error;
};

function openControl(real: RealStation | null): BenchControl {
  const devices = [1, 2].map((device) => ({
    ...{ device, hwid: `4b0${device}`, fault: null, fired: false, slot: null },
    expected: { outcome: 'passed' as const, code: null },
  }));
  const boards: Boards = { devices, insert: async () => {}, eject: async () => {}, stop: async () => {} };
  const slots = new BenchSlots(
    4,
    boards,
    async () => boards,
    () => control.changed(),
  );
  const robot = new EndlessRobot({ clock: systemClock, slots, lotFull() {}, onBug: bug });
  const service = async () => ({ url: '', host: '', port: 1, caFile: '', caPem: '', stop: async () => {} });
  const network = new PracticeNetwork(
    { url: '', host: '', port: 1, caFile: '', caPem: '', stop: async () => {} },
    service,
  );
  const control = new BenchControl({
    ...{ slots, robot, network, real },
    networkBack: async () => {},
    findPorts: async () => ({ ports: '/dev', positions: [] }),
  });
  return control;
}

let made: SetUp[];
let left: number;
let ends: MessagePort[];
let refused: number;
let page: MessagePort;
let client: ContractRouterClient<typeof benchApi>;

/** The computer's own station, as the first run makes it. */
const real: RealStation = {
  exists: () => made.length > 0,
  async make(setUp) {
    if (made.length > 0) throw new KeylineError('DATA_FOLDER_IN_USE');
    made.push(setUp);
    return { stationId: 'KL-1' };
  },
  enter: () => {
    left += 1;
  },
};

function join(control: BenchControl): void {
  const { port1, port2 } = new MessageChannel();
  const port = new StationPort({
    clock: systemClock,
    send: (frame) => frame.forEach((each) => void port2.postMessage(each)),
    refused: () => {
      refused += 1;
    },
  });
  port2.on('message', (data) => port.deliver(data));
  port2.on('close', () => port.shut());
  new RPCHandler(benchRouter(control, { bug, misread() {} })).upgrade(port);
  ends = [port1, port2];
  page = port1;
  client = createORPCClient(new RPCLink({ port: port1 }));
}

beforeEach(() => {
  made = [];
  left = 0;
  refused = 0;
  join(openControl(real));
});
afterEach(() => {
  for (const port of ends) port.close();
});

async function codeOf(call: Promise<unknown>): Promise<string> {
  const { error } = await safe(call);
  return isDefinedError(error) ? (error as { data: { code: string } }).data.code : String(error?.name);
}

describe('a page at the practice bench', () => {
  test('moves boards, and hears of each move', async () => {
    const events = await client.events();
    const told = (async () => {
      for await (const view of events) if (view.occupied.includes(2)) return view;
      return null;
    })();
    expect(await client.insert({ slot: 2, board: 'good' })).toMatchObject({
      occupied: [2],
      slots: 4,
      automatic: false,
    });
    expect(await told).toMatchObject({ occupied: [2] });
    expect(await client.eject({ slot: 2 })).toMatchObject({ occupied: [] });
  });

  test('is told why not by code and words', async () => {
    expect(await codeOf(client.eject({ slot: 1 }))).toBe('SLOT_EMPTY');
    expect(await codeOf(client.insert({ slot: 5, board: 'good' }))).toBe('SLOT_UNKNOWN');
    expect(await codeOf(client.insert({ slot: 1, board: 'same-again' }))).toBe('NO_BOARD_PASSED');
  });

  test('takes the network away and brings it back', async () => {
    expect(await client.network({ online: false })).toMatchObject({ online: false });
    expect(await client.status()).toMatchObject({ online: false });
    expect(await client.network({ online: true })).toMatchObject({ online: true });
  });

  test('sees what is plugged into this computer, which may be nothing', async () => {
    expect(await client.ports()).toEqual({ ports: '/dev', positions: [] });
  });

  test('leaves the first run once the station is set up, and not before', async () => {
    expect(await client.status()).toMatchObject({ firstRun: true, canLeave: false });
    expect(await codeOf(client.leave())).toBe('NO_STATION');
    expect(await client.setUp(SET_UP)).toEqual({ stationId: 'KL-1' });
    expect(made).toEqual([SET_UP]);
    expect(await client.status()).toMatchObject({ firstRun: false, canLeave: true });
    expect(await codeOf(client.setUp(SET_UP))).toBe('DATA_FOLDER_IN_USE');
    expect(left).toBe(0);
    expect(await client.leave()).toEqual({ left: true });
    expect(left).toBe(1);
  });

  test('has no first run to end where there is only practice', async () => {
    for (const port of ends) port.close();
    join(openControl(null));
    expect(await client.status()).toMatchObject({ firstRun: false, canLeave: false });
    expect(await codeOf(client.setUp(SET_UP))).toBe('USAGE');
    expect(await codeOf(client.leave())).toBe('USAGE');
  });
});

describe('what is no call of the contract', () => {
  test('never reaches the bench, and harms nobody', async () => {
    for (const odd of [{}, null, 7, '{', JSON.stringify({ i: '1', p: { u: '/status', h: {} } }), 'x'.repeat(70_000)])
      page.postMessage(odd);
    const answer = await safe(client.insert({ slot: 65, board: 'good' }));
    expect(answer.error).toMatchObject({ status: 400 });
    expect(await client.status()).toMatchObject({ occupied: [] });
    expect(refused).toBe(6);
  });
});

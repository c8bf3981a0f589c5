// How a hosted station ends, also one that never came to be: nothing of it goes on behind its closed log and records.
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostStation } from './host-station.ts';
import { type StationApiClient, stationEvents } from './station-client.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const RECIPE = new URL('../examples/aq-200/recipe.json', import.meta.url).pathname;

let at: TestWorld;
beforeEach(async () => {
  at = testWorld();
  await at.keyline('ca', 'init', '--practice');
});
afterEach(() => at.dispose());

/** Turns of the event loop, more than any wait of the hasty clock takes. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What nobody caught. */
async function unheard(work: () => Promise<void>): Promise<unknown[]> {
  const heard: unknown[] = [];
  const listen = (reason: unknown) => void heard.push(reason);
  process.on('unhandledRejection', listen);
  try {
    await work();
    await settled();
    return heard;
  } finally {
    process.off('unhandledRejection', listen);
  }
}

test.skipIf(process.platform === 'win32')(
  'a station whose socket cannot be made has ended when that is said',
  async () => {
    const { folder } = useOf(at.world, {});
    mkdirSync(folder.socket);
    writeFileSync(join(folder.socket, 'x'), '');
    expect(
      await unheard(async () => {
        await expect(hostStation(useOf(at.world, {}), { practice: true, unlock: true })).rejects.toThrow();
      }),
    ).toEqual([]);
  },
);

test('a checkpoint that cannot be copied out does not keep a station from its end', async () => {
  const use = useOf(at.world, {});
  const station = await hostStation(use, { practice: true, unlock: true });
  mkdirSync(join(use.folder.path, 'backup', 'checkpoints.jsonl'));
  await station.close();
});

test('a station that closes while its keys are being opened opens nothing behind its end', async () => {
  const station = await hostStation(useOf(at.world, {}), { practice: true, unlock: false });
  const opening = station.client.api.signing.unlock({ passphrase: 'practice' }).catch((error: unknown) => error);
  expect(
    await unheard(async () => {
      await station.close();
      await opening;
    }),
  ).toEqual([]);
  expect(await opening).toMatchObject({ keysLocked: false });
});

test.skipIf(process.platform === 'win32')(
  'a call that is never finished keeps no line going and no station from its end; no line is started any more',
  async () => {
    const lot = ['--recipe', RECIPE, '--quantity', '2', '--range', 'AQ-0001..AQ-0002', '--practice', '--release'];
    expect(await at.keyline('lot', 'create', 'L-1', ...lot)).toMatchObject({ code: 0 });
    const use = useOf(at.world, {});
    const station = await hostStation(use, { practice: true, unlock: true });
    const { api } = station.client;
    const start = () => api.line.start({ lotId: 'L-1', bench: { ports: at.dir, slots: 1 } });
    await start();
    const told: string[] = [];
    const stopped = lineStopped(api).then(() => told.push('the line stopped'));
    // The answer to the first request says that the half one behind it was read as well.
    const caller = connect(use.folder.socket);
    const cutOff = once(caller, 'close').then(() => told.push('the call was cut off'));
    caller.write('GET /no HTTP/1.1\r\nhost: s\r\n\r\nPOST /status HTTP/1.1\r\nhost: s\r\ncontent-length: 9\r\n\r\n{');
    await once(caller, 'data');
    const closed = station.close();
    await stopped;
    expect(await start().catch((error: unknown) => error)).toMatchObject({ code: 'STATION_GONE' });
    await cutOff;
    await closed;
    expect(told).toEqual(['the line stopped', 'the call was cut off']);
  },
);

async function lineStopped(api: StationApiClient): Promise<void> {
  for await (const event of stationEvents(api, new AbortController().signal))
    if (event.type === 'line-changed' && !event.running) return;
}

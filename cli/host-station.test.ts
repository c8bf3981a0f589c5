// How a hosted station ends, also one that never came to be: nothing of it goes on behind its closed log and records.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostStation } from './host-station.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

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

import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import { hostStation } from './host-station.ts';
import { openFolder } from './open-folder.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';
import { withOwnStation, withStation } from './with-station.ts';

const AS_IT_IS = { practice: null, unlock: false };
const PRACTICE = { practice: true, unlock: false };

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
});
afterEach(() => at.dispose());

const use = () => useOf(at.world, {});

async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((cause: unknown) => cause);
  return error instanceof KeylineError ? error.code : `no refusal: ${String(error)}`;
}

describe('a command and the station of its folder', () => {
  it('hosts the station when nobody does, and leaves the folder free', async () => {
    const first = await withStation(use(), PRACTICE, (api) => api.status());
    const second = await withStation(use(), AS_IT_IS, (api) => api.status());
    expect(second.stationId).toBe(first.stationId);
  });

  it.skipIf(process.platform === 'win32')('goes through the socket of whoever holds the folder', async () => {
    const host = await hostStation(use(), PRACTICE);
    const [own, other] = [await host.client.api.status(), await withStation(use(), AS_IT_IS, (api) => api.status())];
    expect(other).toEqual(own);
    expect(await refusal(withStation(use(), { practice: false, unlock: false }, (api) => api.status()))).toBe(
      'PRACTICE_MISMATCH',
    );
    expect(await refusal(withStation(use(), AS_IT_IS, (api) => api.sync()))).toBe('NOT_ENROLLED');
    await host.close();
  });

  it('that has to be the station itself waits a little and is refused', async () => {
    const host = await hostStation(use(), PRACTICE);
    expect(await refusal(withOwnStation(use(), AS_IT_IS, (api) => api.status()))).toBe('DATA_FOLDER_IN_USE');
    await host.close();
    expect((await withOwnStation(use(), AS_IT_IS, (api) => api.status())).practice).toBe(true);
  });

  it('is refused when the holder never answers', async () => {
    const held = openFolder(use(), true);
    expect(await refusal(withStation(use(), AS_IT_IS, (api) => api.status()))).toBe('DATA_FOLDER_IN_USE');
    held.close();
  });

  it('takes over after a holder that was killed', async () => {
    openFolder(use(), true).close();
    writeFileSync(use().folder.socket, '');
    expect((await withStation(use(), AS_IT_IS, (api) => api.status())).practice).toBe(true);
  });

  it('finds the folder free again after a refusal', async () => {
    openFolder(use(), true).close();
    const call = { lotId: 'L-1', command: 'hold', because: null, writeOff: false } as const;
    expect(await refusal(withStation(use(), AS_IT_IS, (api) => api.lot.command(call)))).toBe('LOT_UNKNOWN');
    openFolder(use(), null).close();
  });
});

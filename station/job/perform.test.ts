import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../domain/error-table.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { Board, DeviceDriver } from '../drivers/driver.ts';
import type { JobEffect } from './job-io.ts';
import { BARE, BOARD, SPKI } from './machine-sample.ts';
import { type JobResources, perform } from './perform.ts';

const DEVICE = { deviceId: 3, hwid: BOARD.hwid, deviceSerial: 'AQ-1' };
const OTHER: Board = { ...BOARD, hwid: 'ff00ff00ff00' };

async function answered(effect: JobEffect, driver: Partial<DeviceDriver>, refuses: ErrorCode = 'CSR_INVALID') {
  const store = { job: () => ({ deviceId: 3 }), device: () => DEVICE, keySpki: () => new Uint8Array(91) };
  const issuers = { active: { intend: () => Promise.reject(new KeylineError(refuses)) } };
  const resources = { store, issuers, recipe: {}, clock: { nowMs: () => 0 } } as unknown as JobResources;
  const input = await perform(1, effect, driver as DeviceDriver, resources);
  return input.type === 'problem' ? input.code : input.type;
}

const PROVE: JobEffect = { do: 'prove', spkiSha256: SPKI };
const INTEND: JobEffect = { do: 'intend-certificate', request: new Uint8Array(226), spkiSha256: SPKI };
const GROUPS: JobEffect = { do: 'check-groups' };
const here = (board: Board): Partial<DeviceDriver> => ({
  identify: () => Promise.resolve(board),
  prove: () => Promise.reject(new KeylineError('PROOF_FAILED')),
  openGroups: () => Promise.resolve([]),
});

describe('a verdict by an answer that names no board', () => {
  test.each([
    [PROVE, 'PROOF_FAILED'],
    [INTEND, 'CSR_INVALID'],
    [GROUPS, 'groups-checked'],
  ] as const)('%o is believed of the board that the job is for, and of no other', async (effect, verdict) => {
    expect(await answered(effect, here(BOARD))).toBe(verdict);
    expect(await answered(effect, here(OTHER))).toBe('DEVICE_SWAPPED');
    expect(await answered(effect, here(BARE))).toBe('DEVICE_SWAPPED');
  });

  test('is none where nobody answers any more', async () => {
    const gone = { ...here(BOARD), identify: () => Promise.reject(new KeylineError('NO_ANSWER')) };
    expect(await answered(PROVE, gone)).toBe('NO_ANSWER');
    expect(await answered(GROUPS, gone)).toBe('NO_ANSWER');
  });

  test('is asked for by no other answer: a board that works is not asked twice', async () => {
    let asked = 0;
    const identify = () => Promise.resolve(++asked ? BOARD : BOARD);
    expect(await answered(INTEND, { identify }, 'CLOCK_UNSURE')).toBe('CLOCK_UNSURE');
    expect(asked).toBe(0);
  });
});

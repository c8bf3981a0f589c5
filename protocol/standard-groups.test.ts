import { describe, expect, test } from 'vitest';
import { groupErrorPayload, InfoResponse, ParamsResponse, readSmpError, smpErrorPayload } from './standard-groups.ts';

describe('standard groups', () => {
  test.each([
    ['an empty map', {}, null],
    ['rc 0', { rc: 0 }, null],
    ['group rc 0', { err: { group: 1, rc: 0 } }, null],
    ['version 1', { rc: 8, rsn: 'no' }, { group: null, rc: 8 }],
    ['version 2, another group than the request', { err: { group: 63, rc: 2 } }, { group: 63, rc: 2 }],
    ['Zephyr 3.4', { ret: { group: 1, rc: 5 } }, { group: 1, rc: 5 }],
    ['our own, SMP level', smpErrorPayload(8), { group: null, rc: 8 }],
    ['our own, group', groupErrorPayload(19276, 19, { retryMs: 50 }), { group: 19276, rc: 19 }],
    ['a business answer', { off: 12 }, null],
  ])('%s is read as success or failure', (_, payload, error) => {
    expect(readSmpError(payload)).toEqual(error);
  });

  test('a buffer too small for any chunk is refused', () => {
    expect(ParamsResponse.safeParse({ buf_size: 8, buf_count: 1 }).success).toBe(false);
  });

  test('what a device says of itself is read, with whatever else it adds', () => {
    expect(InfoResponse.parse({ output: 'Zephyr', more: 1 })).toEqual({ output: 'Zephyr' });
  });
});

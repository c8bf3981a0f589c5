import { describe, expect, test } from 'vitest';
import { IDENTITY_GROUP, IDENTITY_RC } from '../../../protocol/identity-group.ts';
import { rcToError } from './rc-to-error.ts';

const codeOf = (command: Parameters<typeof rcToError>[0], rc: number, group: number | null = IDENTITY_GROUP) =>
  rcToError(command, { group, rc }).code;

describe('refusals of a device', () => {
  test('every code of the protocol has an error of its own; only what breaks the protocol is a violation', () => {
    const violations = Object.entries(IDENTITY_RC)
      .filter(([, rc]) => codeOf('status', rc) === 'PROTOCOL_VIOLATION')
      .map(([name]) => name);
    expect(violations).toEqual(['OK', 'INVALID', 'STATE', 'STALE', 'DIGEST', 'LOCK_PENDING', 'ABSENT']);
  });

  test.each([
    ['keygen', IDENTITY_RC.ENTROPY, 'WEAK_ENTROPY'],
    ['keygen', IDENTITY_RC.STATE, 'KEY_NOT_MADE'],
    ['keygen', IDENTITY_RC.UNSUPPORTED, 'KEY_MODE_UNSUPPORTED'],
    ['item', IDENTITY_RC.STALE, 'CERTIFICATE_REFUSED'],
    ['item', IDENTITY_RC.KEY_MISMATCH, 'KEY_MISMATCH'],
    ['item', IDENTITY_RC.WRONG_DEVICE, 'DEVICE_SWAPPED'],
    ['item', IDENTITY_RC.STORE, 'DEVICE_STORE_FAILED'],
    ['prove', IDENTITY_RC.STATE, 'PROOF_FAILED'],
    ['lock', IDENTITY_RC.LEAF_MISMATCH, 'LEAF_MISMATCH'],
    ['lock', IDENTITY_RC.LOCK_FAILED, 'LOCK_FAILED'],
    ['lock', 77, 'PROTOCOL_VIOLATION'],
  ] as const)('%s rc %i is %s', (command, rc, code) => {
    expect(codeOf(command, rc)).toBe(code);
  });

  test('the same number at SMP level, or from another group, means something else', () => {
    expect(codeOf('item', 8, null)).toBe('PROTOCOL_VIOLATION');
    expect(codeOf('item', 7, null)).toBe('DEVICE_TOO_SMALL');
    expect(codeOf('keygen', 1, 0)).toBe('DEVICE_FAULT');
  });
});

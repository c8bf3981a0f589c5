import { expect, test } from 'vitest';
import { ConflictReason, RejectReason } from '../../contract/security-service/registration.ts';
import { remedyOf } from './refused-remedy.ts';

test('a CA that the cloud does not know is added first, then its entries are sent again', () => {
  expect(remedyOf({ code: 'ISSUER_UNKNOWN', caKnown: false })).toBe('add-ca');
  expect(remedyOf({ code: 'ISSUER_UNKNOWN', caKnown: true })).toBe('send-again');
});

test.each([...ConflictReason.options, 'CERTIFICATE_VOID', 'FACTS_DIFFER'])('%s is compared', (code) => {
  expect(remedyOf({ code, caKnown: true })).toBe('compare');
});

test('every reason of the contract has a button', () => {
  for (const code of RejectReason.options) expect(remedyOf({ code, caKnown: true })).not.toBeNull();
});

import { expect, test } from 'vitest';
import type { ErrorCode } from '../../domain/error-table.ts';
import { type CaLeft, caWarnings } from './ca-warnings.ts';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;

test.each<[string, Partial<CaLeft>, ErrorCode[]]>([
  ['that never ends, without limit', {}, []],
  ['that ends in 90 days', { endsMs: NOW + 90 * DAY }, []],
  ['that ends in less than 90 days', { endsMs: NOW + 90 * DAY - 1 }, ['CA_ENDS_SOON']],
  ['in its last second', { endsMs: NOW }, ['CA_ENDS_SOON']],
  ['past its end', { endsMs: NOW - 1 }, ['CA_ENDED']],
  ['with a tenth left', { limit: 100_000, signatures: 90_000 }, []],
  ['with less than a tenth left', { limit: 100_000, signatures: 90_001 }, ['CA_NEARLY_SPENT']],
  ['with 1,000 left', { limit: 5_000, signatures: 4_000 }, []],
  ['with less than 1,000 left', { limit: 5_000, signatures: 4_001 }, ['CA_NEARLY_SPENT']],
  ['with none left', { limit: 5_000, signatures: 5_000 }, ['SIGNER_LIMIT']],
  ['whose limit was lowered below what it signed', { limit: 10, signatures: 12 }, ['SIGNER_LIMIT']],
  ['at both ends', { limit: 10, signatures: 10, endsMs: NOW - 1 }, ['CA_ENDED', 'SIGNER_LIMIT']],
])('a CA %s', (_title, left, warnings) => {
  expect(caWarnings({ endsMs: null, signatures: 0, limit: null, ...left }, NOW)).toEqual(warnings);
});

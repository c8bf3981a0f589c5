import { expect, test } from 'vitest';
import { ends, groups, keyTail, pairs } from './hex-words.ts';

test('a key is told by its last 8 digits in two groups', () => {
  expect(keyTail('c40d88b1000000007f3a91c2')).toBe('7F3A 91C2');
});

test('a long number shows both of its ends, a short one all of it', () => {
  expect(ends('510e7f3b9a44c1d0e85f26b3709ca73d')).toBe('51:0E:…:A7:3D');
  expect(ends('0a0b0c0d0e')).toBe('0A:0B:0C:0D:0E');
});

test('a hardware id is read in pairs, a digest in fours', () => {
  expect(pairs('240ac49f116e')).toBe('24:0A:C4:9F:11:6E');
  expect(groups('c40d88b15e02')).toBe('c40d 88b1 5e02');
});

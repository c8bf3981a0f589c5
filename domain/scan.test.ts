import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScan, SCAN_PREFIXES, ScanCommand, scanText, shownText } from './scan.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const serial = fc.stringMatching(/^[A-Z0-9-]{1,32}$/);
const keyTail = fc.stringMatching(/^[0-9A-F]{8}$/);

describe('a scan', () => {
  test('of one of our codes says what was printed', () => {
    const printed = fc.oneof(
      fc.record({ kind: fc.constant('badge' as const), badge: fc.stringMatching(/^[\x21-\x7e]{4,64}$/) }),
      fc.record({ kind: fc.constant('slot' as const), slot: name }),
      fc.record({ kind: fc.constant('command' as const), command: fc.constantFrom(...ScanCommand.options) }),
      fc.record({ kind: fc.constant('board' as const), deviceSerial: serial, keyTail }),
      fc.record({ kind: fc.constant('work-order' as const), orderId: name }),
    );
    fc.assert(fc.property(printed, (scan) => void expect(readScan(scanText(scan))).toEqual(scan)));
  });

  test('of any text says something, and the same text comes back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.tuple(fc.constantFrom(...Object.values(SCAN_PREFIXES)), fc.string()).map(([prefix, rest]) => prefix + rest),
    );
    fc.assert(fc.property(text, (scanned) => void expect(scanText(readScan(scanned))).toBe(scanned)));
  });

  test('of a badge is never shown, spoilt or not; any other is shown as it is', () => {
    const badge = fc.tuple(fc.constantFrom('KLB:', 'klb:', 'LB:'), fc.string({ maxLength: 300 }));
    fc.assert(
      fc.property(badge, ([prefix, secret]) => void expect(shownText(readScan(prefix + secret))).toBe('KLB:…')),
    );
    for (const text of ['KLS:16', 'KLC:PAUSE', 'WO-48213', '??', '']) expect(shownText(readScan(text))).toBe(text);
  });

  test.each([
    ['KLC:OPEN', 'a command that nobody printed'],
    ['KLB:123', 'a badge too short to be one'],
    ['KLS:', 'a slot without a name'],
    ['KL1:48213-0871', 'a label without a key tail'],
    ['KL1:48213-0871:9f3a21c4', 'a key tail in small letters'],
    ['KL1:48213-0871:9F3A21C4:1', 'a label with more after it'],
    ['KLX:1', 'a prefix of nobody'],
    ['4006381333931 ', 'a space after a number'],
    ['', 'nothing'],
  ])('of %j is refused: %s', (text) => {
    expect(readScan(text)).toEqual({ kind: 'unknown', text });
  });
});

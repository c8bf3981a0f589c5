import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HiddenLine } from './terminal.ts';

function typedIn(text: string): { end: string; line: string } {
  const hidden = new HiddenLine();
  const end = hidden.take(Buffer.from(text));
  return { end, line: hidden.bytes().toString() };
}

describe('a hidden line', () => {
  it.each([
    ['ends at Enter', 'correct horse\rmore', { end: 'typed', line: 'correct horse' }],
    ['goes on without it', 'correct', { end: 'more', line: 'correct' }],
    ['is left by Ctrl+C', 'corr\u0003', { end: 'left', line: 'corr' }],
    ['loses its last letter to Backspace', 'horses\u007f\r', { end: 'typed', line: 'horse' }],
    ['loses a letter of many bytes as a whole', 'ho🐴\u007frse\r', { end: 'typed', line: 'horse' }],
    ['loses no more than it has', '\b\bhorse\r', { end: 'typed', line: 'horse' }],
    ['holds no control characters', 'ho\u0001rse\t\r', { end: 'typed', line: 'horse' }],
  ])('%s', (_title, text, expected) => {
    expect(typedIn(text)).toEqual(expected);
  });

  it('is what was typed, however its bytes arrive', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(200), (text, at) => {
        fc.pre(!/[\p{Cc}]/u.test(text));
        const bytes = Buffer.from(`${text}\r`);
        const hidden = new HiddenLine();
        const ends = [bytes.subarray(0, at), bytes.subarray(at)].map((part) => hidden.take(part));
        expect(ends).toContain('typed');
        expect(hidden.bytes().toString()).toBe(text);
      }),
    );
  });
});

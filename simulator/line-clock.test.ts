import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { LineClock } from './line-clock.ts';

function line(baud: number) {
  const clock = new FakeClock();
  const arrived: { atMs: number; bytes: Uint8Array }[] = [];
  const wire = new LineClock(clock, baud, (bytes) => arrived.push({ atMs: clock.monotonicMs(), bytes }));
  return { clock, wire, arrived, count: () => arrived.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

describe('the line clock', () => {
  it('delivers at once where there is no rate', () => {
    const { wire, count } = line(0);
    wire.send(new Uint8Array(5000));
    expect(count()).toBe(5000);
  });

  it('moves 92,160 bytes in a second at 921600 baud, and no more', () => {
    const { clock, wire, count } = line(921_600);
    wire.send(new Uint8Array(200_000));
    clock.advance(1000);
    expect(count()).toBeGreaterThan(0.998 * 92_160);
    expect(count()).toBeLessThanOrEqual(92_160);
  });

  it('an idle line saves up nothing', () => {
    const { clock, wire, count } = line(115_200);
    clock.advance(10_000);
    wire.send(new Uint8Array(11_520));
    clock.advance(500);
    expect(count()).toBeLessThanOrEqual(5760);
  });

  it('a late timer loses no line time', () => {
    const { clock, wire, count } = line(115_200);
    wire.send(new Uint8Array(1152));
    clock.advance(100);
    wire.send(new Uint8Array(1152));
    clock.advance(101);
    expect(count()).toBe(2304);
  });

  it('keeps order and never runs ahead of its rate', () => {
    const pieces = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.integer({ min: 0, max: 30 })));
    fc.assert(
      fc.property(pieces, (sends) => {
        const { clock, wire, arrived, count } = line(100_000);
        const sent: number[] = [];
        for (const [bytes, waitMs] of sends) {
          wire.send(bytes);
          sent.push(...bytes);
          clock.advance(waitMs);
          expect(count()).toBeLessThanOrEqual(clock.monotonicMs() * 10);
        }
        clock.advance(sent.length);
        expect(arrived.flatMap(({ bytes }) => [...bytes])).toEqual(sent);
        expect(wire.backlogMs).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('an unplugged line drops what was on it', () => {
    const { clock, wire, count } = line(9600);
    wire.send(new Uint8Array(100));
    wire.clear();
    clock.advance(1000);
    expect(count()).toBe(0);
  });
});

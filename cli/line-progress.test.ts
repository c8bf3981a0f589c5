import { beforeEach, expect, it } from 'vitest';
import type { SlotView, StationEvent } from '../domain/station-event.ts';
import { FakeClock } from '../simulator/fake-clock.ts';
import { lotView, slotView } from '../test/samples/station-views.ts';
import { type LineProgress, lineProgress } from './line-progress.ts';
import type { Terminal } from './terminal.ts';

const LOT = lotView({ quantity: 8, passed: 0 });
const EMPTY = slotView();

let clock: FakeClock;
let written: string[];
beforeEach(() => {
  clock = new FakeClock();
  written = [];
});

function progress(drawable: boolean): LineProgress {
  const write = (text: string) => void written.push(text);
  const terminal: Terminal = {
    ...{ answer: write, say: write, draw: write, drawable },
    ...{ columns: () => 80, readHidden: async () => null },
  };
  return lineProgress(terminal, clock);
}

function show(line: LineProgress, change: Partial<SlotView>): void {
  const slot = { ...EMPTY, ...change };
  line.show({ type: 'slot-changed', slot }, [slot], LOT);
}

const stop = (stoppedBy: 'DISK_LOW' | null): StationEvent => ({ type: 'line-changed', running: true, stoppedBy });

it('a port that stays busy is told once, and again after a board was worked on', () => {
  const line = progress(false);
  for (let look = 0; look < 3; look++) {
    show(line, { state: 'looking' });
    show(line, { state: 'needs-you', code: 'PORT_BUSY' });
  }
  expect(written).toHaveLength(1);
  show(line, { state: 'working', stage: 'key' });
  show(line, { state: 'needs-you', code: 'PORT_BUSY' });
  expect(written).toHaveLength(2);
});

it('a stopped line that tries every second is told once', () => {
  const line = progress(false);
  for (let look = 0; look < 3; look++) {
    line.show(stop('DISK_LOW'), [], LOT);
    line.show(stop(null), [], LOT);
  }
  expect(written).toHaveLength(1);
});

it('a screen is drawn at most four times a second, and the last news is on it', () => {
  const line = progress(true);
  show(line, { state: 'looking' });
  show(line, { state: 'working', stage: 'key' });
  show(line, { state: 'passed' });
  expect(written).toHaveLength(1);
  clock.advance(250);
  expect(written).toHaveLength(2);
  expect(written[1]).toContain('Passed');
  clock.advance(10_000);
  expect(written).toHaveLength(2);
});

it('a screen says why the line stopped, until it goes on', () => {
  const line = progress(true);
  line.show(stop('DISK_LOW'), [EMPTY], LOT);
  expect(written.at(-1)).toContain('The line stopped.');
  clock.advance(250);
  line.show(stop(null), [EMPTY], LOT);
  expect(written.at(-1)).not.toContain('The line stopped.');
});

it('the last state is drawn at the end and nothing after it', () => {
  const line = progress(true);
  show(line, { state: 'looking' });
  show(line, { state: 'working' });
  line.end([{ ...EMPTY, state: 'passed' }]);
  clock.advance(10_000);
  expect(written).toHaveLength(2);
});

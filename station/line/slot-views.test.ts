import { beforeEach, describe, expect, test } from 'vitest';
import type { StationEvent } from '../../domain/station-event.ts';
import { SlotViews } from './slot-views.ts';

let nowMs: number;
let told: StationEvent[];
let views: SlotViews;
beforeEach(() => {
  nowMs = 4_000_000;
  told = [];
  views = new SlotViews({ nowMs: () => nowMs }, (event) => told.push(event));
});

const since = () => views.of('1')?.sinceMs ?? 0;

describe('a moment of a slot', () => {
  test('has a number of its own, also in the same millisecond', () => {
    const moments = [() => views.reset('1'), () => views.look('1'), () => views.change('1', { state: 'working' })];
    const numbers = [...moments, ...moments].map((move) => {
      move();
      return since();
    });
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('lasts while its board goes from stage to stage', () => {
    views.change('1', { state: 'working', stage: 'connect' });
    const began = since();
    nowMs += 500;
    views.change('1', { state: 'working', stage: 'firmware', share: 0.5 });
    expect(views.of('1')).toMatchObject({ sinceMs: began, stageSinceMs: began + 500 });
  });

  test('is followed by the right time after the clock was set back', () => {
    views.reset('1');
    nowMs -= 3_600_000;
    views.look('1');
    expect(since()).toBe(nowMs);
  });
});

test('a slot that looks already is told once', () => {
  views.look('1');
  nowMs += 1_000;
  views.look('1');
  expect(told).toHaveLength(1);
});

test('slots stand in the order of the fixture', () => {
  for (const slot of ['10', '2', '1']) views.reset(slot);
  expect(views.all().map(({ slot }) => slot)).toEqual(['1', '2', '10']);
});

test('a slot that is off tells how its last board ended', () => {
  views.change('1', { state: 'passed', outcome: 'passed', deviceSerial: 'A-1', jobId: 7, hwid: 'a1a1a1a1a1a1' });
  views.off('1', 'low-power');
  const last = { outcome: 'passed', deviceSerial: 'A-1', jobId: 7 };
  expect(views.of('1')).toMatchObject({ state: 'off', offReason: 'low-power', ...last, actions: ['switch-on'] });
});

test('a board that goes on in another slot takes its card with it', () => {
  views.change('1', { state: 'needs-you', code: 'PULLED_OUT', jobId: 7 });
  views.change('2', { state: 'needs-you', code: 'PULLED_OUT', jobId: 8 });
  views.wentOn(7, '3');
  expect(views.all().map(({ state }) => state)).toEqual(['empty', 'needs-you']);
});

test('a share is told at most four times a second, and its stage at once', () => {
  views.change('1', { state: 'working', stage: 'firmware' });
  for (let at = 0; at <= 1_000; at += 50) {
    views.share('1', at / 1_000);
    nowMs += 50;
  }
  const shares = told.flatMap((event) => (event.type === 'slot-changed' ? (event.slot.share ?? []) : []));
  expect(shares).toEqual([0, 0.25, 0.5, 0.75, 1]);
  views.change('1', { stage: 'key', share: null });
  expect(views.of('1')).toMatchObject({ stage: 'key', share: null });
});

test('a share is told too after the clock was set back', () => {
  views.share('1', 0.1);
  nowMs -= 3_600_000;
  views.share('1', 0.2);
  expect(views.of('1')).toMatchObject({ share: 0.2 });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScan, ScanCommand } from '../../domain/scan.ts';
import { SlotCommand, SlotState } from '../../domain/station-event.ts';
import { labelsView, lotView, NOW_MS, slotView, stationStatus } from '../../test/samples/station-views.ts';
import { lineScan } from './line-scan.ts';
import { viewOf } from './station-view.ts';

const silent = slotView({ slot: '6', state: 'failed', code: 'NO_ANSWER', actions: ['try-again', 'switch-off'] });
const done = slotView({
  ...{ slot: '10', state: 'needs-you', code: 'ALREADY_DONE', actions: ['in-bin'] },
  ...{ deviceSerial: '48213-0871', sinceMs: NOW_MS - 5_000 },
});
const line = viewOf(stationStatus({ slots: [slotView({ slot: '1' }), silent, done, slotView({ slot: 'A1b' })] }));
const passed = slotView({ slot: '2', state: 'passed', deviceSerial: '48213-0869' });
const withPassed = viewOf(stationStatus({ slots: [passed, silent] }));
const MISMATCH = {
  ...({ slot: '2', expected: '48213-0869', read: '48213-0871', code: 'SERIAL_USED', sinceMs: NOW_MS } as const),
} as const;
const scanned = (text: string, selected: string | null = null, view = line) => lineScan(view, selected, readScan(text));

describe('a scan on the Line', () => {
  test('of a slot label selects that slot', () => {
    expect(scanned('KLS:10')).toEqual({ act: 'select', slot: '10', by: 'slot' });
  });

  test('of a slot label in capitals finds a slot that is not written so', () => {
    expect(scanned('KLS:A1B')).toEqual({ act: 'select', slot: 'A1b', by: 'slot' });
  });

  test('of a board label reads it back, from the chosen board where that one passed', () => {
    const label = { act: 'label', deviceSerial: '48213-0871', keyTail: '9F3A21C4' };
    expect(scanned('KL1:48213-0871:9F3A21C4')).toEqual({ ...label, slot: null });
    expect(scanned('KL1:48213-0871:9F3A21C4', '10')).toEqual({ ...label, slot: null });
    expect(scanned('KL1:48213-0871:9F3A21C4', '2', withPassed)).toEqual({ ...label, slot: '2' });
  });

  test('of a board label is of the only slot where there is one', () => {
    const one = viewOf(stationStatus({ slots: [passed] }));
    expect(scanned('KL1:48213-0871:9F3A21C4', null, one)).toMatchObject({ act: 'label', slot: '2' });
  });

  test('of PRINT AGAIN prints the chosen board, else the one whose label was wrong, else all that wait', () => {
    expect(scanned('KLC:PRINT-AGAIN', '2', withPassed)).toEqual({ act: 'print', deviceSerial: '48213-0869' });
    expect(scanned('KLC:PRINT-AGAIN', '6', withPassed)).toEqual({ act: 'refuse', why: 'noLabel' });
    expect(scanned('KLC:PRINT-AGAIN')).toEqual({ act: 'refuse', why: 'noLabel' });
    const waiting = labelsView({ waiting: 2 });
    expect(scanned('KLC:PRINT-AGAIN', null, viewOf(stationStatus({ labels: waiting })))).toEqual({
      act: 'print-waiting',
    });
    const labels = { ...waiting, mismatch: MISMATCH };
    expect(scanned('KLC:PRINT-AGAIN', null, viewOf(stationStatus({ labels })))).toEqual({
      ...{ act: 'print', deviceSerial: '48213-0869' },
    });
  });

  test('of a command answers the selected slot as it was seen', () => {
    const order = { act: 'command', slot: '6', command: 'try-again', sinceMs: silent.sinceMs };
    expect(scanned('KLC:TRY-AGAIN', '6')).toEqual(order);
  });

  test('of a command never answers another slot than the selected one', () => {
    expect(scanned('KLC:TRY-AGAIN', '10')).toEqual({ act: 'refuse', why: 'noCardHere' });
  });

  test('of a command answers the topmost card that offers it when no slot is selected', () => {
    expect(scanned('KLC:IN-THE-BIN')).toMatchObject({ act: 'command', slot: '10', command: 'in-bin' });
  });

  test('of TRY AGAIN looks again when the line stopped', () => {
    const stopped = viewOf(stationStatus({ slots: [silent], stoppedBy: 'SIGNER_UNREACHABLE' }));
    expect(scanned('KLC:TRY-AGAIN', null, stopped)).toEqual({ act: 'look-again' });
  });

  test('of NEXT goes round the boards that need someone', () => {
    expect(scanned('KLC:NEXT')).toMatchObject({ slot: '6' });
    expect(scanned('KLC:NEXT', '6')).toMatchObject({ slot: '10' });
    expect(scanned('KLC:NEXT', '10')).toMatchObject({ slot: '6' });
  });

  test('of PAUSE holds a released lot and releases a held one', () => {
    expect(scanned('KLC:PAUSE')).toEqual({ act: 'pause', lotId: 'WO-48213', command: 'hold' });
    const held = viewOf(stationStatus({ lot: lotView({ state: 'held' }) }));
    expect(scanned('KLC:PAUSE', null, held)).toMatchObject({ command: 'release' });
    expect(scanned('KLC:PAUSE', null, viewOf(stationStatus({ lot: null })))).toEqual({ act: 'refuse', why: 'noPause' });
  });

  test('of PAUSE never lets a lot go on that was stopped for a reason', () => {
    const stopped = viewOf(
      stationStatus({ lot: lotView({ state: 'held', heldBecause: 'FLASH_FAILED 3 times in a row' }) }),
    );
    expect(scanned('KLC:PAUSE', null, stopped)).toEqual({ act: 'refuse', why: 'heldForReason' });
  });

  test('of a work order starts its lot, unless one is open', () => {
    expect(scanned('WO-48270')).toEqual({ act: 'refuse', why: 'lotOpen' });
    const idle = viewOf(stationStatus({ lot: null, lineRunning: false }));
    expect(scanned('WO-48270', null, idle)).toEqual({ act: 'start', orderId: 'WO-48270' });
  });

  test('of a badge, or of what nobody printed, is not the Line’s', () => {
    expect(scanned('KLB:00112233')).toBeNull();
    expect(scanned('??')).toBeNull();
  });

  test('never tells a slot what its card does not offer', () => {
    const slots = fc.uniqueArray(
      fc.record({
        slot: fc.integer({ min: 1, max: 64 }).map(String),
        state: fc.constantFrom(...SlotState.options),
        actions: fc.subarray([...SlotCommand.options]),
      }),
      { selector: ({ slot }) => slot },
    );
    const selected = fc.option(fc.integer({ min: 1, max: 64 }).map(String));
    fc.assert(
      fc.property(slots, selected, fc.constantFrom(...ScanCommand.options), (told, open, command) => {
        const view = viewOf(stationStatus({ slots: told.map(slotView) }));
        const act = lineScan(view, open, { kind: 'command', command });
        if (act?.act !== 'command') return;
        expect(view.slots.find(({ slot }) => slot === act.slot)?.actions).toContain(act.command);
        if (open !== null) expect(act.slot).toBe(open);
      }),
    );
  });
});

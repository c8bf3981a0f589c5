// A station's events in few words: what a trace says of them, and what a fault is seen by.
import type { StationEvent } from '../../../domain/station-event.ts';

export function wordOf(event: StationEvent): string {
  switch (event.type) {
    case 'slot-changed': {
      const { slot, state, stage, jobId, code, outcome } = event.slot;
      return `slot ${slot} ${state} ${stage ?? '-'} job ${jobId ?? '-'} ${code ?? outcome ?? ''}`;
    }
    case 'job-ended':
      return `job ${event.jobId} ${event.outcome} ${event.code ?? ''}`;
    case 'lot-changed':
      return `lot ${event.lot.state} ${event.lot.passed} ${event.lot.signatures}`;
    case 'line-changed':
      return `line ${event.running} ${event.stoppedBy ?? ''}`;
    case 'sync-changed':
      return `sync ${event.sync.registered} ${event.sync.waiting} ${event.sync.refused} ${event.sync.online}`;
    case 'labels-changed':
      return `labels ${event.labels.waiting} ${event.labels.trouble?.code ?? ''}`;
    case 'station-changed':
      return 'station';
  }
}

export function showsFull(event: StationEvent): boolean {
  if (event.type === 'line-changed') return event.stoppedBy === 'DISK_FULL';
  if (event.type === 'slot-changed') return event.slot.code === 'DISK_FULL';
  return event.type === 'sync-changed' && event.sync.online === false;
}

/** The station does not take the board with this hardware id for the one that it knows. */
export function showsDoubt(event: StationEvent, hwid: string): boolean {
  if (event.type !== 'slot-changed' || event.slot.hwid !== hwid) return false;
  return ['DUPLICATE_HWID', 'STORE_LOST', 'FOREIGN_IDENTITY', 'BOARD_VOID'].includes(event.slot.code ?? '');
}

/** The board with this hardware id is not simply going on. */
export function showsTrouble(event: StationEvent, hwid: string): boolean {
  if (event.type === 'job-ended') return event.hwid === hwid && event.outcome !== 'passed';
  return event.type === 'slot-changed' && event.slot.hwid === hwid && event.slot.code !== null;
}

/** The slot has noticed that this board is no longer there. */
export function showsGone(event: StationEvent, slot: number, hwid: string): boolean {
  if (event.type !== 'slot-changed' || event.slot.slot !== String(slot)) return false;
  return event.slot.state === 'empty' || event.slot.code !== null || event.slot.hwid !== hwid;
}

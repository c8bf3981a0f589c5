// The device restarts in the middle of a step: right after a commit, before it could answer. Each strikes once.
import type { DeviceRecord } from '../device-record.ts';
import { type Fault, RECOVERS } from './fault.ts';

type Step = (before: DeviceRecord, after: DeviceRecord) => boolean;

function restarts(name: string, does: string, step: Step): Fault {
  return {
    name,
    does,
    end: RECOVERS,
    hooks(tools) {
      let done = false;
      return {
        cutsAfter(before, after) {
          if (done || !step(before, after)) return false;
          done = true;
          tools.fired();
          return true;
        },
      };
    },
  };
}

export const POWER_FAULTS: readonly Fault[] = [
  restarts('restart-in-key', 'restarts as its key is stored', (before, after) => before.key !== after.key),
  restarts(
    'restart-in-certificate',
    'restarts as its certificate is stored',
    (before, after) => before.items.leaf !== after.items.leaf && after.items.leaf !== null,
  ),
  restarts(
    'restart-in-lock-intent',
    'restarts between the intent to lock and the first fuse',
    (before, after) => before.lock === null && after.lock !== null,
  ),
  restarts(
    'restart-in-lock',
    'restarts between a burnt fuse and the end of the lock',
    (before, after) => !before.fuses.identity && after.fuses.identity,
  ),
];

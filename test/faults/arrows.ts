// The arrows of docs/provisioning-cycle.md, and which one a strike fell on: told from what was on record and what the
// board was at that moment. Of a run with one board.
import type { Strike } from './world/world-run.ts';

export const ARROWS = {
  1: 'identify',
  2: 'admit',
  3: 'load firmware',
  4: 'restart, look',
  5: 'confirm',
  6: 'make key',
  '6a': 'open a session',
  '6b': 'make and seal a key',
  '6c': 'send it',
  7: 'first proof, request',
  8: 'intend certificate',
  9: 'sign',
  10: 'deliver',
  11: 'second proof',
  12: 'read lock plan',
  13: 'lock',
  14: 'restart, third proof',
  15: 'look at closed groups',
  16: 'close',
} as const;

export type Arrow = keyof typeof ARROWS;

/** Null before the board's job and after its end. */
export function arrowOf({ kind, after, life, firmware }: Strike): Arrow | null {
  const recording = kind === 'crash-at-commit' || kind === 'crash-at-effect';
  switch (after) {
    case 'line-started':
      return 1;
    case 'job-started':
      return recording ? 2 : 1;
    case 'serial-reserved':
    case 'firmware-intended':
      return 3;
    case 'firmware-loaded':
      return firmware === '1.0.0' ? 5 : 4;
    // A key that is made on the board is intended together with this; one that is injected is not.
    case 'firmware-measured':
      return kind === 'crash-at-effect' ? '6b' : kind === 'crash-at-commit' ? '6c' : '6a';
    case 'injection-intended':
      return '6c';
    case 'key-intended':
      return 6;
    case 'key-injected':
    case 'key-made':
      return recording ? 8 : 7;
    case 'certificate-intended':
      return 9;
    case 'certificate-signed':
      return 10;
    case 'certificate-installed':
      return 11;
    case 'identity-verified':
      return 12;
    case 'lock-intended':
      return life === 'locked' ? 14 : 13;
    case 'device-locked':
      return recording ? 16 : 15;
    default:
      return null;
  }
}

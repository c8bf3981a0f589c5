// The closed list of faults, in the order in which a plan hands them out: those of every lot, and those of injected keys.
import { BOARD_FAULTS } from './board-faults.ts';
import { type Fault, RECOVERS } from './fault.ts';
import { FIRMWARE_FAULTS } from './firmware-faults.ts';
import { IDENTITY_FAULTS } from './identity-faults.ts';
import { INJECTION_FAULTS } from './injection-faults.ts';
import { LINE_FAULTS } from './line-faults.ts';
import { POWER_FAULTS } from './power-faults.ts';

export const FAULTS: readonly Fault[] = [
  ...LINE_FAULTS,
  ...POWER_FAULTS,
  ...FIRMWARE_FAULTS,
  ...BOARD_FAULTS,
  ...IDENTITY_FAULTS,
];

/** Names of all that can strike in a lot. */
export function faultNames(injected: boolean): string[] {
  return [...FAULTS, ...(injected ? INJECTION_FAULTS : [])].map(({ name }) => name);
}

export function faultNamed(name: string): Fault | undefined {
  return [...FAULTS, ...INJECTION_FAULTS].find((fault) => fault.name === name);
}

/** How the last job of a device with this fault, or of a healthy one, must end. */
export function expectedEnd(fault: string | null): Fault['end'] {
  return (fault === null ? undefined : faultNamed(fault))?.end ?? RECOVERS;
}

// Which bench a simulator is: virtual devices, or the firmware of firmware/ in an emulator.
import type { Clock } from '../domain/seams.ts';
import { EmulatedBench } from './emulated/emulated-bench.ts';
import { type Simulator, type SimulatorEvent, type SimulatorOptions, VirtualBench } from './simulator.ts';

export type BoardKind = 'virtual' | 'emulated';

/** Throws KeylineError where ports or device files cannot be made or read, or where there is no emulator. */
export function startSimulator(
  kind: BoardKind,
  options: SimulatorOptions,
  clock: Clock,
  tell: (event: SimulatorEvent) => void,
): Simulator {
  return kind === 'emulated' ? new EmulatedBench(options, clock) : new VirtualBench(options, clock, tell);
}

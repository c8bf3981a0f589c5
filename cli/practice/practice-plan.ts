// What a practice run is asked to do, and what runs beside its station.
import { fileURLToPath } from 'node:url';
import { emulatedFirmware } from '../../simulator/emulated/emulated-firmware.ts';
import type { SimulatorProcess } from '../../simulator/simulator-process.ts';
import type { BoardKind } from '../../simulator/start-simulator.ts';
import type { Use } from '../surroundings.ts';
import type { ServiceProcess } from './service-process.ts';

const recipe = (name: string) => fileURLToPath(new URL(`../../examples/aq-200/${name}.json`, import.meta.url));

/** How the boards of a practice lot come by their keys, each with its recipe. */
export const PRACTICE_RECIPES = {
  'on-chip': recipe('recipe'),
  injected: recipe('recipe-injected'),
  'injected-psk': recipe('recipe-injected-psk'),
} as const;
export type PracticeKeyMode = keyof typeof PRACTICE_RECIPES;

/** Path of a practice lot's recipe. Throws EMULATOR_MISSING for emulated boards that were not built. */
export function practiceRecipe({ boards = 'virtual', keyMode }: Pick<PracticeOptions, 'boards' | 'keyMode'>): string {
  return (boards === 'virtual' ? PRACTICE_RECIPES : emulatedFirmware().recipes)[keyMode];
}

export interface PracticeOptions {
  readonly devices: number;
  readonly slots: number;
  readonly baud: number;
  /** The service is ended after so many passed boards, until the lot is full; null: it stays. */
  readonly offlineAfter: number | null;
  readonly faults: 'all' | readonly string[];
  readonly seed: number;
  readonly stopAfter: number;
  readonly keyMode: PracticeKeyMode;
  /** Absent: virtual. */
  readonly boards?: BoardKind;
}

export interface PracticeRun {
  readonly use: Use;
  readonly options: PracticeOptions;
  readonly say: (line: string) => void;
  /** Aborts when a person wants it to end. */
  readonly stop: AbortSignal;
}

/** What runs beside the station; no service while the factory is offline. */
export interface Bench {
  readonly simulator: SimulatorProcess;
  service: ServiceProcess | null;
}

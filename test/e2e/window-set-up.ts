// Once for all window tests: the app packed as it ships but for the inspector, and screens that nobody sees, one a
// worker: windows on one screen take the focus from each other.
import type { TestProject } from 'vitest/node';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { packApp } from '../../scripts/package.mjs';
import { buildWindow } from '../../scripts/window.mjs';
import { startScreen } from './hidden-screen.ts';

export interface PackedApp {
  /** Path of the packed app's program. */
  readonly program: string;
  /** X displays, one a worker, or nulls where a window needs none. */
  readonly displays: readonly (string | null)[];
}

declare module 'vitest' {
  interface ProvidedContext {
    packedApp: PackedApp;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const electron = await electronRuntime();
  if (electron === null) throw new Error('There is no Electron to test with.');
  if ((await buildWindow()) !== 0) throw new Error('The app does not build.');
  const program = await packApp(electron, true);
  if (program === null) throw new Error('The app cannot be packed.');
  const screens = await Promise.all(Array.from({ length: project.config.maxWorkers }, () => startScreen()));
  project.provide('packedApp', { program, displays: screens.map(({ display }) => display) });
  return async () => {
    for (const { end } of screens) await end();
  };
}

// `npm start` where there is a display: builds the app into dist/ and opens it on the practice bench.
import { join } from 'node:path';
import { electronRuntime } from './electron-runtime.mjs';
import { onNode24, root, run, say } from './node-24.mjs';

/** The whole build takes three seconds on two cores. */
const BUILD_LIMIT_MS = 120_000;

/** Somebody can see a window here. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Settles with the exit code of the build. */
export function buildWindow() {
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const stdio = ['ignore', process.stderr.fd, 'inherit'];
  return onNode24(vite, ['build', '--app', '--logLevel', 'warn', '--config', join(root, 'vite.config.ts')], {
    stdio,
    // Whatever set another one, a test above all: a development build of the screens names this computer's folders.
    env: { ...process.env, NODE_ENV: 'production' },
    timeLimitMs: BUILD_LIMIT_MS,
  });
}

const isRoot = () => process.getuid?.() === 0;

/** Arguments of Electron for this user: Chromium does not start as root with its sandbox. */
export function userArguments() {
  return isRoot() ? ['--no-sandbox'] : [];
}

/** Arguments of Electron for this user, the app's folder and the practice bench. */
export function windowArguments() {
  return [...userArguments(), join(root, 'dist'), '--practice'];
}

/** Before a window is opened with `windowArguments`. */
export function sayUnprotected() {
  if (isRoot()) say('Keyline: as root the window runs without the sandbox of its pages.');
}

/** Settles with the window's exit code, or null when there is no Electron to open it with. */
export async function openWindow() {
  const electron = await electronRuntime();
  if (electron === null) return null;
  const built = await buildWindow();
  if (built !== 0) return built;
  sayUnprotected();
  return run(electron, windowArguments());
}

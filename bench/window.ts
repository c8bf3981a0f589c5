// The window's figures, measured by a program of their own on a screen that nobody sees; on the one that is there where
// nothing can make another.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { assert } from '../domain/errors.ts';
import type { Figure } from './figure.ts';

const PROGRAM = fileURLToPath(new URL('./window/window-child.ts', import.meta.url));
/** Room for the window of a line with 64 slots. */
const SCREEN = '-screen 0 1920x1200x24 -nolisten tcp';

export async function measureWindow(): Promise<Figure[]> {
  const node = [process.execPath, PROGRAM];
  const command = process.platform === 'linux' ? ['xvfb-run', '-a', '-s', SCREEN, ...node] : node;
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  assert(code === 0, 'the window is measured');
  return JSON.parse(said) as Figure[];
}

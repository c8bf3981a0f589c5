// Small libraries that are preloaded into a program under test. Linux and a C compiler; nothing of them ships.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export type Shim = 'page-cache' | 'set-clock' | 'bad-disk';

const STRICT = ['-std=c11', '-Wall', '-Wextra', '-Werror'];

/** Compiles the shim into `folder`; its path. */
export function buildShim(shim: Shim, folder: string): string {
  const library = join(folder, `${shim}.so`);
  const source = join(import.meta.dirname, `${shim}.c`);
  execFileSync('cc', [...STRICT, '-shared', '-fPIC', '-O1', source, '-o', library, '-ldl']);
  return library;
}

// Makes a bare clone ready: npm packages and system programs. `npm run setup` does it for everything.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installNpmPackages } from './npm-packages.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** Ready for `purpose` ('start', 'window' or 'test')? Answers false, after a line that says what to do, when it is not. */
export async function setUp(purpose) {
  // First: one npm package is built with them.
  await installSystemPackages(purpose);
  return installNpmPackages();
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = (await setUp('test')) ? 0 : 3;
}

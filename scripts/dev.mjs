// `npm run dev`: the window on the practice bench while it is being written. The screens come from Vite's server and
// change in place; a change to anything else builds the programs anew and opens the window again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createBuilder, createServer } from 'vite';
import { electronRuntime } from './electron-runtime.mjs';
import { root, say } from './node-24.mjs';
import { setUp } from './set-up.mjs';
import { sayUnprotected, windowArguments } from './window.mjs';

/** Folders that main and the programs behind it are made of. */
const SOURCES = ['cli', 'cloud', 'contract', 'db', 'domain', 'electron', 'pki', 'protocol', 'simulator', 'station'];

/** An editor that saves many files at once is done by then. */
const QUIET_MS = 200;

const configFile = join(root, 'vite.config.ts');

async function main() {
  if (!(await setUp('window'))) return 3;
  const electron = await electronRuntime();
  if (electron === null) return 3;
  const server = await createServer({
    configFile,
    logLevel: 'warn',
    server: { host: '127.0.0.1', fs: { allow: [root] } },
  });
  await server.listen();
  const [page] = server.resolvedUrls?.local ?? [];
  try {
    await openAndWatch(electron, page);
    return 0;
  } finally {
    await server.close();
  }
}

/** Settles when the person closes the window. */
async function openAndWatch(electron, page) {
  const changes = sourceChanges();
  sayUnprotected();
  for (;;) {
    if (!(await build())) {
      await changes.next();
      continue;
    }
    const env = { ...process.env, KEYLINE_DEV_PAGE: page };
    const window = spawn(electron, windowArguments(), { env, stdio: 'inherit' });
    const closed = once(window, 'exit').then(() => 'closed');
    if ((await Promise.race([closed, changes.next()])) === 'closed') return;
    say('Keyline: changed, building and opening again.');
    // Its programs end with it; boards of a window that is being written are not waited for.
    window.kill('SIGKILL');
    await closed;
  }
}

/** The programs, not the screens. False after Vite's own words about what does not build. */
async function build() {
  try {
    const builder = await createBuilder({ configFile, logLevel: 'warn' });
    for (const name of ['main', 'preload', 'station']) await builder.build(builder.environments[name]);
    return true;
  } catch (cause) {
    say(`Keyline: ${cause.message}`);
    return false;
  }
}

/** `next` settles once sources have changed since it last settled, and have then been quiet. */
function sourceChanges() {
  let timer;
  let changed = Promise.withResolvers();
  for (const folder of SOURCES)
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (!/\.(?:ts|mjs|json|sql)$/.test(file ?? '') || file.endsWith('.test.ts')) return;
      clearTimeout(timer);
      timer = setTimeout(() => changed.resolve(), QUIET_MS);
    });
  return {
    async next() {
      await changed.promise;
      changed = Promise.withResolvers();
    },
  };
}

process.exit(await main());

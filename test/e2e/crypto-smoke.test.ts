// The crypto of the shipping runtime: the same code that the station runs, inside Electron's utilityProcess.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretDigest } from '../../station/people/secret-digest.ts';
import { openWindowApp, type WindowApp } from './window-app.ts';

let open: WindowApp;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-smoke-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      outDir: folder,
      target: 'node20',
      ssr: fileURLToPath(new URL('crypto-smoke.ts', import.meta.url)),
      rolldownOptions: { output: { entryFileNames: 'smoke.mjs' } },
    },
  });
  open = await openWindowApp({ mode: 'practice' });
});

afterAll(async () => {
  await open?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('keys, signatures, certificates, mutual TLS and digests work in the process that a station runs in', async () => {
  const told = await open.app.evaluate(
    ({ utilityProcess }, [file = '', ...args]) =>
      new Promise((resolve) => {
        const child = utilityProcess.fork(file, args);
        child.once('message', (message) => {
          resolve(message);
          child.kill();
        });
        child.once('exit', (code) => resolve({ ended: code }));
      }),
    [join(folder, 'smoke.mjs'), folder],
  );
  expect(told).toEqual({
    'a key file opens with its passphrase': true,
    'a key file stays shut without it': 'PASSPHRASE_WRONG',
    'a signature is verified': true,
    'a request is signed by its key': true,
    'a CA signs': true,
    // As Node's own crypto library has it.
    'a secret has one digest': Buffer.from(await secretDigest('1234', new Uint8Array(16))).toString('hex'),
    'both ends of TLS are named': 'OU=TEST\nCN=S-1',
    'runs in': expect.stringMatching(/^utility, /),
  });
});

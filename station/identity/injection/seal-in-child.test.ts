// The sealing program as the station starts it: what it is told, what it may see, and how it may fail.

import { execFileSync } from 'node:child_process';
import { createECDH } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { KeylineError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/seams.ts';
import { isP256Spki } from '../../../pki/p256.ts';
import { systemClock } from '../../clock.ts';
import { sealInChild } from './seal-in-child.ts';
import { encodeAnswer, type SealingOrder } from './sealing-message.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-sealing-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const recipient = createECDH('prime256v1');
const ORDER: SealingOrder = {
  recipient: new Uint8Array(recipient.generateKeys()),
  info: new Uint8Array(60).fill(1),
  aad: new Uint8Array(4).fill(2),
  psk: { key: new Uint8Array(32).fill(0xa5), id: new Uint8Array(8).fill(3) },
};

/** A program in the place of Node. */
function stub(name: string, script: string): string {
  const path = join(dir, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  return path;
}

async function refusal(node: string, clock: Clock = systemClock): Promise<string> {
  const error = await sealInChild(node, clock)(ORDER).catch((caught: unknown) => caught);
  return error instanceof KeylineError && error.code === 'KEY_NOT_SEALED' ? error.detail : String(error);
}

test('it makes another key each time, and says its public half and the sealed message alone', async () => {
  const seal = sealInChild(process.execPath, systemClock);
  const [a, b] = await Promise.all([seal(ORDER), seal({ ...ORDER, psk: null })]);
  expect([a, b].map(({ spki }) => isP256Spki(spki))).toEqual([true, true]);
  expect(Buffer.compare(a.spki, b.spki)).not.toBe(0);
  expect([a.enc.length, a.ct.length]).toEqual([65, 48]);
});

test('it is told its order on its standard input: no argument and no variable holds any of it', async () => {
  const [args, env, input] = ['args', 'env', 'input'].map((name) => join(dir, name));
  const node = stub(
    'spy',
    `echo "$@" > ${args}; /usr/bin/env > ${env}; /bin/cat > ${input}; ulimit -c >> ${args}; exit 1`,
  );
  expect(await refusal(node)).toMatch(/ended with 1/);
  expect(readFileSync(input ?? '').includes(Buffer.alloc(32, 0xa5))).toBe(true);
  const told = readFileSync(args ?? '', 'utf8');
  expect(told).toMatch(/^--permission --allow-fs-read=\* --disable-sigusr1 --no-warnings \S*sealing-process\.ts\n0\n$/);
  // What a shell sets by itself, and nothing of this process.
  const names = readFileSync(env ?? '', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('=')[0]);
  expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? ''))).toEqual([]);
});

test('for 12 boards at once it runs a few times at once, and each gets its answer', async () => {
  const [log, answer] = [join(dir, 'running'), join(dir, 'answer')];
  const point = createECDH('prime256v1').generateKeys();
  const spki = Buffer.concat([Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'), point]);
  writeFileSync(answer, encodeAnswer({ spki, enc: new Uint8Array(65), ct: new Uint8Array(48) }));
  const seal = sealInChild(
    // The first ones wait until four are there together: none leaves before, however busy the machine is.
    stub(
      'counted',
      `echo + >> ${log}; cat > /dev/null; until [ "$(grep -c + ${log})" -ge 4 ]; do sleep 0.01; done; echo - >> ${log}; cat ${answer}`,
    ),
    systemClock,
  );
  const keys = await Promise.all(Array.from({ length: 12 }, () => seal(ORDER)));
  expect(keys.map((key) => Buffer.compare(key.spki, spki))).toEqual(Array(12).fill(0));
  let running = 0;
  const counts = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((sign) => {
      running += sign === '+' ? 1 : -1;
      return running;
    });
  expect([counts.length, Math.max(...counts)]).toEqual([24, 4]);
});

describe('a program that', () => {
  test('ends without an answer is refused', async () => {
    expect(await refusal(stub('silent', 'exec /bin/cat > /dev/null'))).toMatch(/no sealed key/);
  });

  test('says too much is ended', async () => {
    expect(await refusal(stub('chatty', 'exec /usr/bin/head -c 1000000 /dev/zero'))).toMatch(
      /ended with|no sealed key/,
    );
  });

  test('says something else of the right length is refused', async () => {
    expect(await refusal(stub('liar', '/bin/cat > /dev/null; exec /usr/bin/head -c 204 /dev/zero'))).toMatch(
      /no sealed key/,
    );
  });

  test('does not start is refused', async () => {
    expect(await refusal(join(dir, 'absent'))).toMatch(/ended with 127/);
  });

  test.skipIf(process.platform === 'win32')('cannot be started, as without descriptors, is refused', () => {
    const code = `
      import { closeSync, openSync } from 'node:fs';
      const { sealInChild } = await import(${JSON.stringify(new URL('./seal-in-child.ts', import.meta.url).href)});
      const { systemClock } = await import(${JSON.stringify(new URL('../../clock.ts', import.meta.url).href)});
      const taken = [];
      const order = { recipient: new Uint8Array(65).fill(4), info: new Uint8Array(1), aad: new Uint8Array(1), psk: null };
      for (;;) try { taken.push(openSync('/dev/null', 'r')); } catch { break; }
      const said = await sealInChild(process.execPath, systemClock)(order).catch((error) => error.code ?? String(error));
      for (const fd of taken) closeSync(fd);
      console.log(said);`;
    const args = ['-c', 'ulimit -n 64; exec "$0" --input-type=module -e "$1"', process.execPath, code];
    expect(execFileSync('/bin/sh', args, { encoding: 'utf8' }).trim()).toBe('KEY_NOT_SEALED');
  });

  test('never answers is ended when its time is over', async () => {
    const late: Clock = { ...systemClock, after: (_ms, act) => systemClock.after(50, act) };
    expect(await refusal(stub('hanging', 'exec /bin/sleep 600'), late)).toMatch(/too long/);
  });

  test('is asked for a board whose key is no point of the curve makes none', async () => {
    const order = { ...ORDER, recipient: Uint8Array.of(4, ...new Uint8Array(64).fill(9)) };
    await expect(sealInChild(process.execPath, systemClock)(order)).rejects.toMatchObject({ code: 'KEY_NOT_SEALED' });
  });
});

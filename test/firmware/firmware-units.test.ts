// firmware/ on this computer: what it takes, its unit tests under the sanitizers, its fuzz targets for seconds, its style.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILD, buildFirmware, FIRMWARE } from '../../scripts/firmware-build.ts';
import { fuzz } from '../../scripts/firmware-fuzz.ts';
import { missingFirmwareTools } from '../../scripts/firmware-tools.ts';

const missing = missingFirmwareTools();
/** As firmware/tests/main.c has them. */
const GROUPS = ['frame', 'cbor', 'der', 'store', 'hpke', 'table', 'inject', 'lock', 'limits'];

test('this computer has what firmware is built with, or says what it lacks; in CI it must have it', () => {
  if (missing.length > 0) console.warn(`The firmware is not tested here: missing ${missing.join(' ')}.`);
  expect(process.env.CI ? missing : []).toEqual([]);
});

describe.runIf(missing.length === 0)('the firmware', () => {
  test('agent and image stay within their limits', () => {
    const { sizes } = buildFirmware();
    expect(sizes.agentText).toBeGreaterThan(4 * 1024);
    expect(sizes.agentText).toBeLessThan(24 * 1024);
    expect(sizes.agentRam).toBeLessThan(8 * 1024);
    expect(sizes.imageText).toBeLessThan(72 * 1024);
  });

  test.each(GROUPS)('the unit tests of %s hold under the sanitizers', (group) => {
    const ran = spawnSync(join(BUILD, 'keyline-tests'), [group], { encoding: 'utf8' });
    expect(`${ran.stdout}${ran.stderr}`).toMatch(/^[1-9]\d* claims kept, [1-9]\d* checks$/m);
    expect(ran.status).toBe(0);
  });

  test('every group of unit tests is run by this file', () => {
    const declared = readFileSync(join(FIRMWARE, 'tests/test.h'), 'utf8').match(/[A-Z]+_TESTS/g);
    expect(declared).toHaveLength(GROUPS.length);
  });

  test('the port to fill in keeps step with the headers, and names no board yet', () => {
    expect(spawnSync(join(BUILD, 'template')).status).toBe(1);
  });

  test.each([
    ['frame', 100_000],
    ['request', 20_000],
  ] as const)('the fuzz target %s takes %d inputs', (target, runs) => {
    expect(() => fuzz(target, runs)).not.toThrow();
  });

  test('the core asks nobody for memory, time or a file', () => {
    const objects = readdirSync(join(BUILD, 'arm/core')).filter((name) => name.endsWith('.o'));
    expect(objects.length).toBeGreaterThan(15);
    const named = spawnSync('arm-none-eabi-nm', ['-u', ...objects.map((name) => join(BUILD, 'arm/core', name))], {
      encoding: 'utf8',
    }).stdout;
    const wanted = [...named.matchAll(/ U (\w+)/g)].map(([, name]) => name ?? '');
    const outside = wanted.filter((name) => !/^(?:kl_|keyline_|KL_)/.test(name));
    expect(new Set(outside)).toEqual(new Set(['memchr', 'memcmp', 'memcpy', 'memmove', 'memset', 'strlen']));
  });

  test('every C file is formatted', () => {
    const names = readdirSync(FIRMWARE, { recursive: true, encoding: 'utf8' });
    const sources = names.filter((name) => /\.[ch]$/.test(name) && !name.startsWith('build'));
    expect(sources.length).toBeGreaterThan(40);
    const checked = spawnSync('clang-format', ['--dry-run', '--Werror', ...sources], {
      cwd: FIRMWARE,
      encoding: 'utf8',
    });
    expect(checked.stderr).toBe('');
  });
});

// An emulated board as strangers see it: the Python probe, which shares no code with Keyline, has it make a key, and openssl
// judges what came of it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingFirmwareTools } from '../../scripts/firmware-tools.ts';
import { EMULATED_MODEL, emulatedFirmware } from '../../simulator/emulated/emulated-firmware.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { probe } from '../probe/probe.ts';

let dir: string;
let bench: SimulatorProcess;
const kept = (name: string) => join(dir, 'kept', name);

describe.runIf(missingFirmwareTools().length === 0)('an emulated board before strangers', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'keyline-stranger-'));
    mkdirSync(join(dir, 'kept'));
    bench = await startSimulatorProcess(
      {
        ...{
          slots: 1,
          devices: 1,
          dir: join(dir, 'ports'),
          stateDir: join(dir, 'boards'),
          baud: 0,
          seed: 1,
          faults: [],
        },
        ...{ ...EMULATED_MODEL, firmware: null, boards: 'emulated' },
      },
      () => {},
    );
    await bench.insert(1, 0);
  });
  afterAll(async () => {
    await bench?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('echoes, restarts, makes a key, asks for a certificate and proves its state', async () => {
    const [port = ''] = readdirSync(join(dir, 'ports')).map((name) => join(dir, 'ports', name));
    const { exitCode, report } = await probe([port], ['--identity', join(dir, 'kept')]);
    expect(report.ports.map(({ reason }) => reason ?? 'ok')).toEqual(['ok']);
    const [{ hwid } = { hwid: '' }] = await bench.list();
    const { imageHash } = emulatedFirmware();
    expect(report.ports[0]).toMatchObject({
      slots: { 0: imageHash },
      identity: { hwid, model: EMULATED_MODEL.model, fw: imageHash },
    });
    expect(exitCode).toBe(0);
  });

  test('openssl accepts its request, which is for the key that it made', () => {
    const request = ['req', '-in', kept('request.der'), '-inform', 'DER', '-noout'];
    const verified = spawnSync('openssl', [...request, '-verify', '-subject', '-nameopt', 'RFC2253'], {
      encoding: 'utf8',
    });
    expect(`${verified.stdout}${verified.stderr}`).toMatch(/verify OK/i);
    expect(verified.stdout).toContain('serialNumber=PROBE-1');
    const ofRequest = execFileSync('openssl', [...request, '-pubkey'], { encoding: 'utf8' });
    writeFileSync(kept('key.pem'), ofRequest);
    const key = execFileSync('openssl', ['pkey', '-pubin', '-in', kept('key.pem'), '-outform', 'DER']);
    expect(key).toEqual(readFileSync(kept('key.der')));
  });

  test('openssl accepts its proof, and none of another state', () => {
    const check = [
      'dgst',
      '-sha256',
      '-verify',
      kept('key.pem'),
      '-signature',
      kept('signature.der'),
      kept('signed.bin'),
    ];
    expect(execFileSync('openssl', check, { encoding: 'utf8' })).toBe('Verified OK\n');
    const signed = readFileSync(kept('signed.bin'));
    signed.set([(signed.at(-1) ?? 0) ^ 1], signed.length - 1);
    writeFileSync(kept('signed.bin'), signed);
    expect(spawnSync('openssl', check, { encoding: 'utf8' }).stdout).toBe('Verification failure\n');
  });
});

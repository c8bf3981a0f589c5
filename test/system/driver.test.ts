// The Keyline driver against a virtual device over a real pty: one whole life, and what goes wrong on a bench.
import 'reflect-metadata';
import { createHash, generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pkcs10CertificateRequest, PublicKey, X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toHex } from '../../domain/bytes.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import { buildImage, parseImage } from '../../protocol/mcuboot-image.ts';
import { groupErrorPayload, OS_COMMAND, OS_GROUP } from '../../protocol/standard-groups.ts';
import { DeviceLine } from '../../simulator/device-line.ts';
import type { DeviceHooks } from '../../simulator/device-state.ts';
import { DeviceState, type DeviceTraits } from '../../simulator/device-state.ts';
import { MemoryDeviceStore } from '../../simulator/device-store.ts';
import { Fixture } from '../../simulator/fixture.ts';
import { VirtualDevice } from '../../simulator/virtual-device.ts';
import { systemClock } from '../../station/clock.ts';
import type { DeviceDriver, FirmwareFile } from '../../station/drivers/driver.ts';
import { openKeylineDriver } from '../../station/drivers/keyline/keyline-driver.ts';
import { openTcp } from '../../station/port/open-tcp.ts';
import { portSourceFrom } from '../../station/port/port-source.ts';
import { systemRandom } from '../../station/random.ts';

const BAUD = 921_600;
const HWID = 'a1b2c3d4e5f60718';
const OTHER_HWID = '00112233445566';
const OLD_IMAGE = { version: '0.9.0', imageHash: '11'.repeat(32), fileSha256: null, identity: true };

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function firmwareFile(bodyBytes: number): FirmwareFile {
  const version = { major: 1, minor: 2, revision: 3, build: 0 };
  const bytes = buildImage({ version, body: new Uint8Array(randomBytes(bodyBytes)) });
  const image = parseImage(bytes);
  if ('refused' in image) throw new Error(image.refused);
  return { bytes, sha256: sha256(bytes), imageHash: image.imageHash };
}

/** A certificate for the device's key, and the CA's own, which stands for chain and anchor. */
async function certify(spki: Uint8Array): Promise<{ leaf: Uint8Array; ca: Uint8Array }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const common = {
    signingAlgorithm: algorithm,
    notBefore: new Date(0),
    notAfter: new Date(4e12),
    signingKey: keys.privateKey,
  };
  const ca = await X509CertificateGenerator.create({
    ...common,
    subject: 'CN=CA',
    issuer: 'CN=CA',
    publicKey: keys.publicKey,
  });
  const publicKey = new PublicKey(Uint8Array.from(spki));
  const leaf = await X509CertificateGenerator.create({
    ...common,
    subject: '2.5.4.5=AQ-0001',
    issuer: 'CN=CA',
    publicKey,
  });
  return { leaf: new Uint8Array(leaf.rawData), ca: new Uint8Array(ca.rawData) };
}

let directory: string;
let fixture: Fixture;
let drivers: DeviceDriver[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyline-driver-'));
  fixture = new Fixture({ slots: 1, dir: directory, clock: systemClock, transport: 'pty' });
  drivers = [];
});

afterEach(async () => {
  await Promise.all(drivers.map((driver) => driver.close()));
  await fixture.close();
  rmSync(directory, { recursive: true });
});

function virtualDevice(
  hooks: DeviceHooks = {},
  traits: Partial<DeviceTraits> = {},
  hwid = HWID,
  image = OLD_IMAGE,
): DeviceLine {
  const description = { hwid, model: 'AQ-1', hardwareRevision: 'B', image };
  const state = new DeviceState(description, new MemoryDeviceStore(), traits, hooks);
  return new DeviceLine(new VirtualDevice(state), systemClock, BAUD);
}

async function connect(line: DeviceLine): Promise<DeviceDriver> {
  await fixture.insert(1, line);
  const source = portSourceFrom(directory, 1, systemClock);
  const driver = await openKeylineDriver(
    async () => {
      const [spot] = await source.list();
      if (spot === undefined) throw new Error('the slot is empty');
      return await source.open(spot);
    },
    { clock: systemClock, random: systemRandom },
  );
  drivers.push(driver);
  return driver;
}

async function enrol(driver: DeviceDriver) {
  const made = await driver.makeKey({ hwid: HWID, nonce: randomBytes(16), was: null });
  if (made === 'stale') throw new Error('the device is not blank');
  const { leaf, ca } = await certify(made.spki);
  await driver.install(HWID, 'chain', ca);
  await driver.install(HWID, 'anchor', ca);
  await driver.install(HWID, 'leaf', leaf);
  return { spki: made.spki, leaf, ca };
}

describe('one life', () => {
  test('from a blank board with old firmware to a locked identity that proves itself after a restart', async () => {
    const driver = await connect(virtualDevice());
    expect(await driver.identify()).toMatchObject({
      kind: 'identity',
      hwid: HWID,
      model: 'AQ-1',
      revision: 'B',
      life: 'blank',
      locking: false,
      canGenerate: true,
      deviceSerial: null,
      spkiSha256: null,
      simulated: true,
      firmware: { activeHash: OLD_IMAGE.imageHash, confirmed: true },
    });

    const file = firmwareFile(40_000);
    const shares: number[] = [];
    await driver.loadFirmware(file, (share) => shares.push(share));
    expect(shares.at(-1)).toBe(1);
    const onTrial = await driver.restart();
    expect(onTrial.firmware).toEqual({ activeHash: file.imageHash, confirmed: false });
    await driver.confirmFirmware(file.imageHash);
    const kept = await driver.restart();
    expect(kept.firmware).toEqual({ activeHash: file.imageHash, confirmed: true });

    const nonce = randomBytes(16);
    const made = await driver.makeKey({ hwid: HWID, nonce, was: null });
    if (made === 'stale') throw new Error('the device is not blank');
    expect(await driver.makeKey({ hwid: HWID, nonce, was: null })).toEqual(made);
    expect(await driver.makeKey({ hwid: HWID, nonce: randomBytes(16), was: null })).toBe('stale');
    const request = new Pkcs10CertificateRequest(Uint8Array.from(await driver.readRequest('AQ-0001')));
    expect(await request.verify()).toBe(true);
    expect(toHex(new Uint8Array(request.publicKey.rawData))).toBe(toHex(made.spki));
    expect(await driver.prove(made.spki)).toMatchObject({ hwid: HWID, life: 'keyed', leafSha256: null });

    const { leaf, ca } = await certify(made.spki);
    expect(await driver.readItem('leaf')).toBeNull();
    await driver.install(HWID, 'chain', ca);
    await driver.install(HWID, 'anchor', ca);
    await driver.install(HWID, 'leaf', leaf);
    await driver.install(HWID, 'leaf', leaf);
    expect(toHex((await driver.readItem('leaf')) ?? new Uint8Array())).toBe(toHex(leaf));

    expect((await driver.readLockPlan()).length).toBeGreaterThan(0);
    const order = { hwid: HWID, deviceSerial: 'AQ-0001', leafSha256: sha256(leaf), debug: true };
    await expect(driver.lock({ ...order, leafSha256: sha256(ca) })).rejects.toMatchObject({ code: 'LEAF_MISMATCH' });
    expect(await driver.openGroups()).not.toEqual([]);
    expect(await driver.lock(order)).toBe('locked');
    expect(await driver.restart()).toMatchObject({ life: 'locked', debugOpen: false });
    expect(await driver.prove(made.spki)).toMatchObject({
      hwid: HWID,
      life: 'locked',
      debugOpen: false,
      firmwareHash: file.imageHash,
      spkiSha256: sha256(made.spki),
      leafSha256: sha256(leaf),
      chainSha256: sha256(ca),
      anchorSha256: sha256(ca),
    });
    expect(await driver.openGroups()).toEqual([]);
  });

  test('a device that burns at its restart only says pending, and is locked after it', async () => {
    const driver = await connect(virtualDevice({}, { locksAtRestart: true }));
    await driver.identify();
    const { leaf } = await enrol(driver);
    const order = { hwid: HWID, deviceSerial: 'AQ-0001', leafSha256: sha256(leaf), debug: false };
    expect(await driver.lock(order)).toBe('pending');
    expect(await driver.restart()).toMatchObject({ life: 'locked' });
  });

  test("Zephyr's default buffer of 384 bytes is enough for the whole identity", async () => {
    const driver = await connect(virtualDevice({}, { bufSize: 384, bufCount: 1 }));
    await driver.identify();
    const { spki, leaf } = await enrol(driver);
    await driver.readRequest('AQ-0001');
    expect(await driver.prove(spki)).toMatchObject({ life: 'enrolled', leafSha256: sha256(leaf) });
  });
});

describe('what goes wrong', () => {
  test('a board swapped on the open port receives nothing that was meant for its neighbour', async () => {
    const driver = await connect(virtualDevice());
    await driver.identify();
    const { leaf } = await enrol(driver);
    fixture.swap(1, virtualDevice({}, {}, OTHER_HWID));
    const swapped = { code: 'DEVICE_SWAPPED' };
    await driver.identify();
    await expect(driver.install(HWID, 'chain', leaf)).rejects.toMatchObject(swapped);
    await expect(driver.makeKey({ hwid: HWID, nonce: randomBytes(16), was: null })).rejects.toMatchObject(swapped);
  });

  test('an unplug in the middle of a transfer is told as one', async () => {
    const driver = await connect(virtualDevice());
    await driver.identify();
    const loading = driver.loadFirmware(firmwareFile(100_000), (share) => {
      if (share > 0.3) void fixture.eject(1);
    });
    await expect(loading).rejects.toMatchObject({ code: 'PULLED_OUT' });
  });

  test('a transfer passes a line that loses requests and damages answers', async () => {
    let requests = 0;
    let answers = 0;
    const hooks: DeviceHooks = {
      onRequest: () => (++requests % 17 === 0 ? 'ignore' : 'serve'),
      onOutput: (bytes) => (++answers % 23 === 0 ? bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte)) : bytes),
    };
    const driver = await connect(virtualDevice(hooks));
    await driver.identify();
    const file = firmwareFile(60_000);
    await driver.loadFirmware(file, () => {});
    expect((await driver.restart()).firmware.activeHash).toBe(file.imageHash);
    expect(requests).toBeGreaterThan(60);
  });

  test('a silent board ends in NO_ANSWER, though it printed its banner', async () => {
    const driver = await connect(virtualDevice({ onRequest: () => 'ignore' }));
    await expect(driver.identify()).rejects.toMatchObject({ code: 'NO_ANSWER' });
  });

  test('a fault is tried twice more, busy is waited for, and then the board has failed us', async () => {
    let refusals = 0;
    let refusing = 2;
    const hooks: DeviceHooks = {
      onRequest: ({ group, command }) => {
        if (group !== IDENTITY_GROUP || command !== IDENTITY_COMMAND.keygen || refusing === 0) return 'serve';
        refusing -= 1;
        refusals += 1;
        const rc = refusals === 2 ? IDENTITY_RC.BUSY : IDENTITY_RC.FAULT;
        return { payload: groupErrorPayload(IDENTITY_GROUP, rc, rc === IDENTITY_RC.BUSY ? { retryMs: 30 } : {}) };
      },
    };
    const driver = await connect(virtualDevice(hooks));
    await driver.identify();
    const order = { hwid: HWID, nonce: randomBytes(16), was: null };
    expect(await driver.makeKey(order)).toHaveProperty('spki');
    refusals = 2;
    refusing = 99;
    await expect(driver.makeKey(order)).rejects.toMatchObject({ code: 'DEVICE_FAULT' });
    expect(refusals).toBe(5);
  });

  test('lock is sent once, whatever the answer, and silence is no lock', async () => {
    const answers = [IDENTITY_RC.FAULT, IDENTITY_RC.BUSY, null];
    let locks = 0;
    const hooks: DeviceHooks = {
      onRequest: ({ group, command, write }) => {
        if (group !== IDENTITY_GROUP || command !== IDENTITY_COMMAND.lock || !write) return 'serve';
        const rc = answers[locks++] ?? null;
        return rc === null ? 'ignore' : { payload: groupErrorPayload(IDENTITY_GROUP, rc) };
      },
    };
    const driver = await connect(virtualDevice(hooks));
    await driver.identify();
    const order = { hwid: HWID, deviceSerial: 'AQ-0001', leafSha256: '00'.repeat(32), debug: true };
    await expect(driver.lock(order)).rejects.toMatchObject({ code: 'DEVICE_FAULT' });
    await expect(driver.lock(order)).rejects.toMatchObject({ code: 'DEVICE_FAULT' });
    await expect(driver.lock(order)).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(locks).toBe(3);
  });

  test('a proof with a signature of another key is no proof', async () => {
    const driver = await connect(virtualDevice());
    await driver.identify();
    const { spki } = await enrol(driver);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' });
    await expect(driver.prove(new Uint8Array(other))).rejects.toMatchObject({ code: 'PROOF_FAILED' });
    await expect(driver.prove(new Uint8Array(91))).rejects.toMatchObject({ code: 'PROOF_FAILED' });
    expect(await driver.prove(spki)).toMatchObject({ life: 'enrolled' });
  });

  test('a restart whose answer was lost happens, and an image on trial is not sent back by a second one', async () => {
    let resets = 0;
    let lose = true;
    const hooks: DeviceHooks = {
      onReply: ({ group, command }, reply) => {
        if (group !== OS_GROUP || command !== OS_COMMAND.reset) return reply;
        resets += 1;
        return reply;
      },
      onOutput: (bytes) => {
        const lost = lose && resets === 1;
        if (lost) lose = false;
        return lost ? new Uint8Array() : bytes;
      },
    };
    const driver = await connect(virtualDevice(hooks));
    await driver.identify();
    const file = firmwareFile(5_000);
    await driver.loadFirmware(file, () => {});
    expect((await driver.restart()).firmware).toEqual({ activeHash: file.imageHash, confirmed: false });
    expect(resets).toBe(1);
  });

  test('a board without the identity group is bare, and is one no more after its firmware', async () => {
    const state = { ...OLD_IMAGE, identity: false };
    const driver = await connect(virtualDevice({}, {}, HWID, state));
    expect(await driver.identify()).toEqual({
      kind: 'bare',
      firmware: { activeHash: OLD_IMAGE.imageHash, confirmed: true },
    });
    await driver.loadFirmware(firmwareFile(5_000), () => {});
    expect(await driver.restart()).toMatchObject({ kind: 'identity', hwid: HWID });
  });

  test.each([
    ['a loop that sends our own words back', (socket: Socket) => socket.on('data', (bytes) => socket.write(bytes))],
    [
      'a shell that echoes and prompts',
      (socket: Socket) =>
        socket.on('data', (bytes) => socket.write(`${bytes.toString('latin1').slice(2)}\r\nuart:~$ `)),
    ],
  ])('%s is not a board', async (_, talk) => {
    const server = createServer(talk).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const open = () => openTcp({ host: '127.0.0.1', port }, systemClock);
    const driver = await openKeylineDriver(open, { clock: systemClock, random: systemRandom });
    await expect(driver.identify()).rejects.toMatchObject({ code: 'NOT_A_BOARD' });
    await driver.close();
    server.close();
  });
});

import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../domain/bytes.ts';
import { IDENTITY_GROUP } from '../protocol/identity-group.ts';
import { buildImage, parseImage } from '../protocol/mcuboot-image.ts';
import { IMAGE_GROUP, type ImageSlot, OS_GROUP, SMP_RC } from '../protocol/standard-groups.ts';
import { sha256 } from './device-state.ts';
import { SLOT_BYTES } from './image-group.ts';
import { AGENT, TestDevice } from './test-device.ts';

const FILE = buildImage({ version: { major: 1, minor: 4, revision: 2, build: 0 }, body: new Uint8Array(2000).fill(5) });
const image = parseImage(FILE);
if ('refused' in image) throw new Error(image.refused);
const HASH = fromHex(image.imageHash);

function upload(device: TestDevice, off: number, end: number, head = {}) {
  const data = FILE.subarray(off, end);
  return device.ask(true, IMAGE_GROUP, 1, {
    off,
    data,
    ...(off === 0 && { len: FILE.length, sha: sha256(FILE) }),
    ...head,
  });
}

function uploadWhole(device: TestDevice) {
  let off = 0;
  for (let i = 0; i < 20 && off < FILE.length; i++) off = Number(upload(device, off, off + 400).payload.off);
}

const setState = (device: TestDevice, payload: { hash?: Uint8Array; confirm?: boolean }) =>
  device.ask(true, IMAGE_GROUP, 0, payload);
const reset = (device: TestDevice) => device.ask(true, OS_GROUP, 5, {});

function slots(device: TestDevice): string[] {
  const { images } = device.ask(false, IMAGE_GROUP, 0, {}).payload as { images: ImageSlot[] };
  return images.map((slot) => {
    const flags = (['active', 'confirmed', 'pending', 'permanent'] as const).filter((flag) => slot[flag]);
    return `${slot.version} ${flags.join(' ')}`.trim();
  });
}

describe('loading firmware', () => {
  it('a loaded image waits for its test, runs after the restart, and stays once confirmed', () => {
    const device = new TestDevice();
    uploadWhole(device);
    expect(slots(device)).toEqual(['1.0.0 active confirmed', '1.4.2']);
    setState(device, { hash: HASH, confirm: false });
    expect(slots(device)).toEqual(['1.0.0 active confirmed', '1.4.2 pending']);
    reset(device);
    expect(slots(device)).toEqual(['1.4.2 active', '1.0.0 confirmed']);
    setState(device, { confirm: true });
    reset(device);
    expect(slots(device)).toEqual(['1.4.2 active confirmed', '1.0.0']);
    expect(device.read('status').payload.fw).toBe('1.4.2');
  });

  it('an image that nobody confirmed is left at the next restart', () => {
    const device = new TestDevice();
    uploadWhole(device);
    setState(device, { hash: HASH });
    reset(device);
    reset(device);
    expect(slots(device)).toEqual(['1.0.0 active confirmed', '1.4.2']);
  });

  it('an image that was made permanent at once needs no confirmation', () => {
    const device = new TestDevice();
    uploadWhole(device);
    setState(device, { hash: HASH, confirm: true });
    expect(slots(device)).toEqual(['1.0.0 active confirmed', '1.4.2 pending permanent']);
    reset(device);
    expect(slots(device)).toEqual(['1.4.2 active confirmed', '1.0.0']);
  });

  it('a transfer goes on from the offset that the device names', () => {
    const device = new TestDevice({}, { bufSize: 4096 });
    expect(upload(device, 0, 600).payload.off).toBe(600);
    expect(upload(device, 1000, 1200).payload.off).toBe(600);
    expect(upload(device, 0, 600).payload.off).toBe(600);
    expect(upload(device, 600, FILE.length).payload).toMatchObject({ off: FILE.length, match: true });
    expect(upload(device, 0, 100).payload).toMatchObject({ off: FILE.length, match: true });
  });

  it('a restart in the middle starts the transfer again', () => {
    const device = new TestDevice();
    upload(device, 0, 600);
    device.device.restart();
    expect(upload(device, 600, 700).payload.off).toBe(0);
  });

  it('a file that differs from its digest, or is no image, is not kept', () => {
    const device = new TestDevice({}, { bufSize: 4096 });
    upload(device, 0, 1000, { sha: new Uint8Array(32) });
    expect(upload(device, 1000, FILE.length).payload).toMatchObject({ match: false });
    const junk = new Uint8Array(300);
    expect(device.ask(true, IMAGE_GROUP, 1, { off: 0, data: junk, len: 300, sha: sha256(junk) }).rc).toBe(
      SMP_RC.CORRUPT,
    );
    expect(slots(device)).toHaveLength(1);
  });

  it('refuses more than a slot holds before it keeps anything', () => {
    const device = new TestDevice();
    expect(upload(device, 0, 100, { len: SLOT_BYTES + 1 }).rc).toBe(SMP_RC.TOO_LARGE);
    expect(device.state.volatile.upload).toBeNull();
  });

  it('keeps the way back while an image is on trial', () => {
    const device = new TestDevice();
    uploadWhole(device);
    setState(device, { hash: HASH });
    reset(device);
    const other = buildImage({ version: { major: 9, minor: 0, revision: 0, build: 0 }, body: new Uint8Array(10) });
    const answer = device.ask(true, IMAGE_GROUP, 1, { off: 0, data: other, len: other.length, sha: sha256(other) });
    expect(answer.rc).toBe(SMP_RC.BAD_STATE);
  });

  it('a hash that no slot has changes nothing', () => {
    expect(setState(new TestDevice(), { hash: new Uint8Array(32) }).rc).toBe(SMP_RC.NO_ENTRY);
  });

  it('a bare board learns the identity group with its firmware', () => {
    const device = new TestDevice({}, {}, { ...AGENT, identity: false });
    expect(device.ask(false, IDENTITY_GROUP, 0, {})).toMatchObject({ group: null, rc: SMP_RC.NOT_SUPPORTED });
    uploadWhole(device);
    setState(device, { hash: HASH });
    reset(device);
    expect(device.read('status').payload.life).toBe(0);
    expect(toHex(HASH)).toBe(device.state.record.running.imageHash);
  });
});

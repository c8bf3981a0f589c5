// Group 1 of a virtual device: two MCUboot slots, upload with resume, test and confirm (device protocol, standard groups).
import { fromHex, sameBytes, toHex } from '../domain/bytes.ts';
import { imageVersionText, parseImage } from '../protocol/mcuboot-image.ts';
import { IMAGE_COMMAND, ImageStateWriteRequest, ImageUploadRequest, SMP_RC } from '../protocol/standard-groups.ts';
import type { StoredImage } from './device-record.ts';
import type { DeviceRequest } from './device-request.ts';
import { type DeviceState, sha256 } from './device-state.ts';
import { ok, type Reply, smpError } from './reply.ts';

/** Bytes of a slot: the 1 MB of a common part's flash, halved. Bounds what an upload can make us hold. */
export const SLOT_BYTES = 512 * 1024;

export function serveImage({ write, command, payload }: DeviceRequest, state: DeviceState): Reply {
  if (command === IMAGE_COMMAND.state) return write ? setState(payload, state) : imageState(state);
  if (command === IMAGE_COMMAND.upload && write) return upload(payload, state);
  return smpError(SMP_RC.NOT_SUPPORTED);
}

function imageState({ record: { running, spare, swap } }: DeviceState): Reply {
  const pending = swap === 'test' || swap === 'replace';
  const images = [
    { ...imageFacts(running, 0), pending: false, confirmed: swap !== 'trial', active: true, permanent: false },
  ];
  if (spare) {
    const fallback = swap === 'trial';
    images.push({
      ...imageFacts(spare, 1),
      pending,
      confirmed: fallback,
      active: false,
      permanent: swap === 'replace',
    });
  }
  return ok({ images });
}

function imageFacts({ version, imageHash }: StoredImage, slot: number) {
  return { slot, version, hash: fromHex(imageHash), bootable: true };
}

function setState(payload: unknown, state: DeviceState): Reply {
  const request = ImageStateWriteRequest.safeParse(payload);
  if (!request.success) return smpError(SMP_RC.INVALID);
  const { hash, confirm = false } = request.data;
  if (hash === undefined && !confirm) return smpError(SMP_RC.INVALID);
  const { running, spare, swap } = state.record;
  const wanted = hash === undefined ? running.imageHash : toHex(hash);
  if (wanted === running.imageHash) {
    // An image that runs cannot be put on trial.
    if (!confirm) return smpError(SMP_RC.BAD_STATE);
    if (swap === 'trial') state.commit({ swap: 'permanent' });
  } else if (wanted === spare?.imageHash) {
    // While an image is on trial the other one is its way back.
    if (swap === 'trial') return smpError(SMP_RC.BAD_STATE);
    state.commit({ swap: confirm ? 'replace' : 'test' });
  } else return smpError(SMP_RC.NO_ENTRY);
  return imageState(state);
}

function upload(payload: unknown, state: DeviceState): Reply {
  const request = ImageUploadRequest.safeParse(payload);
  if (!request.success) return smpError(SMP_RC.INVALID);
  const { off, data, len, sha, image = 0 } = request.data;
  if (off === 0) {
    if (len === undefined || image !== 0 || (sha !== undefined && sha.length !== 32)) return smpError(SMP_RC.INVALID);
    if (len > SLOT_BYTES) return smpError(SMP_RC.TOO_LARGE);
    const known = beginUpload(state, len, sha === undefined ? '' : toHex(sha));
    if (known !== null) return known;
  }
  const transfer = state.volatile.upload;
  if (transfer === null) return ok({ off: 0 });
  if (off !== transfer.received) return ok({ off: transfer.received });
  if (off + data.length > transfer.content.length) return smpError(SMP_RC.INVALID);
  transfer.content.set(data, off);
  transfer.received += data.length;
  return transfer.received === transfer.content.length ? finishUpload(state) : ok({ off: transfer.received });
}

/** Null when a new upload begins; the answer when there is nothing to send, or nothing may be sent. */
function beginUpload(state: DeviceState, len: number, fileSha256: string): Reply | null {
  const { spare, swap } = state.record;
  if (spare?.fileSha256 && spare.fileSha256 === fileSha256) return ok({ off: len, match: true });
  if (swap === 'trial') return smpError(SMP_RC.BAD_STATE);
  const present = state.volatile.upload;
  const same = present && present.sha256 === fileSha256 && fileSha256 !== '' && present.content.length === len;
  if (same && present.received > 0) return ok({ off: present.received });
  if (spare) state.commit({ spare: null, swap: 'permanent' });
  state.volatile.upload = { sha256: fileSha256, content: new Uint8Array(len), received: 0 };
  return null;
}

function finishUpload(state: DeviceState): Reply {
  const transfer = state.volatile.upload;
  state.volatile.upload = null;
  if (transfer === null) return ok({ off: 0 });
  const { content, sha256: announced } = transfer;
  const off = content.length;
  const digest = sha256(content);
  if (announced !== '' && !sameBytes(digest, fromHex(announced))) return ok({ off, match: false });
  const image = parseImage(content);
  if ('refused' in image) return smpError(SMP_RC.CORRUPT);
  const { imageHash, version } = image;
  state.commit({
    spare: { version: imageVersionText(version), imageHash, fileSha256: toHex(digest), identity: true },
    swap: 'permanent',
  });
  return ok({ off, match: true });
}

/** What MCUboot does at a restart. */
export function bootImage(state: DeviceState): void {
  const { running, spare, swap } = state.record;
  if (swap === 'permanent' || spare === null) return;
  state.commit({ running: spare, spare: running, swap: swap === 'test' ? 'trial' : 'permanent' });
}

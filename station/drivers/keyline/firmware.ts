// Images on the device: what runs, loading another, making it permanent. Hashes are the device's own word.
import { fromHex, toHex } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import type { CborMap } from '../../../protocol/cbor.ts';
import { SMP_OP } from '../../../protocol/smp-header.ts';
import {
  IMAGE_COMMAND,
  IMAGE_GROUP,
  type ImageSlot,
  ImageStateResponse,
  ImageUploadResponse,
} from '../../../protocol/standard-groups.ts';
import { type UploadEnd, upload } from '../../smp/chunked-transfer.ts';
import { isNotSupported } from '../../smp/smp-client.ts';
import type { FirmwareFile, FirmwareReading } from '../driver.ts';
import { QUICK, readAnswer } from './identity-request.ts';
import type { Session } from './session.ts';

/** Writing one piece may erase a sector, up to 1 s of flash; four pieces of 1 KB wait 0.5 s on a line of 115200 baud. */
const PIECE_TIMEOUT_MS = 2_000;
/** The first piece may erase the whole slot: 1 MB of NOR at 64 KB/0.5 s is 8 s; twice that. */
const ERASE_TIMEOUT_MS = 16_000;
/** Marking and confirming write one flash page. */
const MARK = { timeoutMs: 5_000, attempts: 3 } as const;

/** Slots of the first image; empty where the device has no image group. */
export async function readImages({ client }: Session): Promise<ImageSlot[]> {
  const answer = await client.request({
    op: SMP_OP.read,
    group: IMAGE_GROUP,
    command: IMAGE_COMMAND.state,
    payload: {},
    ...QUICK,
  });
  if (isNotSupported(answer)) return [];
  if (!answer.ok) throw new KeylineError('DEVICE_FAULT', `image state: rc ${answer.rc}`);
  const { images } = readAnswer('image state', answer.payload, ImageStateResponse);
  return images.filter((slot) => (slot.image ?? 0) === 0);
}

export async function readFirmware(session: Session): Promise<FirmwareReading> {
  return readingOf(await readImages(session));
}

export function readingOf(images: readonly ImageSlot[]): FirmwareReading {
  const active = images.find((slot) => slot.active);
  return {
    activeHash: active?.hash === undefined ? null : toHex(active.hash),
    // A device without images to choose from has nothing to go back to.
    confirmed: active === undefined || (active.confirmed ?? active.permanent ?? false),
  };
}

function holds(slot: ImageSlot, imageHash: string): boolean {
  return slot.hash !== undefined && toHex(slot.hash) === imageHash;
}

/** Throws FIRMWARE_STOPPED, FIRMWARE_DIFFERS, PULLED_OUT, PROTOCOL_VIOLATION. */
export async function loadFirmware(
  session: Session,
  file: FirmwareFile,
  onProgress: (share: number) => void,
): Promise<void> {
  const before = await readImages(session);
  const present = before.find((slot) => !slot.active && holds(slot, file.imageHash));
  // A marked slot takes no upload; that it is there already is how a resume after a power cut looks.
  if (present?.pending) return;
  if (present === undefined) {
    await uploadImage(session, file, onProgress);
    if (!(await readImages(session)).some((slot) => holds(slot, file.imageHash))) {
      throw new KeylineError('FIRMWARE_DIFFERS', 'the image that was sent is in no slot', {
        imageHash: file.imageHash,
      });
    }
  }
  await writeState(session, { hash: fromHex(file.imageHash), confirm: false });
}

async function uploadImage(session: Session, file: FirmwareFile, onProgress: (share: number) => void): Promise<void> {
  const sha = fromHex(file.sha256);
  const { maxMessageBytes, window } = session.capacity;
  const first = { len: file.bytes.length, sha, image: 0 };
  const end = await endOf(
    upload(session.client, {
      bytes: file.bytes,
      maxMessageBytes,
      window,
      timeoutMs: PIECE_TIMEOUT_MS,
      firstTimeoutMs: ERASE_TIMEOUT_MS,
      request: (off, data) => ({
        op: SMP_OP.write,
        group: IMAGE_GROUP,
        command: IMAGE_COMMAND.upload,
        payload: off === 0 ? { off, data, ...first } : { off, data },
      }),
      offsetIn: (payload) => ImageUploadResponse.safeParse(payload).data?.off ?? null,
      onProgress,
    }),
  );
  if (end.end === 'refused') throw new KeylineError('FIRMWARE_STOPPED', `upload: rc ${end.answer.rc}`);
  if (end.end === 'stalled') throw new KeylineError('FIRMWARE_STOPPED', `no further than byte ${end.offset}`);
  if (end.payload.match === false) throw new KeylineError('FIRMWARE_DIFFERS', 'the digest of the file differs');
}

async function endOf(transfer: Promise<UploadEnd>): Promise<UploadEnd> {
  try {
    return await transfer;
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'NO_ANSWER') {
      throw new KeylineError('FIRMWARE_STOPPED', error.detail, error.context, error);
    }
    throw error;
  }
}

/** Throws FIRMWARE_DIFFERS when the image that runs is not this one, or does not stay. */
export async function confirmFirmware(session: Session, imageHash: string): Promise<void> {
  await writeState(session, { hash: fromHex(imageHash), confirm: true });
  const { activeHash, confirmed } = await readFirmware(session);
  if (activeHash !== imageHash || !confirmed) {
    throw new KeylineError('FIRMWARE_DIFFERS', 'the image was not made permanent', { imageHash });
  }
}

async function writeState({ client }: Session, payload: CborMap): Promise<void> {
  const answer = await client.request({
    op: SMP_OP.write,
    group: IMAGE_GROUP,
    command: IMAGE_COMMAND.state,
    payload,
    ...MARK,
  });
  if (!answer.ok) throw new KeylineError('FIRMWARE_DIFFERS', `image state: rc ${answer.rc}`);
}

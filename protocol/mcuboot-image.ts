// MCUboot's image format as far as the station and virtual devices need it: header, body, TLVs, SHA-256.
// Refuses what a boot loader would not start. Signatures inside the image are the boot loader's matter.
import { createHash } from 'node:crypto';
import { concatBytes, sameBytes, toHex } from '../domain/bytes.ts';

const MAGIC = 0x96f3b83d;
const HEADER_BYTES = 32;
const TLV_INFO_MAGIC = 0x6907;
const PROTECTED_TLV_INFO_MAGIC = 0x6908;
const TLV_HEADER_BYTES = 4;
const TLV_SHA256 = 0x10;
const SHA256_BYTES = 32;

export interface ImageVersion {
  /** 0-255. */
  readonly major: number;
  /** 0-255. */
  readonly minor: number;
  /** 0-65535. */
  readonly revision: number;
  /** 0-4294967295. */
  readonly build: number;
}

export interface McubootImage {
  readonly version: ImageVersion;
  /** TLV 0x10, which a device reports as the image's hash; 64 hex digits. */
  readonly imageHash: string;
  readonly bodyBytes: number;
}

/** `major.minor.revision`, with `+build` unless that is 0. */
export function imageVersionText({ major, minor, revision, build }: ImageVersion): string {
  return `${major}.${minor}.${revision}${build === 0 ? '' : `+${build}`}`;
}

/** An unsigned image with its hash. */
export function buildImage({ version, body }: { version: ImageVersion; body: Uint8Array }): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(8, HEADER_BYTES, true);
  view.setUint32(12, body.length, true);
  view.setUint8(20, version.major);
  view.setUint8(21, version.minor);
  view.setUint16(22, version.revision, true);
  view.setUint32(24, version.build, true);
  const signed = concatBytes(header, body);
  const tlvs = new Uint8Array(2 * TLV_HEADER_BYTES + SHA256_BYTES);
  const tlvView = new DataView(tlvs.buffer);
  tlvView.setUint16(0, TLV_INFO_MAGIC, true);
  tlvView.setUint16(2, tlvs.length, true);
  tlvView.setUint16(4, TLV_SHA256, true);
  tlvView.setUint16(6, SHA256_BYTES, true);
  tlvs.set(sha256(signed), 2 * TLV_HEADER_BYTES);
  return concatBytes(signed, tlvs);
}

/** Facts of an image whose hash is right, or why it is none. Never throws. */
export function parseImage(bytes: Uint8Array): McubootImage | { refused: string } {
  if (bytes.length < HEADER_BYTES) return { refused: 'shorter than an image header' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== MAGIC) return { refused: 'not an MCUboot image' };
  const headerBytes = view.getUint16(8, true);
  const protectedBytes = view.getUint16(10, true);
  const bodyBytes = view.getUint32(12, true);
  if (headerBytes < HEADER_BYTES) return { refused: 'an image header that is too short' };
  const protectedAt = headerBytes + bodyBytes;
  const tlvAt = protectedAt + protectedBytes;
  if (tlvAt + TLV_HEADER_BYTES > bytes.length) return { refused: 'the image ends before its hash' };
  if (protectedBytes > 0 && !isTlvArea(view, protectedAt, PROTECTED_TLV_INFO_MAGIC, protectedBytes))
    return { refused: 'the protected TLVs of the image are malformed' };
  if (!isTlvArea(view, tlvAt, TLV_INFO_MAGIC, bytes.length - tlvAt))
    return { refused: 'the TLVs of the image are malformed or do not end with the file' };
  const hash = findHash(bytes, view, tlvAt + TLV_HEADER_BYTES);
  if (hash === null) return { refused: 'the image carries no SHA-256, or more than one' };
  if (!sameBytes(hash, sha256(bytes.subarray(0, tlvAt)))) return { refused: 'the image differs from its hash' };
  const version = {
    major: view.getUint8(20),
    minor: view.getUint8(21),
    revision: view.getUint16(22, true),
    build: view.getUint32(24, true),
  };
  return { version, imageHash: toHex(hash), bodyBytes };
}

function isTlvArea(view: DataView, at: number, magic: number, length: number): boolean {
  return length >= TLV_HEADER_BYTES && view.getUint16(at, true) === magic && view.getUint16(at + 2, true) === length;
}

function findHash(bytes: Uint8Array, view: DataView, start: number): Uint8Array | null {
  let hash: Uint8Array | null = null;
  let at = start;
  while (at < bytes.length) {
    if (at + TLV_HEADER_BYTES > bytes.length) return null;
    const type = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    const value = bytes.subarray(at + TLV_HEADER_BYTES, at + TLV_HEADER_BYTES + length);
    if (value.length !== length) return null;
    if (type === TLV_SHA256) {
      if (hash !== null || length !== SHA256_BYTES) return null;
      hash = value;
    }
    at += TLV_HEADER_BYTES + length;
  }
  return hash;
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

// An MCUboot image that no processor runs: header, body, and one TLV with the SHA-256 of both (3.3).
import { createHash } from 'node:crypto';
import { type Bytes, join } from '../wire/bytes.ts';

const HEADER_BYTES = 32;
const MAGIC = 0x96f3b83d;
const TLV_MAGIC = 0x6907;
const TLV_SHA256 = 0x10;
const BODY_BYTES = 2_000;

/** Version `major`.0.0; its last 32 bytes are its image hash. */
export function testImage(major: number): Bytes {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt16LE(HEADER_BYTES, 8);
  head.writeUInt32LE(BODY_BYTES, 12);
  head.writeUInt8(major, 20);
  const signed = join(head, Buffer.alloc(BODY_BYTES, major));
  const tlvs = Buffer.alloc(8);
  tlvs.writeUInt16LE(TLV_MAGIC, 0);
  tlvs.writeUInt16LE(tlvs.length + 32, 2);
  tlvs.writeUInt16LE(TLV_SHA256, 4);
  tlvs.writeUInt16LE(32, 6);
  return join(signed, tlvs, createHash('sha256').update(signed).digest());
}

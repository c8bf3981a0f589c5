// One SMP message: header and a CBOR map, nothing before and nothing after. Refuses every other shape.
import { type CborMap, decodeCborMap, encodeCbor } from './cbor.ts';
import { decodeSmpHeader, SMP_HEADER_BYTES, type SmpHeader, writeSmpHeader } from './smp-header.ts';

/** The length field of the header has 16 bits. */
const MAX_PAYLOAD_BYTES = 0xffff;

/** Header and payload as bytes. Throws `RangeError` above 65535 bytes of payload. */
export function encodeSmpMessage(header: Omit<SmpHeader, 'length'>, payload: CborMap): Uint8Array {
  const body = encodeCbor(payload);
  if (body.length > MAX_PAYLOAD_BYTES) throw new RangeError(`an SMP payload of ${body.length} bytes does not exist`);
  const message = new Uint8Array(SMP_HEADER_BYTES + body.length);
  writeSmpHeader(message, { ...header, length: body.length });
  message.set(body, SMP_HEADER_BYTES);
  return message;
}

export type DecodedSmpMessage =
  | { readonly header: SmpHeader; readonly payload: CborMap }
  /** `header` is there when only the rest is wrong, so that a server can answer. */
  | { readonly refused: string; readonly header?: SmpHeader };

/** Header and payload of exactly one message. Never throws. */
export function decodeSmpMessage(bytes: Uint8Array): DecodedSmpMessage {
  const header = decodeSmpHeader(bytes);
  if ('refused' in header) return header;
  const present = bytes.length - SMP_HEADER_BYTES;
  if (header.length !== present) return { refused: `header says ${header.length} bytes, there are ${present}`, header };
  const payload = decodeCborMap(bytes.subarray(SMP_HEADER_BYTES));
  return 'refused' in payload ? { refused: payload.refused, header } : { header, payload: payload.map };
}

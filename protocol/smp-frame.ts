// SMP over a console: packets of length, message and CRC in Base64 lines of at most 127 bytes (device protocol, framing).
// The decoder takes any bytes: what is not part of a whole, checked packet comes out as noise, and hurts no later packet.
import { crc16 } from './crc16.ts';

/** A whole line: marker, Base64, LF. Zephyr's receiver holds no more. */
const LINE_BYTES = 127;
const MARKER_BYTES = 2;
const BASE64_PER_LINE = LINE_BYTES - MARKER_BYTES - 1;
const START = [0x06, 0x09] as const;
const CONTINUATION = [0x04, 0x14] as const;
const LF = 0x0a;
const CR = 0x0d;
const LENGTH_BYTES = 2;
const CRC_BYTES = 2;
/** Text is handed up in pieces of this size, so that a line without end needs no memory. */
const NOISE_BYTES = 256;

export type FrameItem =
  | { readonly kind: 'message'; readonly message: Uint8Array }
  | { readonly kind: 'noise'; readonly bytes: Uint8Array; readonly reason: string };

/** The lines of one packet. The message has at most 65533 bytes. */
export function encodeFrame(message: Uint8Array): Uint8Array {
  const length = message.length + CRC_BYTES;
  if (length > 0xffff) throw new RangeError(`a message of ${message.length} bytes does not fit a packet`);
  const packet = Buffer.allocUnsafe(LENGTH_BYTES + length);
  packet.writeUInt16BE(length, 0);
  packet.set(message, LENGTH_BYTES);
  packet.writeUInt16BE(crc16(message), LENGTH_BYTES + message.length);
  const text = packet.toString('base64');
  const lines = Math.ceil(text.length / BASE64_PER_LINE);
  const bytes = Buffer.allocUnsafe(text.length + lines * (MARKER_BYTES + 1));
  let at = 0;
  for (let i = 0; i < text.length; i += BASE64_PER_LINE) {
    const [first, second] = i === 0 ? START : CONTINUATION;
    bytes[at++] = first;
    bytes[at++] = second;
    at += bytes.write(text.slice(i, i + BASE64_PER_LINE), at, 'latin1');
    bytes[at++] = LF;
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

const VALUE_OF = new Int8Array(256).fill(-1);
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  VALUE_OF[character.charCodeAt(0)] = value;
}

/** Strict Base64 with padding of `text[0..length)` into `target` from `at`; the end, or -1 when it is none or does not fit. */
function decodeBase64(text: Uint8Array, length: number, target: Uint8Array, at: number): number {
  if (length === 0 || length % 4 !== 0) return -1;
  const padding = text[length - 2] === 0x3d ? 2 : text[length - 1] === 0x3d ? 1 : 0;
  if (padding === 2 && text[length - 1] !== 0x3d) return -1;
  const size = (length / 4) * 3 - padding;
  if (at + size > target.length) return -1;
  for (let i = 0; i < length; i += 4) {
    const pad = i + 4 === length ? padding : 0;
    const a = VALUE_OF[text[i] ?? 0] ?? -1;
    const b = VALUE_OF[text[i + 1] ?? 0] ?? -1;
    const c = pad > 1 ? 0 : (VALUE_OF[text[i + 2] ?? 0] ?? -1);
    const d = pad > 0 ? 0 : (VALUE_OF[text[i + 3] ?? 0] ?? -1);
    if ((a | b | c | d) < 0) return -1;
    target[at++] = (a << 2) | (b >> 4);
    if (pad < 2) target[at++] = (b << 4) | (c >> 2);
    if (pad < 1) target[at++] = (c << 6) | d;
  }
  return at;
}

/** Bytes in, packets and noise out. Holds at most one packet of `maxMessageBytes` and one line, whatever comes in. */
export class FrameDecoder {
  readonly #maxMessageBytes: number;
  /** What the current line brought so far: Base64 after a marker, or text. */
  readonly #line = new Uint8Array(NOISE_BYTES);
  #lineBytes = 0;
  #kind: 'start' | 'continuation' | 'text' = 'text';
  #previous = 0;
  /** The packet in work, from its length field on; null between packets. */
  #packet: Uint8Array | null = null;
  #packetBytes = 0;
  readonly #firstLine = new Uint8Array(LINE_BYTES);
  #items: FrameItem[] = [];

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** What these bytes completed, in order. Text without a line end comes out at once, so that a prompt is heard. */
  push(bytes: Uint8Array): FrameItem[] {
    this.#items = [];
    for (const byte of bytes) {
      if (byte === START[1] && this.#previous === START[0]) this.#beginLine('start');
      else if (byte === CONTINUATION[1] && this.#previous === CONTINUATION[0]) this.#beginLine('continuation');
      else if (byte === LF) this.#endLine();
      else this.#append(byte);
      this.#previous = byte;
    }
    const maybeMarker = this.#previous === START[0] || this.#previous === CONTINUATION[0];
    if (this.#kind === 'text' && !maybeMarker) this.#dropLine('text between packets');
    return this.#items;
  }

  #append(byte: number): void {
    const limit = this.#kind === 'text' ? NOISE_BYTES : BASE64_PER_LINE + 1;
    if (this.#lineBytes === limit) {
      if (this.#kind === 'text') this.#dropLine('text between packets');
      else this.#abandon(`a line of more than ${LINE_BYTES} bytes`);
    }
    this.#line[this.#lineBytes++] = byte;
  }

  #beginLine(kind: 'start' | 'continuation'): void {
    // The marker's first byte stands in the line already; what is before it was text or a line without end.
    this.#lineBytes -= 1;
    if (this.#kind !== 'text') this.#abandon('a line cut off by a marker');
    else this.#dropLine('text before a marker');
    if (kind === 'start') this.#dropPacket('a packet cut off by the next');
    this.#kind = kind;
  }

  #endLine(): void {
    if (this.#kind === 'text') {
      this.#append(LF);
      this.#dropLine('text between packets');
      return;
    }
    if (this.#line[this.#lineBytes - 1] === CR) this.#lineBytes -= 1;
    const reason = this.#kind === 'start' ? this.#startPacket() : this.#continuePacket();
    if (reason === null) {
      this.#kind = 'text';
      this.#lineBytes = 0;
      this.#finishPacket();
    } else this.#abandon(reason);
  }

  #startPacket(): string | null {
    const end = decodeBase64(this.#line, this.#lineBytes, this.#firstLine, 0);
    if (end < LENGTH_BYTES) return 'a first line that is not Base64';
    const length = ((this.#firstLine[0] ?? 0) << 8) | (this.#firstLine[1] ?? 0);
    if (length < CRC_BYTES) return 'a packet without a checksum';
    if (length - CRC_BYTES > this.#maxMessageBytes) return `a packet of ${length} bytes is too long`;
    if (end - LENGTH_BYTES > length) return 'a packet longer than it says';
    this.#packet = new Uint8Array(length);
    this.#packet.set(this.#firstLine.subarray(LENGTH_BYTES, end));
    this.#packetBytes = end - LENGTH_BYTES;
    return null;
  }

  #continuePacket(): string | null {
    if (this.#packet === null) return 'a continuation without a packet';
    const end = decodeBase64(this.#line, this.#lineBytes, this.#packet, this.#packetBytes);
    if (end < 0) return 'a continuation that is not Base64 or goes beyond its packet';
    this.#packetBytes = end;
    return null;
  }

  #finishPacket(): void {
    const packet = this.#packet;
    if (packet === null || this.#packetBytes < packet.length) return;
    const end = packet.length - CRC_BYTES;
    if (crc16(packet, end) !== (((packet[end] ?? 0) << 8) | (packet[end + 1] ?? 0))) {
      this.#dropPacket('a packet with a wrong checksum');
      return;
    }
    this.#packet = null;
    this.#items.push({ kind: 'message', message: packet.subarray(0, end) });
  }

  /** Gives up the current line and the packet it belongs to. */
  #abandon(reason: string): void {
    this.#dropPacket(reason);
    this.#dropLine(reason);
    this.#kind = 'text';
  }

  #dropPacket(reason: string): void {
    if (this.#packet === null) return;
    const bytes = this.#packet.subarray(0, this.#packetBytes);
    this.#packet = null;
    this.#items.push({ kind: 'noise', bytes, reason });
  }

  #dropLine(reason: string): void {
    if (this.#lineBytes > 0) this.#items.push({ kind: 'noise', bytes: this.#line.slice(0, this.#lineBytes), reason });
    this.#lineBytes = 0;
  }
}

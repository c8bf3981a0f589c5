// Packets on the line (device protocol 1.2 to 1.5): written whole or broken on purpose, and read strictly.
import { Disagreement } from '../disagreement.ts';
import { ascii, type Bytes, join, uint16 } from './bytes.ts';

/** Clause 1.3. */
export const START = Uint8Array.of(0x06, 0x09);
export const CONTINUATION = Uint8Array.of(0x04, 0x14);
const LINE_END = Uint8Array.of(0x0a);
const LINE_BYTES = 127;
export const BASE64_PER_LINE = 124;

/** Clause 1.2. */
export function crc16(message: Uint8Array): number {
  let crc = 0;
  for (const byte of message) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

/** length, message, CRC. */
export function packetOf(message: Uint8Array, { length = message.length + 2, crc = crc16(message) } = {}): Bytes {
  return join(uint16(length), message, uint16(crc));
}

/** Lines, each with its marker and end; `perLine` Base64 characters in each, a multiple of 4. */
export function linesOf(packet: Uint8Array, perLine = BASE64_PER_LINE): Bytes[] {
  const base64 = Buffer.from(packet).toString('base64');
  const lines: Bytes[] = [];
  for (let at = 0; at < base64.length; at += perLine) {
    lines.push(join(at === 0 ? START : CONTINUATION, ascii(base64.slice(at, at + perLine)), LINE_END));
  }
  return lines;
}

/** A message as it goes on the line. */
export function onTheLine(message: Uint8Array): Bytes {
  return join(...linesOf(packetOf(message)));
}

/** Finds packets between text. Holds one line and one packet; a marked line that breaks a rule is the device's fault. */
export class PacketReader {
  #line: number[] = [];
  #packet: Uint8Array | null = null;
  /** Lines that were no packet: log output (1.5), as many as a test could want to see. */
  readonly text: string[] = [];

  push(bytes: Uint8Array): Uint8Array[] {
    const messages: Uint8Array[] = [];
    for (const byte of bytes) {
      if (byte !== 0x0a) {
        this.#line.push(byte);
        continue;
      }
      const message = this.#endLine(Uint8Array.from(this.#line));
      this.#line = [];
      if (message) messages.push(message);
    }
    return messages;
  }

  #endLine(line: Uint8Array): Uint8Array | null {
    const marker = markerOf(line);
    if (marker === 'text') {
      this.text.push(Buffer.from(line).toString('latin1'));
      if (this.text.length > 64) this.text.shift();
      return null;
    }
    const part = base64Of(line);
    if (marker === 'start') {
      if (this.#packet) throw new Disagreement('the rest of a packet', 'a new start', '1.3');
      this.#packet = part;
    } else {
      if (!this.#packet) throw new Disagreement('a start first', 'a continuation', '1.3');
      this.#packet = join(this.#packet, part);
    }
    return this.#finish(this.#packet);
  }

  #finish(packet: Uint8Array): Uint8Array | null {
    const length = ((packet[0] ?? 0) << 8) | (packet[1] ?? 0);
    if (packet.length < 2 + length) return null;
    this.#packet = null;
    if (packet.length > 2 + length) throw new Disagreement(`${length} bytes`, `${packet.length - 2}`, '1.2');
    const message = packet.slice(2, length);
    const crc = ((packet[length] ?? 0) << 8) | (packet[length + 1] ?? 0);
    if (crc !== crc16(message)) throw new Disagreement(`CRC ${crc16(message)}`, `${crc}`, '1.2');
    return message;
  }
}

/** A marker stands at the start of its line; `0D` before the end is ignored by whoever reads. */
function markerOf(line: Uint8Array): 'start' | 'continuation' | 'text' {
  if (line[0] === START[0] && line[1] === START[1]) return 'start';
  return line[0] === CONTINUATION[0] && line[1] === CONTINUATION[1] ? 'continuation' : 'text';
}

function base64Of(line: Uint8Array): Uint8Array {
  if (line.length + 1 > LINE_BYTES) throw new Disagreement(`lines of ${LINE_BYTES} bytes`, `${line.length + 1}`, '1.3');
  const text = Buffer.from(line.subarray(2)).toString('latin1').replace(/\r$/, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Disagreement('Base64', text, '1.3');
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

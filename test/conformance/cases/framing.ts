// Section 1: bytes on the line. What a device must drop is a good request in all but the broken rule, so that a device
// that takes it gives itself away.
import { randomBytes } from 'node:crypto';
import type { Bench } from '../bench.ts';
import { holds } from '../bench.ts';
import { by, type Case } from '../case.ts';
import { ascii, type Bytes, flipped, join } from '../wire/bytes.ts';
import { ECHO, OS, PARAMETERS, READ, WRITE } from '../wire/message.ts';
import { BASE64_PER_LINE, CONTINUATION, crc16, linesOf, onTheLine, packetOf, START } from '../wire/packet.ts';

const LF = Uint8Array.of(0x0a);

function echoMessage(bench: Bench, text: string) {
  return bench.line.message({ op: WRITE, group: OS, command: ECHO, payload: { d: text } });
}

/** What a device must drop and must not answer (1.4). */
function dropped(title: string, bytes: (message: Bytes) => Uint8Array): Case {
  return by('blank', '1.4', title, (bench) =>
    bench.line.unanswered(bytes(echoMessage(bench, 'must be dropped').bytes)),
  );
}

/** Bytes that mean a request all the same. */
function taken(clause: string, title: string, text: string, bytes: (message: Bytes) => Uint8Array): Case {
  return by('blank', clause, title, async (bench) => {
    const { head, bytes: message } = echoMessage(bench, text);
    bench.line.send(bytes(message));
    const answer = await bench.line.answerTo(head);
    holds(`r: ${text}`, answer.payload.get('r') === text, String(answer.payload.get('r')));
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function crlf(bytes: Uint8Array): Bytes {
  return join(...[...bytes].map((byte) => (byte === 0x0a ? Uint8Array.of(0x0d, 0x0a) : Uint8Array.of(byte))));
}

/** Every byte value but the end of a line, and no marker at its start. */
const ANY_TEXT = join(ascii('log '), Uint8Array.from([...Array(256).keys()].filter((byte) => byte !== 0x0a)), LF);
/** A request of several lines. */
const LONG = 'long '.repeat(50);
const MARKERS_APART = join(ascii('a \x06 b \x04 c \x09 \x14 d'), LF);

const DROPPED: Case[] = [
  dropped('a packet with a wrong CRC is dropped', (message) => onLine(packetOf(message, { crc: crc16(message) ^ 1 }))),
  dropped('a packet with its CRC bytes exchanged is dropped', (message) => {
    const crc = crc16(message);
    return onLine(packetOf(message, { crc: ((crc & 0xff) << 8) | (crc >> 8) }));
  }),
  dropped('a packet with one bit turned in its message is dropped', (message) => {
    return onLine(packetOf(flipped(message, 12), { crc: crc16(message) }));
  }),
  dropped('a CRC that starts at FFFF is not the protocol’s', (message) => {
    return onLine(packetOf(message, { crc: crc16(join(Uint8Array.of(0xff, 0xff), message)) }));
  }),
  dropped('a packet that says one byte less than it has is dropped', (message) =>
    onLine(packetOf(message, { length: message.length + 1 })),
  ),
  dropped('a packet that says one byte more than it has is dropped', (message) =>
    onLine(packetOf(message, { length: message.length + 3 })),
  ),
  dropped('a packet of length 0 is dropped', (message) => onLine(packetOf(message, { length: 0 }))),
  dropped('a packet of length 1 is dropped', (message) => onLine(packetOf(message, { length: 1 }))),
  dropped('a packet of no message is dropped', () => onLine(packetOf(new Uint8Array(0)))),
  dropped('a packet that says 65535 bytes and stops is dropped', (message) =>
    onLine(packetOf(message, { length: 0xffff })),
  ),
  dropped('a line of 131 bytes is too long', (message) => {
    const whole = base64(packetOf(join(message, randomBytes(120))));
    return join(START, ascii(whole.slice(0, BASE64_PER_LINE + 4)), LF);
  }),
  dropped('a line without an end for 2,000 characters is too long', (message) =>
    join(START, ascii(base64(packetOf(message)).repeat(100).slice(0, 2000)), LF),
  ),
  dropped('characters that are not Base64 drop a packet', (message) => {
    const text = base64(packetOf(message));
    return join(START, ascii(`${text.slice(0, 8)}*${text.slice(9)}`), LF);
  }),
  dropped('characters of URL-safe Base64 are not Base64', () => {
    // Built so that its Base64 has both characters that the alphabets differ in.
    const text = base64(packetOf(Uint8Array.of(0xfb, 0xef, 0xff, 0xfb, 0xef, 0xff, 0xfb, 0xef, 0xff)));
    return join(START, ascii(text.replaceAll('+', '-').replaceAll('/', '_')), LF);
  }),
  dropped('a Base64 part that is no multiple of 4 drops a packet', (message) =>
    join(START, ascii(base64(packetOf(message)).slice(0, -1)), LF),
  ),
  dropped('padding in the middle of a line drops its packet', (message) => {
    const packet = packetOf(message);
    return join(START, ascii(base64(packet.subarray(0, 4)) + base64(packet.subarray(4))), LF);
  }),
  dropped('a space in a line drops its packet', (message) => join(START, ascii(` ${base64(packetOf(message))}`), LF)),
  dropped('a continuation without a start is dropped', (message) =>
    join(CONTINUATION, ascii(base64(packetOf(message))), LF),
  ),
  dropped('the lines of a packet whose start was lost are dropped', (message) =>
    join(...linesOf(packetOf(join(message, randomBytes(200)))).slice(1)),
  ),
  dropped('a start with nothing behind it is dropped', () => join(START, LF)),
  dropped('a packet whose second line was lost is dropped', (message) => {
    const [first = LF, , third = LF] = linesOf(packetOf(join(message, randomBytes(250))));
    return join(first, third);
  }),
  dropped('a packet whose lines came twice is dropped', (message) => {
    const [first = LF, second = LF, third = LF] = linesOf(packetOf(join(message, randomBytes(250))));
    return join(first, second, second, third);
  }),
];

function onLine(packet: Uint8Array): Bytes {
  return join(...linesOf(packet));
}

const TAKEN: Case[] = [
  taken('1.1', 'a device answers SMP over its byte channel', 'hello', onTheLine),
  taken('1.2', 'a packet is length, message and CRC', 'abc', onTheLine),
  taken('1.3', 'a packet of several full lines is read', LONG, onTheLine),
  taken('1.3', 'lines of 4 Base64 characters are lines', 'short lines', (message) =>
    join(...linesOf(packetOf(message), 4)),
  ),
  ...[0, 1, 2].map((more) =>
    taken('1.3', `Base64 that ends with ${more} bytes over three is read`, 'x'.repeat(12 + more), onTheLine),
  ),
  taken('1.4', 'noise without an end before a packet does not hurt it', 'after noise', (message) =>
    join(Uint8Array.of(0x00, 0xff, 0x80), LF, onTheLine(message)),
  ),
  taken('1.5', 'a new start ends the packet in work', 'the second', (message) => {
    const [first = LF] = linesOf(packetOf(join(message, randomBytes(200))));
    return join(first, onTheLine(message));
  }),
  taken('1.5', 'a new start in the middle of a line ends the packet in work', 'cut off', (message) => {
    const [first = LF] = linesOf(packetOf(join(message, randomBytes(200))));
    return join(first.subarray(0, 30), onTheLine(message));
  }),
  taken('1.5', '0D before 0A is ignored', LONG, (message) => crlf(onTheLine(message))),
  taken('1.5', 'text between packets is ignored', 'after text', (message) =>
    join(ascii('[00:00:01.234] <inf> boot: ready'), LF, onTheLine(message)),
  ),
  taken('1.5', 'text between the lines of a packet is ignored', LONG, (message) =>
    join(...linesOf(packetOf(message)).flatMap((line) => [line, ascii('<dbg> smp: a line'), LF])),
  ),
  taken('1.5', 'text of any bytes is ignored', 'any text', (message) => join(ANY_TEXT, onTheLine(message))),
  taken('1.5', 'bytes of a marker apart from each other are text', 'apart', (message) =>
    join(MARKERS_APART, onTheLine(message)),
  ),
  taken('1.5', 'text of 3,000 bytes in one line is ignored', 'long text', (message) =>
    join(ascii('t'.repeat(3000)), LF, onTheLine(message)),
  ),
  taken('1.5', 'empty lines are ignored', LONG, (message) =>
    join(LF, LF, ...linesOf(packetOf(message)).flatMap((line) => [line, LF])),
  ),
];

const SPLIT: Case[] = [
  by('blank', '1.6', 'a request that comes byte by byte is the same request', async (bench) => {
    const { head, bytes } = echoMessage(bench, LONG);
    for (const byte of onTheLine(bytes)) {
      bench.line.send(Uint8Array.of(byte));
      // A turn of the loop, so that the bytes leave one by one.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await bench.line.answerTo(head);
  }),
  by('blank', '1.6', 'a request cut in two anywhere is the same request', async (bench) => {
    const length = onTheLine(echoMessage(bench, 'in two').bytes).length;
    for (let at = 1; at < length; at++) {
      const { head, bytes } = echoMessage(bench, 'in two');
      const line = onTheLine(bytes);
      bench.line.send(line.subarray(0, at));
      await new Promise((resolve) => setImmediate(resolve));
      bench.line.send(line.subarray(at));
      await bench.line.answerTo(head);
    }
  }),
  by(
    'blank',
    '1.6',
    'the end of one request and the start of the next in one piece are two requests',
    async (bench) => {
      const [first, second] = [echoMessage(bench, 'one'), echoMessage(bench, 'two')];
      const lines = join(onTheLine(first.bytes), onTheLine(second.bytes));
      const cut = onTheLine(first.bytes).length + 20;
      bench.line.send(lines.subarray(0, cut));
      await bench.line.answerTo(first.head);
      bench.line.send(lines.subarray(cut));
      await bench.line.answerTo(second.head);
    },
  ),
  by('blank', '2.7', 'requests sent back to back are answered one after the other, in their order', async (bench) => {
    const { payload } = await bench.line.ask({ op: READ, group: OS, command: PARAMETERS, payload: {} });
    // It may take buf_count of them; more would be lost rightly.
    const flight = Math.min(4, Number(payload.get('buf_count')));
    const requests = Array.from({ length: flight }, (_, i) => echoMessage(bench, `flight ${i}`));
    bench.line.send(join(...requests.map(({ bytes }) => onTheLine(bytes))));
    const heard = await bench.line.untilEcho();
    const sent = requests.map(({ head }) => head.sequence);
    const inOrder = heard.every(
      ({ sequence }, i) => i === 0 || sent.indexOf(sequence) > sent.indexOf(heard[i - 1]?.sequence ?? -1),
    );
    holds(
      'the first request answered first',
      heard[0]?.sequence === sent[0],
      `${heard.map(({ sequence }) => sequence)}`,
    );
    holds('answers in the order of requests', inOrder && heard.every(({ sequence }) => sent.includes(sequence)));
  }),
];

export const FRAMING: readonly Case[] = [...TAKEN, ...DROPPED, ...SPLIT];

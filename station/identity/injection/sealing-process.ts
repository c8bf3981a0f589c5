// Entry of the sealing program: one order on its standard input, one sealed key on its standard output, and its end. The
// private key is born and wiped in this process, of which there is one a board (ADR 11). Says nothing else, ever.
import { writeSync } from 'node:fs';
import { sealNewKey } from './seal-key.ts';
import { decodeOrder, encodeAnswer, MAX_ORDER_BYTES } from './sealing-message.ts';

/** Whatever goes wrong ends the program without a word: a message could hold what must not be told. */
const FAILED = 1;
process.on('uncaughtException', () => process.exit(FAILED));
process.on('unhandledRejection', () => process.exit(FAILED));

const given = new Uint8Array(MAX_ORDER_BYTES + 1);
let length = 0;
for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
  if (length + chunk.length <= given.length) given.set(chunk, length);
  length += chunk.length;
  chunk.fill(0);
}
const order = length <= MAX_ORDER_BYTES ? decodeOrder(given.subarray(0, length)) : null;
given.fill(0);
if (order === null) process.exit(FAILED);
const sealed = await sealNewKey(order);
order.psk?.key.fill(0);
writeSync(process.stdout.fd, encodeAnswer(sealed));
process.exit(0);

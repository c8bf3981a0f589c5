// Clauses 5.4 and 5.5, and 3.2 for them: chain, anchor and leaf, written in pieces into one staging area.
import { randomBytes } from 'node:crypto';
import { type Bench, bytesIn, type ItemName, numberIn, ok, refused, same, sha256 } from '../bench.ts';
import { by, type Case, on } from '../case.ts';
import { caCertificate, leafFor, withLongLength } from '../credentials/certificate.ts';
import { newKeyPair } from '../credentials/key-pair.ts';
import { flipped, join } from '../wire/bytes.ts';
import { ITEM, LIFE, RC, refusalIn } from '../wire/message.ts';

/** Clause 4.4. */
const LIMITS: readonly (readonly [ItemName, number])[] = [
  ['leaf', 2048],
  ['chain', 4096],
  ['anchor', 2048],
];

/** What the device wants next, by its answer to a piece. */
async function offOf(answer: ReturnType<Bench['writeItem']>): Promise<number> {
  return numberIn(ok(await answer), 'off');
}

async function absent(bench: Bench, item: ItemName): Promise<void> {
  refused(await bench.read(ITEM, { item, off: 0 }), RC.ABSENT);
}

const WRITES: Case[] = [
  on('keyed', '5.5', 'chain, anchor and leaf in their order make the device enrolled', async (bench) => {
    await bench.enrol();
    await bench.lifeIs(LIFE.enrolled);
    for (const item of ['chain', 'anchor', 'leaf'] as const) same(item, await bench.readItem(item), bench.item(item));
  }),
  on('keyed', '5.5', 'an item in one piece, and one byte by byte, is the item', async (bench) => {
    const chain = caCertificate();
    same('off', ok(await bench.transfer('chain', chain, chain.length)).get('off'), chain.length);
    same('chain', await bench.readItem('chain'), chain);
    const anchor = caCertificate();
    same('off', ok(await bench.transfer('anchor', anchor, 1)).get('off'), anchor.length);
    same('anchor', await bench.readItem('anchor'), anchor);
  }),
  on('keyed', '5.5', 'a chain of several certificates is kept as it is', async (bench) => {
    const chain = join(caCertificate(), caCertificate(), caCertificate());
    await bench.install('chain', chain);
    same('chain', await bench.readItem('chain'), chain);
  }),
  on('keyed', '5.5', 'items are there after a restart', async (bench) => {
    await bench.installChain();
    await bench.line.restart();
    for (const item of ['chain', 'anchor'] as const) same(item, await bench.readItem(item), bench.item(item));
  }),
  on('keyed', '7.9', 'a chain may be replaced by another while there is no leaf', async (bench) => {
    await bench.installChain();
    await bench.installChain();
    for (const item of ['chain', 'anchor'] as const) same(item, await bench.readItem(item), bench.item(item));
  }),
  on('keyed', '5.5', 'a content that is there is answered at once by its length', async (bench) => {
    await bench.installChain();
    const chain = bench.item('chain');
    same('off', await offOf(bench.writeItem('chain', 0, chain.subarray(0, 10), chain)), chain.length);
    same('off', await offOf(bench.writeItem('chain', 0, new Uint8Array(0), chain)), chain.length);
  }),
  on('keyed', '6.6', 'data whose digest is another is refused at its end, and nothing is kept', async (bench) => {
    const chain = caCertificate();
    refused(await bench.transfer('chain', flipped(chain, 20), 200, sha256(chain)), RC.DIGEST);
    await absent(bench, 'chain');
    await bench.install('chain', chain);
  }),
  on('keyed', '5.5', 'a refused transfer leaves the item that was there', async (bench) => {
    await bench.installChain();
    const other = caCertificate();
    refused(await bench.transfer('chain', flipped(other), 200, sha256(other)), RC.DIGEST);
    same('chain', await bench.readItem('chain'), bench.item('chain'));
  }),
];

const STAGING: Case[] = [
  by('keyed', '5.5', 'an off ahead or behind is answered by the one that is wanted', async (bench) => {
    const chain = caCertificate();
    same('off', await offOf(bench.writeItem('chain', 0, chain.subarray(0, 100), chain)), 100);
    for (const off of [99, 101, 50, 200])
      same('off', await offOf(bench.writeItem('chain', off, chain.subarray(off, off + 50))), 100);
    same('off', await offOf(bench.writeItem('chain', 100, chain.subarray(100, 150))), 150);
  }),
  on('keyed', '5.5', 'a piece that comes twice is taken once', async (bench) => {
    const chain = caCertificate();
    await bench.writeItem('chain', 0, chain.subarray(0, 100), chain);
    for (let times = 0; times < 2; times++)
      same('off', await offOf(bench.writeItem('chain', 100, chain.subarray(100, 200))), 200);
    same('off', await offOf(bench.writeItem('chain', 200, chain.subarray(200))), chain.length);
    same('chain', await bench.readItem('chain'), chain);
  }),
  on('keyed', '5.5', 'offset 0 of the same transfer goes on where it was', async (bench) => {
    const chain = caCertificate();
    await bench.writeItem('chain', 0, chain.subarray(0, 100), chain);
    same('off', await offOf(bench.writeItem('chain', 0, chain.subarray(0, 100), chain)), 100);
    await bench.install('chain', chain);
  }),
  by('keyed', '5.5', 'another digest drops the transfer', async (bench) => {
    const [first, second] = [caCertificate(400), caCertificate(400)];
    await bench.writeItem('chain', 0, first.subarray(0, 100), first);
    same('off', await offOf(bench.writeItem('chain', 0, second.subarray(0, 30), second)), 30);
    same('off', await offOf(bench.writeItem('chain', 100, first.subarray(100, 150))), 30);
  }),
  by('keyed', '5.5', 'another item drops the transfer', async (bench) => {
    const [chain, anchor] = [caCertificate(), caCertificate()];
    await bench.writeItem('chain', 0, chain.subarray(0, 100), chain);
    await bench.writeItem('anchor', 0, anchor.subarray(0, 100), anchor);
    same('off', await offOf(bench.writeItem('chain', 100, chain.subarray(100, 150))), 0);
  }),
  by('keyed', '5.5', 'there is one staging area: the same content for another item starts at 0', async (bench) => {
    const content = caCertificate();
    await bench.writeItem('chain', 0, content.subarray(0, 100), content);
    same('off', await offOf(bench.writeItem('anchor', 0, content.subarray(0, 20), content)), 20);
  }),
  by('keyed', '5.5', 'after a restart staging is empty and off is 0', async (bench) => {
    const chain = caCertificate();
    await bench.writeItem('chain', 0, chain.subarray(0, 100), chain);
    await bench.line.restart();
    same('off', await offOf(bench.writeItem('chain', 100, chain.subarray(100, 150))), 0);
    same('off', await offOf(bench.writeItem('chain', 0, chain.subarray(0, 50), chain)), 50);
  }),
  by('keyed', '5.5', 'a piece of a transfer that nobody named is answered by off 0', async (bench) => {
    await bench.line.restart();
    same('off', await offOf(bench.writeItem('anchor', 10, randomBytes(10))), 0);
  }),
  by('keyed', '5.5', 'data beyond len is refused and not kept', async (bench) => {
    const content = randomBytes(64);
    const more = join(content, randomBytes(1));
    refused(await bench.writeItem('anchor', 0, more, content), RC.INVALID, RC.SIZE);
    await absent(bench, 'anchor');
  }),
  by('keyed', '5.5', 'an item of no bytes is refused', async (bench) => {
    const nothing = new Uint8Array(0);
    refused(await bench.writeItem('chain', 0, nothing, nothing), RC.INVALID);
    await absent(bench, 'chain');
  }),
  on('keyed', '5.5', 'a new key drops the transfer in work', async (bench) => {
    const chain = caCertificate();
    await bench.writeItem('chain', 0, chain.subarray(0, 100), chain);
    await bench.rekey();
    await bench.install('chain', chain);
    same('chain', await bench.readItem('chain'), chain);
  }),
];

const LEAVES: Case[] = [
  ...Object.entries({
    'for another key': () => leafFor(newKeyPair().spki, 'CF-1'),
    'with a byte behind it': (spki: Uint8Array) => join(leafFor(spki, 'CF-1'), Uint8Array.of(0)),
    'that comes twice': (spki: Uint8Array) => join(leafFor(spki, 'CF-1'), leafFor(spki, 'CF-1')),
    'whose last byte is missing': (spki: Uint8Array) => leafFor(spki, 'CF-1').slice(0, -1),
    'with a length in more bytes than DER allows': (spki: Uint8Array) => withLongLength(leafFor(spki, 'CF-1')),
    'that is random bytes': () => randomBytes(300),
    'that is an empty sequence': () => Uint8Array.of(0x30, 0x00),
    'that is its key alone': (spki: Uint8Array) => Uint8Array.from(spki),
    'that is PEM': (spki: Uint8Array) =>
      Buffer.from(`-----BEGIN CERTIFICATE-----\n${Buffer.from(leafFor(spki, 'CF-1')).toString('base64')}\n`),
  }).map(([words, make]) =>
    on('keyed', '5.5', `a leaf ${words} is refused, and the device stays keyed`, async (bench) => {
      await bench.installChain();
      refused(await bench.transfer('leaf', make(bench.spki)), RC.KEY_MISMATCH);
      await bench.lifeIs(LIFE.keyed);
      await absent(bench, 'leaf');
      await bench.install('leaf', leafFor(bench.spki, 'CF-1'));
    }),
  ),
  on('keyed', '6.8', 'a leaf for the key before the last is refused', async (bench) => {
    const before = bench.spki;
    await bench.rekey();
    await bench.installChain();
    refused(await bench.transfer('leaf', leafFor(before, 'CF-1')), RC.KEY_MISMATCH);
    await bench.lifeIs(LIFE.keyed);
  }),
];

const SIZES: Case[] = [
  ...LIMITS.flatMap(([item, limit]) =>
    [limit + 1, 65_536, 0xffff_ffff].map((len) =>
      by('keyed', '4.4', `a ${item} that says ${len} bytes is over capacity`, async (bench) => {
        const answer = await bench.write(ITEM, { item, off: 0, len, sha: randomBytes(32), data: randomBytes(8) });
        // A leaf without a chain is out of order as well; its size is looked at first (4.4: before anything is allocated).
        refused(answer, RC.SIZE);
      }),
    ),
  ),
  on('keyed', '4.4', 'a chain of 4,096 bytes and an anchor and a leaf of 2,048 are taken', async (bench) => {
    await bench.install('chain', join(caCertificate(2048), caCertificate(2048)));
    await bench.install('anchor', caCertificate(2048));
    await bench.install('leaf', leafFor(bench.spki, 'CF-LARGE', 2048));
    await bench.lifeIs(LIFE.enrolled);
    await bench.line.restart();
    for (const item of ['chain', 'anchor', 'leaf'] as const) same(item, await bench.readItem(item), bench.item(item));
  }),
  by('keyed', '2.6', 'a piece that fills buf_size - 4 exactly is taken', async (bench) => {
    const content = randomBytes(2000);
    const { bytes } = bench.line.message({ op: 2, group: 0, command: 0, payload: pieceFields(bench, content, 0) });
    const room = bench.line.messageBytes - bytes.length - 2;
    const answer = await bench.write(ITEM, pieceFields(bench, content, room));
    same('off', ok(answer).get('off'), room);
  }),
];

/** A first piece of the chain with this many bytes of data. */
function pieceFields(bench: Bench, content: Uint8Array, dataBytes: number) {
  const [len, sha, data] = [content.length, sha256(content), content.subarray(0, dataBytes)];
  return { hwid: bench.hwid, item: 'chain', off: 0, len, sha, data };
}

const READS: Case[] = [
  by('enrolled', '5.4', 'an item is read from any offset, by len, off and data', async (bench) => {
    const leaf = bench.item('leaf');
    for (const off of [0, 1, 17, leaf.length - 1]) {
      const answer = ok(await bench.read(ITEM, { item: 'leaf', off }));
      same('len', answer.get('len'), leaf.length);
      same('off', answer.get('off'), off);
      const data = bytesIn(answer, 'data');
      same('data', data, leaf.slice(off, off + data.length));
    }
  }),
  by('enrolled', '5.4', 'the end of an item has no data, or is out of range', async (bench) => {
    const answer = await bench.read(ITEM, { item: 'chain', off: bench.item('chain').length });
    if (refusalIn(answer)) refused(answer, RC.INVALID);
    else same('data', ok(answer).get('data'), new Uint8Array(0));
  }),
  on('keyed', '6.18', 'an item that is not there is absent', async (bench) => {
    for (const item of ['leaf', 'chain', 'anchor'] as const) await absent(bench, item);
    await bench.install('chain', caCertificate());
    await absent(bench, 'anchor');
  }),
  by('keyed', '5.4', 'what is staged is not read', async (bench) => {
    const anchor = caCertificate();
    await bench.writeItem('anchor', 0, anchor.subarray(0, 100), anchor);
    await absent(bench, 'anchor');
  }),
];

export const ITEMS: readonly Case[] = [...WRITES, ...STAGING, ...LEAVES, ...SIZES, ...READS];

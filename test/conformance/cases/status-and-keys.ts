// Clauses 4.4, 4.5, 5.0 to 5.2: what a device says of itself, the keys that it makes, its certificate request.
import { randomBytes } from 'node:crypto';
import { type Bench, bytesIn, differs, holds, ok, refused, same, sha256 } from '../bench.ts';
import { by, type Case, on, type Stage } from '../case.ts';
import { publicKeyOf } from '../credentials/key-pair.ts';
import { checkRequest } from '../credentials/request-check.ts';
import { cbor } from '../wire/cbor-bytes.ts';
import type { CborValue } from '../wire/cbor-reader.ts';
import { CSR, HEADER_BYTES, KEYGEN, LIFE, PROVE, RC, READ, STATUS } from '../wire/message.ts';

/** Clause 4.4. */
const STATUS_BYTES = 330;
const KNOWN_CAPS = ['gen', 'inj', 'psk', 'attest', 'blink'];

function isLabel(value: CborValue | undefined): boolean {
  return typeof value === 'string' && /^[\x20-\x7e]{1,32}$/.test(value);
}

const LIVES: readonly (readonly [Stage, number])[] = [
  ['blank', LIFE.blank],
  ['keyed', LIFE.keyed],
  ['enrolled', LIFE.enrolled],
  ['locking', LIFE.enrolled],
  ['locked', LIFE.locked],
];

const STATUS_CASES: Case[] = [
  ...LIVES.map(([stage, life]) =>
    by(
      stage,
      '4.5',
      `life is ${life} in stage ${stage}, and locking is said there alone where a lock is pending`,
      async (bench) => {
        const status = await bench.lifeIs(life);
        same('locking', status.get('locking') ?? false, stage === 'locking');
      },
    ),
  ),
  ...LIVES.map(([stage]) =>
    by(stage, '4.4', `the status answer keeps to its size in stage ${stage}`, async (bench) => {
      const answer = await bench.read(STATUS);
      const bytes = answer.bytes.length - HEADER_BYTES;
      holds(`at most ${STATUS_BYTES} bytes`, bytes <= STATUS_BYTES, `${bytes}`);
    }),
  ),
  by('blank', '5.0', 'status has every key of its row, each of its type', async (bench) => {
    const status = await bench.status();
    same('v', status.get('v'), 1);
    for (const key of ['model', 'hwrev', 'fw'])
      holds(`${key}: 1 to 32 printable ASCII characters`, isLabel(status.get(key)), String(status.get(key)));
    holds('dbg: a boolean', typeof status.get('dbg') === 'boolean');
    const texts = [status.get('caps'), status.get('alg')];
    for (const list of texts)
      holds('texts', Array.isArray(list) && list.every((text: unknown) => typeof text === 'string'), String(list));
    holds(
      'capabilities of the protocol',
      bench.caps.every((cap) => KNOWN_CAPS.includes(cap)),
      `${bench.caps}`,
    );
    holds('P-256 in alg', Array.isArray(status.get('alg')) && String(status.get('alg')).split(',').includes('P-256'));
  }),
  by('blank', '4.4', 'the hardware id has 6 to 32 bytes and is neither all 00 nor all FF', async (bench) => {
    const { hwid } = bench;
    holds('6 to 32 bytes', hwid.length >= 6 && hwid.length <= 32, `${hwid.length}`);
    holds(
      'another than all 00 or all FF',
      [0, 0xff].every((value) => hwid.some((byte) => byte !== value)),
    );
  }),
  by('blank', '5.0', 'a blank device names no key, no leaf and no serial', async (bench) => {
    const status = await bench.status();
    for (const key of ['spkiSha256', 'leafSha256', 'sn']) holds(`no ${key}`, !status.has(key));
    same('dbg', status.get('dbg'), true);
  }),
  by('keyed', '5.0', 'a keyed device names its key and no leaf', async (bench) => {
    const status = await bench.status();
    same('spkiSha256', status.get('spkiSha256'), sha256(bench.spki));
    holds('no leafSha256', !status.has('leafSha256'));
  }),
  by('enrolled', '5.0', 'an enrolled device names its key and its leaf', async (bench) => {
    const status = await bench.status();
    same('spkiSha256', status.get('spkiSha256'), sha256(bench.spki));
    same('leafSha256', status.get('leafSha256'), sha256(bench.item('leaf')));
  }),
  by('locked', '5.0', 'a locked device names its key and its leaf, and its debug port is shut', async (bench) => {
    const status = await bench.status();
    same('spkiSha256', status.get('spkiSha256'), sha256(bench.spki));
    same('leafSha256', status.get('leafSha256'), sha256(bench.item('leaf')));
    same('dbg', status.get('dbg'), false);
    if (status.has('sn')) same('sn', status.get('sn'), bench.sn);
  }),
  by('blank', '5.0', 'the hardware id stays the same over a restart', async (bench) => {
    await bench.line.restart();
    same('hwid', (await bench.status()).get('hwid'), bench.hwid);
  }),
  by('blank', '5.0', 'psk stands in caps with inj only', async (bench) => {
    holds('inj beside psk', !bench.caps.includes('psk') || bench.caps.includes('inj'));
    holds('a device that can get a key', bench.caps.includes('gen') || bench.caps.includes('inj'));
  }),
];

const KEYGEN_CASES: Case[] = [
  on('blank', '5.1', 'keygen makes a P-256 key, SubjectPublicKeyInfo in DER', async (bench) => {
    publicKeyOf(await bench.keygen());
    await bench.lifeIs(LIFE.keyed);
  }),
  by('keyed', '5.1', 'the same nonce gives the same key, also after a restart', async (bench) => {
    const again = async () => bytesIn(ok(await bench.write(KEYGEN, { alg: 'P-256', nonce: bench.nonce })), 'spki');
    same('spki', await again(), bench.spki);
    await bench.line.restart();
    same('spki', await again(), bench.spki);
  }),
  by('keyed', '5.1', 'the same nonce gives the same key, whatever was says', async (bench) => {
    for (const was of [sha256(bench.spki), randomBytes(32)]) {
      const answer = ok(await bench.write(KEYGEN, { alg: 'P-256', nonce: bench.nonce, was }));
      same('spki', answer.get('spki'), bench.spki);
    }
  }),
  on('keyed', '5.1', 'every nonce gives a key of its own, and a discarded one does not come back', async (bench) => {
    const { nonce, spki: first } = { nonce: bench.nonce, spki: bench.spki };
    const second = await bench.rekey();
    differs('key', second, first);
    const third = await bench.rekey(nonce);
    differs('key', third, first);
    differs('key', third, second);
  }),
  on('keyed', '6.5', 'a nonce that begins alike is another nonce', async (bench) => {
    const nonce = Uint8Array.from(bench.nonce);
    nonce[15] = (nonce[15] ?? 0) ^ 0x80;
    refused(await bench.write(KEYGEN, { alg: 'P-256', nonce }), RC.STALE);
    same('spkiSha256', (await bench.status()).get('spkiSha256'), sha256(bench.spki));
  }),
  on('blank', '5.1', 'two boards make two keys of one nonce', async (bench) => {
    const nonce = Buffer.alloc(16, 7);
    const first = await bench.keygen(nonce);
    const second = await bench.another(async (other) => other.keygen(nonce));
    differs('key', second, first);
  }),
  by('blank', '6.11', 'an algorithm that alg does not list is unsupported', async (bench) => {
    for (const alg of ['P-384', 'p-256', 'P-256 ', 'RSA-2048', 'P-25'])
      refused(await bench.write(KEYGEN, { alg, nonce: randomBytes(16) }), RC.UNSUPPORTED);
    await bench.lifeIs(LIFE.blank);
  }),
  on(
    'blank',
    '6.10',
    'a random source that fails its self-test makes no key',
    async (bench) => {
      refused(await bench.write(KEYGEN, { alg: 'P-256', nonce: randomBytes(16) }), RC.ENTROPY);
      await bench.lifeIs(LIFE.blank);
    },
    { kind: 'weak-entropy' },
  ),
  on(
    'blank',
    '6.15',
    'a store that does not read back says so, and the device stays as it was',
    async (bench) => {
      refused(await bench.write(KEYGEN, { alg: 'P-256', nonce: randomBytes(16) }), RC.STORE);
      await bench.lifeIs(LIFE.blank);
    },
    { kind: 'store-bad' },
  ),
  on(
    'blank',
    '6.19',
    'a device that is busy says for how long, beside the error',
    async (bench) => {
      const answer = await bench.write(KEYGEN, { alg: 'P-256', nonce: randomBytes(16) });
      refused(answer, RC.BUSY);
      holds('retryMs: a number', typeof answer.payload.get('retryMs') === 'number');
    },
    { kind: 'busy' },
  ),
];

function readRequest(bench: Bench, sn: string): Promise<Uint8Array> {
  return bench.readWhole((off) => bench.read(CSR, { sn, off }));
}

const CSR_CASES: Case[] = [
  ...['CF-0001', 'S', 'S'.repeat(32)].map((sn) =>
    by('keyed', '5.2', `the request for a serial of ${sn.length} is one that its own key signed`, async (bench) => {
      checkRequest(await readRequest(bench, sn), bench.spki, sn);
    }),
  ),
  by('keyed', '5.2', 'len, sha and off stand in every piece, and sha is that of the whole', async (bench) => {
    const sn = 'CF-SHA';
    const whole = await readRequest(bench, sn);
    for (const off of [0, 1, 100, whole.length - 1]) {
      const answer = ok(await bench.read(CSR, { sn, off }));
      same('len', answer.get('len'), whole.length);
      same('sha', answer.get('sha'), sha256(whole));
      same('off', answer.get('off'), off);
      const data = bytesIn(answer, 'data');
      same('data', data, whole.slice(off, off + data.length));
      holds('a byte at least', data.length > 0);
    }
  }),
  by('keyed', '5.2', 'the request for one serial stays the same while it is read', async (bench) => {
    same('request', await readRequest(bench, 'CF-KEPT'), await readRequest(bench, 'CF-KEPT'));
  }),
  by('keyed', '5.2', 'another serial is another request', async (bench) => {
    const first = await readRequest(bench, 'CF-A');
    const second = await readRequest(bench, 'CF-B');
    checkRequest(second, bench.spki, 'CF-B');
    differs('request', second, first);
  }),
  by('keyed', '5.2', 'after a restart a request is built anew, and is as good', async (bench) => {
    await readRequest(bench, 'CF-AGAIN');
    await bench.line.restart();
    checkRequest(await readRequest(bench, 'CF-AGAIN'), bench.spki, 'CF-AGAIN');
  }),
  on('keyed', '5.2', 'a request is for the key that is there now', async (bench) => {
    await readRequest(bench, 'CF-NOW');
    await bench.rekey();
    checkRequest(await readRequest(bench, 'CF-NOW'), bench.spki, 'CF-NOW');
  }),
  by('keyed', '5.2', 'a request is not touched by what is asked between its pieces', async (bench) => {
    const whole = await readRequest(bench, 'CF-BETWEEN');
    ok(await bench.read(CSR, { sn: 'CF-BETWEEN', off: 0 }));
    ok(await bench.read(PROVE, { nonce: randomBytes(32) }));
    await bench.line.ask({ op: READ, group: 0, command: 6, payload: cbor({}) });
    const answer = ok(await bench.read(CSR, { sn: 'CF-BETWEEN', off: 10 }));
    same('sha', answer.get('sha'), sha256(whole));
  }),
];

export const STATUS_AND_KEYS: readonly Case[] = [...STATUS_CASES, ...KEYGEN_CASES, ...CSR_CASES];

// Section 3: echo, reset, parameters and images, and what of section 9 a device answers after its lock.
import { type Bench, bytesIn, holds, numberIn, ok, refusedBySmp, same, sha256 } from '../bench.ts';
import { by, type Case, on } from '../case.ts';
import { testImage } from '../credentials/image.ts';
import { Disagreement } from '../disagreement.ts';
import { equal, hex } from '../wire/bytes.ts';
import type { CborFields } from '../wire/cbor-bytes.ts';
import type { CborMap } from '../wire/cbor-reader.ts';
import {
  ECHO,
  IMAGE,
  IMAGE_STATE,
  IMAGE_UPLOAD,
  LIFE,
  OS,
  PARAMETERS,
  READ,
  RESET,
  refusalIn,
  SMP,
  WRITE,
} from '../wire/message.ts';

/** Clauses 3.5 and 9.5: group, command, op and request of what could read a store. */
const STORE_READS: readonly (readonly [string, number, number, number, CborFields])[] = [
  ['settings', 3, 0, READ, { name: 'board/model' }],
  ['files', 8, 1, READ, { name: '/lfs/key' }],
  ['the shell', 9, 0, WRITE, { argv: ['help'] }],
];
const CHUNK_BYTES = 256;

function image(bench: Bench, op: number, command: number, payload: CborFields) {
  return bench.line.ask({ op, group: IMAGE, command, payload });
}

async function images(bench: Bench): Promise<CborMap[]> {
  const listed = ok(await image(bench, READ, IMAGE_STATE, {})).get('images');
  if (!Array.isArray(listed)) throw new Disagreement('images: an array', String(listed));
  return listed.flatMap((entry: unknown) => (entry instanceof Map ? [entry] : []));
}

async function running(bench: Bench): Promise<CborMap> {
  const [active, ...more] = (await images(bench)).filter((entry) => entry.get('active') === true);
  if (!active || more.length > 0) throw new Disagreement('one active image', `${more.length + (active ? 1 : 0)}`);
  return active;
}

/** Whether the image of this hash is the one that runs, and whether it stays. */
async function runs(bench: Bench, hash: Uint8Array, confirmed: boolean): Promise<void> {
  const active = await running(bench);
  holds(`${hex(hash)} runs`, equal(bytesIn(active, 'hash'), hash), hex(bytesIn(active, 'hash')));
  same('confirmed', active.get('confirmed'), confirmed);
}

async function upload(bench: Bench, file: Uint8Array): Promise<void> {
  let off = 0;
  for (let chunks = 0; off < file.length && chunks <= file.length; chunks++) {
    const head = off === 0 ? { len: file.length, sha: sha256(file) } : {};
    const payload = { off, data: file.subarray(off, off + CHUNK_BYTES), ...head };
    const next = numberIn(ok(await image(bench, WRITE, IMAGE_UPLOAD, payload)), 'off');
    holds(`an off behind ${off}`, next > off, `${next}`);
    off = next;
  }
  same('off', off, file.length);
}

const OS_CASES: Case[] = [
  ...Object.entries({
    'no character': '',
    'one character': 'x',
    'text of other scripts': 'Grüße, 板子',
    '300 characters': 'e'.repeat(300),
  }).map(([name, text]) =>
    by('blank', '3.1', `an echo of ${name} is answered by the same text`, (bench) => bench.line.echo(text)),
  ),
  by('blank', '3.1', 'an echo without a text is refused, and hurts nothing', async (bench) => {
    for (const payload of [{}, { d: 1 }]) {
      const answer = await bench.line.ask({ op: WRITE, group: OS, command: ECHO, payload });
      holds('a refusal', refusalIn(answer) !== null, 'a success');
    }
    await bench.line.echo();
  }),
  by('blank', '3.1', 'a reset is answered by an empty map, and then the device starts', async (bench) => {
    const answer = await bench.line.ask({ op: WRITE, group: OS, command: RESET, payload: {} });
    same('keys', ok(answer).size, 0);
    await bench.line.untilThere();
  }),
  by('blank', '3.1', 'the parameters say buf_size and buf_count', async (bench) => {
    const parameters = ok(await bench.line.ask({ op: READ, group: OS, command: PARAMETERS, payload: {} }));
    holds('a buf_size that holds a status answer', numberIn(parameters, 'buf_size') >= 4 + 8 + 330);
    holds('a buf_count of 1 at least', numberIn(parameters, 'buf_count') >= 1);
  }),
];

const IMAGE_CASES: Case[] = [
  by('blank', '3.1', 'the image state lists one active image with its version and hash', async (bench) => {
    const active = await running(bench);
    same('hash bytes', bytesIn(active, 'hash').length, 32);
    same('version', active.get('version'), (await bench.status()).get('fw') ?? null);
    for (const flag of ['active', 'pending', 'confirmed', 'permanent'])
      holds(`${flag}: a boolean`, typeof active.get(flag) === 'boolean', String(active.get(flag)));
  }),
  on(
    'blank',
    '3.2',
    'an upload is answered by the next offset wanted, whatever was sent',
    async (bench) => {
      const file = testImage(1);
      const [first, later] = [file.subarray(0, CHUNK_BYTES), file.subarray(3 * CHUNK_BYTES, 4 * CHUNK_BYTES)];
      const head = { len: file.length, sha: sha256(file) };
      const off = numberIn(ok(await image(bench, WRITE, IMAGE_UPLOAD, { off: 0, data: first, ...head })), 'off');
      holds('progress', off > 0 && off <= CHUNK_BYTES, `off ${off}`);
      same('off', ok(await image(bench, WRITE, IMAGE_UPLOAD, { off: 3 * CHUNK_BYTES, data: later })).get('off'), off);
    },
    { firmware: true },
  ),
  on(
    'blank',
    '3.3',
    'an uploaded image is listed by MCUboot’s hash and not by that of its file',
    async (bench) => {
      const file = testImage(1);
      await upload(bench, file);
      const hashes = (await images(bench)).map((entry) => hex(bytesIn(entry, 'hash')));
      holds('its image hash', hashes.includes(hex(imageHash(file))), `${hashes}`);
      holds('no file digest', !hashes.includes(hex(sha256(file))));
    },
    { firmware: true },
  ),
  on(
    'blank',
    '3.4',
    'an image on trial runs once, and goes back unless it was confirmed',
    async (bench) => {
      const before = bytesIn(await running(bench), 'hash');
      const file = testImage(2);
      await upload(bench, file);
      ok(await image(bench, WRITE, IMAGE_STATE, { hash: imageHash(file), confirm: false }));
      await bench.line.restart();
      await runs(bench, imageHash(file), false);
      await bench.line.restart();
      await runs(bench, before, true);
    },
    { firmware: true },
  ),
  on(
    'blank',
    '3.4',
    'an image that was confirmed on trial is there for good',
    async (bench) => {
      const file = testImage(3);
      await upload(bench, file);
      ok(await image(bench, WRITE, IMAGE_STATE, { hash: imageHash(file), confirm: false }));
      await bench.line.restart();
      ok(await image(bench, WRITE, IMAGE_STATE, { hash: imageHash(file), confirm: true }));
      await bench.line.restart();
      await runs(bench, imageHash(file), true);
    },
    { firmware: true },
  ),
  by('blank', '3.4', 'to confirm the image that runs for good changes nothing', async (bench) => {
    const hash = bytesIn(await running(bench), 'hash');
    ok(await image(bench, WRITE, IMAGE_STATE, { hash, confirm: true }));
    await runs(bench, hash, true);
  }),
  by('blank', '3.1', 'an image that is not there cannot be tried', async (bench) => {
    const answer = await image(bench, WRITE, IMAGE_STATE, { hash: Buffer.alloc(32, 1), confirm: false });
    holds('a refusal', refusalIn(answer) !== null, 'a success');
  }),
];

/** Digest over header and body, where the image's own TLV has it: the last 32 bytes of a test image. */
function imageHash(file: Uint8Array): Uint8Array {
  return file.slice(-32);
}

const AFTER_LOCK: Case[] = [
  ...STORE_READS.map(([name, group, command, op, payload]) =>
    by('locked', '9.5', `after the lock ${name} cannot be read`, async (bench) => {
      refusedBySmp(await bench.line.ask({ op, group, command, payload }), SMP.notSupported);
      refusedBySmp(await bench.line.ask({ op, group, command, payload: {} }), SMP.notSupported);
    }),
  ),
  on(
    'enrolled',
    '9.5',
    'after the lock and a restart no store can be read',
    async (bench) => {
      await bench.lockFully();
      await bench.line.restart();
      for (const [, group, command, op, payload] of STORE_READS)
        refusedBySmp(await bench.line.ask({ op, group, command, payload }), SMP.notSupported);
      await bench.lifeIs(LIFE.locked);
    },
    { burns: true },
  ),
];

export const STANDARD_GROUPS: readonly Case[] = [...OS_CASES, ...IMAGE_CASES, ...AFTER_LOCK];

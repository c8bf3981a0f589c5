// Clauses 5.3 and 5.6: sessions, what an injected message is bound to, and what becomes of it. What does not depend on the
// mode runs on a board of either kind.
import { randomBytes } from 'node:crypto';
import { type Bench, bytesIn, differs, holds, ok, refused, refusedBySmp, same, sha256 } from '../bench.ts';
import { by, type Case, on } from '../case.ts';
import type { Sealing } from '../credentials/injection.ts';
import { GROUP_ORDER, newKeyPair, publicKeyOfPoint } from '../credentials/key-pair.ts';
import { checkRequest } from '../credentials/request-check.ts';
import { injectionOf, KINDS, modeOf, openSession, piece, sealFor, send, sessionOver, took } from '../injector.ts';
import { flipped, fromHex, join } from '../wire/bytes.ts';
import { cbor } from '../wire/cbor-bytes.ts';
import { CSR, INJECT, INJECT_OPEN, KEYGEN, LIFE, RC, SMP } from '../wire/message.ts';
import { CLOSED_INJECTIONS } from './injection-closed.ts';
import { proves } from './proof-and-lock.ts';

/** Point of the private key 1: the generator of P-256. */
const GENERATOR = fromHex(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
);
const ONE = Buffer.concat([Buffer.alloc(31), Buffer.of(1)]);

/** A case that every device with `inj` keeps, in the mode of its board. */
function eachKind(
  stage: 'blank' | 'keyed' | 'enrolled',
  clause: string,
  title: string,
  run: (bench: Bench) => Promise<void>,
): Case[] {
  return KINDS.map((kind) => on(stage, clause, `${title} (${modeOf(kind)})`, run, { kind }));
}

/** One injection from its start; `sealing` and `plaintext` may be wrong on purpose. */
async function injected(bench: Bench, plaintext: Uint8Array, sealing: Sealing = {}, was?: Uint8Array) {
  const session = await openSession(bench, was);
  return send(bench, injectionOf(await sealFor(bench, session, plaintext, sealing)));
}

const SESSIONS: Case[] = [
  by('blank', '5.3', 'inject-open gives a point of P-256 and a nonce, fresh for each session', async (bench) => {
    const [first, second] = [await openSession(bench), await openSession(bench)];
    publicKeyOfPoint(first.epk);
    differs('epk', second.epk, first.epk);
    differs('dn', second.dn, first.dn);
  }),
  by('blank', '5.3', 'a station id of 1 and one of 64 characters are ids', async (bench) => {
    for (const station of ['S', 'S'.repeat(64), ' ~']) await openSession(bench, undefined, station);
  }),
  by('blank', '5.3', 'an open session is no key', async (bench) => {
    await openSession(bench);
    holds('no spkiSha256', !(await bench.lifeIs(LIFE.blank)).has('spkiSha256'));
  }),
  ...eachKind('blank', '5.3', 'a session dies at a restart', async (bench) => {
    const session = await openSession(bench);
    await bench.line.restart();
    const sealed = injectionOf(await sealFor(bench, session, newKeyPair().scalar));
    refused(await piece(bench, 0, sealed.subarray(0, 10), sealed.length), RC.NO_SESSION);
  }),
  ...eachKind('blank', '5.3', 'a session dies at the next inject-open', async (bench) => {
    const first = await openSession(bench);
    await openSession(bench);
    refused(await send(bench, injectionOf(await sealFor(bench, first, newKeyPair().scalar))), RC.DECRYPT);
    await bench.lifeIs(LIFE.blank);
  }),
  ...eachKind('blank', '5.3', 'a session dies at the first message that does not open', async (bench) => {
    const session = await openSession(bench);
    const sealed = await sealFor(bench, session, newKeyPair().scalar);
    refused(await send(bench, injectionOf({ ...sealed, ct: flipped(sealed.ct) })), RC.DECRYPT);
    await sessionOver(bench, session, LIFE.blank);
  }),
  ...eachKind('blank', '5.3', 'a session dies at the first message that is good', async (bench) => {
    const session = await openSession(bench);
    const { scalar, spki } = newKeyPair();
    await took(bench, await send(bench, injectionOf(await sealFor(bench, session, scalar))), spki);
    await sessionOver(bench, session, LIFE.keyed);
  }),
  by('keyed', '5.3', 'inject-open wants the key to discard by was', async (bench) => {
    for (const was of [undefined, randomBytes(32)])
      refused(await bench.write(INJECT_OPEN, { nonce: randomBytes(16), station: 'CF', was }), RC.STALE);
    ok(await bench.write(INJECT_OPEN, { nonce: randomBytes(16), station: 'CF', was: sha256(bench.spki) }));
  }),
  by('blank', '5.3', 'inject-open with was on a blank device is stale', async (bench) => {
    refused(await bench.write(INJECT_OPEN, { nonce: randomBytes(16), station: 'CF', was: randomBytes(32) }), RC.STALE);
  }),
];

const GOOD: Case[] = [
  ...eachKind('blank', '5.6', 'a sealed private key becomes the key of the device', async (bench) => {
    const { scalar, spki } = newKeyPair();
    await took(bench, await injected(bench, scalar), spki);
    await proves(bench, LIFE.keyed, true);
    checkRequest(await bench.readWhole((off) => bench.read(CSR, { sn: 'CF-INJ', off })), spki, 'CF-INJ');
  }),
  ...eachKind('keyed', '5.6', 'an injected key replaces another by was, and the items go', async (bench) => {
    await bench.installChain();
    const { scalar, spki } = newKeyPair();
    await took(bench, await injected(bench, scalar, {}, sha256(bench.spki)), spki);
    await proves(bench, LIFE.keyed, true);
  }),
  ...eachKind(
    'blank',
    '5.6',
    'an injected key is there after a restart, and can be enrolled and locked',
    async (bench) => {
      const { scalar, spki } = newKeyPair();
      await took(bench, await injected(bench, scalar), spki);
      await bench.line.restart();
      await bench.enrol();
      await proves(bench, LIFE.enrolled, true);
    },
  ),
  on('blank', '5.6', 'the private key 1 is a key: the public key follows from it', async (bench) => {
    const answer = await injected(bench, ONE);
    const spki = join(newKeyPair().spki.subarray(0, 26), GENERATOR);
    await took(bench, answer, spki);
    await proves(bench, LIFE.keyed, true);
  }),
  on('blank', '5.6', 'the private key n - 1 is a key', async (bench) => {
    const last = Uint8Array.from(GROUP_ORDER);
    last[31] = (last[31] ?? 0) - 1;
    const digest = bytesIn(ok(await injected(bench, last)), 'spkiSha256');
    same('spkiSha256', (await bench.lifeIs(LIFE.keyed)).get('spkiSha256'), digest);
  }),
  ...[1, 7, 64, 125].map((pieceBytes) =>
    on('blank', '5.6', `a message in pieces of ${pieceBytes} is that message`, async (bench) => {
      const { scalar, spki } = newKeyPair();
      const session = await openSession(bench);
      const answer = await send(bench, injectionOf(await sealFor(bench, session, scalar)), pieceBytes);
      await took(bench, answer, spki);
    }),
  ),
  on('blank', '5.6', 'ct before enc is the same map', async (bench) => {
    const { scalar, spki } = newKeyPair();
    const { enc, ct } = await sealFor(bench, await openSession(bench), scalar);
    await took(bench, await send(bench, cbor({ ct, enc })), spki);
  }),
  on('blank', '5.6', 'a station id of 64 characters is bound whole', async (bench) => {
    const { scalar, spki } = newKeyPair();
    const session = await openSession(bench, undefined, 'S'.repeat(64));
    await took(bench, await send(bench, injectionOf(await sealFor(bench, session, scalar))), spki);
  }),
];

const PIECES: Case[] = [
  on('blank', '5.6', 'an off that is not wanted is answered by the one that is', async (bench) => {
    const { scalar, spki } = newKeyPair();
    const whole = injectionOf(await sealFor(bench, await openSession(bench), scalar));
    same('off', ok(await piece(bench, 0, whole.subarray(0, 50), whole.length)).get('off'), 50);
    for (const off of [49, 51, 10, 100])
      same('off', ok(await piece(bench, off, whole.subarray(off, off + 20), whole.length)).get('off'), 50);
    await took(bench, await piece(bench, 50, whole.subarray(50), whole.length), spki);
  }),
  on('blank', '5.6', 'offset 0 starts anew', async (bench) => {
    const { scalar, spki } = newKeyPair();
    const whole = injectionOf(await sealFor(bench, await openSession(bench), scalar));
    await piece(bench, 0, randomBytes(50), 200);
    await took(bench, await send(bench, whole), spki);
  }),
  by('blank', '5.6', 'a piece before any offset 0 is answered by off 0', async (bench) => {
    await openSession(bench);
    same('off', ok(await piece(bench, 30, randomBytes(10), 125)).get('off'), 0);
  }),
  by('blank', '5.6', 'another len than at offset 0 is refused', async (bench) => {
    await openSession(bench);
    ok(await piece(bench, 0, randomBytes(50), 125));
    for (const len of [124, 126, 51]) refused(await piece(bench, 50, randomBytes(1), len), RC.INVALID);
  }),
  by('blank', '6.7', 'a len over 256 is over capacity', async (bench) => {
    await openSession(bench);
    for (const len of [257, 65_536, 0xffff_ffff]) refused(await piece(bench, 0, randomBytes(10), len), RC.SIZE);
  }),
  by('blank', '5.6', 'data beyond len is refused', async (bench) => {
    await openSession(bench);
    refused(await piece(bench, 0, randomBytes(126), 125), RC.INVALID, RC.SIZE);
    await bench.lifeIs(LIFE.blank);
  }),
  on('blank', '6.12', 'without a session and a stored message every piece is refused at once', async (bench) => {
    await bench.line.restart();
    refused(await piece(bench, 0, randomBytes(10), 125), RC.NO_SESSION);
    refused(await piece(bench, 0, randomBytes(10), 257), RC.NO_SESSION);
    refused(await piece(bench, 9, randomBytes(10), 10), RC.NO_SESSION);
    await bench.keygen();
    refused(await piece(bench, 0, randomBytes(10), 125), RC.NO_SESSION);
  }),
];

const STORED: Case[] = [
  ...eachKind('blank', '5.6', 'the bytes as stored get the same answer, also after a restart', async (bench) => {
    const { scalar, spki } = newKeyPair();
    const whole = injectionOf(await sealFor(bench, await openSession(bench), scalar));
    await took(bench, await send(bench, whole), spki);
    await took(bench, await send(bench, whole), spki);
    await bench.line.restart();
    await took(bench, await send(bench, whole), spki);
  }),
  on('blank', '5.6', 'the bytes as stored leave a session as it is', async (bench) => {
    const [first, second] = [newKeyPair(), newKeyPair()];
    const stored = injectionOf(await sealFor(bench, await openSession(bench), first.scalar));
    await took(bench, await send(bench, stored), first.spki);
    const session = await openSession(bench, sha256(first.spki));
    await took(bench, await send(bench, stored), first.spki);
    await took(bench, await send(bench, injectionOf(await sealFor(bench, session, second.scalar))), second.spki);
  }),
  on('blank', '5.6', 'the bytes as stored leave the items as they are', async (bench) => {
    const { scalar, spki } = newKeyPair();
    const stored = injectionOf(await sealFor(bench, await openSession(bench), scalar));
    await took(bench, await send(bench, stored), spki);
    await bench.enrol();
    same('spkiSha256', ok(await send(bench, stored)).get('spkiSha256'), sha256(spki));
    await bench.lifeIs(LIFE.enrolled);
    same('leaf', await bench.readItem('leaf'), bench.item('leaf'));
  }),
  on(
    'blank',
    '5.6',
    'without a session another message than the stored one is refused when it is whole',
    async (bench) => {
      const { scalar, spki } = newKeyPair();
      const session = await openSession(bench);
      await took(bench, await send(bench, injectionOf(await sealFor(bench, session, scalar))), spki);
      await bench.line.restart();
      const other = injectionOf(await sealFor(bench, session, newKeyPair().scalar));
      ok(await piece(bench, 0, other.subarray(0, 60), other.length));
      refused(await piece(bench, 60, other.subarray(60), other.length), RC.NO_SESSION);
      same('spkiSha256', (await bench.status()).get('spkiSha256'), sha256(spki));
    },
  ),
  on('blank', '5.6', 'the stored message goes with its key', async (bench) => {
    const { scalar, spki } = newKeyPair();
    const stored = injectionOf(await sealFor(bench, await openSession(bench), scalar));
    await took(bench, await send(bench, stored), spki);
    await bench.rekey();
    refused(await send(bench, stored), RC.NO_SESSION);
    same('spkiSha256', (await bench.status()).get('spkiSha256'), sha256(bench.spki));
  }),
  on('keyed', '5.6', 'a key that was replaced since inject-open is not replaced again', async (bench) => {
    const session = await openSession(bench, sha256(bench.spki));
    await bench.rekey();
    refused(await send(bench, injectionOf(await sealFor(bench, session, newKeyPair().scalar))), RC.STALE);
    await sessionOver(bench, session, LIFE.keyed);
  }),
  on('blank', '5.6', 'a key that was made since inject-open on a blank device stays', async (bench) => {
    const session = await openSession(bench);
    await bench.keygen();
    refused(await send(bench, injectionOf(await sealFor(bench, session, newKeyPair().scalar))), RC.STALE);
    same('spkiSha256', (await bench.status()).get('spkiSha256'), sha256(bench.spki));
  }),
  on('blank', '5.1', 'an injected key is discarded by was like any other', async (bench) => {
    const { scalar, spki } = newKeyPair();
    await took(bench, await injected(bench, scalar), spki);
    refused(await bench.write(KEYGEN, { alg: 'P-256', nonce: randomBytes(16) }), RC.STALE);
    differs('key', await bench.rekey(), spki);
  }),
  on('keyed', '5.6', 'a message that does not open leaves key and items', async (bench) => {
    await bench.installChain();
    const session = await openSession(bench, sha256(bench.spki));
    const sealed = await sealFor(bench, session, newKeyPair().scalar);
    const answer = await send(bench, injectionOf({ ...sealed, ct: flipped(sealed.ct, 3) }));
    refused(answer, RC.DECRYPT);
    await proves(bench, LIFE.keyed, true);
  }),
];

const WITHOUT_INJ: Case = by('blank', '5.3', 'a device without inj has neither of its commands', async (bench) => {
  if (bench.caps.includes('inj')) return;
  for (const command of [INJECT_OPEN, INJECT]) refusedBySmp(await bench.write(command, {}), SMP.notSupported);
});

export const INJECTION: readonly Case[] = [
  WITHOUT_INJ,
  ...[...SESSIONS, ...GOOD, ...CLOSED_INJECTIONS, ...PIECES, ...STORED].map((each) => ({
    ...each,
    injects: true,
  })),
];

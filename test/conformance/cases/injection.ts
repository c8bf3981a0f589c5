// Clauses 5.3 and 5.6: sessions, what an injected message is bound to, and what becomes of it. What does not depend on the
// mode runs on a board of either kind.
import { randomBytes } from 'node:crypto';
import { type Bench, bytesIn, differs, holds, ok, refused, refusedBySmp, same, sha256 } from '../bench.ts';
import { by, type Case, on } from '../case.ts';
import { infoOf, pskOf, type Sealing, type Session } from '../credentials/injection.ts';
import { GROUP_ORDER, newKeyPair, publicKeyOfPoint } from '../credentials/key-pair.ts';
import { checkRequest } from '../credentials/request-check.ts';
import { injectionOf, openSession, piece, sealFor, send, took } from '../injector.ts';
import { ascii, flipped, fromHex, join } from '../wire/bytes.ts';
import { type CborItem, cbor, mapOfPairs } from '../wire/cbor-bytes.ts';
import { CSR, INJECT, INJECT_OPEN, KEYGEN, LIFE, RC, SMP } from '../wire/message.ts';
import { proves } from './proof-and-lock.ts';

/** Point of the private key 1: the generator of P-256. */
const GENERATOR = fromHex(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
);
const KINDS = ['plain', 'psk'] as const;
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

function modeOf(kind: (typeof KINDS)[number]): string {
  return kind === 'psk' ? 'PSK mode' : 'base mode';
}

/** One injection from its start; `sealing` and `plaintext` may be wrong on purpose. */
async function injected(bench: Bench, plaintext: Uint8Array, sealing: Sealing = {}, was?: Uint8Array) {
  const session = await openSession(bench, was);
  return send(bench, injectionOf(await sealFor(bench, session, plaintext, sealing)));
}

/** The session is over and the key that is there, if any, is the same. */
async function sessionOver(bench: Bench, session: Session, life: number): Promise<void> {
  const good = await sealFor(bench, session, newKeyPair().scalar);
  refused(await send(bench, injectionOf(good)), RC.NO_SESSION);
  const status = await bench.lifeIs(life);
  if (life === LIFE.keyed) same('spkiSha256', status.get('spkiSha256'), sha256(bench.spki));
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

/** What a message is bound to (5.6): each of these is another's, and does not open. */
const BOUND: Readonly<Record<string, (session: Session) => Partial<Session>>> = {
  'another station': () => ({ station: 'CF-OTHER' }),
  'another nonce of the station': ({ nonce }) => ({ nonce: flipped(nonce) }),
  'another nonce of the device': ({ dn }) => ({ dn: flipped(dn) }),
  'another device': ({ hwid }) => ({ hwid: flipped(hwid) }),
  'a station id without its last character': ({ station }) => ({ station: station.slice(0, -1) }),
};

function doesNotOpen(
  title: string,
  kind: (typeof KINDS)[number],
  sealing: (bench: Bench, session: Session) => Sealing,
): Case {
  return on(
    'blank',
    '6.13',
    `${title} does not open (${modeOf(kind)})`,
    async (bench) => {
      const session = await openSession(bench);
      const sealed = await sealFor(bench, session, newKeyPair().scalar, sealing(bench, session));
      refused(await send(bench, injectionOf(sealed)), RC.DECRYPT);
      await sessionOver(bench, session, LIFE.blank);
    },
    { kind, keeps: true },
  );
}

const CLOSED: Case[] = [
  ...KINDS.flatMap((kind) =>
    Object.entries(BOUND).map(([words, change]) =>
      doesNotOpen(`a message for ${words}`, kind, (_, session) => ({
        info: infoOf({ ...session, ...change(session) }),
      })),
    ),
  ),
  ...KINDS.flatMap((kind) => [
    doesNotOpen('a message for another command', kind, () => ({ aad: fromHex('0a4b4c01') })),
    doesNotOpen('a message for SMP v1', kind, () => ({ aad: fromHex('024b4c05') })),
    doesNotOpen('a message without AAD', kind, () => ({ aad: new Uint8Array(0) })),
    doesNotOpen('a message of another version', kind, (_, session) => ({
      info: join(ascii('keyline-inject-v2'), infoOf(session).subarray(17)),
    })),
  ]),
  doesNotOpen('a message in PSK mode, at a board without a PSK,', 'plain', (bench) => ({
    psk: { key: pskOf(bench.hwid), id: bench.hwid },
  })),
  doesNotOpen('a message in base mode, at a board with a PSK,', 'psk', () => ({ psk: undefined })),
  doesNotOpen('a message by the PSK of another board', 'psk', (bench) => ({
    psk: { key: pskOf(flipped(bench.hwid)), id: bench.hwid },
  })),
  doesNotOpen('a message by the PSK of another factory', 'psk', (bench) => ({
    psk: { key: pskOf(bench.hwid, randomBytes(32)), id: bench.hwid },
  })),
  doesNotOpen('a message under another psk_id', 'psk', (bench) => ({
    psk: { key: pskOf(bench.hwid), id: flipped(bench.hwid) },
  })),
  ...(['first', 'last'] as const).map((end) =>
    on(
      'blank',
      '6.13',
      `a message whose ${end} byte of ct was turned does not open`,
      async (bench) => {
        const sealed = await sealFor(bench, await openSession(bench), newKeyPair().scalar);
        refused(
          await send(bench, injectionOf({ ...sealed, ct: flipped(sealed.ct, end === 'first' ? 0 : -1) })),
          RC.DECRYPT,
        );
      },
      { keeps: true },
    ),
  ),
  ...Object.entries({
    'no point of the curve': (enc: Uint8Array) => flipped(enc),
    'a compressed point’s beginning': (enc: Uint8Array) => join(Uint8Array.of(0x02), enc.subarray(1)),
    'all zero': () => new Uint8Array(65),
    'the point of another message': () => newKeyPair().spki.slice(26),
  }).map(([words, change]) =>
    on(
      'blank',
      '6.13',
      `a message whose enc is ${words} does not open`,
      async (bench) => {
        const sealed = await sealFor(bench, await openSession(bench), newKeyPair().scalar);
        refused(await send(bench, cbor({ enc: change(sealed.enc), ct: sealed.ct })), RC.DECRYPT);
        await bench.lifeIs(LIFE.blank);
      },
      { keeps: true },
    ),
  ),
];

const BAD_KEYS: Case[] = Object.entries({
  0: new Uint8Array(32),
  n: GROUP_ORDER,
  '2^256 - 1': new Uint8Array(32).fill(0xff),
}).map(([words, plaintext]) =>
  on(
    'keyed',
    '6.14',
    `the number ${words} is no private key; session and key fare as 5.6 says`,
    async (bench) => {
      const session = await openSession(bench, sha256(bench.spki));
      refused(await send(bench, injectionOf(await sealFor(bench, session, plaintext))), RC.BAD_KEY);
      await sessionOver(bench, session, LIFE.keyed);
      await proves(bench, LIFE.keyed, true);
    },
    { keeps: true },
  ),
);

async function sealedFor(bench: Bench) {
  return sealFor(bench, await openSession(bench), newKeyPair().scalar);
}

const MAPS: Case[] = Object.entries({
  'with a third key': async (bench: Bench) => cbor({ ...(await sealedFor(bench)), more: 1 }),
  'without ct': async (bench: Bench) => cbor({ enc: (await sealedFor(bench)).enc }),
  'without enc': async (bench: Bench) => cbor({ ct: (await sealedFor(bench)).ct }),
  'whose enc has 64 bytes': async (bench: Bench) => {
    const { enc, ct } = await sealedFor(bench);
    return cbor({ enc: enc.subarray(1), ct });
  },
  'whose ct has 47 bytes, a key of 31': async (bench: Bench) =>
    injectionOf(await sealFor(bench, await openSession(bench), randomBytes(31))),
  'whose ct has 49 bytes, a key of 33': async (bench: Bench) =>
    injectionOf(await sealFor(bench, await openSession(bench), randomBytes(33))),
  'whose ct is a text': async (bench: Bench) => cbor({ enc: (await sealedFor(bench)).enc, ct: 'c'.repeat(48) }),
  'with a byte behind it': async (bench: Bench) => join(injectionOf(await sealedFor(bench)), Uint8Array.of(0)),
  'whose ct stands twice': async (bench: Bench) => {
    const { enc, ct } = await sealedFor(bench);
    return mapOfPairs([
      ['enc', enc],
      ['ct', ct],
      ['ct', ct],
    ] satisfies [CborItem, CborItem][]);
  },
  'with a tag': async (bench: Bench) => join(Uint8Array.of(0xd8, 0x18), injectionOf(await sealedFor(bench))),
  'that is an array': async (bench: Bench) => {
    const { enc, ct } = await sealedFor(bench);
    return cbor([enc, ct]);
  },
  'of 256 bytes of nothing': async (bench: Bench) => {
    await openSession(bench);
    return Buffer.alloc(256);
  },
}).map(([words, make]) =>
  on(
    'blank',
    '5.6',
    `a whole message ${words} is refused as no such map`,
    async (bench) => {
      refused(await send(bench, await make(bench)), RC.INVALID);
      await bench.lifeIs(LIFE.blank);
    },
    { keeps: true },
  ),
);

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
  ...[...SESSIONS, ...GOOD, ...CLOSED, ...BAD_KEYS, ...MAPS, ...PIECES, ...STORED].map((each) => ({
    ...each,
    injects: true,
  })),
];

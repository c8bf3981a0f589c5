// Clause 5.6, what must not become a key: messages bound to something else, numbers that are no key, and what is no message.
import { randomBytes } from 'node:crypto';
import { type Bench, refused, sha256 } from '../bench.ts';
import { type Case, on } from '../case.ts';
import { infoOf, pskOf, type Sealing, type Session } from '../credentials/injection.ts';
import { GROUP_ORDER, newKeyPair } from '../credentials/key-pair.ts';
import { injectionOf, KINDS, modeOf, openSession, sealFor, send, sessionOver } from '../injector.ts';
import { ascii, flipped, fromHex, join } from '../wire/bytes.ts';
import { type CborItem, cbor, mapOfPairs } from '../wire/cbor-bytes.ts';
import { LIFE, RC } from '../wire/message.ts';
import { proves } from './proof-and-lock.ts';

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

export const CLOSED_INJECTIONS: readonly Case[] = [...CLOSED, ...BAD_KEYS, ...MAPS];

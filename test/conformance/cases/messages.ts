// Section 2: header, CBOR, answers and their codes, and how long a message may be.
import { type Bench, bytesIn, holds, numberIn, ok, refused, refusedBySmp, same } from '../bench.ts';
import { by, type Case, type CaseOptions, type Stage } from '../case.ts';
import { join } from '../wire/bytes.ts';
import { type CborItem, cbor, head, indefiniteArray, indefiniteMap, mapOfPairs, raw } from '../wire/cbor-bytes.ts';
import {
  CSR,
  ECHO,
  HEADER_BYTES,
  IDENTITY,
  IMAGE,
  KEYGEN,
  LIFE,
  messageOf,
  OS,
  PROVE,
  RC,
  READ,
  SMP,
  STATUS,
  V1,
  V2,
  WRITE,
} from '../wire/message.ts';
import { onTheLine } from '../wire/packet.ts';

const EMPTY_MAP = Uint8Array.of(0xa0);

/** A payload that makes the message malformed: SMP code 3. Asked of status, whose request is the empty map. */
function malformed(title: string, payload: Uint8Array): Case {
  return by('blank', '2.2', `${title} makes the message malformed`, async (bench) => {
    refusedBySmp(await bench.line.ask({ op: READ, group: IDENTITY, command: STATUS, payload }), SMP.malformed);
  });
}

/** Arrays in arrays; `containers` counts the outer map. */
function nested(containers: number): Uint8Array {
  const depth = containers - 1;
  return join(head(5, 1), cbor('a'), ...Array.from({ length: depth - 1 }, () => head(4, 1)), head(4, 0));
}

function nestedMaps(containers: number): Uint8Array {
  return join(...Array.from({ length: containers - 1 }, () => join(head(5, 1), cbor('a'))), EMPTY_MAP);
}

const MALFORMED: Case[] = [
  malformed('a byte behind the map', join(EMPTY_MAP, Uint8Array.of(0x00))),
  malformed('a second map behind the map', join(EMPTY_MAP, EMPTY_MAP)),
  malformed('a payload of no bytes', new Uint8Array(0)),
  malformed('an array instead of a map', Uint8Array.of(0x80)),
  malformed('an integer instead of a map', Uint8Array.of(0x00)),
  malformed('a text instead of a map', cbor('a')),
  malformed(
    'a key that stands twice',
    mapOfPairs([
      ['a', 1],
      ['a', 1],
    ]),
  ),
  malformed(
    'a key that stands twice in a map of indefinite length',
    join(Uint8Array.of(0xbf), cbor('a'), cbor(1), cbor('a'), cbor(2), Uint8Array.of(0xff)),
  ),
  malformed(
    'a key that stands twice deeper down',
    cbor({
      a: {
        raw: mapOfPairs([
          ['b', 1],
          ['b', 2],
        ]),
      },
    }),
  ),
  malformed(
    'a key that stands twice in different forms',
    mapOfPairs([
      ['a', 1],
      [{ raw: join(head(3, 1, 1), Uint8Array.of(0x61)) }, 2],
    ]),
  ),
  malformed('a tag before the map', join(Uint8Array.of(0xc0), EMPTY_MAP)),
  malformed('a tag before a value', cbor({ a: raw(0xc1, 0x00) })),
  malformed('a tag before a key', mapOfPairs([[raw(0xc1, 0x61, 0x61), 1]])),
  malformed('a tag of two bytes', cbor({ a: raw(0xd9, 0xd9, 0xf7, 0x00) })),
  malformed('nesting of 10 arrays', nested(10)),
  malformed('nesting of 10 maps', nestedMaps(10)),
  malformed('nesting of 300', nested(300)),
  malformed('a key that is an integer', mapOfPairs([[1, 1]])),
  malformed('a key that is a byte string', mapOfPairs([[Uint8Array.of(0x61), 1]])),
  malformed('a map that ends before its last value', join(head(5, 1), cbor('a'))),
  malformed('a map with fewer pairs than it says', join(head(5, 2), cbor('a'), cbor(1))),
  malformed('a map of 65,535 pairs that are not there', head(5, 0xffff)),
  malformed('a map of indefinite length without an end', join(Uint8Array.of(0xbf), cbor('a'), cbor(1))),
  malformed(
    'a map of indefinite length that ends after a key',
    join(Uint8Array.of(0xbf), cbor('a'), Uint8Array.of(0xff)),
  ),
  malformed('a byte string longer than the message', join(head(5, 1), cbor('a'), head(2, 1000))),
  malformed('a text of 4 GB that is not there', join(head(5, 1), cbor('a'), head(3, 0xffff_ffff, 4))),
  malformed('an array of 4 G items that are not there', join(head(5, 1), cbor('a'), head(4, 0xffff_ffff, 4))),
  malformed('a head of a kind that CBOR does not know', cbor({ a: raw(0x1c) })),
  malformed('a break where nothing is open', cbor({ a: raw(0xff) })),
];

/** A value that is CBOR: the map is read, and its unknown key is what is refused (4.2). */
function wellFormed(title: string, value: CborItem): Case {
  return by('blank', '2.2', `${title} is read`, async (bench) => {
    refused(await bench.read(STATUS, { unknown: value }), RC.INVALID);
  });
}

const WELL_FORMED: Case[] = [
  by('blank', '2.2', 'an empty map of indefinite length is an empty map', async (bench) => {
    const payload = indefiniteMap({});
    ok(await bench.line.ask({ op: READ, group: IDENTITY, command: STATUS, payload }));
  }),
  by('keyed', '2.2', 'a request in a map of indefinite length is that request', async (bench) => {
    const payload = indefiniteMap({ nonce: new Uint8Array(32) });
    bytesIn(ok(await bench.line.ask({ op: READ, group: IDENTITY, command: PROVE, payload })), 'sig');
  }),
  by('keyed', '2.2', 'keys in another order are the same request', async (bench) => {
    const payload = { nonce: bench.nonce, alg: 'P-256', hwid: bench.hwid };
    const answer = ok(await bench.line.ask({ op: WRITE, group: IDENTITY, command: KEYGEN, payload }));
    same('spki', answer.get('spki'), bench.spki);
  }),
  by('keyed', '2.2', 'a number in a longer form than it needs is that number', async (bench) => {
    ok(await bench.read(CSR, { sn: 'CF-1', off: { raw: head(0, 0, 4) } }));
  }),
  wellFormed('an array of indefinite length', indefiniteArray([1, 'a'])),
  wellFormed('an array of definite length', [1, 'a', true]),
  by('blank', '2.2', 'nesting of 8 containers is read', async (bench) => {
    for (const payload of [nested(8), nestedMaps(8)])
      refused(await bench.line.ask({ op: READ, group: IDENTITY, command: STATUS, payload }), RC.INVALID);
  }),
  by('blank', '2.2', 'a key that stands twice makes an echo malformed too', async (bench) => {
    const payload = mapOfPairs([
      ['d', 'one'],
      ['d', 'two'],
    ]);
    refusedBySmp(await bench.line.ask({ op: WRITE, group: OS, command: ECHO, payload }), SMP.malformed);
  }),
];

/** A keygen message as bytes, the header's say changed. */
function keygenWith(bench: Bench, change: { op?: number; length?: (payload: Uint8Array) => number }): Uint8Array {
  const payload = cbor({ hwid: bench.hwid, alg: 'P-256', nonce: new Uint8Array(16) });
  const { op = WRITE, length } = change;
  const sent = { op, version: V2, flags: 0, group: IDENTITY, sequence: 200, command: KEYGEN };
  return onTheLine(messageOf(sent, payload, length?.(payload)));
}

/** The device may answer or not; it must not act. */
function notActedOn(title: string, bytes: (bench: Bench) => Uint8Array): Case {
  return by('blank', '2.1', title, async (bench) => {
    await bench.line.tolerated(bytes(bench));
    await bench.lifeIs(LIFE.blank);
  });
}

const HEADERS: Case[] = [
  by('blank', '2.1', 'a message shorter than a header gets no answer', async (bench) => {
    for (const bytes of [Uint8Array.of(0x0a), new Uint8Array(HEADER_BYTES - 1)])
      await bench.line.unanswered(onTheLine(bytes));
  }),
  notActedOn('a header that says one byte less than there is is not acted on', (bench) =>
    keygenWith(bench, { length: (payload) => payload.length - 1 }),
  ),
  notActedOn('a header that says one byte more than there is is not acted on', (bench) =>
    keygenWith(bench, { length: (payload) => payload.length + 1 }),
  ),
  notActedOn('a header that says nothing follows is not acted on', (bench) => keygenWith(bench, { length: () => 0 })),
  notActedOn('a write response is not a request', (bench) => keygenWith(bench, { op: 3 })),
  notActedOn('a read response is not a request', (bench) => keygenWith(bench, { op: 1 })),
  ...[0, 1, 127, 255].map((sequence) =>
    by('blank', '2.3', `the answer to request ${sequence} carries ${sequence}`, async (bench) => {
      ok(await bench.line.ask({ op: READ, group: IDENTITY, command: STATUS, payload: {}, sequence }));
    }),
  ),
  by('blank', '2.3', 'a refusal repeats version, group, command and sequence too', async (bench) => {
    const answer = await bench.line.ask({ op: READ, group: IDENTITY, command: 200, payload: {}, sequence: 77 });
    refusedBySmp(answer, SMP.notSupported);
  }),
  by('blank', '2.3', 'a v1 echo gets a v1 answer', (bench) => bench.line.echo('version 1', V1)),
  by('blank', '2.4', 'a refusal of a group stands under err with the number of the group', async (bench) => {
    const answer = await bench.read(CSR, { sn: 'CF-1', off: 0 });
    refused(answer, RC.STATE);
    holds('no rc beside err', !answer.payload.has('rc'));
  }),
  by('blank', '2.4', 'a refusal at the level of SMP is an rc and nothing else', async (bench) => {
    const { payload } = await bench.read(250);
    same('rc', payload.get('rc'), SMP.notSupported);
    holds('rc alone', payload.size === 1, `${[...payload.keys()]}`);
  }),
  by('blank', '2.4', 'a v1 refusal is an rc', async (bench) => {
    const answer = await bench.line.ask({ op: READ, group: OS, command: 200, payload: {}, version: V1 });
    refusedBySmp(answer, SMP.notSupported);
  }),
  ...(
    [
      [64, 0],
      [0xffff, 0],
      [OS, 200],
      [IMAGE, 200],
    ] as const
  ).map(([group, command]) =>
    by('blank', '2.5', `group ${group}, command ${command} is not supported`, async (bench) => {
      for (const op of [READ, WRITE])
        refusedBySmp(await bench.line.ask({ op, group, command, payload: {} }), SMP.notSupported);
    }),
  ),
];

/** A map whose whole message has this many bytes, filled up with one text. */
function filled(messageBytes: number, key: string): Uint8Array {
  const fixed = HEADER_BYTES + 1 + cbor(key).length;
  const room = messageBytes - fixed;
  const headBytes = room - 3 >= 0x100 ? 3 : 2;
  return join(
    head(5, 1),
    cbor(key),
    head(3, room - headBytes, headBytes === 3 ? 2 : 1),
    Buffer.alloc(room - headBytes, 0x61),
  );
}

function sized(
  stage: Stage,
  clause: string,
  title: string,
  run: (bench: Bench) => Promise<void>,
  options?: CaseOptions,
): Case {
  return by(stage, clause, title, run, options);
}

const SIZES: Case[] = [
  sized('blank', '2.6', 'an echo of exactly buf_size - 4 bytes is answered by as many', async (bench) => {
    const payload = filled(bench.line.messageBytes, 'd');
    const answer = await bench.line.ask({ op: WRITE, group: OS, command: ECHO, payload });
    same('length', answer.bytes.length, bench.line.messageBytes);
  }),
  sized('blank', '2.6', 'a request of exactly buf_size - 4 bytes is read to its end', async (bench) => {
    // Its one key is unknown: that can be said only by who has read it.
    const payload = filled(bench.line.messageBytes, 'unknown');
    refused(await bench.line.ask({ op: READ, group: IDENTITY, command: STATUS, payload }), RC.INVALID);
  }),
  ...[1, 2, 100, 3000].map((more) =>
    sized('blank', '4.2', `a message of ${more} bytes more than buf_size - 4 is too large`, async (bench) => {
      const payload = filled(bench.line.messageBytes + more, 'unknown');
      refusedBySmp(await bench.line.ask({ op: READ, group: IDENTITY, command: STATUS, payload }), SMP.tooLarge);
      await bench.line.echo();
    }),
  ),
  sized('blank', '4.2', 'a keygen that is too large makes no key', async (bench) => {
    const { payload: parameters } = await bench.line.ask({ op: READ, group: OS, command: 6, payload: {} });
    const more = numberIn(parameters, 'buf_size');
    const payload = { hwid: bench.hwid, alg: 'P-256', nonce: new Uint8Array(16), fill: Buffer.alloc(more) };
    refusedBySmp(await bench.line.ask({ op: WRITE, group: IDENTITY, command: KEYGEN, payload }), SMP.tooLarge);
    await bench.lifeIs(LIFE.blank);
  }),
  sized('enrolled', '2.6', 'the pieces of an item are sized to the buffer', async (bench) => {
    // Held to buf_size - 4 by every answer; here all of an item is read in the device's own pieces.
    const leaf = await bench.readItem('leaf');
    same('leaf', leaf, bench.item('leaf'));
  }),
  sized('keyed', '2.6', 'the pieces of a request are sized to the buffer', async (bench) => {
    await bench.readWhole((off) => bench.read(CSR, { sn: 'CF-PIECES', off }));
  }),
  sized(
    'blank',
    '6.3',
    'a request that this life has no place for is refused, and the next is served',
    async (bench) => {
      refused(await bench.read(CSR, { sn: 'CF-1', off: 0 }), RC.STATE);
      await bench.lifeIs(LIFE.blank);
    },
  ),
];

export const MESSAGES: readonly Case[] = [...HEADERS, ...WELL_FORMED, ...MALFORMED, ...SIZES];

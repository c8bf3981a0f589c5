// Sections 4 and 5: what a request must say. For each command the keys of its good request, and values that each key must
// not have; every one of them is a case. Sent in a stage where nothing but the bad key stands in the way.
import { randomBytes } from 'node:crypto';
import { type Bench, holds, refused, refusedBySmp, same, sha256 } from '../bench.ts';
import { by, type Case, type Stage } from '../case.ts';
import { type CborFields, type CborItem, head, raw } from '../wire/cbor-bytes.ts';
import {
  ATTEST,
  BLINK,
  CSR,
  IDENTITY,
  INJECT,
  INJECT_OPEN,
  ITEM,
  KEYGEN,
  LIFE,
  LOCK,
  PROVE,
  RC,
  READ,
  refusalIn,
  SMP,
  STATUS,
  V1,
  WRITE,
} from '../wire/message.ts';

interface Command {
  readonly clause: string;
  readonly name: string;
  readonly op: number;
  readonly command: number;
  readonly stage: Stage;
  /** What comes before it, where it needs something. */
  readonly before?: (bench: Bench) => Promise<unknown>;
  /** Its good request, hwid included. */
  readonly good: (bench: Bench) => CborFields;
  readonly optionalKeys?: readonly string[];
  /** Key -> values that are wrong, by what is wrong with them. */
  readonly bad: Readonly<Record<string, Readonly<Record<string, CborItem>>>>;
}

const NOT_TEXT = { 'a number': 1, 'a byte string': Buffer.from('P-256') };
const NOT_BYTES = { 'a number': 1, 'a text': 'a'.repeat(32) };
const NOT_NUMBER = { 'a text': '0', negative: -1, 'a boolean': false, null: null, 'a float': raw(0xf9, 0x00, 0x00) };
const DIGEST = { ...NOT_BYTES, '31 bytes': Buffer.alloc(31, 1), '33 bytes': Buffer.alloc(33, 1) };
const NONCE_16 = { ...NOT_BYTES, '15 bytes': Buffer.alloc(15, 1), '17 bytes': Buffer.alloc(17, 1) };
const SERIAL = {
  ...NOT_TEXT,
  'no character': '',
  '33 characters': 'S'.repeat(33),
  'a character below 20': 'CF\u001f1',
  'a character above 7E': 'CF\u007f1',
  'a character of another script': 'CF\u00e91',
};
const ITEM_NAME = { ...NOT_TEXT, 'no item': 'root', 'no character': '', 'another case': 'Leaf' };
const openSession = (bench: Bench) => bench.write(INJECT_OPEN, { nonce: randomBytes(16), station: 'CF' });
const hwid = (bench: Bench) => ({ hwid: bench.hwid });

const COMMANDS: readonly Command[] = [
  { clause: '5.0', name: 'status', op: READ, command: STATUS, stage: 'blank', good: () => ({}), bad: {} },
  {
    clause: '5.1',
    name: 'keygen',
    op: WRITE,
    command: KEYGEN,
    stage: 'blank',
    good: (bench) => ({ ...hwid(bench), alg: 'P-256', nonce: randomBytes(16) }),
    bad: { alg: { ...NOT_TEXT, 'no character': '' }, nonce: NONCE_16, was: DIGEST },
    optionalKeys: ['was'],
  },
  {
    clause: '5.2',
    name: 'csr',
    op: READ,
    command: CSR,
    stage: 'keyed',
    good: () => ({ sn: 'CF-1', off: 0 }),
    bad: { sn: SERIAL, off: NOT_NUMBER },
  },
  {
    clause: '5.3',
    name: 'inject-open',
    op: WRITE,
    command: INJECT_OPEN,
    stage: 'blank',
    good: (bench) => ({ ...hwid(bench), nonce: randomBytes(16), station: 'CF' }),
    bad: {
      nonce: NONCE_16,
      station: {
        ...NOT_TEXT,
        'no character': '',
        '65 characters': 'S'.repeat(65),
        'a character below 20': 'CF\n',
        'a character above 7E': 'CF\u0080',
      },
      was: DIGEST,
    },
    optionalKeys: ['was'],
  },
  {
    clause: '5.4',
    name: 'item read',
    op: READ,
    command: ITEM,
    stage: 'enrolled',
    good: () => ({ item: 'leaf', off: 0 }),
    bad: { item: ITEM_NAME, off: NOT_NUMBER },
  },
  {
    clause: '5.5',
    name: 'item write',
    op: WRITE,
    command: ITEM,
    stage: 'keyed',
    good: (bench) => {
      const content = randomBytes(64);
      return { ...hwid(bench), item: 'chain', off: 0, data: content.subarray(0, 32), len: 64, sha: sha256(content) };
    },
    bad: { item: ITEM_NAME, off: NOT_NUMBER, data: NOT_BYTES, len: NOT_NUMBER, sha: DIGEST },
  },
  {
    clause: '5.6',
    name: 'inject',
    op: WRITE,
    command: INJECT,
    stage: 'blank',
    before: openSession,
    good: (bench) => ({ ...hwid(bench), off: 0, len: 125, data: Buffer.alloc(10) }),
    bad: { off: NOT_NUMBER, len: NOT_NUMBER, data: NOT_BYTES },
  },
  {
    clause: '5.7',
    name: 'prove',
    op: READ,
    command: PROVE,
    stage: 'keyed',
    good: () => ({ nonce: randomBytes(32) }),
    bad: { nonce: DIGEST },
  },
  { clause: '5.8', name: 'lock read', op: READ, command: LOCK, stage: 'blank', good: () => ({}), bad: {} },
  {
    clause: '5.9',
    name: 'lock write',
    op: WRITE,
    command: LOCK,
    stage: 'enrolled',
    good: (bench) => ({ ...hwid(bench), sn: bench.sn, leaf: sha256(bench.item('leaf')), dbg: true }),
    bad: { sn: SERIAL, leaf: DIGEST, dbg: { 'a number': 1, 'a text': 'true', null: null } },
  },
  {
    clause: '5.11',
    name: 'blink',
    op: WRITE,
    command: BLINK,
    stage: 'blank',
    good: hwid,
    bad: {},
  },
];

const writes = COMMANDS.filter(({ op }) => op === WRITE);

function send(bench: Bench, { op, command }: Command, payload: CborFields) {
  return bench.line.ask({ op, group: IDENTITY, command, payload });
}

function isInjection(command: number): boolean {
  return command === INJECT || command === INJECT_OPEN;
}

/** An optional command that the device does not have says so (4.2), and has nothing to be held to. */
function isAbsent({ command }: Command, bench: Bench): boolean {
  return command === BLINK && !bench.caps.includes('blink');
}

function requestCase(command: Command, clause: string, title: string, run: (bench: Bench) => Promise<void>): Case {
  return by(
    command.stage,
    clause,
    title,
    async (bench) => {
      await command.before?.(bench);
      const before = await bench.status();
      await run(bench);
      const after = await bench.status();
      same('life', after.get('life'), before.get('life') ?? null);
    },
    // Were the bad request obeyed, the lock would burn.
    { burns: command.name === 'lock write', injects: command.name.startsWith('inject') },
  );
}

const BAD_VALUES: Case[] = COMMANDS.flatMap((command) =>
  Object.entries(command.bad).map(([key, values]) =>
    requestCase(
      command,
      command.clause,
      `${command.name} refuses a ${key} that is ${wordsOf(values)}`,
      async (bench) => {
        for (const value of Object.values(values))
          refused(await send(bench, command, { ...command.good(bench), [key]: value }), RC.INVALID);
      },
    ),
  ),
);

function wordsOf(values: Readonly<Record<string, CborItem>>): string {
  const words = Object.keys(values);
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

const MISSING: Case[] = COMMANDS.flatMap((command) => {
  const keys = Object.keys(command.bad).filter((key) => !command.optionalKeys?.includes(key));
  if (keys.length === 0) return [];
  return requestCase(
    command,
    '6.2',
    `${command.name} without ${keys.join(', or without ')} is refused`,
    async (bench) => {
      for (const key of keys)
        refused(await send(bench, command, { ...command.good(bench), [key]: undefined }), RC.INVALID);
    },
  );
});

const UNKNOWN_KEY: Case[] = COMMANDS.map((command) =>
  requestCase(command, '4.2', `${command.name} refuses a key that it does not know`, async (bench) => {
    if (isAbsent(command, bench)) return;
    for (const more of [{ force: true }, { '': 0 }, { HWID: bench.hwid }])
      refused(await send(bench, command, { ...command.good(bench), ...more }), RC.INVALID);
  }),
);

const OTHER_DEVICE: Case[] = writes.map((command) =>
  requestCase(command, '4.3', `${command.name} meant for another device is refused`, async (bench) => {
    if (isAbsent(command, bench)) return;
    const longer = Buffer.concat([bench.hwid.subarray(0, 31), Buffer.of(1)]);
    for (const other of [Buffer.from(bench.hwid).reverse(), randomBytes(bench.hwid.length), longer])
      refused(await send(bench, command, { ...command.good(bench), hwid: other }), RC.WRONG_DEVICE);
    // A beginning of the right one, still a hardware id by its length.
    const start = bench.hwid.length > 6 ? bench.hwid.subarray(0, bench.hwid.length - 1) : randomBytes(6);
    refused(await send(bench, command, { ...command.good(bench), hwid: start }), RC.WRONG_DEVICE);
  }),
);

const HWID: Case[] = writes.map((command) =>
  requestCase(command, '4.3', `${command.name} that names no device is refused`, async (bench) => {
    if (isAbsent(command, bench)) return;
    for (const bad of [undefined, 'text', 7])
      refused(await send(bench, command, { ...command.good(bench), hwid: bad }), RC.INVALID);
    // Out of 4.4's bounds it is no hardware id at all, or another's.
    for (const length of [0, 5, 33])
      refused(
        await send(bench, command, { ...command.good(bench), hwid: Buffer.alloc(length, 7) }),
        RC.INVALID,
        RC.WRONG_DEVICE,
      );
  }),
);

/** Another's hwid is looked at before the stage is (4.3): each of these would be refused by its stage or its content too. */
const FIRST_OF_ALL: Case[] = (['blank', 'keyed', 'enrolled', 'locking', 'locked'] as const).map((stage) =>
  by(
    stage,
    '6.4',
    `in stage ${stage} another device's request is refused as such before anything else`,
    async (bench) => {
      const other = randomBytes(bench.hwid.length);
      const requests: [number, CborFields][] = [
        [KEYGEN, { alg: 'P-384', nonce: randomBytes(16) }],
        [INJECT_OPEN, { nonce: randomBytes(16), station: 'CF', was: randomBytes(32) }],
        [INJECT, { off: 0, len: 1000, data: randomBytes(10) }],
        [ITEM, { item: 'leaf', off: 0, len: 100_000, sha: randomBytes(32), data: randomBytes(10) }],
        [LOCK, { sn: 'CF-OTHER', leaf: randomBytes(32), dbg: true }],
      ];
      const has = ([command]: (typeof requests)[number]) => bench.caps.includes('inj') || !isInjection(command);
      for (const [command, payload] of requests.filter(has))
        refused(await bench.write(command, { ...payload, hwid: other }), RC.WRONG_DEVICE);
    },
  ),
);

const V1_REQUESTS: Case[] = COMMANDS.map((command) =>
  requestCase(command, '4.1', `${command.name} in SMP v1 is too old, and is not acted on`, async (bench) => {
    const { op, command: id } = command;
    const answer = await bench.line.ask({
      op,
      group: IDENTITY,
      command: id,
      payload: command.good(bench),
      version: V1,
    });
    refusedBySmp(answer, SMP.versionTooOld);
  }),
);

function notImplemented(title: string, asked: readonly (readonly [number, number])[], stage: Stage = 'blank'): Case {
  return by(stage, '4.2', title, async (bench) => {
    for (const [op, command] of asked)
      refusedBySmp(await bench.line.ask({ op, group: IDENTITY, command, payload: {} }), SMP.notSupported);
  });
}

const COMMANDS_THAT_ARE_NONE: Case[] = [
  notImplemented(
    'commands 8, 11, 100 and 255 are not supported',
    [8, 11, 100, 255].flatMap((id) => [
      [READ, id],
      [WRITE, id],
    ]),
  ),
  notImplemented(
    'a write of status, csr or prove is not supported',
    [STATUS, CSR, PROVE].map((id) => [WRITE, id]),
  ),
  notImplemented(
    'a read of keygen, inject-open, inject or blink is not supported',
    [KEYGEN, INJECT_OPEN, INJECT, BLINK].map((id) => [READ, id]),
  ),
  by('keyed', '5.10', 'attest is answered where caps say so, and not supported elsewhere', async (bench) => {
    const answer = await bench.write(ATTEST, { nonce: randomBytes(32) });
    if (bench.caps.includes('attest')) holds('a statement', refusalIn(answer) === null, 'a refusal');
    else refusedBySmp(answer, SMP.notSupported);
  }),
  by('blank', '5.11', 'blink is answered where caps say so, and not supported elsewhere', async (bench) => {
    const answer = await bench.write(BLINK);
    if (bench.caps.includes('blink')) holds('an answer', refusalIn(answer) === null, 'a refusal');
    else refusedBySmp(answer, SMP.notSupported);
    await bench.lifeIs(LIFE.blank);
  }),
];

/** Numbers that do not fit where they stand must not be cut down to ones that do. */
const LARGE_NUMBERS: Case[] = [
  by('enrolled', '6.2', 'an off of 2^32 is not an off of 0', async (bench) => {
    const answer = await bench.read(ITEM, { item: 'leaf', off: { raw: head(0, 2 ** 32, 8) } });
    holds('a refusal', refusalIn(answer) !== null, 'a success');
  }),
  by('enrolled', '6.2', 'an off behind the end of an item is out of range', async (bench) => {
    for (const off of [bench.item('leaf').length + 1, 0xffff_ffff])
      refused(await bench.read(ITEM, { item: 'leaf', off }), RC.INVALID);
  }),
  by('keyed', '6.2', 'an off behind the end of a request is out of range', async (bench) => {
    await bench.read(CSR, { sn: 'CF-RANGE', off: 0 });
    refused(await bench.read(CSR, { sn: 'CF-RANGE', off: 0xffff_ffff }), RC.INVALID);
  }),
  by('blank', '6.2', 'a key whose text is no UTF-8 or a text that holds none is refused', async (bench) => {
    const answer = await bench.write(KEYGEN, { alg: raw(0x62, 0xc3, 0x28), nonce: randomBytes(16) });
    holds('a refusal', refusalIn(answer) !== null, 'a success');
    await bench.lifeIs(LIFE.blank);
  }),
];

export const REQUESTS: readonly Case[] = [
  ...BAD_VALUES,
  ...MISSING,
  ...UNKNOWN_KEY,
  ...OTHER_DEVICE,
  ...HWID,
  ...FIRST_OF_ALL,
  ...V1_REQUESTS,
  ...COMMANDS_THAT_ARE_NONE,
  ...LARGE_NUMBERS,
];

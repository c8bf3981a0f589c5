// Clause 4.6, and 7.14 where the power is what restarts a device: cut after an answer, and in the middle of each commit.
import { randomBytes } from 'node:crypto';
import { type Bench, holds, ok, refused, same, sha256 } from '../bench.ts';
import { type Case, on, type Stage } from '../case.ts';
import { caCertificate, leafFor } from '../credentials/certificate.ts';
import { newKeyPair } from '../credentials/key-pair.ts';
import { injectionOf, openSession, piece, sealFor, send } from '../injector.ts';
import { equal, hex } from '../wire/bytes.ts';
import type { CborFields } from '../wire/cbor-bytes.ts';
import type { CborMap } from '../wire/cbor-reader.ts';
import { type Answer, IDENTITY, INJECT, ITEM, KEYGEN, LIFE, LOCK, RC, refusalIn, WRITE } from '../wire/message.ts';
import { onTheLine } from '../wire/packet.ts';
import { proves } from './proof-and-lock.ts';

/**
 * Milliseconds from the last byte of the request to the cut. A commit takes from under one to some tens of them; the
 * document promises the same at each.
 */
const CUTS_MS = [0, 2, 6, 18];

/** A request that commits, and whether a status shows its record. */
interface Commit {
  readonly command: number;
  readonly payload: CborFields;
  readonly isNew: (status: CborMap, bench: Bench) => Promise<boolean> | boolean;
}

interface Step {
  readonly name: string;
  readonly stage: Stage;
  readonly kind?: 'plain' | 'psk';
  readonly burns?: boolean;
  readonly injects?: boolean;
  /** Everything up to the request that commits. */
  readonly upTo: (bench: Bench) => Promise<Commit>;
}

const keyIs = (digest: Uint8Array) => (status: CborMap) => isBytes(status.get('spkiSha256'), digest);

function isBytes(value: unknown, bytes: Uint8Array): boolean {
  return value instanceof Uint8Array && equal(value, bytes);
}

/** All of an item but its last byte is in staging. */
async function upToItem(bench: Bench, item: 'chain' | 'anchor' | 'leaf', content: Uint8Array): Promise<Commit> {
  for (let off = 0; off < content.length - 1; off += 200)
    ok(
      await bench.writeItem(
        item,
        off,
        content.subarray(off, Math.min(off + 200, content.length - 1)),
        off === 0 ? content : undefined,
      ),
    );
  return {
    command: ITEM,
    payload: { hwid: bench.hwid, item, off: content.length - 1, data: content.subarray(-1) },
    isNew: async () => {
      const answer = await bench.read(ITEM, { item, off: 0 });
      if (refusalIn(answer)) return false;
      return equal(await bench.readItem(item), content);
    },
  };
}

const STEPS: readonly Step[] = [
  {
    name: 'a key is made',
    stage: 'blank',
    upTo: async (bench) => ({
      command: KEYGEN,
      payload: { hwid: bench.hwid, alg: 'P-256', nonce: randomBytes(16) },
      isNew: (status) => status.get('life') === LIFE.keyed,
    }),
  },
  {
    name: 'a key is replaced',
    stage: 'enrolled',
    upTo: async (bench) => ({
      command: KEYGEN,
      payload: { hwid: bench.hwid, alg: 'P-256', nonce: randomBytes(16), was: sha256(bench.spki) },
      isNew: (status) => status.get('life') === LIFE.keyed,
    }),
  },
  { name: 'a chain is kept', stage: 'keyed', upTo: (bench) => upToItem(bench, 'chain', caCertificate()) },
  { name: 'an anchor is kept', stage: 'keyed', upTo: (bench) => upToItem(bench, 'anchor', caCertificate()) },
  {
    name: 'a leaf is kept',
    stage: 'keyed',
    upTo: async (bench) => {
      await bench.install('chain', caCertificate());
      return upToItem(bench, 'leaf', leafFor(bench.spki, 'CF-CUT'));
    },
  },
  ...(['plain', 'psk'] as const).map(
    (kind): Step => ({
      name: `a key is injected (${kind})`,
      stage: 'keyed',
      kind,
      injects: true,
      upTo: async (bench) => {
        const { scalar, spki } = newKeyPair();
        const session = await openSession(bench, sha256(bench.spki));
        const whole = injectionOf(await sealFor(bench, session, scalar));
        ok(await piece(bench, 0, whole.subarray(0, -1), whole.length));
        return {
          command: INJECT,
          payload: { hwid: bench.hwid, off: whole.length - 1, len: whole.length, data: whole.subarray(-1) },
          isNew: keyIs(sha256(spki)),
        };
      },
    }),
  ),
  {
    name: 'a lock is burnt',
    stage: 'enrolled',
    burns: true,
    upTo: async (bench) => ({
      command: LOCK,
      payload: { hwid: bench.hwid, sn: bench.sn, leaf: sha256(bench.item('leaf')), dbg: true },
      isNew: (status) => status.get('life') === LIFE.locked,
    }),
  },
];

/** Cut once the answer is there: a response leaves only after its commit. */
const AFTER_THE_ANSWER: Case[] = STEPS.map(({ name, stage, kind = 'plain', burns = false, injects = false, upTo }) =>
  on(
    stage,
    '4.6',
    `power cut right after the answer when ${name}: what was answered is there`,
    async (bench) => {
      const { command, payload, isNew } = await upTo(bench);
      ok(await bench.line.ask({ op: WRITE, group: IDENTITY, command, payload }));
      await bench.line.kill();
      await bench.line.open();
      holds('the new record', await isNew(await bench.status(), bench), 'the old one');
    },
    { kind, burns, injects, cuts: true },
  ),
);

/** The board as it was before the request, in all that status says; else it must be the new record, whole. */
async function oldOrNew(bench: Bench, before: CborMap, { isNew }: Commit, answered: Answer | null): Promise<boolean> {
  const after = await bench.status();
  const committed = await isNew(after, bench);
  if (answered && refusalIn(answered) === null) holds('the record that was answered', committed, 'the old one');
  if (!committed) {
    for (const key of ['life', 'spkiSha256', 'leafSha256', 'dbg', 'locking'])
      same(key, after.get(key) ?? null, before.get(key) ?? null);
  }
  const life = Number(after.get('life'));
  same('locking', after.get('locking') ?? false, false);
  if (life > LIFE.blank && committed === false) await proves(bench, life, before.get('dbg') === true);
  return committed;
}

const IN_THE_MIDDLE: Case[] = STEPS.map(({ name, stage, kind = 'plain', burns = false, injects = false, upTo }) =>
  on(
    stage,
    '4.6',
    `power cut in the middle when ${name}: the old record or the new one`,
    async (bench) => {
      for (const afterMs of CUTS_MS) {
        const before = await bench.status();
        const commit = await upTo(bench);
        const { command, payload } = commit;
        const { bytes } = bench.line.message({ op: WRITE, group: IDENTITY, command, payload });
        bench.line.note('>', bytes);
        bench.line.send(onTheLine(bytes));
        const answered = await bench.line.next(afterMs);
        await bench.line.kill();
        await bench.line.open();
        // Once the new record is there the stage is over; the moments left were nearer to it.
        if (await oldOrNew(bench, before, commit, answered)) return;
      }
    },
    { kind, burns, injects, cuts: true },
  ),
);

const LOST: Case[] = [
  on(
    'keyed',
    '7.14',
    'a power cut in the middle of a transfer empties staging',
    async (bench) => {
      const chain = caCertificate();
      ok(await bench.writeItem('chain', 0, chain.subarray(0, 100), chain));
      await bench.line.kill();
      await bench.line.open();
      same('off', ok(await bench.writeItem('chain', 100, chain.subarray(100, 150))).get('off'), 0);
      await bench.install('chain', chain);
    },
    { cuts: true },
  ),
  on(
    'blank',
    '7.14',
    'a power cut ends an open session',
    async (bench) => {
      const session = await openSession(bench);
      await bench.line.kill();
      await bench.line.open();
      refused(await send(bench, injectionOf(await sealFor(bench, session, newKeyPair().scalar))), RC.NO_SESSION);
    },
    { cuts: true, injects: true },
  ),
  on(
    'enrolled',
    '7.14',
    'a power cut with a pending lock finishes it at the start',
    async (bench) => {
      refused(await bench.lock(), RC.LOCK_PENDING);
      await bench.line.kill();
      await bench.line.open();
      same('dbg', (await bench.lifeIs(LIFE.locked)).get('dbg'), false);
      await proves(bench, LIFE.locked, false);
    },
    { kind: 'lock-at-restart', cuts: true, burns: true },
  ),
  on(
    'locked',
    '7.14',
    'a locked device is locked after power cuts',
    async (bench) => {
      for (let cuts = 0; cuts < 2; cuts++) {
        await bench.line.kill();
        await bench.line.open();
        await bench.lifeIs(LIFE.locked);
      }
      await proves(bench, LIFE.locked, false);
    },
    { cuts: true },
  ),
  on(
    'enrolled',
    '7.14',
    'an enrolled device is whole after a power cut in the middle of a read',
    async (bench) => {
      const { bytes } = bench.line.message({
        op: 0,
        group: IDENTITY,
        command: ITEM,
        payload: { item: 'leaf', off: 0 },
      });
      bench.line.send(onTheLine(bytes));
      await bench.line.kill();
      await bench.line.open();
      for (const item of ['chain', 'anchor', 'leaf'] as const)
        holds(hex(bench.item(item)), equal(await bench.readItem(item), bench.item(item)));
      await proves(bench, LIFE.enrolled, true);
    },
    { cuts: true },
  ),
];

export const POWER_CUTS: readonly Case[] = [...AFTER_THE_ANSWER, ...IN_THE_MIDDLE, ...LOST];

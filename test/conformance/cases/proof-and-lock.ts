// Clauses 5.7 to 5.9 and 9.2 to 9.4: the proof, held to every word, and the lock.
import { randomBytes } from 'node:crypto';
import { type Bench, bytesIn, differs, holds, ok, refused, same, sha256 } from '../bench.ts';
import { by, type Case, type CaseOptions, on, type Stage } from '../case.ts';
import { leafFor } from '../credentials/certificate.ts';
import { type Claims, checkProof } from '../credentials/proof-check.ts';
import { Disagreement } from '../disagreement.ts';
import { IMAGE, IMAGE_STATE, LIFE, LOCK, PROVE, RC, READ, refusalIn } from '../wire/message.ts';

/** The image hash of what runs (3.3), which a proof states as fw. */
async function runningHash(bench: Bench): Promise<Uint8Array> {
  const images = ok(await bench.line.ask({ op: READ, group: IMAGE, command: IMAGE_STATE, payload: {} })).get('images');
  if (!Array.isArray(images)) throw new Disagreement('images', String(images));
  const active: unknown = images.find((entry: unknown) => entry instanceof Map && entry.get('active') === true);
  const hash: unknown = active instanceof Map ? active.get('hash') : undefined;
  if (!(hash instanceof Uint8Array)) throw new Disagreement('hash of the active image', String(hash));
  return hash;
}

/** Throws Disagreement unless a fresh proof says exactly what stands in the board. */
export async function proves(bench: Bench, life: number, dbg: boolean, change: Claims = {}): Promise<void> {
  const nonce = randomBytes(32);
  const proof = ok(await bench.read(PROVE, { nonce }));
  const digest = (content: Uint8Array | undefined) => content && sha256(content);
  const { leaf, chain, anchor } = bench.contents;
  checkProof({ state: bytesIn(proof, 'state'), sig: bytesIn(proof, 'sig') }, nonce, bench.spki, {
    hwid: bench.hwid,
    life,
    dbg,
    fw: await runningHash(bench),
    spki: sha256(bench.spki),
    leaf: digest(leaf),
    chain: digest(chain),
    anchor: digest(anchor),
    ...change,
  });
}

const PROOFS: Case[] = [
  by('keyed', '5.7', 'a keyed device proves its key and claims no item', (bench) => proves(bench, LIFE.keyed, true)),
  on('keyed', '5.7', 'a proof names each item that is there, and no other', async (bench) => {
    await bench.installChain();
    await proves(bench, LIFE.keyed, true);
  }),
  by('enrolled', '5.7', 'an enrolled device proves key, leaf, chain and anchor', (bench) =>
    proves(bench, LIFE.enrolled, true),
  ),
  by('locking', '5.7', 'a device with a pending lock proves life 2', (bench) => proves(bench, LIFE.enrolled, true)),
  by('locked', '9.2', 'a locked device proves life 3 and a shut debug port', (bench) =>
    proves(bench, LIFE.locked, false),
  ),
  by('locked', '9.4', 'the proof after the lock and a restart says the same', async (bench) => {
    await bench.line.restart();
    await proves(bench, LIFE.locked, false);
  }),
  by('keyed', '5.7', 'a proof is for its nonce', async (bench) => {
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const proof = ok(await bench.read(PROVE, { nonce: first }));
    const parts = { state: bytesIn(proof, 'state'), sig: bytesIn(proof, 'sig') };
    let good = true;
    try {
      checkProof(parts, second, bench.spki, {});
    } catch {
      good = false;
    }
    holds('a signature that another nonce does not have', !good, 'one for any nonce');
    differs('signature', bytesIn(ok(await bench.read(PROVE, { nonce: second })), 'sig'), parts.sig);
  }),
  on('enrolled', '5.7', 'a proof after a new key is by the new key and claims no item', async (bench) => {
    await bench.rekey();
    await proves(bench, LIFE.keyed, true);
  }),
];

function lockCase(
  stage: Stage,
  clause: string,
  title: string,
  run: (bench: Bench) => Promise<void>,
  options: CaseOptions = {},
): Case {
  return on(stage, clause, title, run, { burns: true, ...options });
}

const LOCKS: Case[] = [
  ...(['blank', 'enrolled', 'locking', 'locked'] as const).map((stage) =>
    by(stage, '5.8', `in stage ${stage} the plan is at most 32 texts of at most 64 characters`, async (bench) => {
      const plan = ok(await bench.read(LOCK)).get('plan');
      holds('an array', Array.isArray(plan), String(plan));
      const texts = Array.isArray(plan) ? plan.map((text: unknown) => text) : [];
      holds('at most 32', texts.length <= 32, `${texts.length}`);
      holds(
        'texts of at most 64',
        texts.every((text) => typeof text === 'string' && text.length <= 64),
        `${texts}`,
      );
    }),
  ),
  by('enrolled', '5.8', 'to read the plan burns nothing', async (bench) => {
    ok(await bench.read(LOCK));
    const status = await bench.lifeIs(LIFE.enrolled);
    same('dbg', status.get('dbg'), true);
  }),
  lockCase('enrolled', '5.9', 'a lock with dbg shuts store and debug port', async (bench) => {
    same('life', ok(await bench.lock()).get('life'), LIFE.locked);
    same('dbg', (await bench.lifeIs(LIFE.locked)).get('dbg'), false);
    await proves(bench, LIFE.locked, false);
  }),
  lockCase('enrolled', '5.9', 'a lock without dbg shuts the store and leaves the debug port', async (bench) => {
    await bench.lockFully({ dbg: false });
    await bench.line.restart();
    same('dbg', (await bench.lifeIs(LIFE.locked)).get('dbg'), true);
    await proves(bench, LIFE.locked, true);
  }),
  lockCase('enrolled', '9.3', 'a lock holds after two restarts', async (bench) => {
    await bench.lockFully();
    for (let restarts = 0; restarts < 2; restarts++) {
      await bench.line.restart();
      same('dbg', (await bench.lifeIs(LIFE.locked)).get('dbg'), false);
    }
  }),
  ...Object.entries({
    'another leaf': { leaf: randomBytes(32) },
    'another serial': { sn: 'CF-OTHER' },
    'a serial that begins alike': (bench: Bench) => ({ sn: bench.sn.slice(0, -1) }),
    'the digest of the chain': (bench: Bench) => ({ leaf: sha256(bench.item('chain')) }),
  }).map(([words, change]) =>
    by(
      'enrolled',
      '6.9',
      `a lock that names ${words} is refused, and nothing is locked`,
      async (bench) => {
        refused(await bench.lock(typeof change === 'function' ? change(bench) : change), RC.LEAF_MISMATCH);
        const status = await bench.lifeIs(LIFE.enrolled);
        same('locking', status.get('locking') ?? false, false);
        same('dbg', status.get('dbg'), true);
      },
      { burns: true },
    ),
  ),
  on(
    'enrolled',
    '5.9',
    'a refused lock leaves no intent that a restart would finish',
    async (bench) => {
      refused(await bench.lock({ leaf: randomBytes(32) }), RC.LEAF_MISMATCH);
      await bench.line.restart();
      same('dbg', (await bench.lifeIs(LIFE.enrolled)).get('dbg'), true);
    },
    { burns: true },
  ),
  lockCase(
    'enrolled',
    '6.17',
    'a lock that is done by a restart says so, and the restart does it',
    async (bench) => {
      refused(await bench.lock(), RC.LOCK_PENDING);
      same('locking', (await bench.lifeIs(LIFE.enrolled)).get('locking'), true);
      await bench.line.restart();
      const status = await bench.lifeIs(LIFE.locked);
      same('locking', status.get('locking') ?? false, false);
      same('dbg', status.get('dbg'), false);
    },
    { kind: 'lock-at-restart' },
  ),
  lockCase(
    'enrolled',
    '6.16',
    'a fuse that was burnt and reads otherwise is a failed lock, also after a restart, and never life 3',
    async (bench) => {
      refused(await bench.lock(), RC.LOCK_FAILED);
      await bench.lifeIs(LIFE.enrolled);
      await bench.line.restart();
      refused(await bench.lock(), RC.LOCK_FAILED);
      await bench.lifeIs(LIFE.enrolled);
    },
    { kind: 'lock-not-burnt' },
  ),
  lockCase(
    'locked',
    '5.9',
    'to lock what is locked burns nothing and answers the same',
    async (bench) => {
      same('life', ok(await bench.lock()).get('life'), LIFE.locked);
      same('life', ok(await bench.lock()).get('life'), LIFE.locked);
    },
    { keeps: true },
  ),
  by('locked', '5.9', 'a locked identity is changed by nothing', async (bench) => {
    const leaf = leafFor(bench.spki, bench.sn);
    holds('a refusal', refusalIn(await bench.transfer('leaf', leaf)) !== null, 'a success');
    holds('a refusal', refusalIn(await bench.lock({ dbg: false })) !== null, 'a success');
    for (const item of ['chain', 'anchor', 'leaf'] as const) same(item, await bench.readItem(item), bench.item(item));
    await proves(bench, LIFE.locked, false);
  }),
];

export const PROOF_AND_LOCK: readonly Case[] = [...PROOFS, ...LOCKS];

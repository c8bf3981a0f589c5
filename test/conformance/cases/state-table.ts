// Section 7: every command in every stage. A row of the table is a row here; a cell is a case.
import { randomBytes } from 'node:crypto';
import { type Bench, bytesIn, differs, holds, ok, refused, same, sha256 } from '../bench.ts';
import { type Case, on, STAGES, type Stage } from '../case.ts';
import { caCertificate, leafFor } from '../credentials/certificate.ts';
import { newKeyPair } from '../credentials/key-pair.ts';
import { injectionOf, openSession, sealFor, send, took } from '../injector.ts';
import {
  ATTEST,
  BLINK,
  CSR,
  INJECT,
  INJECT_OPEN,
  ITEM,
  KEYGEN,
  LIFE,
  LOCK,
  PROVE,
  RC,
  refusalIn,
} from '../wire/message.ts';

type Cell = (bench: Bench) => Promise<void>;

interface Row {
  readonly clause: string;
  readonly command: string;
  readonly cells: Readonly<Record<Stage, Cell | null>>;
}

const LIFE_OF: Readonly<Record<Stage, number>> = {
  blank: LIFE.blank,
  keyed: LIFE.keyed,
  enrolled: LIFE.enrolled,
  locking: LIFE.enrolled,
  locked: LIFE.locked,
};

function sameIn(cell: Cell): Record<Stage, Cell> {
  return { blank: cell, keyed: cell, enrolled: cell, locking: cell, locked: cell };
}

/** Refused by the stage, and nothing has changed. */
function stateRefused(command: (bench: Bench) => ReturnType<Bench['write']>): Cell {
  return async (bench) => {
    const before = await bench.status();
    refused(await command(bench), RC.STATE);
    const after = await bench.status();
    for (const key of ['life', 'locking', 'spkiSha256', 'leafSha256', 'dbg'])
      same(key, after.get(key) ?? null, before.get(key) ?? null);
  };
}

const keygen = (bench: Bench, nonce: Uint8Array, was?: Uint8Array) => bench.write(KEYGEN, { alg: 'P-256', nonce, was });
const newKey: Cell = async (bench) => {
  const before = bench.spki;
  differs('key', await bench.rekey(), before);
  same('spkiSha256', (await bench.lifeIs(LIFE.keyed)).get('spkiSha256'), sha256(bench.spki));
  for (const item of ['chain', 'anchor', 'leaf'] as const) refused(await bench.read(ITEM, { item, off: 0 }), RC.ABSENT);
};
const sameKey: Cell = async (bench) => {
  const life = (await bench.status()).get('life');
  same('spki', ok(await keygen(bench, bench.nonce)).get('spki'), bench.spki);
  same('life', (await bench.status()).get('life'), life ?? null);
};
const stale: Cell = async (bench) => {
  refused(await keygen(bench, randomBytes(16)), RC.STALE);
  refused(await keygen(bench, randomBytes(16), randomBytes(32)), RC.STALE);
  same('spkiSha256', (await bench.status()).get('spkiSha256'), sha256(bench.spki));
};
const session: Cell = async (bench) => {
  await openSession(bench, bench.contents.spki && sha256(bench.spki));
};
const anyOpen = (bench: Bench) =>
  bench.write(INJECT_OPEN, { nonce: randomBytes(16), station: 'CF', was: bench.contents.spki && sha256(bench.spki) });
const injects: Cell = async (bench) => {
  const { scalar, spki } = newKeyPair();
  const opened = await openSession(bench, bench.contents.spki && sha256(bench.spki));
  await took(bench, await send(bench, injectionOf(await sealFor(bench, opened, scalar))), spki);
};
/** Injected first, so that bytes are stored; then brought to the stage. */
const storedAgain =
  (prepare: (bench: Bench) => Promise<void>, after: (bench: Bench, whole: Uint8Array) => Promise<void>): Cell =>
  async (bench) => {
    const { scalar, spki } = newKeyPair();
    const whole = injectionOf(
      await sealFor(bench, await openSession(bench, bench.contents.spki && sha256(bench.spki)), scalar),
    );
    await took(bench, await send(bench, whole), spki);
    await prepare(bench);
    await after(bench, whole);
  };
const sameAnswer = async (bench: Bench, whole: Uint8Array) => {
  same('spkiSha256', ok(await send(bench, whole)).get('spkiSha256'), sha256(bench.spki));
};
const csrRead = (bench: Bench) => bench.read(CSR, { sn: 'CF-1', off: 0 });
const newItem = (item: 'chain' | 'anchor' | 'leaf') => (bench: Bench) =>
  bench.transfer(item, item === 'leaf' ? leafFor(bench.contents.spki ?? newKeyPair().spki, 'CF-NEW') : caCertificate());
const anyInject = (bench: Bench) => bench.write(INJECT, { off: 0, len: 125, data: randomBytes(60) });

/** The same content is there already; other content is refused with this code; nothing has changed. */
function sameOrRefused(items: readonly ('chain' | 'anchor' | 'leaf')[], rc: number): Cell {
  return async (bench) => {
    for (const item of items) {
      const content = bench.item(item);
      same('off', ok(await bench.writeItem(item, 0, content.subarray(0, 50), content)).get('off'), content.length);
      refused(await newItem(item)(bench), rc);
      same(item, await bench.readItem(item), content);
    }
  };
}

/** In a pending lock the same content is refused too. */
function bothRefused(items: readonly ('chain' | 'anchor' | 'leaf')[]): Cell {
  return async (bench) => {
    for (const item of items) {
      const content = bench.contents[item] ?? caCertificate();
      refused(await bench.writeItem(item, 0, content.subarray(0, 50), content), RC.STATE);
      refused(await newItem(item)(bench), RC.STATE);
    }
  };
}

const readsItems: Cell = async (bench) => {
  for (const item of ['chain', 'anchor', 'leaf'] as const) same(item, await bench.readItem(item), bench.item(item));
};
const provesOrAttests: Cell = async (bench) => {
  bytesIn(ok(await bench.read(PROVE, { nonce: randomBytes(32) })), 'sig');
  if (bench.caps.includes('attest')) ok(await bench.write(ATTEST, { nonce: randomBytes(32) }));
};
const readsAtAnyTime: Cell = async (bench) => {
  await bench.status();
  ok(await bench.read(LOCK));
  if (bench.caps.includes('blink')) ok(await bench.write(BLINK));
};
const anyLock = (bench: Bench) => bench.write(LOCK, { sn: 'CF-1', leaf: randomBytes(32), dbg: true });

const ROWS: readonly Row[] = [
  { clause: '7.1', command: 'status, blink and lock read', cells: sameIn(readsAtAnyTime) },
  {
    clause: '7.2',
    command: 'keygen, same nonce',
    cells: {
      blank: async (bench) => {
        await bench.keygen();
        await bench.lifeIs(LIFE.keyed);
      },
      keyed: sameKey,
      enrolled: sameKey,
      locking: stateRefused((bench) => keygen(bench, bench.nonce)),
      locked: stateRefused((bench) => keygen(bench, bench.nonce)),
    },
  },
  {
    clause: '7.3',
    command: 'keygen, new nonce, right was',
    cells: {
      blank: null,
      keyed: async (bench) => {
        await bench.installChain();
        await newKey(bench);
      },
      enrolled: newKey,
      locking: stateRefused((bench) => keygen(bench, randomBytes(16), sha256(bench.spki))),
      locked: stateRefused((bench) => keygen(bench, randomBytes(16), sha256(bench.spki))),
    },
  },
  {
    clause: '7.4',
    command: 'keygen, new nonce, was missing or wrong',
    cells: {
      blank: async (bench) => {
        refused(await keygen(bench, randomBytes(16), randomBytes(32)), RC.STALE);
        await bench.lifeIs(LIFE.blank);
        await bench.keygen();
      },
      keyed: stale,
      enrolled: stale,
      locking: stateRefused((bench) => keygen(bench, randomBytes(16))),
      locked: stateRefused((bench) => keygen(bench, randomBytes(16))),
    },
  },
  {
    clause: '7.5',
    command: 'inject-open',
    cells: {
      blank: session,
      keyed: session,
      enrolled: session,
      locking: stateRefused(anyOpen),
      locked: stateRefused(anyOpen),
    },
  },
  {
    clause: '7.6',
    command: 'inject, new bytes',
    cells: {
      blank: injects,
      keyed: injects,
      enrolled: injects,
      locking: stateRefused(anyInject),
      locked: stateRefused(anyInject),
    },
  },
  {
    clause: '7.7',
    command: 'inject, the bytes as stored',
    cells: {
      blank: null,
      keyed: storedAgain(async () => {}, sameAnswer),
      enrolled: storedAgain((bench) => bench.enrol(), sameAnswer),
      locking: storedAgain(
        async (bench) => {
          await bench.enrol();
          refused(await bench.lock(), RC.LOCK_PENDING);
        },
        async (bench, whole) => refused(await send(bench, whole), RC.STATE),
      ),
      locked: storedAgain(
        async (bench) => {
          await bench.enrol();
          await bench.lockFully();
        },
        async (bench, whole) => refused(await send(bench, whole), RC.STATE),
      ),
    },
  },
  {
    clause: '7.8',
    command: 'csr',
    cells: {
      blank: stateRefused(csrRead),
      keyed: async (bench) => void ok(await csrRead(bench)),
      enrolled: async (bench) => void ok(await csrRead(bench)),
      locking: stateRefused(csrRead),
      locked: stateRefused(csrRead),
    },
  },
  {
    clause: '7.9',
    command: 'item write, chain or anchor',
    cells: {
      blank: bothRefused(['chain', 'anchor']),
      keyed: (bench) => bench.installChain(),
      enrolled: sameOrRefused(['chain', 'anchor'], RC.STALE),
      locking: bothRefused(['chain', 'anchor']),
      locked: sameOrRefused(['chain', 'anchor'], RC.STATE),
    },
  },
  {
    clause: '7.10',
    command: 'item write, leaf',
    cells: {
      blank: bothRefused(['leaf']),
      keyed: async (bench) => {
        refused(await newItem('leaf')(bench), RC.STATE);
        await bench.install('anchor', caCertificate());
        refused(await newItem('leaf')(bench), RC.STATE);
        await bench.install('chain', caCertificate());
        ok(await newItem('leaf')(bench));
        await bench.lifeIs(LIFE.enrolled);
      },
      enrolled: sameOrRefused(['leaf'], RC.STALE),
      locking: bothRefused(['leaf']),
      locked: sameOrRefused(['leaf'], RC.STATE),
    },
  },
  {
    clause: '7.11',
    command: 'item read',
    cells: {
      blank: async (bench) => {
        for (const item of ['chain', 'anchor', 'leaf']) refused(await bench.read(ITEM, { item, off: 0 }), RC.ABSENT);
      },
      keyed: async (bench) => {
        refused(await bench.read(ITEM, { item: 'chain', off: 0 }), RC.ABSENT);
        await bench.installChain();
        same('chain', await bench.readItem('chain'), bench.item('chain'));
        refused(await bench.read(ITEM, { item: 'leaf', off: 0 }), RC.ABSENT);
      },
      enrolled: readsItems,
      locking: readsItems,
      locked: readsItems,
    },
  },
  {
    clause: '7.12',
    command: 'prove and attest',
    cells: {
      ...sameIn(provesOrAttests),
      blank: async (bench) => {
        refused(await bench.read(PROVE, { nonce: randomBytes(32) }), RC.STATE);
        if (bench.caps.includes('attest')) refused(await bench.write(ATTEST, { nonce: randomBytes(32) }), RC.STATE);
      },
    },
  },
  {
    clause: '7.13',
    command: 'lock write',
    cells: {
      blank: stateRefused(anyLock),
      keyed: async (bench) => {
        await bench.installChain();
        await stateRefused(anyLock)(bench);
      },
      enrolled: async (bench) => {
        refused(await bench.lock({ leaf: randomBytes(32) }), RC.LEAF_MISMATCH);
        await bench.lockFully();
      },
      locking: async (bench) => {
        for (const other of [{ leaf: randomBytes(32) }, { sn: 'CF-OTHER' }, { dbg: false }])
          refused(await bench.lock(other), RC.LEAF_MISMATCH);
        same('locking', (await bench.lifeIs(LIFE.enrolled)).get('locking'), true);
        const again = await bench.lock();
        if (refusalIn(again)) refused(again, RC.LOCK_PENDING);
        else same('life', ok(again).get('life'), LIFE.locked);
      },
      locked: async (bench) => {
        same('life', ok(await bench.lock()).get('life'), LIFE.locked);
        for (const other of [{ leaf: randomBytes(32) }, { sn: 'CF-OTHER' }, { dbg: false }])
          refused(await bench.lock(other), RC.STATE);
      },
    },
  },
  {
    clause: '7.14',
    command: 'restart',
    cells: {
      blank: restarted(LIFE.blank),
      keyed: restarted(LIFE.keyed),
      enrolled: restarted(LIFE.enrolled),
      locking: restarted(LIFE.locked),
      locked: restarted(LIFE.locked),
    },
  },
];

function restarted(life: number): Cell {
  return async (bench) => {
    await bench.line.restart();
    const status = await bench.lifeIs(life);
    same('locking', status.get('locking') ?? false, false);
    if (bench.contents.spki) same('spkiSha256', status.get('spkiSha256'), sha256(bench.spki));
    if (bench.contents.leaf) await readsItems(bench);
    holds('the same device', status.get('hwid') instanceof Uint8Array);
  };
}

/** Rows whose cells leave a board in its stage, so that it can serve the next. */
const KEEPS: Readonly<Record<string, readonly Stage[]>> = {
  '7.1': STAGES,
  '7.2': ['keyed', 'enrolled', 'locking', 'locked'],
  '7.3': ['locking', 'locked'],
  '7.4': ['keyed', 'enrolled', 'locking', 'locked'],
  '7.5': STAGES,
  '7.6': ['locking', 'locked'],
  '7.8': STAGES,
  '7.9': ['blank', 'enrolled', 'locking', 'locked'],
  '7.10': ['blank', 'enrolled', 'locking', 'locked'],
  '7.11': ['blank', 'enrolled', 'locking', 'locked'],
  '7.12': STAGES,
  '7.13': ['blank', 'locked'],
  '7.14': ['blank', 'keyed', 'enrolled', 'locked'],
};

/** A cell of 7.7 that is to be locked starts from an enrolled board that it injects anew. */
function stageOf({ clause }: Row, stage: Stage): Stage {
  if (clause !== '7.7') return stage;
  return stage === 'keyed' ? 'blank' : 'keyed';
}

export const STATE_TABLE: readonly Case[] = ROWS.flatMap((row) =>
  STAGES.flatMap((stage) => {
    const cell = row.cells[stage];
    if (cell === null) return [];
    const ends = stage === 'locking' || stage === 'locked';
    return on(
      stageOf(row, stage),
      row.clause,
      `${row.command}, in stage ${stage}: as section 7 says (life ${LIFE_OF[stage]})`,
      cell,
      {
        kind: stage === 'locking' ? 'lock-at-restart' : 'plain',
        keeps: KEEPS[row.clause]?.includes(stage) ?? false,
        injects: ['7.5', '7.6', '7.7'].includes(row.clause),
        burns: ends || (row.clause === '7.13' && stage === 'enrolled'),
      },
    );
  }),
);

// Backup and restore as a person does them: one station, its backup, a second computer, and a service that knows both.
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestWorld, testWorld } from '../../cli/test-terminal.ts';
import { type RunningService, startService } from '../../cloud/service.ts';
import { BackupAnswer, CaAnswer, PskListAnswer, RestoreAnswer, StatusAnswer } from '../../contract/cli.ts';
import { openQueries } from '../../db/queries.ts';
import { ERRORS } from '../../domain/error-table.ts';

const RECIPE = new URL('../../examples/aq-200/recipe.json', import.meta.url).pathname;

let at: TestWorld;
let other: TestWorld;
let service: RunningService | null = null;
let backup: string;

beforeEach(() => {
  [at, other] = [testWorld(), testWorld()];
  backup = join(at.dir, 'backup');
});
afterEach(async () => {
  await service?.close();
  service = null;
  at.dispose();
  other.dispose();
});

/** A practice station that is enrolled and signs. */
async function station(): Promise<void> {
  service = await startService({ dataDir: join(at.dir, 'cloud'), port: 0, host: '127.0.0.1', practice: true });
  writeFileSync(join(at.dir, 'token'), service.issueEnrolmentToken());
  const ca = join(at.dir, 'cloud', 'keys', 'service-ca.pem');
  const where = ['--service', service.url, '--ca', ca, '--token-file', join(at.dir, 'token')];
  expect(await at.keyline('station', 'enrol', '--practice', ...where)).toMatchObject({ code: 0 });
  expect(await at.keyline('ca', 'init', '--practice')).toMatchObject({ code: 0 });
}

function lot(world: TestWorld, name: string, range: string) {
  const order = ['--recipe', RECIPE, '--quantity', '2', '--range', range, '--practice', '--release', '--json'];
  return world.keyline('lot', 'create', name, ...order);
}

async function answer(world: TestWorld, ...args: string[]): Promise<unknown> {
  const { answers, said } = await world.keyline(...args, '--json');
  return JSON.parse(answers.at(-1) ?? JSON.stringify({ said }));
}

function code(found: unknown): string {
  return (found as { error?: { code: string } }).error?.code ?? 'no refusal';
}

function eventsOf(world: TestWorld): string[] {
  const records = openQueries(join(world.dir, 'station', 'station.db'));
  const types = [...records.auditEvents()].map(({ type }) => type);
  records.close();
  return types;
}

describe('a backup', () => {
  it('says where it lies and that it was read back', async () => {
    await at.keyline('ca', 'init', '--practice');
    const made = BackupAnswer.parse(await answer(at, 'backup', '--to', backup));
    expect(existsSync(made.file)).toBe(true);
    expect(eventsOf(at)).toContain('records-copied');
    expect((await at.keyline('backup', '--to', backup)).answers.join(' ')).toMatch(/was read back/);
  });

  it('goes where it was told to for good, and the line stops where it was told to', async () => {
    await at.keyline('ca', 'init', '--practice');
    await at.keyline('backup', '--to', backup, '--always', '--stop-at', '7');
    expect(BackupAnswer.parse(await answer(at, 'backup')).file.startsWith(backup)).toBe(true);
    const records = openQueries(join(at.dir, 'station', 'station.db'));
    expect(JSON.parse(records.setting('copies') ?? '')).toEqual({ dir: backup, stopAt: 7 });
    records.close();
  });

  it('that cannot be written is refused, and the folder is not set', async () => {
    await at.keyline('ca', 'init', '--practice');
    writeFileSync(join(at.dir, 'file'), '');
    expect(code(await answer(at, 'backup', '--to', join(at.dir, 'file'), '--always'))).toBe('BACKUP_FAILED');
    expect(code(await answer(at, 'backup'))).toBe('no refusal');
  });
});

/** Files of a station's keys, each with its bytes. */
function keysOf(folder: string): Record<string, string> {
  const files = readdirSync(join(folder, 'keys'), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const named = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(named.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'hex')]));
}

describe('the keys of a backup', () => {
  beforeEach(async () => {
    await at.keyline('ca', 'init', '--practice');
    await at.keyline('ca', 'init', 'next', '--practice', '--limit', '50');
    await at.keyline('ca', 'init', 'later', '--practice');
    await at.keyline('ca', 'request', 'asked', '--practice');
    writeFileSync(join(at.dir, 'secret'), '0123456789abcdef'.repeat(4));
    expect(await at.keyline('psk', 'import', 'aq-200', '--file', join(at.dir, 'secret'))).toMatchObject({ code: 0 });
    expect(await at.keyline('ca', 'rotate', 'next')).toMatchObject({ code: 0 });
    await at.keyline('backup', '--to', backup);
  });

  it('are those of every CA and every factory secret, as they are sealed', async () => {
    const here = keysOf(join(at.dir, 'station'));
    const [id = ''] = readdirSync(backup);
    expect(keysOf(join(backup, id))).toEqual(here);
    expect(Object.keys(here)).toEqual(
      expect.arrayContaining(['keys/ca/next/signer.json', 'keys/ca/asked/request.pem', 'keys/psk/aq-200']),
    );
  });

  it('leave out that of a root, and one in clear, wherever it lies', async () => {
    const key = ['-----BEGIN PRIVATE KEY-----', 'AAAA', '-----END PRIVATE KEY-----', ''].join('\n');
    const ca = join(at.dir, 'station', 'keys', 'ca', 'next');
    writeFileSync(join(ca, 'loose.pem'), key);
    copyFileSync(join(ca, 'issuing.key.pem'), join(ca, 'root.key.pem'));
    writeFileSync(join(at.dir, 'station', 'keys', 'psk', 'loose'), '0123456789abcdef'.repeat(4));
    writeFileSync(join(at.dir, 'station', 'keys', 'signer.json'), JSON.stringify({ key }));
    await at.keyline('backup', '--to', backup);
    const [id = ''] = readdirSync(backup);
    expect(Object.keys(keysOf(join(backup, id))).filter((path) => /loose|root.key|keys.signer/.test(path))).toEqual([]);
  });

  it('open on the restored station: it signs with its active CA, and has its factory secret', async () => {
    expect(RestoreAnswer.parse(await answer(other, 'restore', '--from', backup))).toMatchObject({ ca: 'next' });
    const { cas } = CaAnswer.parse(await answer(other, 'ca', 'show'));
    expect(cas.map(({ name, state, limit }) => [name, state, limit])).toEqual([
      ['next', 'active', 50],
      ['asked', 'requested', null],
      ['later', 'standby', null],
      ['main', 'retired', null],
    ]);
    // Opens the active one's key and the factory secret, or fails; signs with the new one.
    expect(await other.keyline('ca', 'rotate', 'later')).toMatchObject({ code: 0 });
    expect(PskListAnswer.parse(await answer(other, 'psk', 'list')).names).toContain('aq-200');
  });
});

describe('yesterday’s backup on a second station', () => {
  it('takes a new epoch that the service knows, and the first station is refused from then on', async () => {
    await station();
    await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    await at.keyline('sync', '--once');
    await at.keyline('backup', '--to', backup);
    await at.keyline('lot', 'close', 'L-1');
    await at.keyline('sync', '--once');
    const restored = RestoreAnswer.parse(await answer(other, 'restore', '--from', backup));
    expect(restored).toMatchObject({ epoch: 2, fromEpoch: 1, serialsRead: true });
    expect(code(await answer(at, 'sync', '--once'))).toBe('STATION_FORKED');
    expect(code(await answer(other, 'sync', '--once'))).toBe('no refusal');
    expect(await other.keyline('audit', 'verify')).toMatchObject({ code: 0 });
    expect(eventsOf(other)).toEqual(expect.arrayContaining(['station-restored', 'lot-abandoned', 'serials-read']));
  });

  it('makes no lot of a range it knew, and any other once the service was asked', async () => {
    await station();
    await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    await at.keyline('backup', '--to', backup);
    await other.keyline('restore', '--from', backup);
    const { answers } = await lot(other, 'L-2', 'AQ-0002..AQ-0004');
    expect(code(JSON.parse(answers.at(-1) ?? ''))).toBe('RANGE_USED');
    expect(code(await answer(other, 'lot', 'release', 'L-1'))).toBe('LOT_ABANDONED');
    expect(await lot(other, 'L-3', 'AQ-0003..AQ-0004')).toMatchObject({ code: 0 });
  });

  it('without its service makes lots of the range named as new, and of others after a sync', async () => {
    await station();
    await at.keyline('backup', '--to', backup);
    const range = ['--range', 'NEW-0001..NEW-0100'];
    const restored = RestoreAnswer.parse(await answer(other, 'restore', '--from', backup, '--offline', ...range));
    expect(restored).toMatchObject({ epoch: 2, serialsRead: false });
    const { answers } = await lot(other, 'L-2', 'AQ-0001..AQ-0002');
    expect(code(JSON.parse(answers.at(-1) ?? ''))).toBe('SERIALS_UNREAD');
    expect(await lot(other, 'L-3', 'NEW-0001..NEW-0002')).toMatchObject({ code: 0 });
    expect(await other.keyline('sync', '--once')).toMatchObject({ code: 0 });
    await other.keyline('lot', 'close', 'L-3');
    expect(await lot(other, 'L-4', 'AQ-0001..AQ-0002')).toMatchObject({ code: 0 });
  });

  const away = { keyline: 1, kind: 'pkcs11', module: '/nowhere/token.so', tokenLabel: 'keyline', keyLabel: 'issuing' };
  it.each([
    ['has its key in a token that is not here', ['signer.json', JSON.stringify(away)], true],
    ['came without its key', ['issuing.key.pem', null], true],
    ['is damaged', ['issuing.pem', 'no certificate'], false],
  ] as const)('is told as restored where its CA %s', async (_, [name, text], serialsRead) => {
    await station();
    await at.keyline('backup', '--to', backup);
    const [id = ''] = readdirSync(backup);
    const file = join(backup, id, 'keys', 'ca', 'main', name);
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
    const { code, answers, said } = await other.keyline('restore', '--from', backup, '--json');
    expect({ code, ...JSON.parse(answers.at(-1) ?? '') }).toMatchObject({ code: 0, epoch: 2, ca: 'main', serialsRead });
    expect(said.some((line) => line.startsWith(ERRORS.CA_INVALID.happened))).toBe(!serialsRead);
  });

  it('restored twice from the same backup takes a third epoch, and the second is refused', async () => {
    await station();
    await at.keyline('sync', '--once');
    await at.keyline('backup', '--to', backup);
    const third = testWorld();
    try {
      await other.keyline('restore', '--from', backup);
      expect(RestoreAnswer.parse(await answer(third, 'restore', '--from', backup))).toMatchObject({ epoch: 3 });
      expect(code(await answer(other, 'sync', '--once'))).toBe('STATION_FORKED');
      expect(code(await answer(third, 'sync', '--once'))).toBe('no refusal');
    } finally {
      third.dispose();
    }
  });

  it('is refused where another station is, where nothing is to restore, and for bytes that are no records', async () => {
    await at.keyline('ca', 'init', '--practice');
    await at.keyline('backup', '--to', backup);
    await other.keyline('ca', 'init', '--practice');
    const before = eventsOf(other);
    expect(code(await answer(other, 'restore', '--from', backup))).toBe('STATION_EXISTS');
    expect(code(await answer(at, 'restore', '--from', backup))).toBe('STATION_EXISTS');
    expect(code(await answer(at, 'restore', '--from', join(at.dir, 'nothing')))).toBe('BACKUP_UNUSABLE');
    expect(code(await answer(at, 'restore', '--from', RECIPE))).toBe('BACKUP_UNUSABLE');
    expect(eventsOf(other)).toEqual(before);
  });
});

describe('records that came back from somewhere', () => {
  /** The data folder as it was, put back after something more was recorded. */
  async function rollBack(): Promise<string> {
    await at.keyline('ca', 'init', '--practice');
    const [folder, kept] = [join(at.dir, 'station'), join(at.dir, 'kept')];
    cpSync(folder, kept, { recursive: true });
    await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    rmSync(folder, { recursive: true });
    cpSync(kept, folder, { recursive: true });
    return folder;
  }

  it('open as rolled back: nothing acts on them, queries are answered', async () => {
    await rollBack();
    const { answers } = await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    expect(code(JSON.parse(answers.at(-1) ?? ''))).toBe('ROLLED_BACK');
    expect(code(await answer(at, 'run', '--lot', 'L-1', '--ports', '/dev'))).toBe('ROLLED_BACK');
    expect(StatusAnswer.parse(await answer(at, 'status'))).toMatchObject({ lineRunning: false });
    expect(await at.keyline('lot', 'list')).toMatchObject({ code: 0 });
  });

  it('go on after a restore from a newer backup, and the old ones are kept', async () => {
    await at.keyline('ca', 'init', '--practice');
    const [folder, kept] = [join(at.dir, 'station'), join(at.dir, 'kept')];
    cpSync(folder, kept, { recursive: true });
    await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    await at.keyline('backup', '--to', backup);
    rmSync(folder, { recursive: true });
    cpSync(kept, folder, { recursive: true });
    expect(RestoreAnswer.parse(await answer(at, 'restore', '--from', backup))).toMatchObject({ epoch: 2 });
    expect((await at.keyline('lot', 'list')).answers.join()).toMatch(/L-1 held/);
    expect(readdirSync(folder).filter((name) => name.includes('replaced'))).not.toEqual([]);
  });

  it('go on after a restore of themselves where no newer backup is', async () => {
    const folder = await rollBack();
    const file = join(at.dir, 'own.db');
    copyFileSync(join(folder, 'station.db'), file);
    expect(RestoreAnswer.parse(await answer(at, 'restore', '--from', file, '--offline'))).toMatchObject({ epoch: 2 });
    const { answers } = await lot(at, 'L-2', 'AQ-0001..AQ-0002');
    expect(code(JSON.parse(answers.at(-1) ?? ''))).toBe('SERIALS_UNREAD');
  });

  it('that are damaged are refused at every start, kept, and replaced by a restore', async () => {
    await at.keyline('ca', 'init', '--practice');
    await at.keyline('backup', '--to', backup);
    const folder = join(at.dir, 'station');
    writeFileSync(join(folder, 'station.db'), 'no records');
    const { answers } = await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    expect(code(JSON.parse(answers.at(-1) ?? ''))).toBe('RECORDS_DAMAGED');
    expect(RestoreAnswer.parse(await answer(at, 'restore', '--from', backup))).toMatchObject({ epoch: 2 });
    expect(readdirSync(folder).some((name) => name.startsWith('station.db.replaced'))).toBe(true);
  });

  it('that have one bad page are refused at every start, and replaced by a restore', async () => {
    await at.keyline('ca', 'init', '--practice');
    await at.keyline('backup', '--to', backup);
    spoilPage(join(at.dir, 'station', 'station.db'), 'lot');
    const { answers } = await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    expect(code(JSON.parse(answers.at(-1) ?? ''))).toBe('RECORDS_DAMAGED');
    expect(RestoreAnswer.parse(await answer(at, 'restore', '--from', backup))).toMatchObject({ epoch: 2 });
  });

  it('and were replaced where checkpoints of later lie leave an audit chain that is whole', async () => {
    await station();
    await lot(at, 'L-1', 'AQ-0001..AQ-0002');
    await at.keyline('backup', '--to', backup);
    await at.keyline('lot', 'close', 'L-1');
    await at.keyline('sync', '--once');
    writeFileSync(join(at.dir, 'station', 'station.db'), 'no records');
    expect(RestoreAnswer.parse(await answer(at, 'restore', '--from', backup))).toMatchObject({ epoch: 2 });
    expect(await at.keyline('audit', 'verify')).toMatchObject({ code: 0 });
    await lot(at, 'L-2', 'AQ-0003..AQ-0004');
    await at.keyline('sync', '--once');
    expect(await at.keyline('audit', 'verify')).toMatchObject({ code: 0 });
  });
});

/** As bit rot would, in the first page of a table. */
function spoilPage(file: string, table: string): void {
  const database = new Database(file, { readonly: true });
  const page = database
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table);
  const bytes = Number(database.pragma('page_size', { simple: true }));
  database.close();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(bytes, 7), 0, bytes, (Number(page) - 1) * bytes);
  closeSync(handle);
}

it('a mark that cannot be written stops nothing', async () => {
  mkdirSync(join(at.dir, '.local'), { recursive: true });
  writeFileSync(join(at.dir, '.local', 'state'), '');
  expect(await at.keyline('ca', 'init', '--practice')).toMatchObject({ code: 0 });
});

// Lots from draft to release at a whole station on a real folder: what is kept, what is asked again, and that a release
// never half happens.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRACTICE_RECIPES } from '../../cli/practice/practice-plan.ts';
import type { LotDraft } from '../../contract/lots-api.ts';
import { openQueries } from '../../db/queries.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import { lotDraft } from '../../test/samples/live-station.ts';
import { openStation, RECIPE } from '../../test/system/world.ts';
import type { Station } from '../station.ts';

let dir: string;
let station: Station;
let opened: Awaited<ReturnType<typeof openStation>>;
let full: boolean;
let hasSpace: boolean;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-lots-'));
  full = false;
  hasSpace = true;
  opened = await openStation(dir, { full: () => full, hasSpace: () => hasSpace });
  station = opened.station;
});
afterEach(async () => {
  full = false;
  await station.close();
  opened.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The recipe comes with a lot that was made from its file, as on a real station. */
async function withRecipe(): Promise<LotDraft> {
  const size = { quantity: 2, spare: 0, serialRange: 'A-01..A-02', stopAfter: 0 };
  const order = { ...size, lotId: 'L-1', orderId: 'WO-1', practice: true, release: false, recipePath: RECIPE };
  await station.lots.create('operator', order);
  const [recipe] = station.lots.recipes();
  return lotDraft({
    orderId: 'WO-2',
    recipeSha256: recipe?.recipeSha256 ?? null,
    firstSerial: 'A-03',
    lastSerial: 'A-12',
  });
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof KeylineError) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

/** Audit events whose type begins so. */
function events(begin: string): AuditEvent[] {
  const records = openQueries(join(dir, 'station.db'));
  const told = [...records.auditEvents()].filter(({ type }) => type.startsWith(begin));
  records.close();
  return told;
}

/** Actor, type and lot of each audit event about lots. */
function lotEvents(): string[] {
  return events('lot-').map(({ actorId, type, body }) => `${actorId} ${type} ${JSON.parse(body).lotId}`);
}

const kept = (folder: string) => readdirSync(join(dir, folder)).map((name) => join(dir, folder, name));

describe('recipes of a station', () => {
  test('are those that lots came with, their firmware beside them', async () => {
    expect(station.lots.recipes()).toEqual([]);
    await withRecipe();
    expect(station.lots.recipes()).toMatchObject([
      { name: 'aq-200', model: 'AQ-200', revisions: ['C'], keyMode: 'on-chip', firmwareHere: true, jobMs: null },
    ]);
  });

  test('are brought by a security officer; a supervisor makes lots of those that are here', async () => {
    const officer = { name: 'Rose', role: 'security-officer', badge: null, pin: '4711' } as const;
    const rose = await station.people.add('operator', officer);
    const rui = await station.people.add(rose.personId, { ...officer, name: 'Rui', role: 'supervisor' });
    const order = (lotId: string, serialRange: string) => ({
      ...{ lotId, serialRange, orderId: 'W', practice: true, quantity: 1, spare: 1, stopAfter: 0, release: false },
      recipePath: RECIPE,
    });
    await expect(station.lots.create(rui.personId, order('L-8', 'B-1..B-9'))).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    expect(kept('recipes')).toEqual([]);
    await station.lots.create(rose.personId, order('L-8', 'B-1..B-9'));
    await station.lots.create(rui.personId, order('L-9', 'C-1..C-9'));
    expect(lotEvents()).toEqual([`${rose.personId} lot-created L-8`, `${rui.personId} lot-created L-9`]);
  });

  test('are on record with who brought them, also where the lot that they came with is refused', async () => {
    const size = { orderId: 'W', practice: true, quantity: 2, spare: 0, stopAfter: 0, release: false };
    const create = (actorId: string, lotId: string, recipePath: string) =>
      station.lots.create(actorId, { ...size, lotId, serialRange: 'A-1..A-9', recipePath });
    full = true;
    await expect(create('p', 'L-1', RECIPE)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(kept('recipes')).toEqual([]);
    full = false;
    await create('p', 'L-1', RECIPE);
    await expect(create('q', 'L-2', PRACTICE_RECIPES['injected-psk'])).rejects.toMatchObject({ code: 'RANGE_USED' });
    expect(kept('recipes')).toHaveLength(2);
    await expect(create('r', 'L-2', PRACTICE_RECIPES['injected-psk'])).rejects.toMatchObject({ code: 'RANGE_USED' });
    expect(events('recipe-imported').map(({ actorId }) => actorId)).toEqual(['p', 'q']);
  });

  test('that another hand has changed are not offered', async () => {
    await withRecipe();
    for (const file of kept('recipes')) writeFileSync(file, '{}');
    mkdirSync(join(dir, 'recipes', `${'e'.repeat(64)}.json`));
    expect(station.lots.recipes()).toEqual([]);
  });

  test('say so when their firmware is gone or another, and no lot is released with it', async () => {
    const draft = await withRecipe();
    expect(station.lots.recipes()[0]?.firmwareHere).toBe(true);
    for (const file of kept('firmware')) writeFileSync(file, 'other');
    expect(refusal(() => station.lots.release('p', draft))).toBe('FIRMWARE_FILE_WRONG');
    expect(station.lots.recipes()[0]?.firmwareHere).toBe(false);
    expect(lotEvents()).toEqual(['operator lot-created L-1']);
  });
});

describe('a draft', () => {
  test('saves itself, half filled in too, and is there after a restart', async () => {
    expect(station.lots.draft()).toBeNull();
    const draft = lotDraft({ orderId: '', firstSerial: 'wo ' });
    const { savedMs } = station.lots.saveDraft(draft);
    expect(opened.makeStation().lots.draft()).toEqual({ draft, savedMs });
  });

  test('is released in one go, as the person who did it, and forgotten', async () => {
    const draft = await withRecipe();
    station.lots.saveDraft(draft);
    const told: StationEvent[] = [];
    station.watch((event) => told.push(event));
    const lot = station.lots.release('0123456789abcdef', draft);
    expect(lot).toMatchObject({ lotId: 'WO-2', state: 'released', quantity: 8, serialRange: 'A-03..A-12' });
    expect(told).toEqual([{ type: 'lot-changed', lot, current: true }]);
    expect(lotEvents().slice(1)).toEqual(['0123456789abcdef lot-created WO-2', '0123456789abcdef lot-released WO-2']);
    expect(station.lots.draft()).toBeNull();
    expect(station.lots.list().map(({ lotId }) => lotId)).toEqual(['WO-2', 'L-1']);
    const other = station.commandLot('p', { lotId: 'L-1', command: 'close', because: null, writeOff: false });
    expect(told).toContainEqual({ type: 'lot-changed', lot: other, current: false });
  });

  test.each<[string, Partial<LotDraft>, string]>([
    ['of a lot that is there', { orderId: 'L-1' }, 'LOT_EXISTS'],
    ['with serials that are used', { firstSerial: 'A-02' }, 'RANGE_USED'],
    ['with fewer serials than boards', { lastSerial: 'A-11' }, 'RANGE_TOO_SMALL'],
    ['of a recipe that is not here', { recipeSha256: 'f'.repeat(64) }, 'RECIPE_INVALID'],
  ])('%s makes no lot and stays', async (_what, change, code) => {
    const draft = { ...(await withRecipe()), ...change };
    station.lots.saveDraft(draft);
    expect(refusal(() => station.lots.release('p', draft))).toBe(code);
    expect(station.lots.list()).toHaveLength(1);
    expect(station.lots.draft()?.draft).toEqual(draft);
  });

  test('beside a released lot makes none, neither as a draft', async () => {
    const draft = await withRecipe();
    station.lots.release('p', draft);
    const second = { ...draft, orderId: 'WO-3', firstSerial: 'A-13', lastSerial: 'A-22' };
    expect(refusal(() => station.lots.release('p', second))).toBe('OTHER_LOT_RELEASED');
    expect(station.lots.list()).toHaveLength(2);
  });

  test('at a station whose disk is full makes no lot', async () => {
    const draft = await withRecipe();
    full = true;
    expect(refusal(() => station.lots.release('p', draft))).toBe('DISK_FULL');
    full = false;
    hasSpace = false;
    expect(refusal(() => station.lots.release('p', draft))).toBe('DISK_LOW');
    expect(station.lots.list()).toHaveLength(1);
  });
});

test('a lot that is made to be released at once is not left behind as a draft', async () => {
  const draft = await withRecipe();
  station.lots.release('p', draft);
  const size = { quantity: 2, spare: 0, serialRange: 'B-01..B-02', stopAfter: 0 };
  const order = { ...size, lotId: 'L-9', orderId: 'L-9', practice: true, release: true, recipePath: RECIPE };
  await expect(station.lots.create('operator', order)).rejects.toThrow(new KeylineError('OTHER_LOT_RELEASED', 'WO-2'));
  expect(station.lots.list().map(({ lotId }) => lotId)).not.toContain('L-9');
});

test('the list shows a lot that was closed long ago as it ended', async () => {
  await withRecipe();
  const { store } = opened;
  store.transaction(() => store.setLotState('L-1', { state: 'closed', stateMs: 1, heldBecause: null, heldBy: null }));
  const first = station.lots.list();
  expect(first).toMatchObject([{ lotId: 'L-1', state: 'closed', passed: 0 }]);
  expect(station.lots.list()).toEqual(first);
});

test('who watches is told of each change of whose station it is', async () => {
  const told: StationEvent[] = [];
  station.watch((event) => told.push(event));
  const officer = { name: 'Ada Öz', role: 'security-officer', badge: 'B-0001', pin: '4711' } as const;
  const { personId } = await station.people.add('operator', officer);
  await station.people.signIn({ badge: 'B-0001' });
  await station.people.signIn({ personId, pin: officer.pin });
  station.people.prefer({ theme: 'dark', sound: 1, language: 'en' });
  station.people.signOut();
  expect(told).toMatchObject([
    { type: 'station-changed', facts: { hasPeople: true, person: null } },
    { type: 'station-changed', facts: { person: null, pinFor: { name: 'Ada Öz' } } },
    { type: 'station-changed', facts: { person: { name: 'Ada Öz', preferences: { theme: 'light' } } } },
    { type: 'station-changed', facts: { person: { preferences: { theme: 'dark' } } } },
    { type: 'station-changed', facts: { hasPeople: true, person: null } },
  ]);
});

describe('the bench', () => {
  test('starts a line at the ports that were given last, or set', async () => {
    const draft = await withRecipe();
    const { lotId } = station.lots.release('p', draft);
    const start = (bench: { ports: string; slots: number } | null) => station.startLine('p', { lotId, bench });
    await expect(start(null)).rejects.toThrow(new KeylineError('BENCH_UNSET'));
    const told: StationEvent[] = [];
    station.watch((event) => event.type === 'station-changed' && told.push(event));
    await start({ ports: dir, slots: 3 });
    await station.stopLine();
    expect(await start(null)).toEqual({ slots: 3 });
    expect(told).toMatchObject([{ facts: { bench: { ports: dir, slots: 3 } } }]);
  });

  test('does not remember ports that are none', async () => {
    const draft = await withRecipe();
    const { lotId } = station.lots.release('p', draft);
    const nowhere = join(dir, 'nowhere');
    expect(existsSync(nowhere)).toBe(false);
    const start = station.startLine('p', { lotId, bench: { ports: nowhere, slots: 1 } });
    await expect(start).rejects.toMatchObject({ code: 'PORTS_INVALID' });
    expect(station.facts().bench).toBeNull();
    await expect(station.bench.find(nowhere)).rejects.toMatchObject({ code: 'PORTS_INVALID' });
  });

  test('knows how wide a pixel is after a restart', () => {
    station.bench.setPixel(0.27);
    expect(opened.makeStation().facts()).toMatchObject({
      pixelMm: 0.27,
      bench: null,
      signing: 'ready',
      hasPeople: false,
    });
  });
});

test('who paused a lot is known by name, and a hold with a reason or by the stop rule is no pause', async () => {
  const officer = { name: 'María Ríos', role: 'security-officer', badge: null, pin: '4711' } as const;
  const { personId } = await station.people.add('operator', officer);
  const { lotId } = station.lots.release(personId, await withRecipe());
  const hold = (because: string | null) =>
    station.commandLot(personId, { lotId, command: 'hold', because, writeOff: false });
  expect(station.isPaused(lotId)).toBe(false);
  expect(hold(null).heldBy).toBe('María Ríos');
  expect(station.isPaused(lotId)).toBe(true);
  // A reason on top of the pause ends it: the lot is no longer a technician's to release.
  expect(hold('wrong reel')).toMatchObject({ heldBecause: 'wrong reel', heldBy: 'María Ríos' });
  expect(station.isPaused(lotId)).toBe(false);
  expect(hold(null)).toMatchObject({ heldBecause: 'wrong reel' });
  expect(opened.store.lotEvents(lotId).filter(({ type }) => type === 'lot-held')).toHaveLength(2);
  station.commandLot(personId, { lotId, command: 'release', because: null, writeOff: false });
  hold('wrong board');
  expect(station.isPaused(lotId)).toBe(false);
  opened.store.transaction(() =>
    opened.store.setLotState(lotId, {
      state: 'held',
      stateMs: 1,
      heldBecause: 'NO_ANSWER 3 times in a row',
      heldBy: null,
    }),
  );
  expect(station.isPaused(lotId)).toBe(false);
  expect(station.isPaused('no such lot')).toBe(false);
});

test('a paused lot waits for more than a technician when its records are silent for long', async () => {
  const { lotId } = station.lots.release('operator', await withRecipe());
  station.commandLot('operator', { lotId, command: 'hold', because: null, writeOff: false });
  expect(station.isPaused(lotId)).toBe(true);
  vi.setSystemTime(Date.now() + 31 * 86_400_000);
  try {
    expect(station.isPaused(lotId)).toBe(false);
    station.commandLot('operator', { lotId, command: 'release', because: null, writeOff: false });
    station.commandLot('operator', { lotId, command: 'hold', because: null, writeOff: false });
    expect(station.isPaused(lotId)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

describe('a recipe that names a factory secret', () => {
  const size = { quantity: 2, spare: 0, serialRange: 'A-01..A-02', stopAfter: 0, practice: true, release: true };
  const order = { ...size, lotId: 'L-1', orderId: 'WO-1' };

  test('makes a lot where the station holds it, which says how keys come', async () => {
    const lot = await station.lots.create('operator', { ...order, recipePath: PRACTICE_RECIPES['injected-psk'] });
    expect(lot).toMatchObject({ keyMode: 'injected', cableGuard: 'psk' });
    expect(station.lots.recipes()).toMatchObject([{ keyMode: 'injected', cableGuard: 'psk' }]);
  });

  test('makes none where it does not, nor is its draft ready', async () => {
    const recipe = JSON.parse(readFileSync(PRACTICE_RECIPES['injected-psk'], 'utf8'));
    const recipePath = join(dir, 'recipe.json');
    copyFileSync(join(dirname(RECIPE), recipe.firmware.file), join(dir, recipe.firmware.file));
    writeFileSync(recipePath, JSON.stringify({ ...recipe, psk: 'of-another-maker' }));
    await expect(station.lots.create('operator', { ...order, recipePath })).rejects.toThrow(
      new KeylineError('PSK_MISSING', 'of-another-maker'),
    );
    expect(station.status().lot).toBeNull();
  });

  test('is asked for again when its line starts', async () => {
    await station.lots.create('operator', { ...order, recipePath: PRACTICE_RECIPES['injected-psk'] });
    const locked = opened.makeStation({ factorySecrets: new Map() });
    const start = locked.startLine('operator', { lotId: 'L-1', bench: { ports: dir, slots: 1 } });
    await expect(start).rejects.toThrow(new KeylineError('PSK_MISSING', 'practice'));
    await locked.close();
  });
});

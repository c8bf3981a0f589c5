// The real window on the practice bench: boards turn green on screen, a reload and a dead station lose nothing, and a
// page can do nothing but ask the station what its contract lets it ask.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueries } from '../../db/queries.ts';
import { openWindowApp, type WindowApp } from './window-app.ts';

/** The bench's first start makes a CA and a service, and a board takes seconds. */
const GREEN_MS = 45_000;
/** Slots of the practice bench. */
const SLOTS = 16;

let open: WindowApp;

/** What the page refused to load or run. */
const refusals: string[] = [];

beforeAll(async () => {
  open = await openWindowApp({ mode: 'practice' });
  open.page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusals.push(message.text().slice(0, 200));
  });
});

afterAll(async () => {
  await open?.close();
});

const passed = (page: Page) => page.getByLabel(/^Slot \d+: Passed/).first();
const slots = (page: Page) => page.getByLabel(/^Slot \d+: /);

function passedOnRecord(): number {
  const records = openQueries(join(open.dataDir, 'station.db'));
  try {
    return records.lots(0).reduce((sum, { tally }) => sum + tally.passed, 0);
  } finally {
    records.close();
  }
}

function stationLog(): string {
  const folder = join(open.dataDir, 'logs');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

describe('the window on the practice bench', () => {
  test('shows boards that passed, without a touch', async () => {
    await passed(open.page).waitFor({ timeout: GREEN_MS });
    expect(passedOnRecord()).toBeGreaterThan(0);
    await expect.poll(() => slots(open.page).count()).toBe(SLOTS);
  });

  test('is whole again after a reload in mid-lot, and the lot goes on', async () => {
    const before = passedOnRecord();
    await open.page.reload();
    await expect.poll(() => slots(open.page).count(), { timeout: 10_000 }).toBe(SLOTS);
    await expect.poll(passedOnRecord, { timeout: GREEN_MS }).toBeGreaterThan(before);
    await passed(open.page).waitFor({ timeout: GREEN_MS });
  });

  test('asks for nothing that its own policy refuses', () => {
    expect(refusals).toEqual([]);
  });

  test('goes on where it was when the station is killed in mid-lot', async () => {
    const before = passedOnRecord();
    const killed = stationPid();
    process.kill(killed, 'SIGKILL');
    await expect.poll(passedOnRecord, { timeout: GREEN_MS }).toBeGreaterThan(before);
    expect(stationPid()).not.toBe(killed);
    await passed(open.page).waitFor({ timeout: GREEN_MS });
    expect(await slots(open.page).count()).toBe(SLOTS);
  });
});

/** The process that holds the data folder's log: each of its lines says who wrote it. */
function stationPid(): number {
  const last = stationLog().trim().split('\n').at(-1) ?? '';
  return (JSON.parse(last) as { pid: number }).pid;
}

describe('a page of the window', () => {
  test('has no Node and no Electron', async () => {
    const found = await open.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron', '__dirname'].filter((name) => name in globalThis),
    );
    expect(found).toEqual([]);
  });

  test('runs no script that stands in the page, and evaluates none', async () => {
    const ran = await open.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.intruder = true';
      document.head.append(script);
      return 'intruder' in globalThis;
    });
    expect(ran).toBe(false);
  });

  test('reaches no other address', async () => {
    const answer = await open.page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect(answer).toBe('refused');
  });

  test('cannot leave the app, nor open a window', async () => {
    const opened = await open.page.evaluate(() => window.open('https://example.com/') === null);
    expect(opened).toBe(true);
    await open.page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await expect.poll(() => slots(open.page).count()).toBe(SLOTS);
    expect(open.page.url()).toBe('app://keyline/index.html');
    expect(open.app.windows()).toHaveLength(1);
  });

  test('is granted no permission', async () => {
    const state = await open.page.evaluate(
      async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
    );
    expect(state).toBe('denied');
  });

  test('reads no file beside its own', async () => {
    const answer = await open.app.evaluate(async ({ net }) => {
      const asked = ['..%2fmain%2fmain.js', '%2e%2e/main/main.js', '../main/main.js', '..%5cmain%5cmain.js'];
      return Promise.all(asked.map(async (path) => (await net.fetch(`app://keyline/${path}`)).status));
    });
    expect(answer).toEqual([404, 404, 404, 404]);
  });
});

describe('a message that is not in the contract', () => {
  test('is refused, logged, and costs the station nothing', async () => {
    await open.page.evaluate(intrude);
    // The page gets a port of its own, as after a load.
    await open.app.evaluate(({ webContents }) => void webContents.getAllWebContents()[0]?.emit('did-finish-load'));
    const answers = await open.page.evaluate(() => Reflect.get(globalThis, 'answers'));
    expect(answers).toEqual({ 'unknown-call': 404, 'bad-input': 400, status: 200 });
    expect(stationLog()).toContain('a message from a screen was refused');
  });
});

/** Runs in the page: sends through the next port what no screen sends, then three calls; HTTP status by call. */
function intrude(): void {
  const answers = new Promise((resolve) => {
    window.addEventListener('message', ({ data, ports: [port] }) => {
      if (data !== 'station:port' || !port) return;
      const heard: Record<string, number> = {};
      port.addEventListener('message', (event) => {
        const { i, p } = JSON.parse(event.data);
        if (!String(i).startsWith('intruder-')) return;
        heard[i.slice('intruder-'.length)] = p.s ?? 200;
        if (Object.keys(heard).length === 3) resolve(heard);
      });
      const call = (name: string, u: string, json: unknown) =>
        port.postMessage(JSON.stringify({ i: `intruder-${name}`, p: { u, b: { json } } }));
      const files = { 'content-disposition': 'attachment; filename=x' };
      const odd = [{ a: 1 }, null, new Uint8Array(9), '', '{', '[]', '{"i":1}', JSON.stringify('x'.repeat(70_000))];
      for (const message of odd) port.postMessage(message);
      port.postMessage(JSON.stringify({ i: 'intruder-file', p: { u: '/status', h: files } }));
      call('unknown-call', '/station/destroy', {});
      call('bad-input', '/line/start', { lotId: 7 });
      call('status', '/status', undefined);
    });
  });
  Object.assign(globalThis, { answers });
}

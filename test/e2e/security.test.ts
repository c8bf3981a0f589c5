// What a page of the window cannot do, whatever script runs in it. Each row of docs/threat-model.md, "The window", names
// its test here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

let open: WindowApp;

/** What the page refused to load or run while it was left alone. */
const refusals: string[] = [];

beforeAll(async () => {
  // A packed app takes no page from a development server.
  process.env.KEYLINE_DEV_PAGE = 'http://127.0.0.1:9/';
  open = await openWindowApp({ mode: 'practice' });
  open.page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusals.push(message.text().slice(0, 200));
  });
  await open.page
    .getByLabel(/^Slot \d+: /)
    .first()
    .waitFor({ timeout: BENCH_MS });
});

afterAll(async () => {
  await open?.close();
});

describe('a page of the window', () => {
  test('asks for nothing that its own policy refuses', () => {
    expect(refusals).toEqual([]);
  });

  test('is made of files of the app and of nothing else', async () => {
    const loaded = await open.page.evaluate(() => [
      location.href,
      ...[...document.querySelectorAll<HTMLElement>('script, link, img, iframe')].map(
        (element) => Reflect.get(element, 'src') || Reflect.get(element, 'href'),
      ),
    ]);
    expect(loaded.length).toBeGreaterThan(2);
    expect(loaded.filter((address) => !address.startsWith('app://keyline/'))).toEqual([]);
  });

  test('is isolated and sandboxed, with the web rules of its engine on', async () => {
    const preferences = await open.app.evaluate(({ webContents }) =>
      // Electron has it and does not document it.
      webContents.getAllWebContents().map((contents) => Reflect.get(contents, 'getLastWebPreferences').call(contents)),
    );
    expect(preferences).toHaveLength(1);
    expect(preferences[0]).toMatchObject({
      ...{ contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInSubFrames: false },
      ...{ webSecurity: true, webviewTag: false },
    });
    const odd = [
      'nodeIntegrationInWorker',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
      'navigateOnDragDrop',
    ];
    expect(odd.filter((name) => Reflect.get(preferences[0] ?? {}, name))).toEqual([]);
  });

  test('has no Node and no Electron', async () => {
    const found = await open.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
  });

  test('runs no script that is not a file of the app, evaluates none, and loads nothing from elsewhere', async () => {
    await open.page.evaluate(trespass);
    // The rules tell what they refused as events of the page, some of them later.
    const refused = () => open.page.evaluate(() => [...Reflect.get(globalThis, 'refusedRules')].sort());
    await expect
      .poll(refused)
      .toEqual(
        ['base-uri', 'connect-src', 'font-src', 'form-action', 'frame-src', 'img-src', 'media-src', 'object-src']
          .concat(['script-src', 'script-src-elem', 'style-src-elem', 'worker-src'])
          .sort(),
      );
    expect(await open.page.evaluate(() => Reflect.get(globalThis, 'intruders'))).toEqual([]);
    await open.page.evaluate(() => document.querySelector('#trespass')?.remove());
  });

  test('cannot leave the app', async () => {
    for (const address of ['https://example.com/', 'app://keyline.example/index.html']) {
      const refused = open.app.evaluate(
        ({ webContents }) =>
          new Promise((resolve) => {
            const [contents] = webContents.getAllWebContents();
            contents?.once('will-navigate', ({ url, defaultPrevented }) => resolve({ url, defaultPrevented }));
          }),
      );
      await open.page.evaluate((to) => {
        const link = document.createElement('a');
        link.href = to;
        document.body.append(link);
        link.click();
        link.remove();
      }, address);
      expect(await refused).toEqual({ url: address, defaultPrevented: true });
    }
    expect(await open.page.evaluate(() => location.href)).toBe('app://keyline/index.html');
  });

  test('opens no window and holds no web view', async () => {
    const opened = await open.page.evaluate(() => [
      window.open('https://example.com/') === null,
      window.open('app://keyline/index.html') === null,
      window.open('about:blank') === null,
      Reflect.has(document.createElement('webview'), 'getURL'),
    ]);
    expect(opened).toEqual([true, true, true, false]);
    expect(await open.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  test('is granted no permission and no device', async () => {
    const granted = await open.page.evaluate(async () => {
      const states: string[] = [];
      for (const name of ['geolocation', 'notifications', 'microphone', 'camera', 'clipboard-read', 'midi'])
        states.push((await navigator.permissions.query({ name: name as PermissionName })).state);
      states.push(await Notification.requestPermission());
      const { promise, resolve } = Promise.withResolvers<string>();
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'asked'),
      );
      states.push(await promise);
      return [...new Set(states)];
    });
    expect(granted).toEqual(['denied']);
  });

  test('saves no file', async () => {
    const refused = open.app.evaluate(
      ({ session }) =>
        new Promise((resolve) => {
          session.defaultSession.once('will-download', ({ defaultPrevented }) => resolve(defaultPrevented));
        }),
    );
    await open.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'app://keyline/index.html';
      link.download = 'index.html';
      link.click();
    });
    expect(await refused).toBe(true);
  });

  test('reads no file beside its own', async () => {
    const answer = await open.app.evaluate(async ({ net }) => {
      const asked = ['..%2fmain%2fmain.js', '%2e%2e/main/main.js', '..%2f..%2fpackage.json', '..%5cmain%5cmain.js'];
      const there = await net.fetch('app://keyline/index.html');
      const elsewhere = await net.fetch('app://other/index.html');
      const posted = await net.fetch('app://keyline/index.html', { method: 'POST' });
      const paths = await Promise.all(asked.map(async (path) => (await net.fetch(`app://keyline/${path}`)).status));
      return [there.status, elsewhere.status, posted.status, ...paths];
    });
    expect(answer).toEqual([200, 404, 404, 404, 404, 404, 404]);
    const local = await open.page.evaluate(() => fetch('file:///etc/hostname').catch(() => 'refused'));
    expect(local).toBe('refused');
  });
});

/** Runs in the page: what a script that got in would try. Leaves there which of it ran, and which rules refused. */
async function trespass(): Promise<void> {
  const refused = new Set<string>();
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.add(effectiveDirective));
  const ran: string[] = [];
  Object.assign(globalThis, { intrude: (how: string) => ran.push(how), intruders: ran, refusedRules: refused });
  const box = document.createElement('div');
  box.id = 'trespass';
  document.body.append(box);
  const put = (tag: string, members: Record<string, string>) => {
    const element = Object.assign(document.createElement(tag), members);
    box.append(element);
  };
  const elsewhere = 'https://example.com/';
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ['script', { textContent: "intrude('inline')" }],
    ['script', { src: "data:text/javascript,intrude('data')" }],
    ['img', { src: elsewhere }],
    ['iframe', { src: elsewhere }],
    ['object', { data: elsewhere }],
    ['audio', { src: elsewhere }],
    ['base', { href: elsewhere }],
    ['link', { rel: 'stylesheet', href: `${elsewhere}a.css` }],
  ];
  for (const [tag, members] of attempts) put(tag, members);
  // In a turn of its own: what a test evaluates may evaluate.
  const turn = new MessageChannel();
  const evaluated = new Promise<void>((resolve) => {
    turn.port1.onmessage = () => {
      try {
        // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested.
        globalThis.eval("intrude('eval')");
      } catch {
        // Refused, as it should be.
      }
      resolve();
    };
  });
  turn.port2.postMessage(null);
  await evaluated;
  try {
    new Worker('data:text/javascript,1');
  } catch {
    // The rule is told as an event all the same.
  }
  const reached = await fetch(elsewhere).then(
    () => true,
    () => false,
  );
  if (reached) ran.push('fetch');
  await new FontFace('Elsewhere', `url(${elsewhere}a.woff2)`).load().catch(() => {});
  const form = document.createElement('form');
  form.action = elsewhere;
  box.append(form);
  form.submit();
}

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

function stationLog(): string {
  const folder = join(open.dataDir, 'logs');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}
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
      const odd = [
        'nodeIntegrationInWorker',
        { a: 1 },
        null,
        new Uint8Array(9),
        '',
        '{',
        '[]',
        '{"i":1}',
        JSON.stringify('x'.repeat(70_000)),
      ];
      for (const message of odd) port.postMessage(message);
      port.postMessage(JSON.stringify({ i: 'intruder-file', p: { u: '/status', h: files } }));
      call('unknown-call', '/station/destroy', {});
      call('bad-input', '/line/start', { lotId: 7 });
      call('status', '/status', undefined);
    });
  });
  Object.assign(globalThis, { answers });
}

// Takes the pictures of every recorded line for the eye: `node test/shots/shots.ts FOLDER [BROWSER]`. Writes one PNG a
// state, size and scheme. The browser is Playwright's own unless its program is named.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';

const [folder, executablePath] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder for the pictures');
mkdirSync(folder, { recursive: true });

const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1024, height: 768 };
const PICTURES = [
  ...['line-16', 'line-64'].flatMap((line) =>
    (['light', 'dark'] as const).map((scheme) => ({ line, scheme, size: LARGE })),
  ),
  ...['line-1', 'line-4', 'line-8', 'line-32', 'line-empty', 'line-held', 'line-stopped', 'line-practice', 'gone'].map(
    (line) => ({ line, scheme: 'light', size: LARGE }) as const,
  ),
  ...['line-16', 'line-64', 'line-32'].map((line) => ({ line, scheme: 'light', size: SMALL }) as const),
  { line: 'line-16', scheme: 'light', size: LARGE, language: 'qps' } as const,
  { line: 'line-64', scheme: 'light', size: LARGE, language: 'qps' } as const,
];

const server = await createServer({
  configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
  server: { host: '127.0.0.1', port: 0 },
});
await server.listen();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox'],
});
try {
  for (const { line, scheme, size, ...more } of PICTURES) {
    const language = 'language' in more ? more.language : 'en';
    const page = await browser.newPage({ viewport: size, timezoneId: 'UTC' });
    page.on('pageerror', (error) => console.error(`${line}: ${error.message}`));
    await page.addInitScript(`localStorage.setItem('mantine-color-scheme-value', '${scheme}')`);
    await page.goto(`${server.resolvedUrls?.local[0]}?line=${line}&language=${language}`);
    await page.locator('.main').waitFor();
    await page.evaluate('document.fonts.ready.then(() => true)');
    const name = [line, scheme, ...(size === SMALL ? ['1024x768'] : []), ...(language === 'qps' ? ['qps'] : [])].join(
      '-',
    );
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}

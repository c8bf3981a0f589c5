// `npm run shots [FOLDER]`: pictures of every screen for the eye, the app beside its drawing where there is one, each
// drawn by the same Electron at the same size. Writes one PNG a state.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { startScreen } from '../e2e/hidden-screen.ts';
import { LARGE, LOW, openPictureWindow, type PictureWindow, type Size, SMALL, type Wanted } from './picture-window.ts';

interface Picture extends Wanted {
  readonly name: string;
  /** File in drawings/; null where it was not drawn. */
  readonly drawing: string | null;
}

const PICTURES: readonly Picture[] = [
  { name: 'line-16-light', screen: 'line-16-scanned', drawing: 'line-16-light' },
  { name: 'line-16-dark', screen: 'line-16-scanned', theme: 'dark', drawing: 'line-16-light' },
  { name: 'line-64-light', screen: 'line-64-taught', drawing: 'line-64-light' },
  { name: 'line-64-dark', screen: 'line-64-taught', theme: 'dark', drawing: 'line-64-light' },
  { name: 'line-16-1024x768', screen: 'line-16-scanned', size: SMALL, drawing: 'line-16-light' },
  { name: 'line-16-dark-1024x768', screen: 'line-16-scanned', theme: 'dark', size: SMALL, drawing: 'line-16-light' },
  { name: 'line-16-1280x720', screen: 'line-16-scanned', size: LOW, drawing: 'line-16-light' },
  { name: 'line-64-1024x768', screen: 'line-64', size: SMALL, drawing: null },
  { name: 'line-empty', screen: 'line-empty', drawing: 'line-empty' },
  { name: 'line-empty-1024x768', screen: 'line-empty', size: SMALL, drawing: null },
  { name: 'lot-report', screen: 'lot-page', drawing: 'lot-report' },
  { name: 'lot-report-dark', screen: 'lot-page', theme: 'dark', drawing: 'lot-report' },
  { name: 'lot-report-1024x768', screen: 'lot-page', size: SMALL, drawing: null },
  { name: 'lot-report-qps', screen: 'lot-page', language: 'qps', drawing: null },
  ...['tables', 'hold', 'close', 'fresh', 'closed', 'technician'].map((state) => alone(`lot-page-${state}`)),
  { name: 'lot-setup', screen: 'lot-setup', drawing: 'lot-setup' },
  { name: 'lot-setup-dark', screen: 'lot-setup', theme: 'dark', drawing: 'lot-setup' },
  { name: 'lot-setup-1024x768', screen: 'lot-setup', size: SMALL, drawing: null },
  { name: 'lot-setup-qps', screen: 'lot-setup-stopped', language: 'qps', drawing: null },
  ...['lot-setup-stopped', 'lot-setup-blank', 'line-no-lots'].map(alone),
  { name: 'first-run', screen: 'first-run', drawing: 'first-run' },
  ...['line-1', 'line-4', 'line-8', 'line-32', 'line-paused', 'line-held', 'line-stopped'].map(alone),
  ...['line-locked-officer', 'line-full', 'line-list', 'line-detail', 'line-detail-failed', 'line-practice'].map(alone),
  ...['line-scan-refused', 'gone'].map(alone),
  ...['help', 'lots'].flatMap(everyWay),
  alone('sign-in'),
  { name: 'sign-in-1024x768', screen: 'sign-in', size: SMALL, drawing: null },
  { name: 'settings-signing', screen: 'settings-signing', drawing: 'settings-signing' },
  { name: 'settings-signing-dark', screen: 'settings-signing', theme: 'dark', drawing: 'settings-signing' },
  { name: 'settings-signing-1024x768', screen: 'settings-signing', size: SMALL, drawing: null },
  { name: 'settings-signing-qps', screen: 'settings-signing', language: 'qps', drawing: null },
  ...['practice', 'locked', 'away', 'asks', 'requested', 'supervisor', 'own-key', 'none'].map((state) =>
    alone(`settings-signing-${state}`),
  ),
  { name: 'sync-audit', screen: 'sync-audit', drawing: 'sync-audit' },
  { name: 'sync-audit-dark', screen: 'sync-audit', theme: 'dark', drawing: 'sync-audit' },
  { name: 'sync-audit-1024x768', screen: 'sync-audit', size: SMALL, drawing: null },
  { name: 'sync-audit-qps', screen: 'sync-audit', language: 'qps', drawing: null },
  ...['idle', 'sending', 'trouble', 'forked', 'locked', 'none', 'changed', 'carry', 'compare', 'reconcile', 'export']
    .concat(['table', 'technician'])
    .map((state) => alone(`sync-${state}`)),
  ...[
    'settings-ports-taught',
    'settings-teach',
    'settings-cloud',
    'settings-recipes',
    'settings-people',
    'settings-diagnostics',
    'settings-practice',
  ].flatMap(everyWay),
  ...[
    'settings-shape',
    'settings-people-add',
    'settings-people-supervisor',
    'settings-heat',
    'settings-practice-asks',
    'line-trace',
  ].map(alone),
  { name: 'line-64-untaught', screen: 'line-64', drawing: null },
  alone('line-16-strips'),
  ...['lot-setup-sent', 'lots-sent', 'line-detail-sent'].map(alone),
  ...['settings-ports', 'settings-screen', 'line-pin-officer', 'line-empty-pin-officer'].map(alone),
  { name: 'settings-labels', screen: 'settings-labels', drawing: null },
  { name: 'settings-labels-dark', screen: 'settings-labels', theme: 'dark', drawing: null },
  { name: 'settings-labels-1024x768', screen: 'settings-labels', size: SMALL, drawing: null },
  { name: 'settings-labels-qps', screen: 'settings-labels', language: 'qps', drawing: null },
  ...['small', 'tiny', 'empty', 'none', 'practice'].map((state) => alone(`settings-labels-${state}`)),
  ...[
    'sheet-commands',
    'sheet-slots',
    'sheet-traveller',
    'sheet-rework',
    'sheet-scrap',
    'sheet-scanner',
    'line-labels-empty',
  ].map(alone),
  ...['line-label-wrong', 'line-detail-label'].map(alone),
  { name: 'line-detail-label-dark', screen: 'line-detail-label', theme: 'dark', drawing: null },
  { name: 'device-record', screen: 'device-record', drawing: 'device-record' },
  { name: 'device-record-dark', screen: 'device-record', theme: 'dark', drawing: 'device-record' },
  { name: 'device-record-1024x768', screen: 'device-record', size: SMALL, drawing: null },
  { name: 'device-record-qps', screen: 'device-record', language: 'qps', drawing: null },
  { name: 'devices-1024x768', screen: 'devices', size: SMALL, drawing: null },
  { name: 'devices-dark', screen: 'devices', theme: 'dark', drawing: null },
  ...['devices', 'devices-none', 'devices-not-found'].map(alone),
  ...['not-sealed', 'officer', 'checked', 'differs', 'void', 'rework', 'in-rework', 'reworked', 'scrapped'].map(
    (state) => alone(`device-record-${state}`),
  ),
  { name: 'cards', screen: 'cards', drawing: null },
  { name: 'cards-dark', screen: 'cards', theme: 'dark', drawing: null },
  { name: 'line-16-qps', screen: 'line-16', language: 'qps', drawing: null },
  { name: 'line-64-qps', screen: 'line-64', language: 'qps', drawing: null },
  { name: 'line-16-de', screen: 'line-16-scanned', language: 'de', drawing: 'line-16-de' },
  { name: 'line-16-zh-CN', screen: 'line-16-scanned', language: 'zh-CN', drawing: 'line-16-zh-CN' },
  { name: 'line-16-es', screen: 'line-16-scanned', language: 'es', drawing: null },
  { name: 'line-16-vi', screen: 'line-16-scanned', language: 'vi', drawing: null },
  ...(['de', 'zh-CN', 'es', 'vi'] as const).flatMap((language) => [
    { name: `line-64-${language}`, screen: 'line-64', language, drawing: null },
    { name: `sign-in-${language}`, screen: 'sign-in', language, drawing: null },
    { name: `settings-screen-${language}`, screen: 'settings-screen', language, drawing: null },
    { name: `cards-${language}`, screen: 'cards', language, drawing: null },
  ]),
];

/** Drawings with Chinese words in them. */
const CHINESE: readonly string[] = ['line-16-zh-CN', 'first-run'];

/** Room for a line of words above each side. */
const HEAD = 32;
const GAP = 16;

const FONTS = ['@fontsource-variable/inter/wght.css', '@fontsource/jetbrains-mono/latin-400.css']
  .map(fontFaces)
  .join('');

function alone(screen: string): Picture {
  return { name: screen, screen, drawing: null };
}

/** Light, dark, and in the small window. */
function everyWay(screen: string): readonly Picture[] {
  return [
    alone(screen),
    { name: `${screen}-dark`, screen, theme: 'dark', drawing: null },
    { name: `${screen}-1024x768`, screen, size: SMALL, drawing: null },
  ];
}

const folder = resolve(process.argv[2] ?? 'shots');
const only = process.argv.slice(3);
mkdirSync(folder, { recursive: true });
const hidden = process.env.DISPLAY === undefined ? await startScreen() : null;
const window = await openPictureWindow(hidden?.display ?? null);
window.page.on('pageerror', (error) => console.error(error.message));
try {
  for (const picture of PICTURES)
    if (only.length === 0 || only.includes(picture.name)) await write(window, picture).catch(tell(picture.name));
} finally {
  await window.close();
  await hidden?.end();
}

function tell(name: string): (cause: unknown) => void {
  return (cause) => {
    console.error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    process.exitCode = 1;
  };
}

async function write({ page, show }: PictureWindow, picture: Picture): Promise<void> {
  const { name, drawing, theme = 'light', size = LARGE } = picture;
  const path = join(folder, `${name}.png`);
  await show(picture);
  if (drawing === null) return void (await page.screenshot({ path, fullPage: true }));
  const app = await page.screenshot();
  await page.goto(pathToFileURL(join(import.meta.dirname, 'drawings', `${drawing}.html`)).href);
  await page.addStyleTag({ content: CHINESE.includes(drawing) ? `${FONTS}${chineseFont()}` : FONTS });
  await page.evaluate(async (chosen) => {
    document.documentElement.dataset.theme = chosen;
    await document.fonts.load('400 16px Inter');
    await document.fonts.ready;
  }, theme);
  await sideBySide(page, [app, await page.screenshot()], size, path);
}

async function sideBySide(page: Page, sides: readonly Buffer[], size: Size, path: string): Promise<void> {
  const [app, drawn] = sides.map((png) => `data:image/png;base64,${png.toString('base64')}`);
  await page.setViewportSize({ width: 2 * size.width + GAP, height: size.height + HEAD });
  await page.setContent(`<style>body{margin:0;display:flex;gap:${GAP}px;font:600 17px/${HEAD}px sans-serif}img{display:block}</style>
    <div>The app<img src="${app}"></div><div>The drawing<img src="${drawn}"></div>`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await page.screenshot({ path });
}

/** The fonts that the app ships, by the names that the drawings use. */
function fontFaces(sheet: string): string {
  const file = createRequire(import.meta.url).resolve(sheet);
  const css = readFileSync(file, 'utf8').replaceAll('Inter Variable', 'Inter');
  return css.replaceAll(/url\(\.?\/?([^)]+\.woff2)\)/g, (_, path) => {
    const font = readFileSync(join(dirname(file), path)).toString('base64');
    return `url(data:font/woff2;base64,${font})`;
  });
}

/** By the name that the drawings use; read for a Chinese one alone, since it has a hundred parts. */
function chineseFont(): string {
  return fontFaces('@fontsource-variable/noto-sans-sc/wght.css').replaceAll('Noto Sans SC Variable', 'Noto Sans SC');
}

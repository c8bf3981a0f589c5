// Electron's main process: one window on the app's own files, the station and the practice bench as programs of their
// own, and nothing else. It holds no records, no keys and no truth.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, Menu, session, type WebContents } from 'electron';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { Closing } from './closing.ts';
import { guardContents, guardSession } from './guard.ts';
import { lineMode } from './line-mode.ts';
import { LinePrograms } from './line-programs.ts';
import { pageAddress } from './page-address.ts';
import { pageLanguage } from './page-language.ts';
import { printReport } from './print-report.ts';
import { QUESTION_WORDS } from './question-words.ts';
import { keepWindowPlace, LEAST, windowPlace } from './window-state.ts';

const dist = fileURLToPath(new URL('..', import.meta.url));
/** Programs lie beside the app's archive: plain Node reads none. */
const program = (name: string) =>
  join(dist.replace('app.asar', 'app.asar.unpacked'), 'station', 'electron', `${name}.mjs`);

const preload = join(dist, 'preload', 'preload.cjs');
/** Of every page, on screen or printed. */
const PAGE = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
} as const;

const address = pageAddress(app.isPackaged, process.env);

function open(): void {
  Menu.setApplicationMenu(null);
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, join(dist, 'client'));
  const around = { platform: process.platform, env: process.env, homeDir: homedir() };
  const programs = new LinePrograms(lineMode(process.argv, around), program, {
    work: (work) => closing.work(work),
    print: (lotId) => printReport(address.page, lotId, { ...PAGE, preload }, (page) => programs.joinStation(page)),
    failed: giveUp,
    cameBack: (sentence) => void tellOfPractice(window, sentence),
  });
  const closing = new Closing(() => programs.close());
  const window = openWindow((page) => programs.join(page));
  // Not before: what boots beside the window takes its processor, and a blank screen is the longest wait.
  window.webContents.once('did-finish-load', () => programs.start());
  closing.guard(window);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void closing.end().catch(() => app.exit(3)));
  keepWindowPlace(window);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

function openWindow(loaded: (page: WebContents) => void): BrowserWindow {
  const { maximized, ...place } = windowPlace();
  const window = new BrowserWindow({
    ...place,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Keyline',
    backgroundColor: '#f3f4f5',
    show: false,
    webPreferences: {
      ...PAGE,
      preload,
      // A line that nobody looks at runs on: its view is folded and its calls sound behind other windows too.
      backgroundThrottling: false,
      devTools: !app.isPackaged,
      // A line that stops before anyone touched the window is heard too.
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  if (maximized) window.maximize();
  // The first picture, or the whole page: a window that is hidden draws none, and one whose graphics failed once waits for
  // a first picture for ever.
  const show = () => void (window.isVisible() || window.show());
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', show);
  window.webContents.on('did-finish-load', () => loaded(window.webContents));
  // A page that died is loaded again: it holds nothing.
  window.webContents.on('render-process-gone', () => window.webContents.reload());
  window.loadURL(address.page).catch((cause: Error) => giveUp(cause.message));
  return window;
}

/** Practice ended by itself. */
async function tellOfPractice(window: BrowserWindow, sentence: string): Promise<void> {
  const words = QUESTION_WORDS[await pageLanguage(window.webContents)];
  await dialog.showMessageBox(window, {
    ...{ type: 'warning', title: words.practice, message: words.practiceEnded, buttons: [words.ok] },
    detail: `${sentence}\n${words.realAgain}`,
  });
}

/** Told by the page that is there, else by a box of the system, which waits for somebody to read it. */
function giveUp(sentence: string): void {
  const page = BrowserWindow.getAllWindows()[0]?.webContents;
  if (page !== undefined && !page.isLoading() && !page.isCrashed()) return page.send('app:gave-up', sentence);
  dialog.showErrorBox('Keyline cannot go on', `${sentence}\nNothing that was recorded is lost. Start Keyline again.`);
  app.exit(3);
}

// Chromium tries a graphics device that is not there, and now and then waits for it for ever with an empty window.
if (process.platform === 'linux' && !existsSync('/dev/dri')) app.disableHardwareAcceleration();

if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  guardContents(address.origin);
  // Not awaited at the top: an ES module that waits for ready waits for ever.
  app.whenReady().then(open, (cause: Error) => giveUp(cause.message));
} else {
  app.quit();
}

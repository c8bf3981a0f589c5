// Electron's main process: one window on the app's own files, the station and the practice bench as programs of their
// own, and nothing else. It holds no records, no keys and no truth.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import { APP_PAGE, registerAppScheme, serveApp } from './app-protocol.ts';
import { BenchHost } from './bench-host.ts';
import { Closing } from './closing.ts';
import { guardContents, guardSession } from './guard.ts';
import { StationHost } from './station-host.ts';
import { keepWindowPlace, LEAST, windowPlace } from './window-state.ts';

const dist = fileURLToPath(new URL('..', import.meta.url));
const program = (name: string) => join(dist, 'station', 'electron', `${name}.mjs`);

function open(): void {
  Menu.setApplicationMenu(null);
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, join(dist, 'client'));
  const closing = new Closing(async () => {
    await station.close();
    await bench.close();
  });
  const station = new StationHost(program('station-process'), {
    ready: () => bench.stationReady(),
    work: (work) => closing.work(work),
    failed: giveUp,
  });
  const bench = new BenchHost(program('bench-process'), {
    prepared: (dataDir) => station.start(dataDir),
    failed: giveUp,
  });
  const window = openWindow(station);
  closing.guard(window);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void closing.end().catch(() => app.exit(3)));
  keepWindowPlace(window);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

function openWindow(station: StationHost): BrowserWindow {
  const { maximized, ...place } = windowPlace();
  const window = new BrowserWindow({
    ...place,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Keyline',
    backgroundColor: '#f3f4f5',
    show: false,
    webPreferences: {
      preload: join(dist, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-finish-load', () => station.join(window.webContents));
  // A page that died is loaded again: it holds nothing.
  window.webContents.on('render-process-gone', () => window.webContents.reload());
  window.loadURL(APP_PAGE).catch((cause: Error) => giveUp(cause.message));
  return window;
}

function giveUp(sentence: string): void {
  dialog.showErrorBox('Keyline cannot go on', `${sentence}\nNothing that was recorded is lost. Start Keyline again.`);
  app.exit(3);
}

if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  guardContents();
  // Not awaited at the top: an ES module that waits for ready waits for ever.
  app.whenReady().then(open, (cause: Error) => giveUp(cause.message));
} else {
  app.quit();
}

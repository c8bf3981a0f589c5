// Prints one label on a printer of this computer: main draws it in a window that nobody sees, without scripts, and hands it
// to the system without a dialogue. The page of the screens has no part in it.
import { BrowserWindow, type WebContents } from 'electron';
import type { PrintOrder } from './parent-messages.ts';
import { within } from './within.ts';

const MICRONS_PER_MM = 1_000;

/** Less than the station waits (system-printer.ts): what it has given up is not sent any more. */
const TAKEN_LIMIT_MS = 25_000;

/** Whether the system took it; without a label, whether such a printer is there. Never rejects. */
export async function printPage(order: PrintOrder): Promise<boolean> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  try {
    return await within(TAKEN_LIMIT_MS, printIn(window, order));
  } catch {
    return false;
  } finally {
    window.destroy();
  }
}

async function printIn(window: BrowserWindow, { printer, label }: PrintOrder): Promise<boolean> {
  await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(pageOf(label))}`);
  const { webContents } = window;
  const found = await webContents.getPrintersAsync();
  const there = printer === '' ? found.length > 0 : found.some(({ name }) => name === printer);
  if (label === null || !there) return there;
  // The spooler took longer than anybody waits.
  if (window.isDestroyed()) return false;
  return sent(webContents, printer, label);
}

type Label = NonNullable<PrintOrder['label']>;

function pageOf(label: Label | null): string {
  const size = label === null ? '' : `@page{size:${label.widthMm}mm ${label.heightMm}mm;margin:0}`;
  return `<!doctype html><style>${size}body{margin:0}svg{display:block}</style>${label?.svg ?? ''}`;
}

function sent(webContents: WebContents, printer: string, { widthMm, heightMm }: Label): Promise<boolean> {
  const order: Electron.WebContentsPrintOptions = {
    ...{ silent: true, printBackground: true, margins: { marginType: 'none' } },
    ...(printer === '' ? {} : { deviceName: printer }),
    pageSize: { width: widthMm * MICRONS_PER_MM, height: heightMm * MICRONS_PER_MM },
  };
  return new Promise((resolve) => webContents.print(order, (taken) => resolve(taken)));
}

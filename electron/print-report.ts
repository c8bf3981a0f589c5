// A lot's report as a PDF: its page is opened where nobody sees it, drawn from the station like any other, and printed.
// Gives up after a bound, and leaves no window behind.
import { BrowserWindow, type WebContents, type WebPreferences } from 'electron';
import { within } from './within.ts';

/** Reading 10,000 boards, drawing and fonts take a second; a busy computer some more. */
const DRAWN_LIMIT_MS = 30_000;

/** As long again for its pages as a PDF; the station waits longer (report-printer.ts). */
const PRINTED_LIMIT_MS = 60_000;

/** The page says so by its title (renderer/screens/report/ReportSheet.tsx). */
const DRAWN = 'report drawn';
const REFUSED = 'report refused';

/** A4 at 96 pixels an inch. */
const SHEET = { width: 794, height: 1123 } as const;

/** `joined` hands the page its port to the station. Rejects where it is not drawn and printed in time. */
export async function printReport(
  page: string,
  lotId: string,
  webPreferences: WebPreferences,
  joined: (page: WebContents) => void,
): Promise<Uint8Array> {
  const window = new BrowserWindow({ ...SHEET, show: false, webPreferences });
  const { webContents } = window;
  const printed = async () => {
    webContents.on('did-finish-load', () => joined(webContents));
    const drawn = drawnPage(window);
    const address = new URL(page);
    address.searchParams.set('report', lotId);
    await Promise.all([window.loadURL(address.href), drawn]);
    return webContents.printToPDF({ pageSize: 'A4', printBackground: true });
  };
  try {
    return await within(PRINTED_LIMIT_MS, printed());
  } finally {
    window.destroy();
  }
}

function drawnPage(window: BrowserWindow): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('the report was not drawn')), DRAWN_LIMIT_MS);
    const end = (settle: () => void) => {
      clearTimeout(limit);
      settle();
    };
    window.on('page-title-updated', (_event, title) => {
      if (title === DRAWN) end(resolve);
      if (title === REFUSED) end(() => reject(new Error('the station has no such report')));
    });
    window.webContents.once('render-process-gone', () => end(() => reject(new Error('the page died'))));
  });
}

// The least app that shows a page: Electron without Keyline's main, for pictures and measures of recorded screens.
import { app, BrowserWindow } from 'electron';

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, useContentSize: true, frame: false });
  void window.loadURL('about:blank');
});

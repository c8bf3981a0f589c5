// Hands the message ports of station and practice bench to the page, and the one sentence that main says when nothing can
// be started again. Nothing goes the other way: the page has no way out but those ports.
import { ipcRenderer } from 'electron';
import type { GaveUp, PortChannel } from './parent-messages.ts';

for (const channel of ['station:port', 'bench:port'] satisfies PortChannel[])
  ipcRenderer.on(channel, (event) => window.postMessage(channel, location.origin, [...event.ports]));

ipcRenderer.on('app:gave-up', (_event, sentence) =>
  window.postMessage({ type: 'app:gave-up', sentence } satisfies GaveUp, location.origin),
);

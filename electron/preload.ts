// Hands the station's message port to the page, and nothing else: the page has no other way out.
import { ipcRenderer } from 'electron';

ipcRenderer.on('station:port', (event) => window.postMessage('station:port', location.origin, [...event.ports]));

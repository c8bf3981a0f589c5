// Makes the names in a folder durable, after a rename. Windows does that itself and cannot open a folder.
import { closeSync, fsyncSync, openSync } from 'node:fs';

export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

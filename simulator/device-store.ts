// A device's non-volatile memory: one JSON file, replaced as a whole. A cut at any point leaves the old or the new record.
// Refuses a file that is not a device record (FORMATS.md, `devices/`).
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import { DeviceRecord } from './device-record.ts';

export interface DeviceStore {
  /** The last committed record, or null when there never was one. */
  load(): DeviceRecord | null;
  /** Durable when it returns. */
  commit(record: DeviceRecord): void;
}

/** For tests, and for devices that nobody meets twice. */
export class MemoryDeviceStore implements DeviceStore {
  #text: string | null = null;

  load(): DeviceRecord | null {
    return this.#text === null ? null : DeviceRecord.parse(JSON.parse(this.#text));
  }

  commit(record: DeviceRecord): void {
    this.#text = JSON.stringify(record);
  }
}

export class FileDeviceStore implements DeviceStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  }

  load(): DeviceRecord | null {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw new KeylineError('FILE_UNREADABLE', this.#path, {}, error);
    }
    const record = DeviceRecord.safeParse(parseJson(text));
    if (!record.success) throw new KeylineError('FILE_UNREADABLE', `${this.#path} is no device record`);
    return record.data;
  }

  commit(record: DeviceRecord): void {
    const temporary = `${this.#path}.new`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeSync(file, JSON.stringify(record));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.#path);
    syncFolder(dirname(this.#path));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The new name is durable only with its folder; Windows has no such call and needs none. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

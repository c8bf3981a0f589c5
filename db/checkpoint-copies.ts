// Copies of signed checkpoints outside the records, one a line: in a data folder's `backup`, and in the folder of a station
// in a backup. They pin the chain where the records themselves were put back.
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignedCheckpoint } from '../domain/checkpoint.ts';
import { KeylineError } from '../domain/errors.ts';

export const CHECKPOINT_COPIES = 'checkpoints.jsonl';

const NEW_LINE = 0x0a;

/** Appends it to the copies in this folder; durable when it returns. Throws DISK_FULL. */
export function appendCheckpoint(folder: string, signed: SignedCheckpoint): void {
  try {
    const file = openSync(join(folder, CHECKPOINT_COPIES), 'a+', 0o600);
    try {
      writeFileSync(file, `${isTorn(file) ? '\n' : ''}${JSON.stringify(signed)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new KeylineError('DISK_FULL', 'a checkpoint could not be copied', {}, cause);
  }
}

/** A power cut left half a line: what is written behind it would be lost with it. */
function isTorn(file: number): boolean {
  const { size } = fstatSync(file);
  const last = new Uint8Array(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== NEW_LINE;
}

/** The copies in this folder. A line that is cut short, or is no checkpoint, pins nothing. */
export function copiedCheckpoints(folder: string): SignedCheckpoint[] {
  const path = join(folder, CHECKPOINT_COPIES);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [SignedCheckpoint.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}

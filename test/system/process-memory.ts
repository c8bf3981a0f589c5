// All that a running program holds in memory and may write, block by block, as a core of it would hold: Linux only, and
// only for programs that this one started. The program stands still meanwhile.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

export interface MemoryBlock {
  /** Address and mapping, for whoever reads a failure. */
  readonly where: string;
  readonly content: Buffer;
}

const BLOCK_BYTES = 4 * 1024 * 1024;
/** Two blocks share so much: longer than any form of a key. */
const OVERLAP_BYTES = 1024;
const EMPTY = Buffer.alloc(BLOCK_BYTES);

/** Hands each block that is not empty to `look`; it is gone when that returns. The bytes that were read. */
export function eachMemoryBlock(pid: number, look: (block: MemoryBlock) => void): number {
  process.kill(pid, 'SIGSTOP');
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const block = Buffer.alloc(BLOCK_BYTES);
  let total = 0;
  try {
    for (const { start, end, name } of writableMappings(pid)) {
      for (let at = start; at < end; at += BLOCK_BYTES - OVERLAP_BYTES) {
        const length = readAt(memory, block, at, Math.min(BLOCK_BYTES, end - at));
        const content = block.subarray(0, length);
        if (content.equals(EMPTY.subarray(0, length))) continue;
        total += length;
        look({ where: `${at.toString(16)} ${name}`, content });
      }
    }
  } finally {
    block.fill(0);
    closeSync(memory);
    process.kill(pid, 'SIGCONT');
  }
  return total;
}

function writableMappings(pid: number): { start: number; end: number; name: string }[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'latin1').trim().split('\n');
  return lines.flatMap((line) => {
    const [, from = '', to = '', rights = '', name = ''] =
      /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
    return rights.startsWith('rw')
      ? [{ start: Number.parseInt(from, 16), end: Number.parseInt(to, 16), name: name || 'memory' }]
      : [];
  });
}

/** 0 for pages that cannot be read: they were never used. */
function readAt(memory: number, block: Buffer, at: number, length: number): number {
  try {
    return readSync(memory, block, 0, length, at);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EIO') return 0;
    throw error;
  }
}

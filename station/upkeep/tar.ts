// A tar archive (POSIX.1-1988 ustar) of a few short texts: what every system opens without a program of ours.

export interface TarEntry {
  /** 1 to 100 ASCII characters. */
  readonly name: string;
  readonly text: string;
}

const BLOCK = 512;
/** Where each field of a header stands: POSIX.1-1988, section 10.1.1. */
const CHECKSUM = { at: 148, bytes: 8 } as const;

/** `timeMs` is UTC. */
export function tarOf(entries: readonly TarEntry[], timeMs: number): Uint8Array {
  const blocks = entries.flatMap(({ name, text }) => {
    const content = Buffer.from(text, 'utf8');
    const padded = Buffer.alloc(Math.ceil(content.length / BLOCK) * BLOCK);
    content.copy(padded);
    return [header(name, content.length, timeMs), padded];
  });
  return new Uint8Array(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

function header(name: string, bytes: number, timeMs: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'ascii');
  block.write('0000600\0', 100, 'ascii');
  block.write('0000000\x000000000\0', 108, 'ascii');
  block.write(`${octal(bytes)}\0`, 124, 'ascii');
  block.write(`${octal(Math.floor(timeMs / 1000))}\0`, 136, 'ascii');
  block.fill(' ', CHECKSUM.at, CHECKSUM.at + CHECKSUM.bytes);
  block.write('0', 156, 'ascii');
  block.write('ustar\x0000', 257, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM.at, 'ascii');
  return block;
}

function octal(value: number): string {
  return value.toString(8).padStart(11, '0');
}

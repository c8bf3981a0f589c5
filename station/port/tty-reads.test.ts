import { closeSync, openSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endWithTty } from './tty-reads.ts';

/** A file that gives no bytes, as a tty that hung up. */
let fd: number;
beforeEach(() => {
  fd = openSync('/dev/null', 'r');
});
afterEach(() => closeSync(fd));

function tty(isOpen: boolean) {
  const poller = { once: (_: 'readable', heard: (error: Error | null) => void) => heard(new Error('nobody waits')) };
  const read = () => new Promise<{ buffer: Buffer; bytesRead: number }>(() => {});
  const port = {
    isOpen,
    fd,
    poller,
    read: read as (buffer: Buffer, offset: number, length: number) => ReturnType<typeof read>,
  };
  endWithTty(port);
  return port.read(Buffer.alloc(8), 0, 8);
}

test('a read that gives no bytes is the end of the port', async () => {
  await expect(tty(true)).rejects.toThrow('the port is gone');
});

test('a read of a port that was closed here is told as such, not as an unplug', async () => {
  await expect(tty(false)).rejects.toMatchObject({ canceled: true });
});

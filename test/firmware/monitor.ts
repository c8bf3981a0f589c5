// A look into the RAM of an emulated board, by the emulator's monitor.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

/** Where the machine has its RAM, and how much of it. */
export const RAM = { at: 0x20000000, bytes: 0x10000 } as const;

/** Words for the emulator: a monitor on this socket. */
export function withMonitor(socket: string): readonly string[] {
  return ['-monitor', `unix:${socket},server=on,wait=off`];
}

/** `file` is a place for the emulator to write to. */
export async function readRam(socket: string, file: string): Promise<Buffer> {
  const monitor = connect(socket);
  let said = '';
  monitor.setEncoding('latin1').on('data', (text: string) => {
    said += text;
    // The prompt comes back when it is done.
    if (said.endsWith('(qemu) ') && said.includes('pmemsave')) monitor.end();
  });
  monitor.write(`pmemsave ${RAM.at} ${RAM.bytes} "${file}"\n`);
  await once(monitor, 'close');
  return readFileSync(file);
}

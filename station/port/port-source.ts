// What `--ports` may say: a directory of links, one port's path, /dev or COM* for every USB port, tcp://host:port.
import { statSync } from 'node:fs';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { PortSource } from './byte-port.ts';
import { directoryPortSource } from './directory-port-source.ts';
import { parseTcpAddress } from './open-tcp.ts';
import { serialPortSource } from './serial-port-source.ts';
import { tcpPortSource } from './tcp-port-source.ts';

const TCP = 'tcp://';

/** `slots` is how many consecutive ports tcp:// stands for. Throws PORTS_INVALID. */
export function portSourceFrom(text: string, slots: number, clock: Clock): PortSource {
  if (text.startsWith(TCP)) {
    const first = parseTcpAddress(text.slice(TCP.length));
    if (first === null || first.port + slots - 1 > 65_535) throw new KeylineError('PORTS_INVALID', text);
    return tcpPortSource(clock, first, slots);
  }
  if (/^COM\*$/i.test(text) || /^\/dev\/?$/.test(text)) return serialPortSource(clock, null);
  if (/^COM[0-9]{1,3}$/i.test(text)) return serialPortSource(clock, text.toUpperCase());
  const node = statSync(text, { throwIfNoEntry: false });
  if (node?.isDirectory()) return directoryPortSource(clock, text);
  // A port that is not plugged in yet has no node; elsewhere a missing path is a mistake.
  if (node?.isCharacterDevice() || (node === undefined && /^\/dev\/./.test(text))) return serialPortSource(clock, text);
  throw new KeylineError('PORTS_INVALID', text);
}

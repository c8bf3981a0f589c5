// The PSK of a practice board, as its chip's maker would have left it there (docs/device-protocol.md 5.6). No secret: the
// factory secret that it is made of is public.
import { hkdfSync } from 'node:crypto';
import { fromHex } from '../domain/bytes.ts';
import { PRACTICE_SECRET } from '../domain/practice-secret.ts';
import { pskInfo } from '../protocol/injection.ts';

/** 32 bytes; `hwid` is hex. */
export function practicePsk(hwid: string): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', PRACTICE_SECRET, new Uint8Array(0), pskInfo(Uint8Array.from(fromHex(hwid))), 32),
  );
}

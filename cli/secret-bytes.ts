// A factory secret as people keep it: 32 bytes, raw, as 64 hex digits, or in Base64 of either alphabet. Wipes what it read.
import { KeylineError } from '../domain/errors.ts';

const SECRET_BYTES = 32;

/** 32 bytes of their own. Throws PSK_INVALID. */
export function readFactorySecret(given: Uint8Array): Uint8Array {
  try {
    if (given.length === SECRET_BYTES) return Uint8Array.from(given);
    const secret = fromText(Buffer.from(given.buffer, given.byteOffset, given.length).toString('latin1').trim());
    if (secret?.length !== SECRET_BYTES) throw new KeylineError('PSK_INVALID');
    return secret;
  } finally {
    given.fill(0);
  }
}

function fromText(text: string): Uint8Array | null {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Uint8Array.from(Buffer.from(text, 'hex'));
  if (/^(?:[0-9A-Za-z+/]{43}=?|[0-9A-Za-z_-]{43}=?)$/.test(text)) return Uint8Array.from(Buffer.from(text, 'base64'));
  return null;
}

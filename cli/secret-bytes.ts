// A factory secret as people keep it: 32 bytes, raw, as 64 hex digits, or in Base64 of either alphabet. Wipes what it read,
// and makes no text of it: text cannot be wiped.
import { KeylineError } from '../domain/errors.ts';
import { secretBytes } from '../station/identity/secret.ts';

const SECRET_BYTES = 32;
/** 32 bytes in Base64 without its padding. */
const BASE64_DIGITS = 43;

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const [PADDING = 0, SPACE = 0] = Buffer.from('= ');

/** Value of each digit by its code. */
function digitValues(...alphabets: string[]): ReadonlyMap<number, number> {
  return new Map(
    alphabets.flatMap((digits) => [...digits].map((digit, value) => [digit.charCodeAt(0), value] as const)),
  );
}

const FORMS = [
  { digits: 2 * SECRET_BYTES, bits: 4, values: digitValues(HEX, HEX.toUpperCase()) },
  { digits: BASE64_DIGITS, bits: 6, values: digitValues(`${BASE64}+/`) },
  { digits: BASE64_DIGITS, bits: 6, values: digitValues(`${BASE64}-_`) },
];

/** 32 bytes of their own, made by `secretBytes`. Throws PSK_INVALID. */
export function readFactorySecret(given: Uint8Array): Buffer {
  try {
    const secret = given.length === SECRET_BYTES ? copied(given) : fromText(trimmed(given));
    if (!secret) throw new KeylineError('PSK_INVALID');
    return secret;
  } finally {
    given.fill(0);
  }
}

function copied(given: Uint8Array): Buffer {
  const secret = secretBytes(SECRET_BYTES);
  secret.set(given);
  return secret;
}

function trimmed(text: Uint8Array): Uint8Array {
  let [start, end] = [0, text.length];
  while (start < end && (text[start] ?? 0) <= SPACE) start++;
  while (end > start && (text[end - 1] ?? 0) <= SPACE) end--;
  return text.subarray(start, end);
}

function fromText(text: Uint8Array): Buffer | null {
  const padded = text.length === BASE64_DIGITS + 1 && text[BASE64_DIGITS] === PADDING;
  const digits = padded ? text.subarray(0, BASE64_DIGITS) : text;
  for (const form of FORMS) {
    if (digits.length !== form.digits || !digits.every((digit) => form.values.has(digit))) continue;
    return decoded(digits, form.bits, form.values);
  }
  return null;
}

/** Bits of the last digit beyond whole bytes are left out. */
function decoded(digits: Uint8Array, bits: number, values: ReadonlyMap<number, number>): Buffer {
  const secret = secretBytes(SECRET_BYTES);
  let [held, count, at] = [0, 0, 0];
  for (const digit of digits) {
    held = (held << bits) | (values.get(digit) ?? 0);
    count += bits;
    if (count < 8) continue;
    count -= 8;
    secret[at++] = held >> count;
    held &= (1 << count) - 1;
  }
  return secret;
}

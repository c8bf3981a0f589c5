// RC2 in CBC (RFC 2268), to read and never to write: `openssl pkcs12 -legacy` locks certificates with it, and Node's
// OpenSSL has it in a provider that is not loaded.

/** RFC 2268 section 2, PITABLE. */
const PI = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
const BLOCK = 8;
/** Words of an expanded key. */
const WORDS = 64;
const ROTATIONS = [1, 2, 3, 5] as const;

/** Plain text of whole blocks, without its padding (PKCS#7); null when there are none or the padding is wrong. As strong as the key is long. */
export function decryptRc2(key: Buffer, iv: Buffer, data: Buffer): Buffer | null {
  if (data.length === 0 || data.length % BLOCK !== 0) return null;
  const words = expand(key);
  const plain = Buffer.alloc(data.length);
  let before = iv;
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    decryptBlock(words, block, plain.subarray(at));
    for (let i = 0; i < BLOCK; i++) plain[at + i] = (plain[at + i] ?? 0) ^ (before[i] ?? 0);
    before = block;
  }
  words.fill(0);
  const pad = plain.at(-1) ?? 0;
  const padded = pad >= 1 && pad <= BLOCK && plain.subarray(-pad).every((byte) => byte === pad);
  return padded ? plain.subarray(0, plain.length - pad) : null;
}

function expand(key: Buffer): Uint16Array {
  const bytes = Buffer.alloc(2 * WORDS);
  key.copy(bytes);
  const at = (i: number) => bytes[i] ?? 0;
  for (let i = key.length; i < bytes.length; i++) bytes[i] = PI[(at(i - 1) + at(i - key.length)) & 0xff] ?? 0;
  // The effective length is the whole key's: no bits are masked.
  bytes[bytes.length - key.length] = PI[at(bytes.length - key.length)] ?? 0;
  for (let i = bytes.length - key.length - 1; i >= 0; i--) bytes[i] = PI[at(i + 1) ^ at(i + key.length)] ?? 0;
  const words = Uint16Array.from({ length: WORDS }, (_, i) => bytes.readUInt16LE(2 * i));
  bytes.fill(0);
  return words;
}

function decryptBlock(words: Uint16Array, block: Buffer, out: Buffer): void {
  const r = Uint16Array.from({ length: 4 }, (_, i) => block.readUInt16LE(2 * i));
  const part = (i: number) => r[i & 3] ?? 0;
  const word = (i: number) => words[i] ?? 0;
  for (let round = 15; round >= 0; round--) {
    // Mixed 5, 6 and 5 times, mashed in between.
    if (round === 10 || round === 4) for (let i = 3; i >= 0; i--) r[i] = part(i) - word(part(i + 3) & (WORDS - 1));
    for (let i = 3; i >= 0; i--) {
      const turn = ROTATIONS[i] ?? 0;
      const turned = (part(i) >> turn) | (part(i) << (16 - turn));
      r[i] = turned - word(4 * round + i) - (part(i + 3) & part(i + 2)) - (~part(i + 3) & part(i + 1));
    }
  }
  for (let i = 0; i < 4; i++) out.writeUInt16LE(part(i), 2 * i);
}

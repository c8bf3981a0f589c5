// PEM (RFC 7468, strict form): one label, lines of 64, nothing between or around the blocks.

export type PemLabel = 'CERTIFICATE' | 'CERTIFICATE REQUEST' | 'ENCRYPTED PRIVATE KEY' | 'KEYLINE ENCRYPTED SECRET';

/** One block, ending in a line feed. */
export function toPem(label: PemLabel, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.map((line) => `${line}\n`).join('')}-----END ${label}-----\n`;
}

/** The blocks of a text that holds blocks of this label and nothing else, at least one; null otherwise. */
export function fromPem(label: PemLabel, text: string): Uint8Array[] | null {
  // Each block is written again and compared, so that one spelling is accepted; only line ends may differ.
  const unix = text.replaceAll('\r\n', '\n');
  const bodies = unix.split(`-----BEGIN ${label}-----\n`).slice(1);
  const blocks = bodies.map((body) => {
    const [base64 = ''] = body.split('-----');
    return new Uint8Array(Buffer.from(base64, 'base64'));
  });
  const written = blocks.map((block) => toPem(label, block)).join('');
  return blocks.length > 0 && blocks.every((block) => block.length > 0) && written === unix ? blocks : null;
}

/**
 * The blocks of this label in a text that holds other words too (RFC 7468 section 2: explanatory text), as openssl writes
 * them; each block itself is strict. Null when there is none, one is cut short, or a block of another label is there.
 */
export function fromPemWithWords(label: PemLabel, text: string): Uint8Array[] | null {
  const unix = text.replaceAll('\r\n', '\n');
  const begins = unix.match(/^-----BEGIN [^\n]*$/gm) ?? [];
  const blocks = unix.match(/^-----BEGIN ([A-Z0-9 ]+)-----\n[A-Za-z0-9+/=\n]+-----END \1-----$/gm) ?? [];
  if (begins.length !== blocks.length) return null;
  return fromPem(label, blocks.map((block) => `${block}\n`).join(''));
}

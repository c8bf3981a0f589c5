// PEM (RFC 7468, strict form): one label, lines of 64, nothing between or around the blocks.

export type PemLabel = 'CERTIFICATE' | 'ENCRYPTED PRIVATE KEY' | 'KEYLINE ENCRYPTED SECRET';

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

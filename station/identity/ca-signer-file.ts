// signer.json of a CA: where its key lies, and how often it may ever sign. Names only, nothing secret. Strict: what
// Keyline does not write is refused, never guessed at.
import { z } from 'zod';
import { KeylineError } from '../../domain/errors.ts';
import { readSmallFile } from './durable-file.ts';
import { KeyLabel, type TokenKeyRef, TokenLabel } from './pkcs11/token-key-ref.ts';

const Limit = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const SignerFile = z.discriminatedUnion('kind', [
  z.strictObject({ keyline: z.literal(1), kind: z.literal('file'), limit: Limit.optional() }),
  z.strictObject({
    keyline: z.literal(1),
    kind: z.literal('pkcs11'),
    module: z.string().min(1).max(4096),
    tokenLabel: TokenLabel,
    keyLabel: KeyLabel,
    limit: Limit.optional(),
  }),
]);

/** Where a CA's key lies. */
export type CaSigner = { readonly kind: 'file' } | ({ readonly kind: 'pkcs11' } & TokenKeyRef);

export interface CaSigning {
  readonly signer: CaSigner;
  /** Most signatures ever; null: without limit. */
  readonly limit: number | null;
}

/** A CA of an older Keyline has none: its key lies in its file. */
export const FILE_SIGNING: CaSigning = { signer: { kind: 'file' }, limit: null };

/** Never what `readSignerFile` would refuse: a folder with such a file stops the whole station. Throws USAGE. */
export function signerText({ signer, limit }: CaSigning): string {
  const written = SignerFile.safeParse({ keyline: 1, ...signer, ...(limit === null ? {} : { limit }) });
  if (!written.success) throw new KeylineError('USAGE', written.error.issues[0]?.message ?? '');
  return `${JSON.stringify(written.data, null, 2)}\n`;
}

/** Throws CA_SIGNER_FILE, FILE_UNREADABLE. */
export async function readSignerFile(path: string): Promise<CaSigning> {
  const text = await readSmallFile(path);
  const reading = SignerFile.safeParse(jsonOrNull(Buffer.from(text, 'latin1').toString('utf8')));
  if (!reading.success) {
    const issue = reading.error.issues[0];
    throw new KeylineError('CA_SIGNER_FILE', `${issue?.path.join('.') || 'signer.json'}: ${issue?.message}`, { path });
  }
  const { keyline: _, limit = null, ...signer } = reading.data;
  return { signer, limit };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Files that carry facts between a station and its service by hand: JSON lines, the first says what the file is, the last
// is the seal over all before it. Pure: the digest is handed in, the signature is checked elsewhere.
import { z } from 'zod';
import { canonicalJson, type TextDigest } from './audit-event.ts';
import { SignedCheckpoint } from './checkpoint.ts';
import { Name, Sha256Hex, TimeMs } from './ids.ts';

/** Entries of one file: some 25 MB, and as much memory for who reads it. */
export const MOST_CARRIED = 20_000;
/** Characters of one line: the longest is an issuing CA's chain of eight certificates. */
const MOST_LINE = 65_536;

const Base64 = z.base64().min(1);

/** First line of what a station writes for its service. */
const BundleHead = z.strictObject({
  keyline: z.literal('bundle-1'),
  stationId: Name,
  practice: z.boolean(),
  epoch: z.number().int().min(1),
  writtenMs: TimeMs,
});
export type BundleHead = z.infer<typeof BundleHead>;

/** A CA that this station's entries may be of, claimed by its key. */
const CarriedIssuer = z.strictObject({
  intermediates: z.array(Base64.max(5464)).min(1).max(6),
  root: Base64.max(5464),
  proof: Base64.max(200),
});
export type CarriedIssuer = z.infer<typeof CarriedIssuer>;

/** A line between: an issuing CA, a checkpoint, or an entry exactly as it waits, in this order. An entry names its CA. */
const BundleLine = z.union([
  z.strictObject({ issuer: CarriedIssuer }),
  z.strictObject({ checkpoint: SignedCheckpoint }),
  z.strictObject({ id: z.number().int().min(1), payload: z.string().max(16_384) }),
]);
export type BundleLine = z.infer<typeof BundleLine>;

/** A checkpoint by its place in the chain. */
export const Pinned = z.strictObject({
  epoch: z.number().int().min(1),
  seq: z.number().int().min(1),
  head: Sha256Hex,
});
export type Pinned = z.infer<typeof Pinned>;

/** First line of what a service writes back. */
const ReceiptHead = z.strictObject({
  keyline: z.literal('receipt-1'),
  stationId: Name,
  practice: z.boolean(),
  /** Seal of the bundle that it answers. */
  bundleSha256: Sha256Hex,
  /** The last checkpoint of this station that the service holds; absent before any. */
  pinned: Pinned.optional(),
  writtenMs: TimeMs,
});
export type ReceiptHead = z.infer<typeof ReceiptHead>;

/** A line between: what became of one entry. */
const ReceiptLine = z.strictObject({
  id: z.number().int().min(1),
  payloadSha256: Sha256Hex,
  /** Null: accepted; else why it was refused, in the service's words. */
  refused: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
    .nullable(),
});
export type ReceiptLine = z.infer<typeof ReceiptLine>;

/** Last line of both. */
const Seal = z.strictObject({
  lines: z.number().int().min(1),
  /** SHA-256 over all lines before, each with its line end. */
  sha256: Sha256Hex,
  /** Base64 of the DER ECDSA-SHA256 signature over `sealText`. */
  signature: Base64.max(200),
});
type Seal = z.infer<typeof Seal>;

/** The text that is signed: `bundle` by the station's key, `receipt` by the service's CA key. */
function sealText(kind: 'bundle' | 'receipt', { lines, sha256 }: Pick<Seal, 'lines' | 'sha256'>): string {
  return `keyline-${kind}-v1\n${canonicalJson({ lines, sha256 })}`;
}

type Kind = 'bundle' | 'receipt';
const HEADS = { bundle: BundleHead, receipt: ReceiptHead } as const;
const LINES = { bundle: BundleLine, receipt: ReceiptLine } as const;
export type HeadOf<K extends Kind> = z.infer<(typeof HEADS)[K]>;
export type LineOf<K extends Kind> = z.infer<(typeof LINES)[K]>;

/** The whole text of a file. `sign` gives base64 of the DER signature. */
export function carriedText<K extends Kind>(
  kind: K,
  head: HeadOf<K>,
  lines: readonly LineOf<K>[],
  { sha256, sign }: { readonly sha256: TextDigest; readonly sign: (text: string) => string },
): string {
  const text = [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  const sum = { lines: lines.length + 1, sha256: sha256(text) };
  return `${text}${JSON.stringify({ ...sum, signature: sign(sealText(kind, sum)) } satisfies Seal)}\n`;
}

export type Carried<K extends Kind> =
  | { readonly ok: true; readonly head: HeadOf<K>; readonly lines: readonly LineOf<K>[]; readonly sha256: string }
  | { readonly ok: false; readonly reason: string };

/** Reads a whole file. `isSigned` judges the seal's signature, for whom the head says it is. Never throws. */
export function readCarried<K extends Kind>(
  kind: K,
  text: string,
  sha256: TextDigest,
  isSigned: (head: HeadOf<K>, sealed: string, signature: string) => boolean,
): Carried<K> {
  const refused = (reason: string): Carried<K> => ({ ok: false, reason });
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 2) return refused('it is cut short');
  if (lines.some((line) => line.length > MOST_LINE)) return refused('a line is too long');
  const seal = Seal.safeParse(json(lines.pop() ?? ''));
  if (!seal.success || seal.data.lines !== lines.length) return refused('it is cut short');
  if (seal.data.sha256 !== sha256(lines.map((line) => `${line}\n`).join(''))) return refused('it was changed');
  const [first = '', ...rest] = lines;
  const head = HEADS[kind].safeParse(json(first));
  if (!head.success) return refused(`it is no ${kind}`);
  const known = head.data as HeadOf<K>;
  if (!isSigned(known, sealText(kind, seal.data), seal.data.signature)) return refused('its seal is of somebody else');
  const read = rest.map((line) => LINES[kind].safeParse(json(line)));
  const bad = read.findIndex((line) => !line.success);
  if (bad >= 0) return refused(`line ${bad + 2} is not understood`);
  return { ok: true, head: known, lines: read.map(({ data }) => data as LineOf<K>), sha256: seal.data.sha256 };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

// What a device's label says (UX.md section 14): model, serial and key tail for eyes, `KL1:<serial>:<key tail>` for
// scanners. Nothing secret is ever on it; the tail catches mix-ups and is no proof.
import { z } from 'zod';
import { DeviceSerial } from './ids.ts';
import { readScan, scanText } from './scan.ts';

/** Width x height, millimetres. */
export const LabelSize = z.enum(['50x25', '38x13', '10x10']);
export type LabelSize = z.infer<typeof LabelSize>;

/** What a lot's boards get when they pass. */
export const LotLabel = z.enum(['none', ...LabelSize.options]);
export type LotLabel = z.infer<typeof LotLabel>;

/** Last 8 hex digits of the SHA-256 of the public key, in capitals: the same on label, screen and record. */
export const KeyTail = z.string().regex(/^[0-9A-F]{8}$/);

export const LabelFacts = z.strictObject({
  model: z.string().max(32),
  revision: z.string().max(32),
  deviceSerial: DeviceSerial,
  keyTail: KeyTail,
  /** 1 for the first print; from 2 on it stands on the label. */
  copy: z.number().int().min(1),
  /** TEST stands across it. */
  practice: z.boolean(),
});
export type LabelFacts = z.infer<typeof LabelFacts>;

/** `spkiSha256`: 64 hex digits. */
export function keyTailOf(spkiSha256: string): string {
  return spkiSha256.slice(-8).toUpperCase();
}

/** In the two groups in which people read it. */
export function tailText(keyTail: string): string {
  return `${keyTail.slice(0, 4)} ${keyTail.slice(4)}`;
}

/** The text of the label's code: capitals, digits, `-` and `:` only. */
export function labelContent({ deviceSerial, keyTail }: Pick<LabelFacts, 'deviceSerial' | 'keyTail'>): string {
  return scanText({ kind: 'board', deviceSerial, keyTail });
}

/** What such a code says; null for any other text. */
export function readLabel(text: string): Pick<LabelFacts, 'deviceSerial' | 'keyTail'> | null {
  const scan = readScan(text);
  return scan.kind === 'board' ? { deviceSerial: scan.deviceSerial, keyTail: scan.keyTail } : null;
}

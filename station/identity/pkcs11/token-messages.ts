// Orders to a token process and its answers, with their validators: what a vendor's module says comes through here.
import { z } from 'zod';
import { isErrorCode } from '../../../domain/errors.ts';
import { KeyLabel, TokenLabel } from './token-key-ref.ts';

/** Slots of one module that are looked at: network HSMs show some twenty partitions. */
export const MOST_TOKENS = 64;

const Module = z.string().min(1).max(4096);

/** The first frame to a process; `open` and `make` are followed by the PIN. */
export const TokenOrder = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('list'), module: Module }),
  z.strictObject({ do: z.enum(['open', 'make']), module: Module, tokenLabel: TokenLabel, keyLabel: KeyLabel }),
]);
export type TokenOrder = z.infer<typeof TokenOrder>;
export type KeyOrder = Exclude<TokenOrder, { do: 'list' }>;

const Shown = z.string().max(64);

export const ListAnswer = z
  .array(
    z.strictObject({
      label: Shown,
      manufacturer: Shown,
      model: Shown,
      serialNumber: Shown,
      ready: z.boolean(),
      pin: z.enum(['good', 'wrong-before', 'last-try', 'locked']),
    }),
  )
  .max(MOST_TOKENS);

/** Uncompressed point of the public half, hex. */
export const OpenAnswer = z.strictObject({ point: z.string().regex(/^04[0-9a-f]{128}$/) });

/** `detail` is for a trace: function names and return values of PKCS#11, never a PIN. */
export const Refusal = z.strictObject({ code: z.string().refine(isErrorCode), detail: z.string().max(512) });

/** r and s of P-256, 32 bytes each. */
export const SIGNATURE_BYTES = 64;
/** SHA-256. */
export const DIGEST_BYTES = 32;
/** Longest PIN, bytes: what tokens take ends at 255. */
export const MAX_PIN_BYTES = 255;

// A recipe says what a device model gets (FORMATS.md). Strict JSON: an unknown key is refused, never ignored.
import { z } from 'zod';
import { Sha256Hex } from './ids.ts';

const Printable = z.string().regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?$/, '1 to 32 printable characters');
const Oid = z
  .string()
  .regex(/^[0-2](?:\.(?:0|[1-9][0-9]{0,9})){2,15}$/, 'an object identifier such as 1.3.6.1.4.1.32473.1');
const IsoDate = z.iso.date();

export const Recipe = z
  .strictObject({
    keyline: z.literal(1),
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and -'),
    version: z.string().regex(/^[0-9]+\.[0-9]+\.[0-9]+$/),
    model: Printable,
    hardwareRevisions: z.array(Printable).min(1).max(32),
    firmware: z.strictObject({
      version: z.string().regex(/^[0-9]+\.[0-9]+\.[0-9]+(?:\+[0-9]+)?$/),
      /** Path of the image, relative to the recipe file; it may not leave that folder. */
      file: z.string().regex(/^(?!\/)(?!.*(?:^|[/\\])\.\.(?:[/\\]|$))[^\\:]{1,200}$/, 'a path below the recipe'),
      /** SHA-256 of the file. */
      sha256: Sha256Hex,
      /** MCUboot's image hash (TLV 0x10), which the device reports. */
      imageHash: Sha256Hex,
    }),
    keyMode: z.enum(['on-chip', 'injected']),
    certificate: z.strictObject({
      organization: z.string().min(1).max(64),
      /** hwType of hardwareModuleName (RFC 4108, 802.1AR). */
      hardwareType: Oid,
      /** 'never' is 99991231235959Z (RFC 5280 4.1.2.5). */
      notAfter: z.union([z.literal('never'), IsoDate]),
    }),
    lock: z.strictObject({
      debug: z.boolean(),
      /** SMP groups that may still answer after the lock. */
      allowGroups: z.array(z.number().int().min(0).max(65535)).max(32),
    }),
    requireAttestation: z.boolean().optional(),
    acceptCableRisk: z.boolean().optional(),
  })
  .refine((recipe) => recipe.keyMode === 'on-chip' || recipe.requireAttestation || recipe.acceptCableRisk, {
    message: 'injected keys need requireAttestation or acceptCableRisk',
    path: ['acceptCableRisk'],
  });

export type Recipe = z.infer<typeof Recipe>;

// A recipe says what a device model gets (FORMATS.md). Strict JSON: an unknown key is refused, never ignored.
import { z } from 'zod';
import { KEPT_BY_WINDOWS, Sha256Hex } from './ids.ts';

const Printable = z.string().regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?$/, '1 to 32 printable characters');
const Oid = z
  .string()
  .regex(/^[0-2](?:\.(?:0|[1-9][0-9]{0,9})){2,15}$/, 'an object identifier such as 1.3.6.1.4.1.32473.1');
const IsoDate = z.iso.date();

/** Name of a factory secret, which is a file's name too, on any system. */
export const SecretName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and -')
  .refine((name) => !KEPT_BY_WINDOWS.test(name), 'a name that Windows keeps for itself');

const KeyMode = z.enum(['on-chip', 'injected']);
export type KeyMode = z.infer<typeof KeyMode>;

/** What stands against a relay on the cable that takes an injected key for itself (docs/device-protocol.md 10.2). */
export const CableGuard = z.enum(['psk', 'attestation', 'risk-accepted']);
export type CableGuard = z.infer<typeof CableGuard>;

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
    keyMode: KeyMode,
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
    /** Name of the factory secret that boards of this model come with: keys are sealed to them with it. */
    psk: SecretName.optional(),
    acceptCableRisk: z.boolean().optional(),
  })
  .refine((recipe) => recipe.keyMode === 'on-chip' || cableGuard(recipe) !== null, {
    message: 'injected keys need psk, requireAttestation or acceptCableRisk',
    path: ['acceptCableRisk'],
  })
  .refine((recipe) => recipe.keyMode === 'injected' || recipe.psk === undefined, {
    message: 'a factory secret seals injected keys only',
    path: ['psk'],
  })
  .refine((recipe) => recipe.psk === undefined || !recipe.acceptCableRisk, {
    message: 'with a factory secret there is no cable risk to accept',
    path: ['acceptCableRisk'],
  });

export type Recipe = z.infer<typeof Recipe>;

/** How a recipe's keys come into the boards; every record of such a board shows it. */
export const KeyTerms = z.object({
  keyMode: KeyMode,
  /** Null for keys that are made on the chip. */
  cableGuard: CableGuard.nullable(),
});
export type KeyTerms = z.infer<typeof KeyTerms>;

/** How this recipe's keys come into boards, and what stands against a relay on the cable where they are sent. */
export function keyTerms(recipe: Pick<Recipe, 'keyMode' | 'psk' | 'requireAttestation' | 'acceptCableRisk'>): KeyTerms {
  const { keyMode } = recipe;
  return { keyMode, cableGuard: keyMode === 'injected' ? cableGuard(recipe) : null };
}

/** In words, for people. */
export function keyTermsText({ keyMode, cableGuard: guard }: KeyTerms): string {
  return guard === null ? KEY_MODE_TEXT[keyMode] : `${KEY_MODE_TEXT[keyMode]}, ${GUARD_TEXT[guard]}`;
}

const KEY_MODE_TEXT: Record<KeyMode, string> = { 'on-chip': 'key made on the chip', injected: 'key injected' };
const GUARD_TEXT: Record<CableGuard, string> = {
  psk: 'PSK',
  attestation: 'attested',
  'risk-accepted': 'cable risk accepted',
};

function cableGuard(recipe: {
  readonly psk?: string | undefined;
  readonly requireAttestation?: boolean | undefined;
  readonly acceptCableRisk?: boolean | undefined;
}): CableGuard | null {
  if (recipe.psk !== undefined) return 'psk';
  if (recipe.requireAttestation) return 'attestation';
  return recipe.acceptCableRisk ? 'risk-accepted' : null;
}

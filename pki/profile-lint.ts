// Whether the certificates that a recipe asks for can come from a CA at all: judged by the linter itself on a sample
// with the longest serial and hardware id, before a lot is made and before its line starts, and not at its first board.
import { fromHex } from '../domain/bytes.ts';
import { isOid } from './der.ts';
import { buildTbs } from './idevid-profile.ts';
import { type LintIssuer, lintTbs } from './leaf-lint.ts';

/** Of a recipe (FORMATS.md). */
export interface LeafProfile {
  readonly organization: string;
  readonly hardwareType: string;
  /** `never` or `YYYY-MM-DD`. */
  readonly notAfter: string;
}

/** The generator of P-256: a key that is on the curve, and no board's. */
const SAMPLE_KEY = fromHex(
  '3059301306072a8648ce3d020106082a8648ce3d03010703420004' +
    '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
    '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
);

/** Findings; none when every board of the recipe can be signed for. `nowMs` is UTC ms. */
export function lintProfile(profile: LeafProfile, issuer: LintIssuer, nowMs: number): string[] {
  if (!isOid(profile.hardwareType)) return ['hardware type is no object identifier'];
  const sample = {
    ...{ organization: profile.organization, hardwareType: profile.hardwareType, notAfter: profile.notAfter },
    certificateSerialNumber: 'f'.repeat(32),
    notBeforeMs: Math.max(Math.floor(nowMs / 1000) * 1000, issuer.certificate.notBeforeMs),
    deviceSerial: 'Z'.repeat(32),
    hwid: 'fe'.repeat(32),
    spki: SAMPLE_KEY,
  };
  return lintTbs(buildTbs({ issuer: issuer.certificate, ...sample }), issuer, sample);
}

// What an issuing CA's key signs so that the security service believes whose CA it is (DESIGN.md section 7). Chains are
// public, every device shows one: only who can sign with a CA may say that it is his.

/** The text that is signed. No certificate begins like this, so the claim can never be taken for one. */
export function issuerClaimText(stationId: string, issuerId: string): string {
  return `keyline-issuer-v1\n${stationId}\n${issuerId}`;
}

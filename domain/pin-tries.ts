// How many tries a token's PIN has left after a wrong one, as far as a token tells (PKCS#11 3.1, CK_TOKEN_INFO flags).
// The refusal TOKEN_PIN_WRONG carries it as its detail; a screen puts it in words of its own.

export const PIN_TRIES = {
  few: 'the token counts wrong tries and locks its PIN after a few',
  one: 'one try is left before the token locks its PIN',
  locked: 'the PIN is locked now',
} as const;

export type PinTries = keyof typeof PIN_TRIES;

/** Null where the detail tells nothing of them. */
export function pinTriesOf(detail: string): PinTries | null {
  const told = Object.entries(PIN_TRIES).find(([, text]) => text === detail);
  return (told?.[0] as PinTries | undefined) ?? null;
}

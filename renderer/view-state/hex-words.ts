// Long hex as people read it: the tail of a key id in two groups, a number by its ends, a digest in groups of four.

/** The last 8 digits, as on the label and in the certificate: `7F3A 91C2`. */
export function keyTail(spkiSha256: string): string {
  const tail = spkiSha256.slice(-8).toUpperCase();
  return `${tail.slice(0, 4)} ${tail.slice(4)}`;
}

/** Pairs with colons: `24:0A:C4:9F:11:6E`. */
export function pairs(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}

/** Both ends of a long number, two pairs each. */
export function ends(hex: string): string {
  const all = hex.toUpperCase().match(/../g) ?? [];
  return all.length <= 5 ? all.join(':') : [...all.slice(0, 2), '…', ...all.slice(-2)].join(':');
}

/** Groups of four, which a line may break between. */
export function groups(hex: string): string {
  return (hex.match(/.{1,4}/g) ?? []).join(' ');
}

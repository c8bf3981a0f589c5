// The host status of a ZPL printer (answer to ~HS, ZPL II programming guide): three lines between STX and ETX, of which
// the first two say whether paper and ribbon are in and what still waits.

export interface ZplStatus {
  readonly paperOut: boolean;
  readonly ribbonOut: boolean;
  readonly headOpen: boolean;
  readonly paused: boolean;
  /** Labels received and not printed: formats in the buffer, and what is left of a batch. */
  readonly left: number;
}

/** Longest answer that is waited for, characters: three lines of some 40. */
export const MAX_STATUS_CHARS = 1_024;

const STX = '\u0002';
const ETX = '\u0003';

/** Null while `text` holds no whole answer. Throws nothing: what is no status is none. */
export function readZplStatus(text: string): ZplStatus | null {
  const lines = text
    .split(STX)
    .slice(1)
    .flatMap((part) => (part.includes(ETX) ? (part.split(ETX)[0] ?? '') : []));
  const [first, second, third] = lines.map((line) => line.split(','));
  if (first === undefined || second === undefined || third === undefined) return null;
  const formats = Number(first[4]);
  const batch = Number(second[8]);
  if (first.length < 5 || second.length < 9 || !Number.isInteger(formats) || !Number.isInteger(batch)) return null;
  return {
    paperOut: first[1] === '1',
    paused: first[2] === '1',
    headOpen: second[2] === '1',
    ribbonOut: second[3] === '1',
    left: formats + batch,
  };
}

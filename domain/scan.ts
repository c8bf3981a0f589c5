// What a scanned code says (UX.md sections 7 and 14), by its prefix. Our own codes hold capitals, digits, `-` and `:`
// only, so that every scanner and keyboard layout reads them; a work order is the factory's own, a plain name.
import { z } from 'zod';
import { DeviceSerial, Name } from './ids.ts';
import { Badge } from './person.ts';

/** The command card at each bench. */
export const ScanCommand = z.enum(['TRY-AGAIN', 'IN-THE-BIN', 'PRINT-AGAIN', 'NEXT', 'PAUSE']);
export type ScanCommand = z.infer<typeof ScanCommand>;

export type Scan =
  | { readonly kind: 'badge'; readonly badge: string }
  | { readonly kind: 'slot'; readonly slot: string }
  | { readonly kind: 'command'; readonly command: ScanCommand }
  /** `keyTail`: the last 8 hex digits of the key id, capitals (UX.md section 14). */
  | { readonly kind: 'board'; readonly deviceSerial: string; readonly keyTail: string }
  | { readonly kind: 'work-order'; readonly orderId: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** What each of our codes begins with. None of them can begin a name: a name has no colon. */
export const SCAN_PREFIXES = { badge: 'KLB:', slot: 'KLS:', command: 'KLC:', board: 'KL1:' } as const;

const KeyTail = z.string().regex(/^[0-9A-F]{8}$/);

/** What `text` says; every text says something, if only that it is not known. */
export function readScan(text: string): Scan {
  const unknown: Scan = { kind: 'unknown', text };
  const rest = text.slice(SCAN_PREFIXES.badge.length);
  if (text.startsWith(SCAN_PREFIXES.badge))
    return Badge.safeParse(rest).success ? { kind: 'badge', badge: rest } : unknown;
  if (text.startsWith(SCAN_PREFIXES.slot)) return Name.safeParse(rest).success ? { kind: 'slot', slot: rest } : unknown;
  if (text.startsWith(SCAN_PREFIXES.command)) {
    const command = ScanCommand.safeParse(rest);
    return command.success ? { kind: 'command', command: command.data } : unknown;
  }
  if (text.startsWith(SCAN_PREFIXES.board)) return boardOf(rest) ?? unknown;
  return Name.safeParse(text).success ? { kind: 'work-order', orderId: text } : unknown;
}

function boardOf(rest: string): Scan | null {
  const [deviceSerial = '', keyTail = '', ...more] = rest.split(':');
  const read = DeviceSerial.safeParse(deviceSerial).success && KeyTail.safeParse(keyTail).success && more.length === 0;
  return read ? { kind: 'board', deviceSerial, keyTail } : null;
}

/** A badge's code, also when its scan lost its first key or came with CapsLock. */
const BADGE_LIKE = /^k?lb:/i;

/** The text of a code for eyes: a badge signs in, so what it says is never shown, spoilt or not. */
export function shownText(scan: Scan): string {
  const text = scanText(scan);
  return BADGE_LIKE.test(text) ? `${SCAN_PREFIXES.badge}…` : text;
}

/** The text of a code, for those who print it; `readScan` reads it back. */
export function scanText(scan: Scan): string {
  switch (scan.kind) {
    case 'badge':
      return SCAN_PREFIXES.badge + scan.badge;
    case 'slot':
      return SCAN_PREFIXES.slot + scan.slot;
    case 'command':
      return SCAN_PREFIXES.command + scan.command;
    case 'board':
      return `${SCAN_PREFIXES.board}${scan.deviceSerial}:${scan.keyTail}`;
    case 'work-order':
      return scan.orderId;
    case 'unknown':
      return scan.text;
  }
}

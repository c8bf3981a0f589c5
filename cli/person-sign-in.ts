// Who sits at this terminal, once people are on record: a badge, or a name, and a PIN, from a prompt without echo or from
// open file descriptors; never from an argument or the environment, which other programs can read. A name is no secret.
import type { TerminalSignIn } from '../contract/people-api.ts';
import { KeylineError } from '../domain/errors.ts';
import { Badge, PersonName, Pin } from '../domain/person.ts';
import { Secret } from '../station/identity/secret.ts';
import { readSecret, textOf } from './passphrase.ts';
import type { AskPerson } from './station-client.ts';
import type { Terminal } from './terminal.ts';

export interface PersonPlaces {
  readonly terminal: Terminal;
  /** Name that was given, or null. */
  readonly person: string | null;
  /** Descriptors that were named, or null. */
  readonly badgeFd: number | null;
  readonly pinFd: number | null;
}

/** As printed on a badge, before what the station knows of it (UX.md section 7). */
const BADGE_PREFIX = 'KLB:';

const HOW = 'name yourself with --person, show a badge with --badge-fd, or use a terminal';

/** Asks when a call takes a person, and not before. Throws NOT_SIGNED_IN, PIN_MISSING, BADGE_UNKNOWN, PIN_WRONG. */
export function askPersonAt(places: PersonPlaces): AskPerson {
  const { terminal, person, badgeFd, pinFd } = places;
  /** A descriptor is read once; asked again it has nothing more to give, and its number may be another file's. */
  let [badgeOfFd, pinOfFd] = [badgeFd, pinFd];
  const readPin = async (question: string): Promise<string | null> => {
    const fd = pinOfFd;
    pinOfFd = null;
    return askPin(terminal, fd, question);
  };
  const byName = async (name: string): Promise<TerminalSignIn> => {
    if (!PersonName.safeParse(name).success) throw new KeylineError('NOT_SIGNED_IN', HOW);
    const pin = await readPin(`PIN of ${name}: `);
    if (pin === null) throw new KeylineError('PIN_MISSING', '--person-pin-fd');
    return { badge: null, name, pin };
  };
  return async (pinToo) => {
    if (pinToo) return { badge: null, name: null, pin: await readPin('PIN: ') };
    if (badgeOfFd !== null) {
      const fd = badgeOfFd;
      badgeOfFd = null;
      return byBadge(textOf(readSecret(fd)));
    }
    if (person !== null) return byName(person);
    const said = await typed(terminal, 'Badge, or name: ');
    if (said === null) throw new KeylineError('NOT_SIGNED_IN', HOW);
    return said.startsWith(BADGE_PREFIX) ? byBadge(said) : byName(said);
  };
}

/** The PIN is asked for when the station says that this person has one to give. */
function byBadge(said: string): TerminalSignIn {
  return { badge: badgeIn(said), name: null, pin: null };
}

function badgeIn(said: string): string {
  const badge = said.startsWith(BADGE_PREFIX) ? said.slice(BADGE_PREFIX.length) : said;
  if (!Badge.safeParse(badge).success) throw new KeylineError('BADGE_UNKNOWN');
  return badge;
}

/** A badge, as it is printed or without its prefix. Throws BADGE_NEEDED, BADGE_UNKNOWN. */
export async function askBadge(terminal: Terminal, question: string): Promise<string> {
  const said = await typed(terminal, question);
  if (said === null) throw new KeylineError('BADGE_NEEDED');
  return badgeIn(said);
}

/** A person's PIN, from the descriptor where one is named; null where none was given. Throws PIN_WRONG. */
export async function askPin(terminal: Terminal, fd: number | null, question: string): Promise<string | null> {
  const pin = fd === null ? await typed(terminal, question) : textOf(readSecret(fd));
  if (pin !== null && !Pin.safeParse(pin).success) throw new KeylineError('PIN_WRONG');
  return pin;
}

async function typed(terminal: Terminal, question: string): Promise<string | null> {
  const bytes = await terminal.readHidden(question);
  const text = bytes && textOf(new Secret(bytes)).trim();
  return text || null;
}

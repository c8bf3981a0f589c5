// Who signed in at a terminal: a session a command, known by a random token that leaves with each of its calls. The
// person at the window is another matter. A session of another process ends by itself when it is not used.
import type { Clock, Random } from '../../domain/seams.ts';

/** 256 bits: nobody guesses it through the socket. */
const TOKEN_BYTES = 32;
/** The site's idle time (UX.md section 2). */
const IDLE_MS = 900_000;
/** Terminals at once: as many as the socket has connections. */
const MOST = 64;

interface Session {
  readonly personId: string;
  /** A command that is the station itself ends with it, however long it lets nobody hear of it. */
  readonly lasting: boolean;
  usedMs: number;
}

export class Sessions {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #random: Random;
  readonly #open = new Map<string, Session>();

  constructor(clock: Pick<Clock, 'monotonicMs'>, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The token, hex. The one that was not used for longest gives way to one too many. */
  open(personId: string, lasting: boolean): string {
    this.#forgetIdle();
    const [oldest] = [...this.#open].sort(([, a], [, b]) => a.usedMs - b.usedMs);
    if (this.#open.size >= MOST && oldest) this.#open.delete(oldest[0]);
    const token = Buffer.from(this.#random.bytes(TOKEN_BYTES)).toString('hex');
    this.#open.set(token, { personId, lasting, usedMs: this.#clock.monotonicMs() });
    return token;
  }

  /** Whose it is, and that it was used now; null for one that is over. */
  personOf(token: string): string | null {
    this.#forgetIdle();
    const session = this.#open.get(token);
    if (!session) return null;
    session.usedMs = this.#clock.monotonicMs();
    return session.personId;
  }

  /** Whose it was; null for one that was over. */
  close(token: string): string | null {
    const personId = this.personOf(token);
    this.#open.delete(token);
    return personId;
  }

  #forgetIdle(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [token, { lasting, usedMs }] of this.#open)
      if (!lasting && nowMs - usedMs >= IDLE_MS) this.#open.delete(token);
  }
}

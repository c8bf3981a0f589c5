// The station's process as main sees it: started, waited for with a bound, started again when it dies, and joined to the
// screens' ports. Main looks into no message between the two.
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { type ChildProgram, startChild } from './child-program.ts';
import { FromStation, type ToStation, type Work } from './parent-messages.ts';

/** Opening keys takes a second, a slow disk some more: a station that is not there by then is not coming. */
const READY_LIMIT_MS = 30_000;

/** Starts in a row that may end before the station is ready. */
const MAX_STARTS = 3;

/** Longest that a board in work takes to its end, retries included (as the stillness of a practice run). */
const CLOSE_LIMIT_MS = 180_000;

export interface StationHostEnds {
  ready(): void;
  work(work: Work): void;
  /** It does not start; with its last sentence. */
  failed(sentence: string): void;
}

export class StationHost {
  readonly #file: string;
  readonly #ends: StationHostEnds;
  readonly #ports = new Map<number, MessagePortMain>();
  readonly #screens = new Set<WebContents>();
  #dataDir = '';
  #child: ChildProgram | null = null;
  #ready = false;
  #starts = 0;
  #lastPort = 0;
  #sentence = 'The station does not answer.';
  #readyLimit: NodeJS.Timeout | undefined;
  #closed: (() => void) | null = null;

  constructor(file: string, ends: StationHostEnds) {
    this.#file = file;
    this.#ends = ends;
  }

  /** Process id of the station, for tests that end it the hard way. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** A station on this data folder, which is there. */
  start(dataDir: string): void {
    this.#dataDir = dataDir;
    this.#launch();
  }

  #launch(): void {
    this.#starts += 1;
    const child = startChild(this.#file, [this.#dataDir], {
      hear: (message) => this.#hear(message),
      ended: () => this.#ended(),
    });
    this.#child = child;
    this.#readyLimit = setTimeout(() => child.kill(), READY_LIMIT_MS);
  }

  /** A page that has just loaded: it gets a port of its own, now or when the station is there. */
  join(screen: WebContents): void {
    if (!this.#screens.has(screen)) screen.once('destroyed', () => this.#screens.delete(screen));
    this.#screens.add(screen);
    if (this.#ready) this.#connect(screen);
  }

  /** Lets boards in work finish. Settles when the process has ended. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const limit = setTimeout(() => child.kill(), CLOSE_LIMIT_MS);
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      child.send({ type: 'close' } satisfies ToStation);
    });
    clearTimeout(limit);
  }

  #hear(message: unknown): void {
    const { data } = FromStation.safeParse(message);
    if (data?.type === 'ready') this.#becomeReady();
    if (data?.type === 'work') this.#ends.work(data.work);
    if (data?.type === 'failed') this.#sentence = data.sentence;
    if (data?.type === 'data') for (const each of data.data) this.#ports.get(data.port)?.postMessage(each);
  }

  #becomeReady(): void {
    clearTimeout(this.#readyLimit);
    this.#ready = true;
    this.#starts = 0;
    for (const screen of this.#screens) this.#connect(screen);
    this.#ends.ready();
  }

  #connect(screen: WebContents): void {
    const child = this.#child;
    if (child === null) return;
    const send = (message: ToStation) => child.send(message);
    const { port1, port2 } = new MessageChannelMain();
    this.#lastPort += 1;
    const port = this.#lastPort;
    this.#ports.set(port, port2);
    send({ type: 'open', port });
    port2.on('message', ({ data }) => send({ type: 'data', port, data }));
    port2.on('close', () => {
      this.#ports.delete(port);
      send({ type: 'shut', port });
    });
    port2.start();
    screen.postMessage('station:port', null, [port1]);
  }

  /** The screens' ports close, which tells them; what is recorded is recorded, and the next process resumes. */
  #ended(): void {
    clearTimeout(this.#readyLimit);
    this.#ready = false;
    this.#child = null;
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
    this.#ends.work({ working: 0, locking: 0 });
    if (this.#closed) return this.#closed();
    if (this.#starts < MAX_STARTS) this.#launch();
    else this.#ends.failed(this.#sentence);
  }
}

// Message ports by number between the screens and one child program: each page that loads gets a port of its own, and
// the program hears of it as open, data and shut. Main reads no message between the two: what is no text, or too long,
// goes no further.
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { type PortChannel, type PortData, type ToPort, textOf } from './parent-messages.ts';

export class PortRelay {
  readonly #channel: PortChannel;
  readonly #send: (message: ToPort) => void;
  readonly #ports = new Map<number, MessagePortMain>();
  readonly #screens = new Set<WebContents>();
  #up = false;
  #last = 0;

  /** `send` reaches the child program of the moment; it is called only between `up` and `down`. */
  constructor(channel: PortChannel, send: (message: ToPort) => void) {
    this.#channel = channel;
    this.#send = send;
  }

  /** A page that has just loaded: it gets its port now, or when the program is there. */
  join(screen: WebContents): void {
    if (!this.#screens.has(screen)) screen.once('destroyed', () => this.#screens.delete(screen));
    this.#screens.add(screen);
    if (this.#up) this.#connect(screen);
  }

  /** The program serves: every page gets a port to it. */
  up(): void {
    this.#up = true;
    for (const screen of this.#screens) this.#connect(screen);
  }

  /** The program is gone: the pages' ports close, which tells them. */
  down(): void {
    this.#up = false;
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  /** What the program answers through one port. A port that has closed meanwhile takes nothing. */
  hear({ port, data }: PortData): void {
    for (const each of data) this.#ports.get(port)?.postMessage(each);
  }

  #connect(screen: WebContents): void {
    const { port1, port2 } = new MessageChannelMain();
    this.#last += 1;
    const port = this.#last;
    this.#ports.set(port, port2);
    this.#send({ type: 'open', port });
    port2.on('message', ({ data }) => this.#send({ type: 'data', port, data: textOf(data) }));
    port2.on('close', () => {
      // After `down` the program that knew this port is gone.
      if (this.#ports.delete(port)) this.#send({ type: 'shut', port });
    });
    port2.start();
    screen.postMessage(this.#channel, null, [port1]);
  }
}

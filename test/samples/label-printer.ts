// A ZPL printer on a TCP port of this computer, as tests need it: answers ~HS, takes labels, and fails as printers do.
import { createServer, type Server, type Socket } from 'node:net';

export type PrinterMood =
  | 'prints'
  /** No paper from the start. */
  | 'empty'
  /** Takes a label, and then has no more paper. */
  | 'runs-out'
  /** Takes the connection and says nothing. */
  | 'silent'
  /** Takes the label and ends its half of the connection. */
  | 'half-closes'
  /** Takes the label, says how it stands, and never prints it. */
  | 'jams';

export class LabelPrinter {
  mood: PrinterMood = 'prints';
  /** Whole labels that arrived, in their order. */
  readonly labels: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Called at each label that arrives. */
  heard: () => void = () => {};
  /** Called at each question of how it stands, answered or not. */
  asked: () => void = () => {};

  private constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
  }

  static async listen(): Promise<LabelPrinter> {
    const printer = new LabelPrinter();
    await new Promise<void>((resolve) => printer.#server.listen(0, '127.0.0.1', resolve));
    return printer;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let order = orderOf(text); order !== null; order = orderOf(text)) {
        text = text.slice(text.indexOf(order) + order.length);
        if (order === '~HS') this.#tell(socket);
        else this.#take(order, socket);
      }
    });
  }

  #tell(socket: Socket): void {
    this.asked();
    if (this.mood === 'silent') return;
    const out = this.mood === 'empty' || (this.mood === 'runs-out' && this.labels.length > 0) ? 1 : 0;
    const left = this.mood === 'jams' && this.labels.length > 0 ? 1 : 0;
    const lines = [`030,${out},0,0295,00${left},0,0,0,000,0,0,0`, '000,0,0,0,1,2,6,0,00000000,1,000', '1234,0'];
    socket.write(lines.map((line) => `\u0002${line}\u0003\r\n`).join(''));
  }

  #take(label: string, socket: Socket): void {
    this.labels.push(label);
    if (this.mood === 'half-closes') socket.end();
    this.heard();
  }
}

/** The first whole order in the text: a question, or a label. */
function orderOf(text: string): string | null {
  return /~HS|\^XA[\s\S]*?\^XZ/.exec(text)?.[0] ?? null;
}

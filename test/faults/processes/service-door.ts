// The only way from a station to its service: a TCP proxy that does to a connection what it was armed with. A fault
// counts once it struck bytes of a station and the station came back with another connection.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { NETWORK_KINDS, type NetworkFault, type NetworkKind } from './network-fault.ts';
import { type DoorTo, ServiceFront } from './service-front.ts';

export class ServiceDoor {
  readonly #to: DoorTo;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #front: ServiceFront;
  readonly #armed: NetworkFault[] = [];
  #fired: NetworkKind[] = [];
  readonly counts = Object.fromEntries(NETWORK_KINDS.map((kind) => [kind, 0])) as Record<NetworkKind, number>;

  constructor(to: DoorTo) {
    this.#to = to;
    this.#front = new ServiceFront(to, (kind) => this.#fired.push(kind));
    this.#server = createServer((socket) => this.#arrived(socket));
  }

  /** Its port. */
  async open(): Promise<number> {
    await this.#front.open();
    this.#server.listen(0, 'localhost');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Of the station whose requests the front hands on. */
  get front(): ServiceFront {
    return this.#front;
  }

  /** The next connection gets it. */
  arm(fault: NetworkFault): void {
    this.#armed.push(fault);
  }

  /** From now on all connections are left alone. */
  disarm(): void {
    this.#armed.length = 0;
  }

  get isArmed(): boolean {
    return this.#armed.length > 0;
  }

  close(): void {
    this.#server.close();
    this.#front.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #arrived(station: Socket): void {
    for (const kind of this.#fired) this.counts[kind] += 1;
    this.#fired = [];
    this.#keep(station);
    const fault = this.#armed.shift();
    switch (fault?.kind) {
      case 'refused':
        this.#fired.push('refused');
        station.resetAndDestroy();
        return;
      case 'silent':
        station.once('data', () => {
          setTimeout(() => {
            this.#fired.push('silent');
            station.resetAndDestroy();
          }, fault.size);
        });
        return;
      case 'twice':
      case 'answer-lost':
      case '429':
      case '500':
      case '503':
      case 'garbage':
        this.#front.take(station, fault.kind);
        return;
      default:
        this.#handOn(station, fault ?? null);
    }
  }

  #handOn(station: Socket, fault: NetworkFault | null): void {
    const service = this.#toService(station);
    const second = fault?.kind === 'doubled' ? this.#toService(null) : null;
    let [up, down] = [0, 0];
    station.on('data', (bytes) => {
      const left = fault?.kind === 'cut-up' ? fault.size - up : Number.POSITIVE_INFINITY;
      up += bytes.length;
      service.write(left < bytes.length ? bytes.subarray(0, Math.max(0, left)) : bytes);
      if (left < bytes.length) this.#cut('cut-up', station, service);
      if (second?.write(bytes) !== undefined && up === bytes.length) this.#fired.push('doubled');
    });
    let held: Promise<unknown> | null = null;
    service.on('data', (bytes) => {
      if (fault?.kind === 'delay') {
        held ??= new Promise((resolve) => setTimeout(resolve, fault.size)).then(() => {
          if (!station.destroyed) this.#fired.push('delay');
        });
        void held.then(() => station.write(bytes));
        return;
      }
      const left = fault?.kind === 'cut-down' ? fault.size - down : Number.POSITIVE_INFINITY;
      down += bytes.length;
      station.write(left < bytes.length ? bytes.subarray(0, Math.max(0, left)) : bytes);
      if (left < bytes.length) this.#cut('cut-down', station, service);
    });
    station.on('close', () => second?.destroy());
  }

  #cut(kind: NetworkKind, station: Socket, service: Socket): void {
    this.#fired.push(kind);
    station.destroySoon();
    service.destroySoon();
  }

  /** Ends with the station's connection, and ends it. */
  #toService(station: Socket | null): Socket {
    const service = connect({ port: this.#to.port, host: 'localhost' });
    this.#keep(service);
    if (station) {
      station.on('close', () => service.destroy());
      service.on('close', () => station.destroySoon());
    } else service.resume();
    return service;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    // The other end may be killed at any time; `close` follows.
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

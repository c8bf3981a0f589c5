// The network between a practice station and its service: off ends the service's process, on starts it again at the
// address that the station knows.
import type { ServiceProcess } from './service-process.ts';

export class PracticeNetwork {
  readonly #start: () => Promise<ServiceProcess>;
  #service: ServiceProcess | null;
  #last: Promise<void> = Promise.resolve();

  /** `start` brings the service back at its old port. */
  constructor(service: ServiceProcess, start: () => Promise<ServiceProcess>) {
    this.#service = service;
    this.#start = start;
  }

  get online(): boolean {
    return this.#service !== null;
  }

  /** Settles when it is so; one change after the other. Throws SERVICE_UNREACHABLE when the service does not start. */
  set(online: boolean): Promise<void> {
    const done = this.#last.then(() => this.#change(online));
    this.#last = done.catch(() => {});
    return done;
  }

  async #change(online: boolean): Promise<void> {
    if (online) {
      this.#service ??= await this.#start();
      return;
    }
    await this.#service?.stop();
    this.#service = null;
  }
}

// One practice plant as real processes: a security service, and stations that know it only by a door of their own each.
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, firstLine, Programs } from '../programs.ts';
import { PlantStation } from './plant-station.ts';
import { ServiceDoor } from './service-door.ts';

export class Plant {
  readonly dir = mkdtempSync(join(tmpdir(), 'keyline-plant-'));
  /** Programs that start a thousand times need not be compiled each time. */
  readonly programs = new Programs({
    XDG_STATE_HOME: join(this.dir, 'marks'),
    NODE_COMPILE_CACHE: join(this.dir, 'compiled'),
  });
  readonly stations: PlantStation[] = [];
  readonly #serviceDir = join(this.dir, 'service');
  #service: ChildProcess | null = null;
  #port = 0;
  #caFile = '';

  async setUp(): Promise<void> {
    mkdirSync(join(this.dir, 'marks'));
    const { child, url, caFile } = await this.programs.service(this.#serviceDir);
    this.#service = child;
    this.#port = Number(new URL(url).port);
    this.#caFile = caFile;
  }

  get service(): ChildProcess {
    if (!this.#service) throw new Error('the plant is not set up');
    return this.#service;
  }

  get serviceBooks(): string {
    return join(this.#serviceDir, 'service.db');
  }

  /** A station of its own, in a folder of the plant or in `data`. */
  async newStation(name: string, data = join(this.dir, name)): Promise<PlantStation> {
    const door = new ServiceDoor({ port: this.#port, service: this.#serviceDir });
    const url = `https://localhost:${await door.open()}`;
    await this.programs.practiceStation(data, this.#serviceDir, { url, caFile: this.#caFile });
    await door.front.actFor(data);
    const station = new PlantStation(name, data, door, this.programs);
    this.stations.push(station);
    return station;
  }

  /** The service at its old port. It may still be running. */
  async restartService(): Promise<void> {
    await endOf(this.service);
    const args = ['service', '--practice', '--data', this.#serviceDir, '--port', String(this.#port), '--json'];
    this.#service = this.programs.start(args);
    await firstLine(this.#service.stdout);
  }

  /** Its programs have ended. */
  tearDown(): void {
    for (const { door } of this.stations) door.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

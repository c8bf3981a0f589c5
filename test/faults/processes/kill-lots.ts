// Lots whose station, service and boards are killed and stopped while they run, at moments that a seed draws, over a network
// that fails at moments of its own. A kill counts once the program has died of it and was back at work.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { delay } from '../programs.ts';
import { type Blow, drawBlow, type Target } from './blow.ts';
import { LiveLot } from './live-lot.ts';
import { drawNetworkFault } from './network-fault.ts';
import type { Plant } from './plant.ts';
import type { PlantStation } from './plant-station.ts';
import type { Tally } from './tally.ts';

/** Between two faults of the network, while a lot runs. */
const NETWORK_MS = 300;
/** A request over a connection that is held back takes no longer; one that does goes on beside the next. */
const SYNC_MS = 4_000;

export interface KillLotOrder {
  readonly boards: number;
  /** At most: the lot may be full before. */
  readonly blows: number;
  readonly env?: NodeJS.ProcessEnv;
  /** After each death of the station, before it is started again. */
  readonly killed?: () => void;
}

export class KillLots {
  readonly #plant: Plant;
  readonly #station: PlantStation;
  readonly #tally: Tally;
  readonly #random: SeededRandom;
  readonly #network: SeededRandom;
  #networkTurn = 0;
  #lots = 0;

  constructor(plant: Plant, station: PlantStation, tally: Tally) {
    this.#plant = plant;
    this.#station = station;
    this.#tally = tally;
    this.#random = new SeededRandom(tally.seed, 'blows');
    this.#network = new SeededRandom(tally.seed, 'network');
  }

  async run({ boards, blows, env = {}, killed = () => {} }: KillLotOrder): Promise<void> {
    const drawn = Array.from({ length: blows }, () => drawBlow(this.#random));
    const seed = this.#tally.seed * 10_000 + ++this.#lots;
    const lot = await LiveLot.make(this.#plant, this.#station, { boards, seed, env });
    const fire = new Fire(this.#plant, lot, this.#tally, killed);
    const calm = new AbortController();
    lot.startStation();
    const troubles = this.#troubleNetwork(calm.signal);
    try {
      for (const blow of drawn) if (!(await fire.strike(blow))) break;
      await fire.out();
    } finally {
      calm.abort();
      await troubles;
    }
  }

  /** A person who asks to send again and again, over connections that fail. */
  async #troubleNetwork(calm: AbortSignal): Promise<void> {
    const { door } = this.#station;
    while (!calm.aborted) {
      if (!door.isArmed) door.arm(drawNetworkFault(this.#network, this.#networkTurn++));
      await Promise.race([this.#station.sync().catch(() => {}), delay(SYNC_MS)]);
      await delay(NETWORK_MS);
    }
    door.disarm();
  }
}

class Fire {
  readonly #plant: Plant;
  readonly #lot: LiveLot;
  readonly #tally: Tally;
  readonly #killed: () => void;
  /** Where the records ended at the last blow. */
  #seq: number;
  /** Deaths of the station that it has not come back from yet, and where the records ended then. */
  #dead: number[] = [];
  /** Restarts under way. */
  readonly #coming = new Map<Target, Promise<void>>();

  constructor(plant: Plant, lot: LiveLot, tally: Tally, killed: () => void) {
    this.#plant = plant;
    this.#lot = lot;
    this.#tally = tally;
    this.#killed = killed;
    this.#seq = lot.station.lastSeq();
  }

  /** False when the lot was over before. */
  async strike({ target, deed, afterEvents, afterMs, stillMs }: Blow): Promise<boolean> {
    if (afterEvents !== null && !(await this.#lot.events(afterEvents, this.#seq, this.#seen))) return false;
    await delay(afterMs);
    if (this.#lot.ended) return false;
    await this.#coming.get(target);
    const child = this.#childOf(target);
    if (deed === 'stop') await this.#stop(target, child, stillMs);
    else await this.#kill(target, child);
    this.#seq = this.#lot.station.lastSeq();
    return true;
  }

  /** The lot is finished in peace. */
  async out(): Promise<void> {
    await Promise.all(this.#coming.values());
    await this.#lot.finish(this.#tally, this.#seen);
  }

  readonly #seen = (seq: number): void => {
    this.#tally.kills.station += this.#dead.filter((at) => seq > at).length;
    this.#dead = this.#dead.filter((at) => seq <= at);
  };

  #childOf(target: Target): ChildProcess {
    if (target === 'station') return this.#lot.run.child;
    return target === 'service' ? this.#plant.service : this.#lot.devices;
  }

  async #kill(target: Target, child: ChildProcess): Promise<void> {
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    // It ended by itself a moment before.
    if (child.signalCode !== 'SIGKILL') return;
    if (target === 'station') {
      this.#killed();
      this.#dead.push(this.#lot.station.lastSeq());
      this.#lot.startStation();
      return;
    }
    const restarted = target === 'service' ? this.#plant.restartService() : this.#lot.startDevices();
    const back = restarted.then(() => {
      this.#tally.kills[target] += 1;
    });
    // Waited for before the next blow, and at the end.
    back.catch(() => {});
    this.#coming.set(target, back);
  }

  async #stop(target: Target, child: ChildProcess, stillMs: number): Promise<void> {
    child.kill('SIGSTOP');
    await delay(stillMs);
    const stood = isStopped(child);
    child.kill('SIGCONT');
    if (stood) this.#tally.stops[target] += 1;
  }
}

function isStopped({ pid }: ChildProcess): boolean {
  try {
    return /^\d+ \(.*\) [Tt] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

// One station of the plant: its folder, its lots, what it said that it holds, and a look at what is on record.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { PRACTICE_RECIPES } from '../../../cli/practice/practice-plan.ts';
import { socketClient } from '../../../cli/station-client.ts';
import { RefusalAnswer, RunAnswer } from '../../../contract/cli.ts';
import { socketAddress } from '../../../station/api/socket-address.ts';
import { endOf, type Programs } from '../programs.ts';
import type { ServiceDoor } from './service-door.ts';

export interface StationRun {
  readonly child: ChildProcess;
  /** What it says to people, line by line. */
  readonly said: string[];
  /** The code of the refusal that it answered with, once it has ended; null: it was not refused. */
  refused(): string | null;
}

export class PlantStation {
  readonly name: string;
  readonly data: string;
  /** Its way to the service. */
  readonly door: ServiceDoor;
  /** Folders of device files, whose boards only this station has met. */
  readonly boards: string[] = [];
  /** Serials that it said of that their board has passed, and the counts that it printed at the end of a run. */
  readonly told: { readonly passed: Set<string>; readonly runs: z.infer<typeof RunAnswer>[] } = {
    passed: new Set(),
    runs: [],
  };
  readonly #programs: Programs;
  #lots = 0;

  constructor(name: string, data: string, door: ServiceDoor, programs: Programs) {
    this.name = name;
    this.data = data;
    this.door = door;
    this.#programs = programs;
  }

  get books(): string {
    return join(this.data, 'station.db');
  }

  /** Name of a new lot that takes simulated boards; it has as many spare signatures as boards. */
  async newLot(quantity: number): Promise<string> {
    const lotId = `${this.name}-${++this.#lots}`;
    const order = ['--quantity', String(quantity), '--spare', String(quantity), '--stop-after', '0'];
    const range = `${lotId}-001..${lotId}-${String(2 * quantity).padStart(3, '0')}`;
    const kind = ['--recipe', PRACTICE_RECIPES['on-chip'], '--practice', '--release'];
    await this.command('lot', 'create', lotId, ...kind, ...order, '--range', range);
    return lotId;
  }

  command(...args: string[]): Promise<string> {
    return this.#programs.command([...args, '--data', this.data]);
  }

  /** Starts the line of a lot. */
  run(lotId: string, ports: string, slots: number, env: NodeJS.ProcessEnv = {}): StationRun {
    const line = ['run', '--lot', lotId, '--ports', ports, '--slots', String(slots), '--json', '--data', this.data];
    const child = this.#programs.start(line, env);
    const said: string[] = [];
    let [out, rest] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr?.on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const each of lines) {
        said.push(each);
        const [, serial] = /^Slot +\d+ {2}Passed\. Take out {2}(\S+)/.exec(each) ?? [];
        if (serial !== undefined) this.told.passed.add(serial);
      }
    });
    child.once('close', () => {
      const last = out.trim().split('\n').at(-1) ?? '';
      const counts = last === '' ? null : RunAnswer.safeParse(JSON.parse(last));
      if (counts?.success) this.told.runs.push(counts.data);
    });
    const refused = () => {
      const last = out.trim().split('\n').at(-1) ?? '';
      const refusal = last === '' ? null : RefusalAnswer.safeParse(JSON.parse(last));
      return refusal?.success ? refusal.data.error.code : null;
    };
    return { child, said, refused };
  }

  /** Ctrl+C until it has ended: the boards in work are finished, then they are left. */
  async leave(run: StationRun): Promise<number | null> {
    run.child.kill('SIGINT');
    return endOf(run.child);
  }

  /** Asks the running station to send what waits now. Rejects with what it answers, or where there is none. */
  async sync(): Promise<void> {
    const address = socketAddress({ path: join(this.data, 'socket'), platform: process.platform });
    if (address === null) throw new Error('there is no station');
    const client = socketClient(address);
    try {
      await client.api.sync();
    } finally {
      await client.close();
    }
  }

  /** The last audit event that is on record. */
  lastSeq(): number {
    return this.number('SELECT coalesce(max(seq), 0) AS n FROM audit_event');
  }

  number(sql: string, ...values: (string | number)[]): number {
    const row = this.rows(sql, ...values)[0] ?? { n: 0 };
    return z.object({ n: z.number().nullable() }).parse(row).n ?? 0;
  }

  rows(sql: string, ...values: (string | number)[]): unknown[] {
    if (!existsSync(this.books)) return [];
    const database = new Database(this.books, { readonly: true });
    try {
      return database.prepare(sql).all(...values);
    } finally {
      database.close();
    }
  }
}

// contract/station-api.ts over a station: validates what comes in, turns refusals into wire errors, feeds watchers.
import { implement } from '@orpc/server';
import type { z } from 'zod';
import { type LotOrder, type StationStatus, stationApi } from '../../contract/station-api.ts';
import type { LotCommand } from '../../domain/lot.ts';
import type { LotView, SyncView } from '../../domain/station-event.ts';
import { eventStream, type Subscribe } from './event-queue.ts';
import { toWire } from './keyline-wire.ts';

/** What the API asks of a station. */
export interface LiveStation {
  createLot(actorId: string, order: LotOrder): Promise<LotView>;
  commandLot(
    actorId: string,
    input: { lotId: string; command: LotCommand; because: string | null; writeOff: boolean },
  ): LotView;
  startLine(input: { lotId: string; ports: string; slots: number }): Promise<{ slots: number }>;
  stopLine(): Promise<void>;
  sync(): Promise<SyncView>;
  status(): z.input<typeof StationStatus>;
  readonly watch: Subscribe;
}

/** The rights to the data folder make somebody its operator; people with badges come above this. */
const OPERATOR_ACTOR = 'operator';

/** Router of the station's API. `onBug` hears every error that is not a KeylineError before the caller gets a 500. */
export function stationRouter(station: LiveStation, onBug: (error: unknown) => void) {
  const os = implement(stationApi).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      const wired = toWire(error);
      if (wired === error) onBug(error);
      throw wired;
    }
  });
  return os.router({
    status: os.status.handler(() => station.status()),
    events: os.events.handler(({ signal }) => wired(eventStream((listener) => station.watch(listener), signal))),
    lot: {
      create: os.lot.create.handler(({ input }) => station.createLot(OPERATOR_ACTOR, input)),
      command: os.lot.command.handler(({ input }) => station.commandLot(OPERATOR_ACTOR, input)),
    },
    line: {
      start: os.line.start.handler(({ input }) => station.startLine(input)),
      stop: os.line.stop.handler(async () => {
        await station.stopLine();
        return { stopped: true as const };
      }),
    },
    sync: os.sync.handler(() => station.sync()),
  });
}

export type StationRouter = ReturnType<typeof stationRouter>;

/** An error in mid-stream never passes the middleware above. */
async function* wired<T>(events: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  try {
    yield* events;
  } catch (error) {
    throw toWire(error);
  }
}

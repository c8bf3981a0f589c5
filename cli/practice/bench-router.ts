// contract/bench-api.ts over a bench: validates what comes in, turns refusals into wire errors, feeds watchers.
import { implement } from '@orpc/server';
import { benchApi } from '../../contract/bench-api.ts';
import { eventStream, forFew } from '../../station/api/event-queue.ts';
import { type Ears, toCaller } from '../../station/api/keyline-wire.ts';
import type { BenchControl } from './bench-control.ts';

/** Router of the bench's API. */
export function benchRouter(bench: BenchControl, ears: Ears) {
  const os = implement(benchApi).use(async ({ path, next }) => {
    try {
      return await next();
    } catch (error) {
      throw toCaller(error, path, ears);
    }
  });
  const watch = forFew(bench.watch.bind(bench));
  return os.router({
    status: os.status.handler(() => bench.view()),
    events: os.events.handler(({ signal }) => eventStream(watch, signal)),
    insert: os.insert.handler(({ input }) => bench.insert(input.slot, input.board)),
    eject: os.eject.handler(({ input }) => bench.eject(input.slot)),
    network: os.network.handler(({ input }) => bench.setNetwork(input.online)),
    automatic: os.automatic.handler(({ input }) => bench.setAutomatic(input.on)),
    ports: os.ports.handler(() => bench.findPorts()),
    setUp: os.setUp.handler(({ input }) => bench.setUp(input)),
    leave: os.leave.handler(() => bench.leave()),
  });
}

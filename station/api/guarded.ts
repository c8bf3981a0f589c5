// The contract's calls behind their door: each refused or given its actor before its input is read, each refusal of the
// station's told to its caller.
import { implement } from '@orpc/server';
import { stationApi } from '../../contract/station-api.ts';
import { type Ears, toCaller } from './keyline-wire.ts';
import type { LiveStation } from './live-station.ts';
import { authorize, type Caller } from './rights.ts';

/** The contract for callers, each call refused or given its actor before its input is read. */
export function guarded(station: LiveStation, ears: Ears) {
  const standing = {
    get facts() {
      return station.facts();
    },
    isPaused: (lotId: string) => station.isPaused(lotId),
    personOf: (session: string) => station.people.personOf(session),
  };
  return implement(stationApi)
    .$context<Caller>()
    .use(async ({ path, next }) => {
      try {
        return await next();
      } catch (error) {
        throw toCaller(error, path, ears);
      }
    })
    .use(({ context, path, next }, input: unknown) =>
      next({ context: { actorId: authorize(context, path, input, standing) } }),
    );
}

export type Guarded = ReturnType<typeof guarded>;

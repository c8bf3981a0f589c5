// What a feed tells, or the part of it that a component needs: it is drawn anew when that part is another one.
import { useCallback, useSyncExternalStore } from 'react';

interface Watched<T> {
  sight(): T;
  watch(listener: () => void): () => void;
}

/** `part` gives the same value, by identity, for as long as nothing of it has changed. */
export function useFeed<T, P>(feed: Watched<T>, part: (sight: T) => P): P {
  const watch = useCallback((listener: () => void) => feed.watch(listener), [feed]);
  const sight = () => part(feed.sight());
  return useSyncExternalStore(watch, sight, sight);
}

/** The part that is all of it. */
export function whole<T>(sight: T): T {
  return sight;
}

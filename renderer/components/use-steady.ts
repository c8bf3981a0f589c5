// One function for all pictures, that does what the last picture's did: what is drawn with it is not drawn anew for its
// sake.
import { useCallback, useRef } from 'react';

export function useSteady<A extends readonly unknown[]>(work: (...args: A) => void): (...args: A) => void {
  const latest = useRef(work);
  latest.current = work;
  return useCallback((...args: A) => latest.current(...args), []);
}

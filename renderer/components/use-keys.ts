// Keys that work wherever the focus is (UX.md section 7). Digits and letters are never among them: a scanner types those.
import { useEffect, useRef } from 'react';

type KeyName = 'F1' | 'F2' | 'F4' | 'F9' | 'F10' | 'Escape';

/** A key and its work; null where it has none now. */
type KeyWork = readonly [KeyName, (() => void) | null];

/** Calls the key's work when it is released, once a press. Keys of an input method that composes are left alone. */
export function useKeys(work: readonly KeyWork[]): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    const find = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      return latest.current.find(([key]) => key === event.key)?.[1];
    };
    const down = (event: KeyboardEvent) => {
      if (find(event) && event.key !== 'Escape') event.preventDefault();
    };
    const up = (event: KeyboardEvent) => find(event)?.();
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
    };
  }, []);
}

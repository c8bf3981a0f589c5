// Keys that work wherever the focus is (UX.md section 7). Digits and letters alone are never among them: a scanner types
// those.
import { useContext, useEffect, useMemo, useRef } from 'react';
import { CoveredContext } from './covered.ts';
import { EscapeOrder } from './escape-order.ts';
import { keyName } from './key-name.ts';

type KeyName =
  | 'F1'
  | 'F2'
  | 'F3'
  | 'F4'
  | 'F6'
  | 'F7'
  | 'F8'
  | 'F9'
  | 'F10'
  | 'Escape'
  | 'Ctrl+K'
  | 'Ctrl+L'
  | 'Ctrl+P';

/** A key and its work; null where it has none now. */
type KeyWork = readonly [KeyName, (() => void) | null];

const escapes = new EscapeOrder();
const NO_WORK: readonly KeyWork[] = [];

/**
 * Calls the key's work when it is released, once a press. Keys of an input method that composes are left alone. Escape is
 * one's alone: of who was given work for it last.
 */
export function useKeys(wanted: readonly KeyWork[]): void {
  const work = useContext(CoveredContext) ? NO_WORK : wanted;
  const closes = work.some(([key, does]) => key === 'Escape' && does !== null);
  // Taken while it is drawn: a page is drawn before what stands in it.
  const place = useMemo(() => (closes ? escapes.place() : null), [closes]);
  useEffect(() => (place === null ? undefined : escapes.enter(place)), [place]);
  const latest = useRef({ work, place });
  latest.current = { work, place };
  useEffect(() => {
    /** Pressed and not released yet, as it was then: Ctrl may be let go first. */
    let held: { readonly code: string; readonly key: string } | null = null;
    const find = (name: string) => {
      const { work, place } = latest.current;
      if (name === 'Escape' && !escapes.isLast(place)) return null;
      return work.find(([key]) => key === name)?.[1];
    };
    const down = (event: KeyboardEvent) => {
      const name = keyName(event);
      if (name === null || !find(name)) return;
      held = { code: event.code, key: name };
      if (name !== 'Escape') event.preventDefault();
    };
    const up = (event: KeyboardEvent) => {
      if (held === null || held.code !== event.code) return;
      const { key } = held;
      held = null;
      if (!event.isComposing) find(key)?.();
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
    };
  }, []);
}

// For what opens in a page and is closed again: a question, a form, a panel in the place of another. See focus-back.ts.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { focusBack } from './focus-back.ts';

/**
 * `inside` is any element of it. `opens` names the button that opens it, by its `data-opens`, where that one is drawn anew
 * meanwhile. Call it before what puts the focus inside.
 */
export function useFocusBack(inside: RefObject<HTMLElement | null>, opens: string | null = null): void {
  const before = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    before.current = focused();
  }, []);
  useEffect(() => {
    const around = aroundOf(inside.current);
    return () => {
      if (focused() !== null) return;
      const opener = opens === null ? null : document.querySelector<HTMLElement>(`[data-opens="${opens}"]`);
      focusBack({ before: before.current, opener, around }, buttonIn)?.focus();
    };
  }, [inside, opens]);
}

/** Null where the focus is nowhere. */
function focused(): HTMLElement | null {
  const { activeElement, body } = document;
  return activeElement instanceof HTMLElement && activeElement !== body ? activeElement : null;
}

/** Up to the screen: another screen that opens has the focus then. */
function aroundOf(inside: HTMLElement | null): readonly HTMLElement[] {
  const around: HTMLElement[] = [];
  const main = inside?.closest('main') ?? null;
  if (main === null || main === inside) return around;
  for (let at = inside?.parentElement ?? null; at !== null; at = at === main ? null : at.parentElement) around.push(at);
  return around;
}

function buttonIn(spot: HTMLElement): HTMLElement | null {
  return spot.querySelector<HTMLElement>('button:not([tabindex="-1"])');
}

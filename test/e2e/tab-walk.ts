// A walk through the page that is open by Tab alone: what a hand may press or fill is reached, in the order in which it
// stands, and is seen while it has the focus. Of rows and tiles that arrows move between, Tab reaches one.
import type { CDPSession, Page } from '@playwright/test';

/** From key to key; slower than any scanner. */
const GAP_MS = 100;
/** What Windows and Chromium call Tab. */
const TAB = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };
/** Stops that are no controls: places that scroll. */
const SPARE = 8;

/** Each fault as a sentence; none for a good page. */
export async function tabFaults(page: Page, keyboard: CDPSession): Promise<string[]> {
  const stops = await page.evaluate(begin);
  const startMs = Date.now();
  const presses = Array.from({ length: stops + SPARE }, (_, index) => (startMs + index * GAP_MS) / 1000);
  await Promise.all(
    presses.flatMap((timestamp) =>
      ['rawKeyDown', 'keyUp'].map((type) =>
        keyboard.send('Input.dispatchKeyEvent', { type: type as 'keyUp', timestamp, ...TAB }),
      ),
    ),
  );
  return page.evaluate(() => Reflect.get(globalThis, 'endTabWalk')());
}

/** Runs in the page: how many stops there are; leaves `endTabWalk`, which tells what the walk found. */
function begin(): number {
  const CONTROLS = 'button, a[href], input, select, textarea, summary, [role="button"], [role="option"]';
  const faults = new Set<string>();
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class')?.split(' ')[0] ?? ''} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
  const isThere = (element: HTMLElement) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('[inert]') === null &&
    !element.matches(':disabled');
  const controls = [...document.querySelectorAll<HTMLElement>(CONTROLS)].filter(isThere);
  const stops = controls.filter(({ tabIndex }) => tabIndex >= 0);
  for (const element of document.querySelectorAll<HTMLElement>('[tabindex]'))
    if (element.tabIndex > 0) faults.add(`out of order: ${name(element)}`);
  for (const element of controls) {
    if (element.tabIndex >= 0) continue;
    // Arrows lead to it from the one of its kind that Tab leads to.
    const kind = element.getAttribute('class')?.split(' ')[0] ?? '';
    const around = element.closest('[role="grid"], [role="listbox"], [role="toolbar"], ul, ol, section, main');
    const led = stops.some((stop) => kind !== '' && stop.classList.contains(kind) && around?.contains(stop));
    if (!led) faults.add(`not reached by Tab or arrows: ${name(element)}`);
  }
  // What React calls on a click belongs to something that keys press too.
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const props = Object.entries(element).find(([key]) => key.startsWith('__reactProps'))?.[1];
    if (props?.onClick !== undefined && !element.matches(`${CONTROLS}, label`))
      faults.add(`for a pointer alone: ${name(element)}`);
  }
  const reached: Element[] = [];
  const seen = (element: Element) => {
    for (let each: Element | null = element, up = 0; each !== null && up < 3; each = each.parentElement, up++) {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) return true;
    }
    return false;
  };
  const onFocus = ({ target }: Event) => {
    if (!(target instanceof HTMLElement) || reached.includes(target) || !stops.includes(target)) return;
    reached.push(target);
    if (!seen(target)) faults.add(`not seen to have the focus: ${name(target)}`);
  };
  document.addEventListener('focusin', onFocus);
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  const endTabWalk = () => {
    document.removeEventListener('focusin', onFocus);
    start.remove();
    for (const element of stops) if (!reached.includes(element)) faults.add(`not reached by Tab: ${name(element)}`);
    const wanted = stops.filter((element) => reached.includes(element));
    const odd = wanted.find((element, index) => element !== reached[index]);
    if (odd !== undefined) faults.add(`reached out of order: ${name(odd)}`);
    return [...faults];
  };
  Object.assign(globalThis, { endTabWalk });
  return stops.length;
}

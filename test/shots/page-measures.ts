// What a drawn screen must hold (UX.md sections 8, 9, 12 and 13), measured in the page itself. Runs there as it stands:
// it may name nothing outside itself.

export interface Limits {
  /** Least side of whatever takes a touch, CSS pixels. */
  readonly target: number;
  /** Least side of every button of a card. */
  readonly cardButton: number;
  /** Least room between two buttons. */
  readonly apart: number;
  readonly tile: readonly [width: number, height: number];
  /** Least type, and least type where it is no caption. */
  readonly caption: number;
  readonly text: number;
  /** What may end in an ellipsis; empty: nothing. */
  readonly ellipsis: string;
}

/** Each fault as a sentence; none for a good screen. */
export function measurePage(limits: Limits): string[] {
  const faults = new Set<string>();
  const name = (element: Element) => {
    const kind = element.getAttribute('class')?.split(' ').slice(0, 2).join('.') ?? '';
    const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
    return `${element.tagName.toLowerCase()}${kind === '' ? '' : `.${kind}`} "${text}"`;
  };
  const isHidden = (element: Element) => {
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const style = getComputedStyle(each);
      const clipped = style.position === 'absolute' && (style.clipPath !== 'none' || style.clip !== 'auto');
      if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0' || clipped) return true;
    }
    return false;
  };
  const scrolls = (element: Element) => {
    for (let each = element.parentElement; each !== null; each = each.parentElement) {
      const { overflowY } = getComputedStyle(each);
      if (overflowY === 'auto' || overflowY === 'scroll') return true;
    }
    return false;
  };
  const tooSmall = (element: Element, width: number, height: number, what: string) => {
    const box = element.getBoundingClientRect();
    // Half a pixel is the browser's rounding.
    if (box.width + 0.5 < width || box.height + 0.5 < height)
      faults.add(`${what} ${Math.round(box.width)} x ${Math.round(box.height)}: ${name(element)}`);
  };
  // The screen that Help lies over is drawn nowhere.
  const tiles = [...document.querySelectorAll('.grid .tile')].filter((tile) => tile.checkVisibility());
  for (const tile of tiles) tooSmall(tile, ...limits.tile, 'a small tile');
  for (const button of document.querySelectorAll('.card .btn')) {
    if (!isHidden(button)) tooSmall(button, limits.cardButton, limits.cardButton, 'a small card button');
  }
  const buttons = [...document.querySelectorAll('.btn')].filter((button) => !isHidden(button));
  for (const [index, one] of buttons.entries()) {
    const a = one.getBoundingClientRect();
    for (const other of buttons.slice(index + 1)) {
      const b = other.getBoundingClientRect();
      const apart = Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom);
      if (apart + 0.5 < limits.apart) faults.add(`${Math.round(apart)} px between ${name(one)} and ${name(other)}`);
    }
  }
  for (const tile of tiles) {
    const word = tile.querySelector('.wd');
    const symbol = tile.querySelector('.sym')?.getBoundingClientRect();
    if (word === null || symbol === undefined) continue;
    const written = document.createRange();
    written.selectNodeContents(word);
    // What the ellipsis takes away is in no one's way.
    const right = Math.min(written.getBoundingClientRect().right, word.getBoundingClientRect().right);
    const { top } = word.getBoundingClientRect();
    if (right > symbol.left + 1 && top + 1 < symbol.bottom) faults.add(`a word on the symbol: ${name(tile)}`);
  }
  for (const element of document.querySelectorAll('button, a[href], input, select, textarea, [role="button"]')) {
    // What stands inside its label is touched by the label.
    const label = element.closest('label');
    if (!isHidden(label ?? element)) tooSmall(label ?? element, limits.target, limits.target, 'a small target');
  }
  const isFixed = getComputedStyle(document.body).overflowY === 'hidden';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const element = node.parentElement;
    // A closed list's choices are drawn by the system when it opens, and have no place on the page.
    const notHere = 'svg, script, style, select';
    if (element === null || node.textContent?.trim() === '' || element.closest(notHere) !== null) continue;
    if (isHidden(element)) continue;
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    const caption = element.closest('.rail, small, kbd, figcaption, .sync, .who') !== null;
    if (size < limits.caption) faults.add(`type of ${size} px: ${name(element)}`);
    else if (size < limits.text && !caption && element.closest('.line') !== null)
      faults.add(`type of ${size} px on the Line: ${name(element)}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const outside = box.left < -1 || box.right > innerWidth + 1;
    const below = isFixed && !scrolls(element) && (box.top < -1 || box.bottom > innerHeight + 1);
    const ends = limits.ellipsis !== '' && element.matches(limits.ellipsis);
    if (!ends && (outside || below)) faults.add(`outside the window: ${name(element)}`);
    for (let each: Element | null = element; each !== null && each !== document.body; each = each.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(each);
      if (ends && each === element) continue;
      const around = each.getBoundingClientRect();
      const cutWide = overflowX !== 'visible' && (box.right > around.right + 1 || box.left < around.left - 1);
      const cutHigh =
        (overflowY === 'hidden' || overflowY === 'clip') &&
        (box.bottom > around.bottom + 4 || box.top < around.top - 4);
      if (cutWide || cutHigh) faults.add(`cut ${cutWide ? 'wide' : 'high'} by ${name(each)}: ${name(element)}`);
    }
  }
  for (const block of document.querySelectorAll('button, .card, .tile, .panel, label')) {
    if (isHidden(block) || block.clientWidth === 0) continue;
    const { overflowX } = getComputedStyle(block);
    if (overflowX === 'visible' && block.scrollWidth > block.clientWidth + 2)
      faults.add(`${block.scrollWidth - block.clientWidth} px too narrow: ${name(block)}`);
  }
  return [...faults];
}

// What a press of a key is called where keys are given work (UX.md section 7). A letter with Ctrl counts by its place on
// the keyboard, as a scanner's letters do.

export type KeyPress = Pick<
  KeyboardEvent,
  'isComposing' | 'altKey' | 'metaKey' | 'shiftKey' | 'ctrlKey' | 'code' | 'key'
>;

/** Null for a key that an input method or another modifier has taken. */
export function keyName({ isComposing, altKey, metaKey, shiftKey, ctrlKey, code, key }: KeyPress): string | null {
  if (isComposing || altKey || metaKey || shiftKey) return null;
  if (!ctrlKey) return key;
  return /^Key[A-Z]$/.test(code) ? `Ctrl+${code.slice(3)}` : null;
}

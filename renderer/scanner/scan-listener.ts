// The one ear for the scanner: hears every key of the window before anything else does, and keeps a scan's keys from
// fields, buttons and shortcuts. The rhythm and the reading are scan-machine.ts's.
import { type FieldMemory, isField, putBack, rememberField } from './field-memory.ts';
import { type Burst, type Key, press } from './scan-machine.ts';
import { isEnd } from './us-layout.ts';

/** An input method that still had keys of the scan writes them within this time; a person does nothing so soon. */
const LATE_TEXT_MS = 300;

/** Heard before fields, buttons and shortcuts hear it. */
const FIRST = { capture: true } as const;

/** Calls `onScan` with each text that was scanned; the answer ends it. */
export function listenForScans(target: EventTarget, onScan: (text: string) => void): () => void {
  let burst: Burst | null = null;
  let memory: FieldMemory | null = null;
  let guardedUntilMs = 0;
  /** Keys withheld on their way down, whose way up is withheld too: a button acts on the way up of Space. */
  const down = new Set<string>();

  const withhold = (event: Event & KeyFacts) => {
    down.add(event.code);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onDown = (event: Event) => {
    if (!isKey(event)) return;
    const verdict = press(burst, keyOf(event));
    burst = verdict.burst;
    if (verdict.begins) memory = rememberField(event.target);
    // A code too short for a scan ends with Enter too: it may press no button.
    const presses = verdict.inside && (event.code === 'Space' || isEnd(event.code)) && !isField(event.target);
    if (!verdict.withheld && !presses) return;
    withhold(event);
    if (!verdict.withheld) return;
    const composing = isComposed(event);
    if (memory !== null) putBack(memory, composing);
    if (composing) guardedUntilMs = event.timeStamp + LATE_TEXT_MS;
    if (verdict.scanned !== null) onScan(verdict.scanned);
  };
  const onUp = (event: Event) => {
    if (!isKey(event) || !down.delete(event.code)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onInput = (event: Event) => {
    if (event.isTrusted && event.timeStamp < guardedUntilMs && memory?.field === event.target && memory !== null)
      putBack(memory, false);
  };
  target.addEventListener('keydown', onDown, FIRST);
  target.addEventListener('keyup', onUp, FIRST);
  target.addEventListener('input', onInput, FIRST);
  return () => {
    target.removeEventListener('keydown', onDown, FIRST);
    target.removeEventListener('keyup', onUp, FIRST);
    target.removeEventListener('input', onInput, FIRST);
  };
}

type KeyFacts = Pick<
  KeyboardEvent,
  'code' | 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat' | 'timeStamp' | 'isComposing'
>;

function isKey(event: Event): event is Event & KeyFacts {
  return 'code' in event;
}

/** What counts of a key; what the layout or an input method made of it does not. */
function keyOf({ code, shiftKey, ctrlKey, altKey, metaKey, repeat, timeStamp }: KeyFacts): Key {
  return { code, shift: shiftKey, chord: ctrlKey || altKey || metaKey, repeat, timeMs: timeStamp };
}

/** The first key of a composition is not yet marked as part of it. */
function isComposed({ isComposing, key }: KeyFacts): boolean {
  return isComposing || key === 'Process';
}

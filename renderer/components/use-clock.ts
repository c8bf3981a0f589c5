// The clock of the top bar: hours and minutes, drawn anew only when they change.
import { useEffect, useState } from 'react';

/** How late a new minute may show. */
const LOOK_EVERY_MS = 1_000;

/** The time of day as the language writes it, on 24 hours; with `seconds` to the second. */
export function clockText(language: string, timeMs: number, seconds = false): string {
  const parts = { hour: '2-digit', minute: '2-digit', ...(seconds ? ({ second: '2-digit' } as const) : {}) } as const;
  return new Intl.DateTimeFormat(language, { ...parts, hourCycle: 'h23' }).format(timeMs);
}

export function useClock(language: string, nowMs: () => number): string {
  const [text, setText] = useState(() => clockText(language, nowMs()));
  useEffect(() => {
    const look = setInterval(() => setText(clockText(language, nowMs())), LOOK_EVERY_MS);
    return () => clearInterval(look);
  }, [language, nowMs]);
  return text;
}

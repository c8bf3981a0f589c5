// The time of a screen that counts: read again at a steady pace while something is under way, not at all else.
import { useEffect, useState } from 'react';

/** UTC milliseconds, at most `everyMs` old while `on`. */
export function useTick(nowMs: () => number, everyMs: number, on: boolean): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    if (!on) return;
    setNow(nowMs());
    const look = setInterval(() => setNow(nowMs()), everyMs);
    return () => clearInterval(look);
  }, [nowMs, everyMs, on]);
  return now;
}

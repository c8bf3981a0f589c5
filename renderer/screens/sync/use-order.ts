// One order on its way at a time, and what it came to in words: for a button with its result beside it.
import { useState } from 'react';
import type { Answer } from '../../answer.ts';

export interface Said {
  readonly ok: boolean;
  readonly words: string;
}

export interface Order {
  readonly busy: boolean;
  readonly said: Said | null;
  /** `say` words what was answered; `refusal` words a refusal. Nothing while another one is on its way. */
  readonly run: <T>(call: () => Promise<Answer<T>>, say: (value: T) => string) => Promise<void>;
  readonly forget: () => void;
}

export function useOrder(refusal: (refused: { readonly code: string; readonly detail: string }) => string): Order {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  return {
    ...{ busy, said },
    async run(call, say) {
      if (busy) return;
      setBusy(true);
      setSaid(null);
      const answer = await call();
      setBusy(false);
      setSaid(answer.ok ? { ok: true, words: say(answer.value) } : { ok: false, words: refusal(answer) });
    },
    forget: () => setSaid(null),
  };
}

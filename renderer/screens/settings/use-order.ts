// One order of a panel of Settings at a time, and what it came to.
import { useRef, useState } from 'react';
import type { StationApiClient } from '../../station-client.ts';
import type { StationFeed } from '../../station-feed.ts';
import { useSettingsRefusal } from './use-settings-refusal.ts';

export interface Said {
  readonly ok: boolean;
  readonly words: string;
  /** What it was about, where a panel has many; '' else. */
  readonly about: string;
  /** What the refusal knows beside its code, as the station wrote it. */
  readonly detail: string;
}

export interface PanelOrder {
  readonly busy: boolean;
  readonly said: Said | null;
  /** The same at once, for who waited for `send`. */
  readonly lastSaid: () => Said | null;
  readonly forget: () => void;
  /** The value, or null for a refusal, which is said. Nothing while another is on its way. */
  readonly send: <T>(
    call: (api: StationApiClient) => Promise<T>,
    words: (value: T) => string,
    about?: string,
  ) => Promise<T | null>;
}

export function useOrder(feed: StationFeed): PanelOrder {
  const refusal = useSettingsRefusal();
  const [busy, setBusy] = useState(false);
  const [said, show] = useState<Said | null>(null);
  const last = useRef<Said | null>(null);
  const setSaid = (words: Said | null) => {
    last.current = words;
    show(words);
  };
  return {
    busy,
    said,
    lastSaid: () => last.current,
    forget: () => setSaid(null),
    async send(call, words, about = '') {
      if (busy) return null;
      setBusy(true);
      setSaid(null);
      const answer = await feed.ask(call);
      setBusy(false);
      if (answer.ok) {
        setSaid({ ok: true, words: words(answer.value), about, detail: '' });
        return answer.value;
      }
      setSaid({ ok: false, words: refusal(answer), about, detail: answer.detail });
      return null;
    },
  };
}

// What the open screen tells the frame around it: its name in the top bar, and which Help is its own.
import { createContext, useContext, useEffect } from 'react';

export const HELP_TOPICS = [
  'line',
  'lots',
  'set-up',
  'settings',
  'sign-in',
  'first-run',
  'signs',
  'keys',
  'scanner',
] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

export interface Page {
  readonly topic: HelpTopic;
  readonly name: string;
  readonly under: string;
}

export const PageContext = createContext<(page: Page | null) => void>(() => {});

/** For a screen within a place, as long as it is open: "New lot", "Draft, saved 14:31". */
export function usePage({ topic, name, under }: Page): void {
  const tell = useContext(PageContext);
  useEffect(() => {
    tell({ topic, name, under });
    return () => tell(null);
  }, [tell, topic, name, under]);
}

// What the open screen tells the frame around it: its name in the top bar, which Help is its own, and where it leads.
import { createContext, useContext, useEffect } from 'react';
import type { SettingsPlace } from '../view-state/settings-places.ts';
import type { Place } from './Rail.tsx';

export const HELP_TOPICS = [
  'line',
  'lots',
  'set-up',
  'devices',
  'sync',
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

/** A panel of Settings, and the slot that it is to be about. */
export interface Within {
  readonly panel: SettingsPlace;
  readonly slot: string | null;
}

/** Leads to a place of the rail, for a button that stands on another one; `within` it to one panel of Settings. */
export const PlaceContext = createContext<(to: Place, within?: Within) => void>(() => {});

export const PageContext = createContext<(page: Page | null) => void>(() => {});

/** For a screen within a place, as long as it is open: "New lot", "Draft, saved 14:31". */
export function usePage({ topic, name, under }: Page): void {
  const tell = useContext(PageContext);
  useEffect(() => {
    tell({ topic, name, under });
    return () => tell(null);
  }, [tell, topic, name, under]);
}

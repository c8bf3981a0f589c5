// The places of Settings that this person sees (UX.md sections 2 and 4.8), in their order. A technician sees none.
import { allows } from './permission.ts';
import type { StationView } from './station-view.ts';

const PLACES = [
  'ports',
  'signing',
  'cloud',
  'recipes',
  'people',
  'labels',
  'screen',
  'diagnostics',
  'practice',
] as const;
export type SettingsPlace = (typeof PLACES)[number];
/** Who practises is there already. */
const PRACTISING = PLACES.filter((place) => place !== 'practice');
const NONE: readonly SettingsPlace[] = [];

export function settingsPlaces({ facts, practice }: Pick<StationView, 'facts' | 'practice'>): readonly SettingsPlace[] {
  if (!allows(facts, 'supervisor')) return NONE;
  return practice ? PRACTISING : PLACES;
}

// The places of Settings that this person sees (UX.md sections 2 and 4.8), in their order. A technician sees none.
import type { StationFacts } from '../../domain/station-event.ts';
import { allows } from './permission.ts';

const PLACES = ['ports', 'signing', 'cloud', 'recipes', 'people', 'labels', 'screen', 'diagnostics'] as const;
export type SettingsPlace = (typeof PLACES)[number];
const NONE: readonly SettingsPlace[] = [];

export function settingsPlaces(facts: StationFacts): readonly SettingsPlace[] {
  return allows(facts, 'supervisor') ? PLACES : NONE;
}

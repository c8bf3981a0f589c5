// The places of Settings that this person sees (UX.md sections 2 and 4.8), in their order. A technician sees none.
import type { StationFacts } from '../../domain/station-event.ts';
import { allows } from './permission.ts';

export type SettingsPlace = 'ports' | 'signing' | 'labels' | 'screen';

const PLACES: readonly SettingsPlace[] = ['ports', 'signing', 'labels', 'screen'];
const NONE: readonly SettingsPlace[] = [];

export function settingsPlaces(facts: StationFacts): readonly SettingsPlace[] {
  return allows(facts, 'supervisor') ? PLACES : NONE;
}

// What the top bar says: lot or page, and under it what that is (UX.md section 3).
import type { TFunction } from 'i18next';
import type { Door } from '../view-state/door.ts';
import type { StationView } from '../view-state/station-view.ts';
import type { Page } from './page.ts';
import type { Place } from './Rail.tsx';

export interface BarTitle {
  readonly name: string;
  readonly under: string;
}

export interface WhatIsOpen {
  readonly view: StationView | null;
  readonly door: Door;
  readonly place: Place;
  readonly helped: boolean;
  /** As the open screen says it; null where it says nothing. */
  readonly page: Page | null;
}

export function barTitle({ view, door, place, helped, page }: WhatIsOpen, t: TFunction): BarTitle | null {
  if (view === null) return null;
  const station = t('top.station', { station: view.stationId });
  if (door === 'first-run') return { name: t('firstRun.title'), under: t('firstRun.under') };
  if (helped) return { name: t('rail.help'), under: station };
  if (door === 'sign-in') return { name: station, under: t('person.nobody') };
  if (page !== null) return page;
  return place === 'line' ? lineTitle(view, t) : { name: t(`rail.${place}`), under: station };
}

/** Of the Line: the lot and what it makes; without a lot the station. */
function lineTitle({ lot, stationId: station, slots }: StationView, t: TFunction): BarTitle {
  if (lot === null) {
    const count = slots.length;
    const under = count === 0 ? t('top.station', { station }) : t('top.stationAndSlots', { station, count });
    return { name: t('top.noLot'), under };
  }
  const { model, revisions, firmwareVersion: firmware } = lot;
  const product = { model, revisions: [...revisions], firmware };
  const under = revisions.length === 0 ? t('top.productOnly', product) : t('top.product', product);
  return { name: t('top.lot', { lot: lot.lotId }), under };
}

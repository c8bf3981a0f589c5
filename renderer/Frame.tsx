// The frame of every screen (UX.md section 3): top bar, practice band, rail, and the one screen that is open behind the
// door that a person stands at.
import type { TFunction } from 'i18next';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenchView } from '../contract/bench-api.ts';
import type { BenchFeed } from './bench-feed.ts';
import { PersonMenu } from './components/PersonMenu.tsx';
import { type HelpTopic, type Page, PageContext } from './components/page.ts';
import { type Place, Rail } from './components/Rail.tsx';
import { type BarTitle, lineTitle, TopBar } from './components/TopBar.tsx';
import { useKeys } from './components/use-keys.ts';
import type { Preferring } from './components/use-preferences.ts';
import { ScanNote } from './scanner/ScanNote.tsx';
import { useBadgeScan } from './scanner/use-badge-scan.ts';
import { Help } from './screens/help/Help.tsx';
import { Line } from './screens/line/Line.tsx';
import { Lots } from './screens/lots/Lots.tsx';
import { useSound } from './sound/use-sound.ts';
import type { StationFeed, StationSight } from './station-feed.ts';
import { type Door, doorOf } from './view-state/door.ts';
import type { StationView } from './view-state/station-view.ts';

interface FrameProps {
  readonly sight: StationSight;
  readonly feed: StationFeed;
  readonly bench: BenchFeed;
  readonly benchView: BenchView | null;
  readonly preferring: Preferring;
  readonly nowMs: () => number;
}

const PLACES: readonly Place[] = ['line', 'lots'];

export function Frame({ sight, feed, benchView, preferring, nowMs }: FrameProps) {
  const { t } = useTranslation();
  const [place, setPlace] = useState<Place>('line');
  const [helped, setHelped] = useState(false);
  const [page, setPage] = useState<Page | null>(null);
  const view = sight.kind === 'live' ? sight.view : null;
  const door = doorOf(sight, benchView);
  const person = view?.facts.person ?? null;
  const open = (to: Place | 'help') => {
    setHelped(to === 'help');
    if (to !== 'help') setPlace(to);
  };
  const signOut = person === null ? null : () => void feed.ask((api) => api.people.signOut());
  useKeys([
    ['F1', () => open('help')],
    ['F2', door === 'open' ? () => open('line') : null],
    ['F3', door === 'open' ? () => open('lots') : null],
    ['Ctrl+L', signOut],
  ]);
  useBadgeScan(feed);
  const play = useSound(view, preferring.preferences.sound);
  const prefer: Preferring['prefer'] = (change) => {
    preferring.prefer(change);
    // A level is chosen by ear.
    if (change.sound !== undefined) play('needs-you', change.sound);
  };
  const at = door === 'open' ? place : null;
  const scanBar = at === 'line' && !helped && view !== null;
  return (
    <PageContext value={useCallback((told) => setPage(told), [])}>
      <div className={view?.practice ? 'app practised' : 'app'}>
        <TopBar view={view} title={titleOf({ view, door, place, helped, page }, t)} nowMs={nowMs}>
          {view !== null && door === 'open' && (
            <PersonMenu
              {...preferring}
              prefer={prefer}
              person={person}
              stationId={view.stationId}
              onSignOut={signOut}
            />
          )}
        </TopBar>
        {view?.practice && <PracticeBand />}
        <Rail places={door === 'open' ? PLACES : []} at={helped ? 'help' : at} onOpen={open} />
        {helped ? (
          <Help topic={page?.topic ?? TOPICS[door] ?? place} onBack={() => setHelped(false)} />
        ) : view === null ? (
          <Plain sight={sight} />
        ) : place === 'lots' ? (
          <Lots view={view} feed={feed} />
        ) : (
          <Line view={view} feed={feed} />
        )}
        {!scanBar && <ScanNote />}
      </div>
    </PageContext>
  );
}

/** Which Help is a door's own; null where the open place says it. */
const TOPICS: Readonly<Record<Door, HelpTopic | null>> = {
  plain: 'line',
  'first-run': 'first-run',
  'sign-in': 'sign-in',
  open: null,
};

interface Seen {
  readonly view: StationView | null;
  readonly door: Door;
  readonly place: Place;
  readonly helped: boolean;
  readonly page: Page | null;
}

function titleOf({ view, door, place, helped, page }: Seen, t: TFunction): BarTitle | null {
  if (view === null) return null;
  const station = t('top.station', { station: view.stationId });
  if (helped) return { name: t('rail.help'), under: station };
  if (door === 'sign-in') return { name: station, under: t('person.nobody') };
  if (page !== null) return page;
  return place === 'lots' ? { name: t('rail.lots'), under: station } : lineTitle(view, t);
}

function PracticeBand() {
  const { t } = useTranslation();
  return (
    <aside className="practice" aria-label={t('practiceName')}>
      <span>{t('practice')}</span>
    </aside>
  );
}

/** There is no station to look at: why, and that nothing is lost. */
function Plain({ sight }: { readonly sight: StationSight }) {
  const { t } = useTranslation();
  if (sight.kind === 'live') return null;
  const gaveUp = sight.kind === 'gave-up';
  return (
    <main className="main plain" aria-live="polite">
      <div>
        <h1>{t(gaveUp ? 'sight.gaveUp' : `sight.${sight.kind}`)}</h1>
        <p>{gaveUp ? t('sight.gaveUpMore', { sentence: sight.sentence }) : t(`sight.${sight.kind}More`)}</p>
      </div>
    </main>
  );
}

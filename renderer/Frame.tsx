// The frame of every screen (UX.md section 3): top bar, practice band, rail, and the one screen that is open behind the
// door that a person stands at.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from './answer.ts';
import type { BenchFeed } from './bench-feed.ts';
import { barTitle } from './components/bar-title.ts';
import { CoveredContext } from './components/covered.ts';
import { PersonMenu } from './components/PersonMenu.tsx';
import { Plain } from './components/Plain.tsx';
import { PracticeBand } from './components/PracticeBand.tsx';
import { type HelpTopic, type Page, PageContext, PlaceContext, type Within } from './components/page.ts';
import { type Place, Rail } from './components/Rail.tsx';
import { TopBar } from './components/TopBar.tsx';
import { useFeed, whole } from './components/use-feed.ts';
import { useKeys } from './components/use-keys.ts';
import type { Preferring } from './components/use-preferences.ts';
import { useSteady } from './components/use-steady.ts';
import { ScanNote } from './scanner/ScanNote.tsx';
import { useBadgeScan } from './scanner/use-badge-scan.ts';
import { Devices } from './screens/devices/Devices.tsx';
import { FirstRun } from './screens/first-run/FirstRun.tsx';
import { useFirstRun } from './screens/first-run/use-first-run.ts';
import { Help } from './screens/help/Help.tsx';
import { Line } from './screens/line/Line.tsx';
import { Lots } from './screens/lots/Lots.tsx';
import { Settings } from './screens/settings/Settings.tsx';
import { IdleNotice } from './screens/sign-in/IdleNotice.tsx';
import { SignIn } from './screens/sign-in/SignIn.tsx';
import { Sync } from './screens/sync/Sync.tsx';
import { useSound } from './sound/use-sound.ts';
import type { StationFeed } from './station-feed.ts';
import { shownSight, staysHere, type Towards } from './view-state/between-stations.ts';
import { type Door, doorOf } from './view-state/door.ts';
import { settingsPlaces } from './view-state/settings-places.ts';
import type { StationView } from './view-state/station-view.ts';

interface FrameProps {
  readonly feed: StationFeed;
  readonly bench: BenchFeed;
  readonly preferring: Preferring;
  readonly nowMs: () => number;
}

const PLACES: readonly Place[] = ['line', 'lots', 'devices', 'sync'];
const ALL_PLACES: readonly Place[] = [...PLACES, 'settings'];
const NO_PLACES: readonly Place[] = [];

export function Frame({ feed, bench, preferring, nowMs }: FrameProps) {
  const { t } = useTranslation();
  const sight = useFeed(feed, whole);
  const benchView = useFeed(bench, whole);
  const [page, setPage] = useState<Page | null>(null);
  const view = sight.kind === 'live' ? sight.view : null;
  const firstRun = useFirstRun(view);
  const seen = doorOf(sight, benchView);
  const door = seen === 'first-run' && firstRun.practising ? 'open' : seen;
  const person = view?.facts.person ?? null;
  const leave = useCallback(() => void feed.ask((api) => api.people.signOut()), [feed]);
  const signOut = person === null ? null : leave;
  const places = placesOf(view, door);
  const pinFor = view?.facts.pinFor?.personId ?? null;
  const { place, topic, finds, within, open, close } = usePlaces(door, pinFor, places, page, signOut);
  useBadgeScan(feed);
  const play = useSound(view, preferring.preferences.sound);
  const testSound = useSteady(() => play('needs-you', preferring.preferences.sound));
  const set = (practising: boolean) => {
    firstRun.practise(practising);
    void bench.ask((api) => api.automatic({ on: practising }));
  };
  // Between one station and the next; once there is one the words are over, and it opens on its Line.
  const [towards, setTowards] = useState<Towards | null>(null);
  const arrived = view !== null && towards !== null && view.practice === (towards === 'practice');
  const gone = useRef(false);
  useEffect(() => {
    if (view === null) gone.current = towards !== null;
    // Or it came back to where it set out from: what it went to did not open.
    else if (arrived || gone.current) {
      gone.current = false;
      setTowards(null);
      if (arrived) open('line');
    }
  }, [view, towards, arrived, open]);
  const go = useCallback(async (to: Towards, answer: Promise<Answer<unknown>>) => {
    setTowards(to);
    if (staysHere(await answer)) setTowards(null);
  }, []);
  const backToReal = useCallback(
    () =>
      void go(
        'leaving',
        bench.ask((api) => api.leave()),
      ),
    [bench, go],
  );
  const shown = shownSight(sight, { setUp: firstRun.leaving, towards });
  const screen = () => {
    if (shown.kind !== 'live') return <Plain sight={shown} />;
    if (door === 'first-run' && benchView !== null)
      return (
        <FirstRun
          {...{ feed, bench, benchView, preferring, nowMs, ...firstRun }}
          view={shown.view}
          onPractise={() => set(true)}
          onHelp={() => open('help')}
        />
      );
    if (door === 'sign-in') return <SignIn view={shown.view} feed={feed} nowMs={nowMs} />;
    if (place === 'lots') return <Lots key={person?.personId} view={shown.view} feed={feed} nowMs={nowMs} />;
    if (place === 'devices')
      return <Devices key={person?.personId} view={shown.view} feed={feed} nowMs={nowMs} asked={finds} />;
    if (place === 'sync') return <Sync view={shown.view} feed={feed} nowMs={nowMs} />;
    if (place === 'settings')
      return (
        <Settings
          key={person?.personId}
          {...{ feed, preferring, within, nowMs }}
          view={shown.view}
          onTestSound={testSound}
          onPractise={(answer) => void go('practice', answer)}
        />
      );
    return <Line key={person?.personId} view={shown.view} feed={feed} nowMs={nowMs} />;
  };
  const steps = door === 'first-run' && topic === null;
  const here = door === 'open' ? place : null;
  return (
    <PageContext value={useCallback((told) => setPage(told), [])}>
      <div className={`app${view?.practice ? ' practised' : ''}${steps ? ' stepped' : ''}`}>
        <TopBar view={view} title={barTitle({ view, door, place, helped: topic !== null, page }, t)} nowMs={nowMs}>
          {view !== null && door === 'open' && (
            <PersonMenu
              {...preferring}
              person={person}
              stationId={view.stationId}
              onSignOut={signOut}
              onTestSound={testSound}
            />
          )}
        </TopBar>
        {view?.practice && (
          <PracticeBand
            bench={bench}
            benchView={benchView}
            open={door === 'open'}
            onLeave={backToReal}
            onSetUp={firstRun.practising && seen === 'first-run' ? () => set(false) : null}
          />
        )}
        {!steps && <Rail places={places} at={topic === null ? here : 'help'} onOpen={open} />}
        <CoveredContext value={topic !== null}>
          <div className="open-screen" hidden={topic !== null}>
            <PlaceContext value={open}>{screen()}</PlaceContext>
          </div>
        </CoveredContext>
        {topic !== null && <Help topic={topic} onBack={close} />}
        {!(here === 'line' && topic === null) && <ScanNote />}
        {person !== null && signOut !== null && <IdleNotice key={person.personId} onOver={signOut} />}
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

/** Where this person may go: nowhere before the door is open, and a technician not to Settings. */
function placesOf(view: StationView | null, door: Door): readonly Place[] {
  if (view === null || door !== 'open') return NO_PLACES;
  return settingsPlaces(view).length === 0 ? PLACES : ALL_PLACES;
}

/** Where the person is among the places, the Help that lies over it, and the keys that lead there. */
function usePlaces(
  door: Door,
  pinFor: string | null,
  places: readonly Place[],
  page: Page | null,
  signOut: (() => void) | null,
) {
  const [chosen, setPlace] = useState<Place>('line');
  // Who may not see the place that the one before them left open stands at the Line.
  const place = door !== 'open' || places.includes(chosen) ? chosen : 'line';
  const [topic, setTopic] = useState<HelpTopic | null>(null);
  // What stands at another door, or a PIN that is waited for, is never out of sight.
  const [helpedAt, setHelpedAt] = useState({ door, pinFor });
  if (helpedAt.door !== door || helpedAt.pinFor !== pinFor) {
    setHelpedAt({ door, pinFor });
    setTopic(null);
  }
  /** How often Ctrl+K was pressed. */
  const [finds, setFinds] = useState(0);
  const [within, setWithin] = useState<Within | null>(null);
  const open = useSteady((to: Place | 'help', into?: Within) => {
    if (to !== 'devices') setFinds(0);
    if (to === 'help') return setTopic(TOPICS[door] ?? page?.topic ?? place);
    setTopic(null);
    setPlace(to);
    setWithin(into ?? null);
  });
  const findDevice = () => {
    open('devices');
    setFinds((count) => count + 1);
  };
  useKeys([
    ['F1', topic === null ? () => open('help') : null],
    ['F2', door === 'open' ? () => open('line') : null],
    ['F3', door === 'open' ? () => open('lots') : null],
    ['F6', door === 'open' ? () => open('devices') : null],
    ['F7', door === 'open' ? () => open('sync') : null],
    ['F8', places.includes('settings') ? () => open('settings') : null],
    ['Ctrl+K', door === 'open' ? findDevice : null],
    ['Ctrl+L', signOut],
  ]);
  return { place, topic, finds, within, open, close: () => setTopic(null) };
}

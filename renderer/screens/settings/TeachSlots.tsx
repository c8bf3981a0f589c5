// Teaching of slots: which slot a board is wanted in, as large as it is read from the bench, the fixture beside it, and what
// the last board came to. Leaving it midway changes nothing.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotMapView } from '../../../contract/slot-map-api.ts';
import type { Fixtures } from '../../../domain/fixture.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { back, boundCount, isAsked, skip, type Teaching } from '../../view-state/teaching.ts';
import { FixtureDrawing } from './FixtureDrawing.tsx';
import { useSettingsRefusal } from './use-settings-refusal.ts';
import { useTeaching } from './use-teaching.ts';

interface TeachSlotsProps {
  readonly feed: StationFeed;
  readonly ports: string;
  readonly fixtures: Fixtures;
  readonly onUsed: (map: SlotMapView) => void;
  readonly onStop: () => void;
}

export function TeachSlots({ feed, ports, fixtures, onUsed, onStop }: TeachSlotsProps) {
  const { t } = useTranslation();
  const refusal = useSettingsRefusal();
  const { teaching, change, refused } = useTeaching(feed, ports, fixtures);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const main = useRef<HTMLButtonElement>(null);
  const { names, at, positions, present } = teaching;
  const asked = isAsked(teaching);
  const bound = boundCount(teaching);
  useFocusBack(main, 'teach');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button that goes on has changed its work
  useEffect(() => main.current?.focus(), [asked]);
  useKeys([['Escape', onStop]]);
  const use = async () => {
    if (busy || bound === 0) return;
    setBusy(true);
    const answer = await feed.ask((api) => api.slotMap.teach({ ports, fixtures, positions: [...positions] }));
    setBusy(false);
    if (answer.ok) onUsed(answer.value);
    else setSaid(refusal(answer));
  };
  const lookOf = (index: number) => {
    if (index === at) return 'asked';
    const position = positions[index] ?? null;
    return position === null ? 'free' : present?.has(position) ? 'here' : 'bound';
  };
  return (
    <section className="panel teach" aria-label={t('teach.title')}>
      <div className="teach-ask">
        <h2>{t('teach.title')}</h2>
        <p className="teach-want" role="status">
          {/* Not before the ports were looked at: a board that is put in earlier counts as one that was there. */}
          {present !== null && (
            <>
              <span>{t(asked ? 'teach.want' : 'teach.done')}</span>
              <b>{asked ? names[at] : t('teach.boundOf', { bound, all: names.length })}</b>
            </>
          )}
        </p>
        <p>{t(asked ? 'teach.how' : 'teach.doneMore')}</p>
        <div className="teach-acts">
          {asked ? (
            <UnstyledButton ref={main} className="btn lg" onClick={() => change(skip)}>
              {t('teach.skip')}
            </UnstyledButton>
          ) : (
            <UnstyledButton
              ref={main}
              className="btn lg pri"
              aria-disabled={busy || bound === 0}
              onClick={() => void use()}
            >
              {t('teach.use')}
            </UnstyledButton>
          )}
          <UnstyledButton className="btn lg" aria-disabled={at === 0} onClick={() => change(back)}>
            {t('teach.back')}
          </UnstyledButton>
          <UnstyledButton className="btn lg" onClick={onStop}>
            {t('teach.stop')} <kbd>Esc</kbd>
          </UnstyledButton>
        </div>
        <TeachNote
          teaching={teaching}
          said={said ?? (refused === null ? null : refusal({ code: refused, detail: '' }))}
        />
      </div>
      <FixtureDrawing {...{ fixtures, names, lookOf }} label={t('teach.picture', { bound, all: names.length })} />
    </section>
  );
}

/** What the last board came to, or why the map was not taken. */
function TeachNote({ teaching: { note }, said }: { readonly teaching: Teaching; readonly said: string | null }) {
  const { t } = useTranslation();
  const words = () => {
    if (said !== null) return said;
    if (note === null) return '';
    if (note.kind === 'bound') return t('teach.note.bound', { slot: note.slot, position: note.position });
    if (note.kind === 'known') return t('teach.note.known', { slot: note.slot });
    return t('teach.note.several', { count: note.count });
  };
  const look = said !== null ? 'fail' : note?.kind === 'bound' ? 'pass' : 'need';
  return (
    <div role="alert" className={`teach-note m-${look}`}>
      {(said !== null || note !== null) && <SlotSymbol look={look} />}
      <p>{words()}</p>
    </div>
  );
}

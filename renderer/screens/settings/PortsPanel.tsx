// Ports and slots: where this bench's boards are, what is found there now, and how many slots a lot is started with.
import { UnstyledButton } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../domain/error-table.ts';
import type { Fixtures } from '../../../domain/fixture.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import { useRefusalText } from '../line/use-card-text.ts';
import { SlotMapPanel } from './SlotMapPanel.tsx';
import { TeachSlots } from './TeachSlots.tsx';

/** Slots of a line (contract/station-api.ts). */
const MOST_SLOTS = 64;

/** Ports of this text were looked at, or refused. */
type Found =
  | { readonly kind: 'looking' }
  | { readonly kind: 'positions'; readonly positions: readonly string[] }
  | { readonly kind: 'refused'; readonly code: ErrorCode };

interface PortsPanelProps {
  readonly facts: StationFacts;
  readonly feed: StationFeed;
}

export function PortsPanel({ facts, feed }: PortsPanelProps) {
  const { bench } = facts;
  const { t } = useTranslation();
  const refusal = useRefusalText();
  const id = useId();
  const [ports, setPorts] = useState(bench?.ports ?? '');
  const [slots, setSlots] = useState(bench?.slots ?? 1);
  const [found, setFound] = useState<Found | null>(null);
  const trimmed = ports.trim();
  /** The text that stands there now: an answer about another one is not taken. */
  const now = useRef(trimmed);
  now.current = trimmed;
  const look = async (event: React.FormEvent) => {
    event.preventDefault();
    if (trimmed === '') return;
    setFound({ kind: 'looking' });
    const answer = await feed.ask((api) => api.bench.find({ ports: trimmed }));
    if (now.current !== trimmed) return;
    if (!answer.ok) return setFound({ kind: 'refused', code: refusalCode(answer.code) });
    const { positions } = answer.value;
    setFound({ kind: 'positions', positions });
    if (positions.length > 0) setSlots(Math.min(MOST_SLOTS, positions.length));
  };
  const use = async () => {
    if (trimmed === '' || used) return;
    const answer = await feed.ask((api) => api.bench.set({ ports: trimmed, slots }));
    if (!answer.ok && now.current === trimmed) setFound({ kind: 'refused', code: refusalCode(answer.code) });
  };
  const [teaching, setTeaching] = useState<Fixtures | null>(null);
  const [taught, setTaught] = useState(false);
  const step = (by: number) => setSlots(Math.min(MOST_SLOTS, Math.max(1, slots + by)));
  const used = bench?.ports === trimmed && bench.slots === slots;
  // Another count would be another bench than the one that was taught.
  const taughtHere = facts.fixtures !== null && bench?.ports === trimmed;
  if (teaching !== null && bench !== null)
    return (
      <TeachSlots
        {...{ feed, ports: bench.ports, fixtures: teaching }}
        onStop={() => setTeaching(null)}
        onUsed={({ slots: named }) => {
          setSlots(named.length);
          setTaught(true);
          setTeaching(null);
        }}
      />
    );
  return (
    <div className="ports-panels">
      <section className="panel bench-ports">
        <h2>{t('settings.ports.title')}</h2>
        <form onSubmit={(event) => void look(event)}>
          <label htmlFor={id}>{t('settings.ports.label')}</label>
          <input
            id={id}
            type="text"
            className="mono"
            autoComplete="off"
            spellCheck={false}
            maxLength={4096}
            value={ports}
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              setPorts(event.currentTarget.value);
              setFound(null);
            }}
          />
          <UnstyledButton className="btn" type="submit" aria-disabled={trimmed === ''}>
            {t('settings.ports.look')}
          </UnstyledButton>
          <p id={`${id}-hint`}>{t('settings.ports.hint')}</p>
        </form>
        <div role="status" className="found">
          {found?.kind === 'looking' && <p>{t('settings.ports.looking')}</p>}
          {found?.kind === 'refused' && <p>{refusal(found.code)}</p>}
          {found?.kind === 'positions' && (
            <>
              <p>{t('settings.ports.found', { count: found.positions.length })}</p>
              <ul className="mono">
                {found.positions.map((position) => (
                  <li key={position}>{position}</li>
                ))}
              </ul>
            </>
          )}
        </div>
        {taughtHere ? (
          <p>{t('settings.ports.taught', { count: bench.slots })}</p>
        ) : (
          <>
            <h2 id={`${id}-count`}>{t('settings.ports.count')}</h2>
            <div className="slot-steps">
              <UnstyledButton className="btn lg" aria-label={t('settings.ports.fewer')} onClick={() => step(-1)}>
                <IconMinus className="i" aria-hidden="true" />
              </UnstyledButton>
              <output aria-labelledby={`${id}-count`}>{slots}</output>
              <UnstyledButton className="btn lg" aria-label={t('settings.ports.more')} onClick={() => step(1)}>
                <IconPlus className="i" aria-hidden="true" />
              </UnstyledButton>
              <UnstyledButton
                className={used ? 'btn lg' : 'btn lg pri'}
                aria-disabled={trimmed === '' || used}
                onClick={() => void use()}
              >
                {t('settings.ports.use')}
              </UnstyledButton>
            </div>
            <p role="status">{used ? t('settings.ports.used', { count: slots }) : ''}</p>
          </>
        )}
        <p>{t('settings.ports.lot')}</p>
      </section>
      <SlotMapPanel
        {...{ facts, feed }}
        used={taught}
        onTeach={(fixtures) => {
          setTaught(false);
          setTeaching(fixtures);
        }}
      />
    </div>
  );
}

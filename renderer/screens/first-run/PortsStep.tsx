// Ports and slots: what is found on this computer now, and how many slots the bench has.
import { UnstyledButton } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenchFeed } from '../../bench-feed.ts';
import { StepHead } from './StepHead.tsx';
import type { FirstRunAct, FirstRunState } from './steps.ts';

interface PortsStepProps {
  readonly state: FirstRunState;
  readonly act: (act: FirstRunAct) => void;
  readonly bench: BenchFeed;
}

interface Found {
  readonly ports: string;
  readonly positions: readonly string[];
}

/** Slots of a line (contract/bench-api.ts). */
const MOST_SLOTS = 64;

export function PortsStep({ state: { bench: chosen }, act, bench }: PortsStepProps) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Found | null>(null);
  const look = useCallback(async () => {
    const answer = await bench.ask((api) => api.ports());
    setFound(answer.ok ? answer.value : { ports: '', positions: [] });
  }, [bench]);
  useEffect(() => void look(), [look]);
  const positions = found?.positions.length ?? 0;
  return (
    <>
      <StepHead title={t('firstRun.ports.title')} more={t('firstRun.ports.more')} />
      <section className="panel ports">
        <div role="status">
          <h3>{found === null ? t('firstRun.ports.looking') : t('firstRun.ports.found', { count: positions })}</h3>
        </div>
        {found !== null && found.ports !== '' && <p>{t('firstRun.ports.at', { ports: found.ports })}</p>}
        {found !== null && positions === 0 && <p>{t('firstRun.ports.none')}</p>}
        {positions > 0 && (
          <ul className="positions mono">
            {found?.positions.map((position) => (
              <li key={position}>{position}</li>
            ))}
          </ul>
        )}
        <UnstyledButton className="btn" onClick={() => void look()}>
          {t('firstRun.ports.again')}
        </UnstyledButton>
      </section>
      {found !== null && positions > 0 && (
        <Slots
          key={positions}
          {...{ found, chosen }}
          onUse={(slots) => act({ type: 'bench', bench: { ports: found.ports, slots } })}
        />
      )}
      {chosen !== null && <p role="status">{t('firstRun.ports.used', { count: chosen.slots })}</p>}
    </>
  );
}

interface SlotsProps {
  readonly found: Found;
  readonly chosen: FirstRunState['bench'];
  readonly onUse: (slots: number) => void;
}

function Slots({ found, chosen, onUse }: SlotsProps) {
  const { t } = useTranslation();
  const [slots, setSlots] = useState(chosen?.slots ?? Math.min(found.positions.length, MOST_SLOTS));
  const step = (by: number) => setSlots(Math.min(MOST_SLOTS, Math.max(1, slots + by)));
  const used = chosen?.ports === found.ports && chosen.slots === slots;
  return (
    <section className="panel slot-count">
      <h3 id="slot-count">{t('firstRun.ports.slots')}</h3>
      <div>
        <UnstyledButton className="btn lg" aria-label={t('firstRun.ports.fewer')} onClick={() => step(-1)}>
          <IconMinus className="i" aria-hidden="true" />
        </UnstyledButton>
        <output aria-labelledby="slot-count">{slots}</output>
        <UnstyledButton className="btn lg" aria-label={t('firstRun.ports.more1')} onClick={() => step(1)}>
          <IconPlus className="i" aria-hidden="true" />
        </UnstyledButton>
        <UnstyledButton className={used ? 'btn lg' : 'btn lg pri'} onClick={() => onUse(slots)}>
          {t('firstRun.ports.use')}
        </UnstyledButton>
      </div>
    </section>
  );
}

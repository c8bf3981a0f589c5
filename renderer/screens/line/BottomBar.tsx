// The bar below the slots: what is in work, what passed last, the slot list and Pause.
import { UnstyledButton } from '@mantine/core';
import { IconActivity, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clockText } from '../../components/use-clock.ts';
import { lastPassed, lotStripOf } from '../../view-state/lot-strip.ts';
import type { StationView } from '../../view-state/station-view.ts';

interface BottomBarProps {
  readonly view: StationView;
  readonly listed: boolean;
  readonly onList: () => void;
  /** Pauses the line or goes on; null where the lot allows neither. */
  readonly onPause: (() => void) | null;
  /** Why the last command was refused. */
  readonly refusal: string | null;
}

export function BottomBar({ view, listed, onList, onPause, refusal }: BottomBarProps) {
  const { t } = useTranslation();
  const paused = view.lot?.state === 'held';
  const Icon = paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <footer className="scan">
      <span className="rdy">
        <IconActivity className="i" aria-hidden="true" />
        {t('bar.inWork', { count: lotStripOf(view)?.inWork ?? 0 })}
      </span>
      <span className="last" role="status">
        {refusal ?? <Last view={view} />}
      </span>
      <span className="sp" />
      {view.slots.length > 0 && (
        <UnstyledButton className="btn hide-s" onClick={onList}>
          {t(listed ? 'bar.tiles' : 'bar.list')} <kbd>F4</kbd>
        </UnstyledButton>
      )}
      {onPause !== null && (
        <UnstyledButton className="btn" onClick={onPause}>
          <Icon className="i sm" aria-hidden="true" />
          {t(paused ? 'bar.goOn' : 'bar.pause')} <kbd>F9</kbd>
        </UnstyledButton>
      )}
    </footer>
  );
}

function Last({ view }: { readonly view: StationView }) {
  const { t, i18n } = useTranslation();
  const last = lastPassed(view);
  if (last === null || last.deviceSerial === null) return null;
  const time = clockText(i18n.language === 'qps' ? 'en' : i18n.language, last.sinceMs, true);
  const values = { serial: last.deviceSerial, slot: last.slot, time };
  return (
    <>
      <span className="hide-s">{t('bar.last', values)}</span>
      <span className="only-s">{t('bar.lastShort', values)}</span>
    </>
  );
}

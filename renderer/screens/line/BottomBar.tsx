// The bar below the slots (UX.md section 4.2): the scanner and what it read last, the slot list and Pause.
import { UnstyledButton } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotState } from '../../../domain/lot.ts';
import { ScanPicture } from '../../components/ScanPicture.tsx';
import { clockText } from '../../components/use-clock.ts';
import { useLastScan } from '../../scanner/use-scans.ts';
import { formatLocale } from '../../strings/format-locale.ts';

interface BottomBarProps {
  /** Null without a lot. */
  readonly lotState: LotState | null;
  readonly hasSlots: boolean;
  readonly listed: boolean;
  readonly onList: () => void;
  /** Pauses the line or goes on; null where the lot allows neither. */
  readonly onPause: (() => void) | null;
  /** Why the last command was refused. */
  readonly refusal: string | null;
}

export const BottomBar = memo(BottomBarOf);

function BottomBarOf({ lotState, hasSlots, listed, onList, onPause, refusal }: BottomBarProps) {
  const { t } = useTranslation();
  const paused = lotState === 'held';
  const Icon = paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <footer className="scan">
      <span className="rdy">
        <ScanPicture size="md" />
        {t('scan.ready')}
      </span>
      <span className="last" role="status">
        {refusal ?? <Last untouched={lotState === null} />}
      </span>
      <span className="sp" />
      {hasSlots && (
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

/** The last scan; before one, without a lot, what that means for boards. A refusal speaks for itself. */
function Last({ untouched }: { readonly untouched: boolean }) {
  const { t, i18n } = useTranslation();
  const last = useLastScan();
  if (last === null) return untouched ? t('scan.untouched') : null;
  if (!last.taken) return last.words;
  const values = { words: last.words, time: clockText(formatLocale(i18n.language), last.timeMs, true) };
  return (
    <>
      <span className="hide-s">{t('scan.last', values)}</span>
      <span className="only-s">{t('scan.lastShort', values)}</span>
    </>
  );
}

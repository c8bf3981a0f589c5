// A label in words: its copies, and whether it was read back.
import { useTranslation } from 'react-i18next';
import type { LabelView } from '../../domain/labels-view.ts';
import { formatLocale } from '../strings/format-locale.ts';
import { clockText } from './use-clock.ts';

export function useLabelWords(): (label: LabelView) => string {
  const { t, i18n } = useTranslation();
  const time = (ms: number) => clockText(formatLocale(i18n.language), ms);
  return ({ copies, printedMs, scannedMs }) => {
    if (printedMs === null) return t('labels.waits');
    const printed = { count: copies, time: time(printedMs) };
    return scannedMs === null
      ? t('labels.printed', printed)
      : t('labels.readBack', { ...printed, read: time(scannedMs) });
  };
}

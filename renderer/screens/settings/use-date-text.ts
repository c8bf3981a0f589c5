// A day in the language of the window.
import { useTranslation } from 'react-i18next';
import { formatLocale } from '../../strings/format-locale.ts';

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;

export function useDateText(): (timeMs: number) => string {
  const { i18n } = useTranslation();
  return (timeMs) => new Intl.DateTimeFormat(formatLocale(i18n.language), DAY).format(timeMs);
}

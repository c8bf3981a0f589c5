// Times and refusals of Sync and audit in the language of the window.
import { useTranslation } from 'react-i18next';
import { clockText } from '../../components/use-clock.ts';
import { formatLocale } from '../../strings/format-locale.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import { useRefusalText } from '../line/use-card-text.ts';

const DAY_MS = 86_400_000;
/** So far back the name of a day says which one it was. */
const WEEK_MS = 6 * DAY_MS;

export interface SyncText {
  /** Hours and minutes; with the day's name in the last week, with the date before. */
  readonly time: (timeMs: number) => string;
  readonly clock: (timeMs: number) => string;
  readonly day: (timeMs: number) => string;
  readonly refusal: (refused: { readonly code: string; readonly detail: string }) => string;
}

export function useSyncText(nowMs: () => number): SyncText {
  const { i18n } = useTranslation();
  const refusalText = useRefusalText();
  const locale = formatLocale(i18n.language);
  const clock = (timeMs: number) => clockText(locale, timeMs);
  const written = (timeMs: number, how: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, how).format(timeMs);
  const time = (timeMs: number) => {
    const today = new Date(timeMs).toDateString() === new Date(nowMs()).toDateString();
    if (today) return clock(timeMs);
    const recent = Math.abs(nowMs() - timeMs) < WEEK_MS;
    const day: Intl.DateTimeFormatOptions = recent ? { weekday: 'long' } : { day: 'numeric', month: 'short' };
    return `${written(timeMs, day)} ${clock(timeMs)}`;
  };
  return {
    time,
    clock,
    day: (timeMs) => written(timeMs, { weekday: 'short' }),
    refusal: ({ code, detail }) => refusalText(refusalCode(code), detail),
  };
}

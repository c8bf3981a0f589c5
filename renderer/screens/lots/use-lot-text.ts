// The words of a lot (UX.md section 4.2): what it makes, how it stands, and why a command about it was refused.
import { useTranslation } from 'react-i18next';
import { ERRORS, type ErrorCode } from '../../../domain/error-table.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { en } from '../../strings/en.ts';
import { formatLocale } from '../../strings/format-locale.ts';
import { heldCauseOf, lotWordOf } from '../../view-state/lot-row.ts';

export interface LotText {
  readonly product: (lot: Pick<LotView, 'model' | 'revisions'>) => string;
  readonly word: (lot: LotView, onLine: string | null) => string;
  /** Hours and minutes, with the day when it is not today. */
  readonly time: (timeMs: number) => string;
  readonly refusal: (refused: { readonly code: string }) => string;
}

export function useLotText(nowMs: () => number): LotText {
  const { t, i18n } = useTranslation();
  const time = (timeMs: number) => timeText(formatLocale(i18n.language), timeMs, nowMs());
  const product: LotText['product'] = ({ model, revisions }) =>
    revisions.length === 0 ? t('lots.productOnly', { model }) : t('lots.product', { model, revisions: [...revisions] });
  const heldWord = (lot: LotView) => {
    const cause = heldCauseOf(lot);
    if (cause === null)
      return lot.heldBy === null ? t('lots.word.paused') : t('lots.word.pausedBy', { name: lot.heldBy });
    if (cause.code === null) return t('lots.word.heldText', { why: cause.text });
    const { times } = cause;
    const tile = t(`cause.${cause.code}.tile`);
    return times === null ? t('lots.word.held', { cause: tile }) : t('lots.word.heldTimes', { cause: tile, times });
  };
  const word: LotText['word'] = (lot, onLine) => {
    const is = lotWordOf(lot, onLine);
    if (is === 'held' || is === 'paused') return heldWord(lot);
    return t(`lots.word.${is}`, { time: time(lot.stateSinceMs) });
  };
  const refusal: LotText['refusal'] = ({ code }) => {
    if (isOurs(code)) return t(`lots.refused.${code}`);
    const known: ErrorCode = Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'MESSAGE_INVALID';
    return t('refused', { happened: t(`cause.${known}.happened`), todo: t(`cause.${known}.todo`) });
  };
  return { product, word, time, refusal };
}

function isOurs(code: string): code is keyof typeof en.lots.refused {
  return Object.hasOwn(en.lots.refused, code);
}

function timeText(locale: string, timeMs: number, nowMs: number): string {
  const day = (ms: number) => new Date(ms).toDateString();
  const { clock, dated } = timeFormats(locale);
  return (day(timeMs) === day(nowMs) ? clock : dated).format(timeMs);
}

interface TimeFormats {
  readonly clock: Intl.DateTimeFormat;
  readonly dated: Intl.DateTimeFormat;
}

/** One pair a language: a list of 1,000 lots writes 2,000 times, and to make a format takes longer than to use it. */
const FORMATS = new Map<string, TimeFormats>();

function timeFormats(locale: string): TimeFormats {
  const known = FORMATS.get(locale);
  if (known !== undefined) return known;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const formats = {
    clock: new Intl.DateTimeFormat(locale, clock),
    dated: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...clock }),
  };
  FORMATS.set(locale, formats);
  return formats;
}

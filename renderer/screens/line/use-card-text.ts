// The words of a card in the language of the window: its title, what it means for the board, and what to do, with what
// the refusal knows beside its code.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { pinTriesOf } from '../../../domain/pin-tries.ts';
import type { SlotDetails } from '../../../domain/station-event.ts';
import { clockText } from '../../components/use-clock.ts';
import { formatLocale } from '../../strings/format-locale.ts';
import { adviceOf } from '../../view-state/card-choices.ts';
import type { QueueCard } from '../../view-state/queue.ts';

export interface CardText {
  readonly word: string;
  /** What it means for the board. */
  readonly meaning: string;
  /** What happened, in whole sentences. */
  readonly happened: string;
  readonly todo: string;
  /** What to do, as short as a tile. */
  readonly hint: string;
}

export function useCardText(): (card: Pick<QueueCard, 'code' | 'details' | 'actions'>) => CardText {
  const { t, i18n } = useTranslation();
  return ({ code, details, actions }) => {
    if (code === null) {
      const meaning = t('queue.unknown');
      const todo = t('queue.unknownTodo');
      return { word: t('word.need'), meaning, happened: meaning, todo, hint: todo };
    }
    const advice = adviceOf(code, actions);
    const known = details === null ? null : detailText(code, details, t, formatLocale(i18n.language));
    return {
      word: t(`cause.${code}.tile`),
      meaning: known ?? t(`cause.${code}.meaning`),
      happened: known ?? t(`cause.${code}.happened`),
      todo: t(`cause.${advice}.todo`),
      hint: t(`cause.${advice}.hint`),
    };
  };
}

/** What the details say; null where they lack what the sentence needs. */
function detailText(
  code: ErrorCode,
  { found, wanted, lotId, passedMs, passedSlot }: SlotDetails,
  t: TFunction,
  locale: string,
): string | null {
  if (found !== undefined && wanted !== undefined) {
    if (code === 'WRONG_MODEL') return t('cards.wrongModel', { found, wanted });
    if (code === 'WRONG_REVISION') return t('cards.wrongRevision', { found, wanted });
    if (code === 'SERIAL_USED') return t('cards.labelUsed', { found, wanted });
    if (code === 'LABEL_UNREAD' && found !== wanted) return t('cards.labelUnknown', { found, wanted });
  }
  if (passedMs === undefined) return null;
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(passedMs);
  if (code === 'ALREADY_DONE' && lotId !== undefined) return t('cards.doneEarlier', { date, lot: lotId });
  if (code !== 'DONE_TODAY' || passedSlot === undefined) return null;
  return t('cards.doneHere', { slot: passedSlot, date, time: clockText(locale, passedMs) });
}

/** The sentence of a refusal; of a wrong PIN with how many tries are left, where its token told. */
export function useRefusalText(): (code: ErrorCode, detail?: string) => string {
  const { t } = useTranslation();
  return (code, detail = '') => {
    const tries = code === 'TOKEN_PIN_WRONG' ? pinTriesOf(detail) : null;
    const todo = tries === null ? t(`cause.${code}.todo`) : t(`cards.tries.${tries}`);
    return t('refused', { happened: t(`cause.${code}.happened`), todo });
  };
}

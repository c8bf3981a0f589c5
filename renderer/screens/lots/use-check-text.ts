// The words of a check (UX.md section 4.4): what it found, and for an octagon what to do.
import { useTranslation } from 'react-i18next';
import { ERRORS, type ErrorCode } from '../../../domain/error-table.ts';
import { en } from '../../strings/en.ts';
import { keyWordOf } from '../../view-state/key-word.ts';
import type { TypedDraft } from '../../view-state/lot-draft.ts';
import type { CheckRow } from '../../view-state/ready-checks.ts';

export interface CheckText {
  readonly title: string;
  readonly text: string;
}

type Why = keyof typeof en.setUp.why;

export function useCheckText(): (row: CheckRow, typed: TypedDraft) => CheckText {
  const { t } = useTranslation();
  const why = (key: Why, figures: Figures = NONE): CheckText => ({
    title: t(`setUp.why.${key}.title`, figures),
    text: t(`setUp.why.${key}.text`, figures),
  });
  return (row, typed) => {
    const { check, code, verdict, facts, refusal, terms } = row;
    if (refusal !== null) {
      const words = t(`setUp.field.${refusal}`);
      if (check === 'order') return { ...why('noOrder'), text: words };
      return check === 'serials' ? { ...why('RANGE_INVALID'), text: words } : why('unread', { ...NONE, words });
    }
    const key = terms === null ? null : keyWordOf(terms);
    if (code === null && key === 'risk-accepted') return why('cableRisk');
    if (key !== null && key !== 'on-chip' && verdict === 'ok')
      return {
        title: t('setUp.ok.recipe.title'),
        text: t('setUp.recipeSends', { ...figuresOf(facts), key: t(`setUp.key.${key}`) }),
      };
    if (verdict === 'ok' && check !== 'counts' && check !== 'station') {
      const figures = figuresOf(facts);
      return { title: t(`setUp.ok.${check}.title`), text: t(`setUp.ok.${check}.text`, figures) };
    }
    if (check === 'order' && typed.orderId.trim() === '') return why('noOrder');
    if (code === 'RANGE_INVALID' && typed.firstSerial.trim() === '') return why('noSerials');
    if (code === 'RANGE_INVALID' && typed.lastSerial.trim() === '') return why('noDigits');
    if (code !== null && Object.hasOwn(en.setUp.why, code)) return why(code as Why, figuresOf(facts));
    const known: ErrorCode = code !== null && Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'MESSAGE_INVALID';
    const words = t('refused', { happened: t(`cause.${known}.happened`), todo: t(`cause.${known}.todo`) });
    return why('refused', { ...NONE, title: t(`cause.${known}.tile`), words });
  };
}

/** What the words of checks may say; the station's facts where it told them. */
const NONE = {
  ...{ lotId: '', name: '', version: '', first: '', last: '', tail: '', title: '', words: '' },
  ...{ free: 0, needed: 0, size: 0, boards: 0 },
};
type Figures = typeof NONE;

function figuresOf(facts: CheckRow['facts']): Figures {
  const text = (name: string) => String(facts[name] ?? '');
  const count = (name: string) => Number(facts[name] ?? 0);
  return {
    ...NONE,
    ...{ lotId: text('lotId'), name: text('name'), version: text('version'), tail: hashTail(text('sha256')) },
    ...{ first: text('first'), last: text('last') },
    ...{ free: count('free'), needed: count('needed'), size: count('size'), boards: count('boards') },
  };
}

/** The last 8 hex digits in two groups, as people compare them. */
function hashTail(sha256: string): string {
  const tail = sha256.slice(-8).toUpperCase();
  return `${tail.slice(0, 4)} ${tail.slice(4)}`;
}

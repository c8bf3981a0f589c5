// An entry of the audit journal as one sentence, and who caused it.
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../contract/journal-api.ts';
import type { AuditEventType } from '../../../domain/audit-event.ts';
import { isErrorCode } from '../../../domain/errors.ts';
import { en } from '../../strings/en.ts';
import { useWhy } from './use-why.ts';

/** Kinds whose slot says where it happened. */
const WITH_SLOT: readonly string[] = ['job-started', 'job-resumed'];

export interface JournalText {
  readonly what: (entry: JournalEntry) => string;
  readonly who: (entry: JournalEntry) => string;
}

const DECISIONS = ['adopt', 'void', 'send-again'] as const;

export function useJournalText(): JournalText {
  const { t } = useTranslation();
  const why = useWhy();
  const cause = ({ type, facts: { code } }: JournalEntry) => {
    if (typeof code !== 'string') return '–';
    if (type === 'registration-refused') return why(code);
    return isErrorCode(code) ? t(`cause.${code}.tile`) : code;
  };
  const what: JournalText['what'] = (entry) => {
    const { type, deviceSerial, hwid, lotId, slot, facts } = entry;
    if (!isKnown(type)) return t('journal.unknown', { type });
    const device = deviceSerial ?? hwid ?? t('journal.board');
    const decided = DECISIONS.find((each) => each === facts.decision);
    const decision = decided ? t(`syncPlace.compare.do.${decided}`) : '–';
    const said = t(`journal.event.${type}`, {
      ...{ device, lot: lotId ?? '–', slot: slot ?? '–', cause: cause(entry), decision },
    });
    return WITH_SLOT.includes(type) && slot !== null ? t('journal.inSlot', { what: said, slot }) : said;
  };
  const who: JournalText['who'] = ({ who: { kind, name } }) =>
    kind === 'person' ? (name ?? t('journal.erased')) : t(`journal.${kind}`);
  return { what, who };
}

function isKnown(type: string): type is AuditEventType {
  return Object.hasOwn(en.journal.event, type);
}

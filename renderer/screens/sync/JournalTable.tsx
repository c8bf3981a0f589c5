// Entries of the journal as rows: when, what, who. One that is not what it was has an octagon.
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../contract/journal-api.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { useJournalText } from './use-journal-text.ts';
import type { SyncText } from './use-sync-text.ts';

interface JournalTableProps {
  readonly entries: readonly JournalEntry[];
  readonly text: SyncText;
  /** The first entry that is not what it was; null where none is known. */
  readonly bad: number | null;
}

export function JournalTable({ entries, text, bad }: JournalTableProps) {
  const { t } = useTranslation();
  const { what, who } = useJournalText();
  if (entries.length === 0) return <p className="dim">{t('journal.none')}</p>;
  return (
    <section
      className="sync-scroll"
      aria-label={t('journal.entries')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('journal.time')}</th>
            <th scope="col">{t('journal.what')}</th>
            <th scope="col">{t('journal.who')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq} className={entry.seq === bad ? 'm-fail' : ''} data-seq={entry.seq}>
              <td className="dim">{text.time(entry.timeMs)}</td>
              <td>
                {entry.seq === bad && <SlotSymbol look="fail" />}
                {what(entry)}
              </td>
              <td className="dim">{who(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

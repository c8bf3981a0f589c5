// "To close this lot" (UX.md section 4.5): each row a symbol, what is so, and what to do. Of a closed lot, what it ended
// with. Below it what this person may do.
import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { type ClosingRow, closingRows } from '../../view-state/lot-closing.ts';

interface ClosingPanelProps {
  readonly page: LotPage;
  readonly time: (timeMs: number) => string;
  readonly children?: ReactNode;
}

const LOOKS = { ok: 'pass', look: 'need', stop: 'fail' } as const;

export function ClosingPanel({ page, time, children }: ClosingPanelProps) {
  const { t } = useTranslation();
  const { state, stateSinceMs } = page.lot;
  const words = useClosingText(time, state === 'closed');
  return (
    <section className="panel closing" aria-labelledby="closing-title">
      <h2 id="closing-title">
        {state === 'closed' ? t('lotPage.closing.closed', { time: time(stateSinceMs) }) : t('lotPage.closing.title')}
      </h2>
      <ul className="checks">
        {closingRows(page).map((row) => {
          const { title, text } = words(row);
          return (
            <li key={row.row} className={`chk m-${LOOKS[row.verdict]}`}>
              <SlotSymbol look={LOOKS[row.verdict]} />
              <div>
                <b>
                  <VisuallyHidden>{t(`setUp.checkWord.${row.verdict}`)}</VisuallyHidden> {title}
                </b>
                {text !== '' && <small>{text}</small>}
              </div>
            </li>
          );
        })}
      </ul>
      {children}
    </section>
  );
}

/** Of a closed lot there is nothing more to do about its boards. */
function useClosingText(time: (timeMs: number) => string, closed: boolean) {
  const { t } = useTranslation();
  return (row: ClosingRow): { readonly title: string; readonly text: string } => {
    switch (row.row) {
      case 'signed': {
        const title = t('lotPage.closing.row.signed', { id: row.reportId });
        const text =
          row.folder === null
            ? t('lotPage.closing.todo.gone')
            : t('lotPage.closing.todo.signed', { folder: row.folder });
        return { title, text };
      }
      case 'unsigned':
        return { title: t('lotPage.closing.row.unsigned'), text: t('lotPage.closing.todo.unsigned') };
      case 'inRework':
      case 'notPassed': {
        const { count } = row;
        const names = [...row.names];
        const more = count - names.length;
        const todo = `${closed || row.row === 'inRework' ? 'names' : 'notPassed'}${more > 0 ? 'More' : ''}` as const;
        const text = t(`lotPage.closing.todo.${todo}`, { names, more });
        return { title: t(`lotPage.closing.row.${row.row}`, { count }), text };
      }
      case 'labels': {
        const { count, scannedBack, odd } = row;
        const parts = odd.map((part) => t(`lotPage.closing.todo.label.${part.what}`, { count: part.count }));
        const text =
          parts.length === 0 ? t('lotPage.closing.todo.label.none') : t('lotPage.closing.todo.label.list', { parts });
        return { title: t('lotPage.closing.row.labels', { count, scannedBack }), text };
      }
      case 'notStarted': {
        const { count } = row;
        const text = closed ? '' : t('lotPage.closing.todo.notStarted');
        return { title: t('lotPage.closing.row.notStarted', { count }), text };
      }
      case 'copied': {
        const { count, timeMs } = row;
        const text = timeMs === null ? '' : t('lotPage.closing.todo.copied', { time: time(timeMs) });
        return { title: t('lotPage.closing.row.copied', { count }), text };
      }
      case 'allStarted':
      case 'registered':
        return { title: t(`lotPage.closing.row.${row.row}`, { count: row.count }), text: '' };
      default:
        return {
          title: t(`lotPage.closing.row.${row.row}`, { count: row.count }),
          text: t(`lotPage.closing.todo.${row.row}`),
        };
    }
  };
}

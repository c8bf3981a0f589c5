// What was learned so far: the symbol comes when it was seen to happen.
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Look } from '../../view-state/tile-view.ts';
import type { Lessons } from './lessons.ts';

/** The scanner's lesson has the tick of a board that passed. */
const ROWS = [
  ['pass', 'pass'],
  ['fail', 'fail'],
  ['scan', 'pass'],
] as const satisfies readonly (readonly [keyof Lessons, Look])[];

export function LessonList({ lessons }: { readonly lessons: Lessons }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3>{t('firstRun.try.learned')}</h3>
      <ul className="lessons">
        {ROWS.map(([lesson, look]) => {
          const shown = lessons[lesson] ? look : 'empty';
          return (
            <li key={lesson} className={`m-${shown}`}>
              <SlotSymbol look={shown} />
              <span>{t(`firstRun.try.lesson.${lesson}`)}</span>
              <VisuallyHidden>
                {t(lessons[lesson] ? 'firstRun.try.learnedYes' : 'firstRun.try.learnedNo')}
              </VisuallyHidden>
            </li>
          );
        })}
      </ul>
      {!lessons.scan && <p>{t('firstRun.try.scanHint')}</p>}
    </div>
  );
}

// What was learned so far: the symbol comes when it was seen to happen.
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Look } from '../../view-state/tile-view.ts';
import type { Lessons } from './lessons.ts';

const LESSONS = ['pass', 'card', 'scan'] as const;

export function LessonList({ lessons }: { readonly lessons: Lessons }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3>{t('firstRun.try.learned')}</h3>
      <ul className="lessons">
        {LESSONS.map((lesson) => {
          const look = lookOf(lesson, lessons);
          return (
            <li key={lesson} className={`m-${look}`}>
              <SlotSymbol look={look} />
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

/** A card's lesson keeps the sign that was seen; the scanner's has the tick of a board that passed. */
function lookOf(lesson: (typeof LESSONS)[number], lessons: Lessons): Look {
  if (lesson === 'card') return lessons.card ?? 'empty';
  return lessons[lesson] ? 'pass' : 'empty';
}

// The Line's voice for a screen reader: what view-state/announcement.ts says, in words, politely.
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Announced, announced, type Sentence } from '../../view-state/announcement.ts';
import { isLineStop } from '../../view-state/queue.ts';
import type { StationView } from '../../view-state/station-view.ts';

export function Announcement({ view }: { readonly view: StationView }) {
  const wordsOf = useWords();
  const before = useRef<Announced | null>(null);
  const [said, setSaid] = useState<{ readonly turn: number; readonly words: readonly string[] }>({
    turn: 0,
    words: [],
  });
  useEffect(() => {
    const turn = before.current?.turn ?? 0;
    const now = announced(before.current, view);
    before.current = now;
    // In the language of its moment: another one repeats nothing.
    if (now.turn !== turn) setSaid({ turn: now.turn, words: now.sentences.map(wordsOf) });
  });
  return (
    <VisuallyHidden role="status">
      {/* Other elements each time: a reader is silent about words that stay as they were. */}
      {said.words.map((words) => (
        <span key={`${said.turn} ${words}`}>{words}</span>
      ))}
    </VisuallyHidden>
  );
}

function useWords(): (sentence: Sentence) => string {
  const { t } = useTranslation();
  return (sentence) => {
    if ('slots' in sentence) return t('announce.several', { count: sentence.slots.length, slots: sentence.slots });
    const { slot, look, code } = sentence.card;
    const word = code === null ? t('word.need') : t(`cause.${code}.tile`);
    if (slot === null) return isLineStop(sentence.card) ? t('announce.stopped', { word }) : word;
    return t(look === 'fail' ? 'announce.failed' : 'announce.needs', { slot, word });
  };
}

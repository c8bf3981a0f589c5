// Asks whether the person is still there, and signs out who is not (UX.md section 2). The line goes on, and what answers
// does nothing else: until the key or the finger is up, the question stays between it and the page.
import { UnstyledButton } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyName } from '../../components/key-name.ts';
import { later } from '../../components/later.ts';
import { BREAK_MS } from '../../scanner/scan-machine.ts';
import { type Idle, idleAt } from './idle.ts';

interface IdleNoticeProps {
  readonly onOver: () => void;
}

/** Seconds are counted down. */
const LOOK_EVERY_MS = 1_000;
const INPUTS = ['keydown', 'pointerdown', 'wheel'] as const;
/** The same hand may go on for so long: a scanner to its next key, a finger that is up to its click. */
const ENDS_MS = { keyup: BREAK_MS * 1.5, wheel: BREAK_MS * 1.5, pointerup: 1_000, pointercancel: 1_000, click: 0 };

/** Stands while somebody is signed in. */
export function IdleNotice({ onOver }: IdleNoticeProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const { idle, stay } = useIdle(onOver);
  const counting = idle.kind === 'counting';
  useEffect(() => {
    if (!counting) return;
    dialog.current?.showModal();
    const end = onAnswer(stay);
    return () => {
      end();
      dialog.current?.close();
    };
  }, [counting, stay]);
  return (
    <dialog className="idle" ref={dialog} aria-labelledby="idle-title" aria-describedby="idle-text">
      {counting && (
        <>
          <h2 id="idle-title">{t('idle.title')}</h2>
          <p id="idle-text">{t('idle.text', { count: idle.secondsLeft })}</p>
          <UnstyledButton className="btn lg pri blk" onClick={stay}>
            {t('idle.stay')}
          </UnstyledButton>
        </>
      )}
    </dialog>
  );
}

/** Calls `stay` once an answer has ended; its keys do nothing but at a scanner's ear. What is given back ends the waiting. */
function onAnswer(stay: () => void): () => void {
  let callOff = () => {};
  const over = new AbortController();
  const first = { capture: true, signal: over.signal };
  const begin = (event: Event) => {
    callOff();
    if (!(event instanceof KeyboardEvent)) return;
    event.preventDefault();
    if (isPageKey(event)) event.stopPropagation();
  };
  for (const input of INPUTS) window.addEventListener(input, begin, first);
  for (const [input, afterMs] of Object.entries(ENDS_MS)) {
    const end = () => {
      callOff();
      callOff = later(afterMs, stay);
    };
    window.addEventListener(input, end, first);
  }
  return () => {
    callOff();
    over.abort();
  };
}

/** A key that works wherever the focus is. Others are a scanner's too: those go on to its ear. */
function isPageKey(event: KeyboardEvent): boolean {
  return /^(Escape|F\d+|Ctrl\+.)$/.test(keyName(event) ?? '');
}

function useIdle(onOver: () => void): { readonly idle: Idle; readonly stay: () => void } {
  const [idle, setIdle] = useState<Idle>({ kind: 'awake' });
  const inputMs = useRef(performance.now());
  const latest = useRef(onOver);
  latest.current = onOver;
  const stay = useCallback(() => {
    inputMs.current = performance.now();
    setIdle({ kind: 'awake' });
  }, []);
  useEffect(() => {
    const look = setInterval(() => {
      const now = idleAt(inputMs.current, performance.now());
      if (now.kind === 'over') latest.current();
      // Counted no more, it is still asked until the answer has ended.
      if (now.kind !== 'awake') setIdle(now);
    }, LOOK_EVERY_MS);
    const hear = () => {
      inputMs.current = performance.now();
    };
    for (const input of INPUTS) window.addEventListener(input, hear, true);
    return () => {
      clearInterval(look);
      for (const input of INPUTS) window.removeEventListener(input, hear, true);
    };
  }, []);
  return { idle, stay };
}

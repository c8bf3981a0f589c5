// Asks whether the person is still there, and signs out who is not (UX.md section 2). The line goes on.
import { UnstyledButton } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyName } from '../../components/key-name.ts';
import { type Idle, idleAt } from './idle.ts';

interface IdleNoticeProps {
  readonly onOver: () => void;
}

/** Seconds are counted down. */
const LOOK_EVERY_MS = 1_000;
const INPUTS = ['keydown', 'pointerdown', 'wheel'] as const;

/** Stands while somebody is signed in. */
export function IdleNotice({ onOver }: IdleNoticeProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  // Hears before what closes it: a key that answers it does no work of the page below it.
  useEffect(() => {
    const keep = (event: KeyboardEvent) => {
      if (dialog.current?.open && isPageKey(event)) event.stopPropagation();
    };
    window.addEventListener('keydown', keep, true);
    return () => window.removeEventListener('keydown', keep, true);
  }, []);
  const { idle, stay } = useIdle(onOver);
  const counting = idle.kind === 'counting';
  useEffect(() => {
    if (counting) dialog.current?.showModal();
    else dialog.current?.close();
  }, [counting]);
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
    setIdle((before) => (before.kind === 'awake' ? before : { kind: 'awake' }));
  }, []);
  useEffect(() => {
    const look = setInterval(() => {
      const now = idleAt(inputMs.current, performance.now());
      if (now.kind === 'over') latest.current();
      setIdle((before) => (before.kind === 'awake' && now.kind === 'awake' ? before : now));
    }, LOOK_EVERY_MS);
    for (const input of INPUTS) window.addEventListener(input, stay, true);
    return () => {
      clearInterval(look);
      for (const input of INPUTS) window.removeEventListener(input, stay, true);
    };
  }, [stay]);
  return { idle, stay };
}

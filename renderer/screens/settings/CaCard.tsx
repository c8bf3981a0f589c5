// One signing CA: what it is called and how it stands, the picture of its chain, how long it lasts, and below it whatever
// needs a person. One that signs no more is a single line.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { CA_LOOKS, caActionsFor, caWordOf } from '../../view-state/ca-card.ts';
import { useLotText } from '../lots/use-lot-text.ts';
import { CaChain } from './CaChain.tsx';
import { CaFigures } from './CaFigures.tsx';
import { CaRows } from './CaRows.tsx';
import type { CaCardProps } from './ca-card-props.ts';
import { useCaText } from './use-ca-text.ts';

export function CaCard(props: CaCardProps) {
  const { ca, facts, sight, desk, nowMs } = props;
  const { t } = useTranslation();
  const text = useCaText(ca);
  const { time } = useLotText(nowMs);
  const article = useRef<HTMLElement>(null);
  const told = sight.said?.name === ca.name ? sight.said : null;
  useEffect(() => {
    // A form that did its work is gone, and the focus with it.
    if (told !== null && document.activeElement === document.body)
      article.current?.querySelector<HTMLElement>('.ca-acts .btn:last-child')?.focus();
  }, [told]);
  const look = CA_LOOKS[caWordOf(ca)];
  const { mayTest, mayActivate } = caActionsFor(ca, facts);
  const { name, state, signing, chain, practice, signatures: count, lastSignedMs } = ca;
  const busy = sight.busy !== null;
  const done = state === 'retired' && lastSignedMs !== null ? { count, time: time(lastSignedMs) } : null;
  return (
    <article ref={article} className={`panel ca is-${state}`} aria-labelledby={`ca-${name}`}>
      <header>
        <div className="ca-name">
          <h2 id={`ca-${name}`}>{name}</h2>
          <p>{done === null ? text.does : t('signing.retired', done)}</p>
        </div>
        <span className={`badge m-${look}`}>
          <SlotSymbol look={look} />
          {text.word}
        </span>
        {practice && <span className="badge test">{t('signing.practice')}</span>}
        <span className="ca-acts">
          {mayActivate && (
            <UnstyledButton className="btn" aria-disabled={busy} onClick={() => desk.askBefore(name)}>
              {t('signing.activate')}
            </UnstyledButton>
          )}
          {mayTest && (
            <UnstyledButton className="btn" aria-disabled={busy} onClick={() => void desk.test(name)}>
              {sight.busy === name
                ? t('signing.testing')
                : t(signing === 'unreachable' ? 'signing.testAgain' : 'signing.test')}
            </UnstyledButton>
          )}
        </span>
      </header>
      {state !== 'retired' && chain.length > 0 && (
        <>
          <CaChain {...{ ca, facts, text, time }} />
          <CaFigures {...{ ca, text, nowMs }} />
        </>
      )}
      <CaRows {...props} text={text} />
    </article>
  );
}

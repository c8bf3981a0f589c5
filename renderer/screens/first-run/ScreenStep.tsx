// Screen size: an outline to fit to a badge, by two buttons or the arrow keys.
import { UnstyledButton } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useContext, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CoveredContext } from '../../components/covered.ts';
import { heightOf, pixelMmOf, screenInches } from './badge-outline.ts';
import { StepHead } from './StepHead.tsx';
import type { FirstRunAct, FirstRunState } from './steps.ts';

interface ScreenStepProps {
  readonly state: FirstRunState;
  readonly act: (act: FirstRunAct) => void;
}

/** A touch is 4 pixels, some 1 mm; a key is one. */
const TOUCH_PX = 4;
const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

export function ScreenStep({ state: { outlinePx, measured }, act }: ScreenStepProps) {
  const { t } = useTranslation();
  useArrows((byPx) => act({ type: 'resize', byPx }));
  const inches = screenInches(pixelMmOf(outlinePx), globalThis.screen);
  return (
    <>
      <StepHead title={t('firstRun.screen.title')} more={t('firstRun.screen.more')} />
      <section className="panel screen-size">
        <div className="outline" style={{ width: outlinePx, height: heightOf(outlinePx) }} aria-hidden="true" />
        <div className="outline-acts">
          <UnstyledButton
            className="btn lg"
            aria-label={t('firstRun.screen.smaller')}
            onClick={() => act({ type: 'resize', byPx: -TOUCH_PX })}
          >
            <IconMinus className="i" aria-hidden="true" />
          </UnstyledButton>
          <UnstyledButton
            className="btn lg"
            aria-label={t('firstRun.screen.larger')}
            onClick={() => act({ type: 'resize', byPx: TOUCH_PX })}
          >
            <IconPlus className="i" aria-hidden="true" />
          </UnstyledButton>
          <UnstyledButton
            className={measured ? 'btn lg' : 'btn lg pri'}
            onClick={() => act({ type: 'measure', fits: true })}
          >
            {t('firstRun.screen.fits')}
          </UnstyledButton>
          <p role="status">
            {measured ? t('firstRun.screen.fitting', { inches }) : t('firstRun.screen.width', { width: outlinePx })}
          </p>
          <p>{t('firstRun.screen.keys')}</p>
        </div>
      </section>
    </>
  );
}

/** A pixel a key, ten with Shift; none while Help lies over it, where arrows scroll. */
function useArrows(move: (byPx: number) => void): void {
  const covered = useContext(CoveredContext);
  const latest = useRef(move);
  latest.current = move;
  useEffect(() => {
    if (covered) return;
    const press = ({ key, shiftKey, ctrlKey, altKey, metaKey, isComposing }: KeyboardEvent) => {
      const byPx = KEYS[key];
      if (byPx === undefined || ctrlKey || altKey || metaKey || isComposing) return;
      latest.current(shiftKey ? byPx * 10 : byPx);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [covered]);
}

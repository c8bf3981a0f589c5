// Make something go wrong: four faults to provoke, as on the drawing.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PretendBoard } from '../../../contract/bench-api.ts';
import type { Hands } from './use-hands.ts';

interface TricksProps {
  readonly online: boolean;
  readonly hands: Hands;
  readonly free: number | null;
}

export function Tricks({ online, hands, free }: TricksProps) {
  const { t } = useTranslation();
  const put = (board: PretendBoard) => () => free !== null && void hands.insert(free, board);
  return (
    <div>
      <h3>{t('firstRun.try.wrong')}</h3>
      <div className="tricks">
        <UnstyledButton className="btn" onClick={hands.pullOut}>
          {t('firstRun.try.pullOut')}
        </UnstyledButton>
        <UnstyledButton className="btn" aria-disabled={free === null} onClick={put('wrong-model')}>
          {t('firstRun.try.wrongModel')}
        </UnstyledButton>
        <UnstyledButton className="btn" aria-disabled={free === null} onClick={put('same-again')}>
          {t('firstRun.try.twice')}
        </UnstyledButton>
        <UnstyledButton className="btn" onClick={() => hands.network(!online)}>
          {t(online ? 'firstRun.try.breakNetwork' : 'firstRun.try.mendNetwork')}
        </UnstyledButton>
      </div>
    </div>
  );
}

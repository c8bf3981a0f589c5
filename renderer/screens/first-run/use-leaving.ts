// The end of the first run: the real station is made, then the window goes over to it. Without an officer it leads to the
// step of the people instead.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isErrorCode } from '../../../domain/errors.ts';
import type { BenchFeed } from '../../bench-feed.ts';
import { type FirstRunAct, type FirstRunState, setUpOf } from './steps.ts';

export interface Leaving {
  /** Why the station was not made; empty where nothing is to be said. */
  readonly refusal: string;
  readonly busy: boolean;
  readonly go: () => void;
}

export function useLeaving(
  state: FirstRunState,
  act: (act: FirstRunAct) => void,
  bench: BenchFeed,
  leave: () => void,
): Leaving {
  const { t } = useTranslation();
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  const making = useRef(false);
  const go = async () => {
    const setUp = setUpOf(state);
    if (setUp === null) return act({ type: 'ask-officer' });
    if (making.current) return;
    making.current = true;
    setBusy(true);
    const made = await bench.ask((api) => api.setUp(setUp));
    making.current = false;
    setBusy(false);
    if (!made.ok) {
      const code = isErrorCode(made.code) ? made.code : 'STATION_GONE';
      return setRefusal(t('refused', { happened: t(`cause.${code}.happened`), todo: t(`cause.${code}.todo`) }));
    }
    leave();
    act({ type: 'made' });
    await bench.ask((api) => api.leave());
  };
  return { refusal, busy, go: () => void go() };
}

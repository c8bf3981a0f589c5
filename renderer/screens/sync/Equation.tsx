// The second line: made = in the cloud + waiting + refused, each counted by the station in one and the same moment.
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';

interface EquationProps {
  readonly sync: SyncView;
  /** Refused entries that nobody has decided. */
  readonly undecided: number;
}

export function Equation({ sync, undecided }: EquationProps) {
  const { t } = useTranslation();
  const { made, registered, waiting, refused } = sync;
  const holds = made === registered + waiting + refused;
  const parts = [
    { sign: null, value: made, name: t('syncPlace.sum.made') },
    { sign: holds ? '=' : '≠', value: registered, name: t('syncPlace.sum.registered') },
    { sign: '+', value: waiting, name: t('syncPlace.sum.waiting') },
    {
      sign: '+',
      value: refused,
      name: t(undecided > 0 ? 'syncPlace.sum.refused' : 'syncPlace.sum.refusedNone', { count: undecided }),
    },
  ];
  const counts = { made, registered, waiting, refused };
  return (
    <section className="sync-sum" aria-label={t(holds ? 'syncPlace.sum.label' : 'syncPlace.sum.labelBroken', counts)}>
      {parts.map(({ sign, value, name }, at) => (
        <Fragment key={name}>
          {sign !== null && (
            <span className="sign" aria-hidden="true">
              {sign}
            </span>
          )}
          <div className={`panel${at === 3 && undecided > 0 ? ' m-need' : ''}`}>
            {at === 3 && undecided > 0 && <SlotSymbol look="need" />}
            <p>
              <b>{t('syncPlace.sum.figure', { value })}</b>
              <small>{name}</small>
            </p>
          </div>
        </Fragment>
      ))}
    </section>
  );
}

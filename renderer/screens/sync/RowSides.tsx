// One certificate on all sides, and the decisions that a security officer may take about it: each that cannot be taken
// back is asked in place, with the focus on the answer that changes nothing.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, ReconcileRow } from '../../../contract/reconcile-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import { allows } from '../../view-state/permission.ts';

interface RowSidesProps {
  readonly row: ReconcileRow;
  readonly facts: StationFacts;
  readonly busy: boolean;
  readonly onDecide: (decision: Decision, lotId: string | null) => void;
}

export function RowSides({ row, facts, busy, onDecide }: RowSidesProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'adopt' | 'void' | null>(null);
  const { fingerprint, hwid, device, station, sent, cloud, decisions } = row;
  const stationWord =
    station === null ? t('syncPlace.compare.nothing') : t(`syncPlace.compare.stationState.${station}`);
  const facets = [
    [t('syncPlace.compare.hwid'), hwid],
    [t('syncPlace.compare.fingerprint'), `${fingerprint.slice(0, 8)} … ${fingerprint.slice(-8)}`],
    [t('syncPlace.compare.device'), t(`syncPlace.compare.deviceState.${device}`)],
    [
      t('syncPlace.compare.station'),
      sent === null || station === null
        ? stationWord
        : t('syncPlace.compare.stationSent', { state: stationWord, sent: t(`syncPlace.compare.sent.${sent}`) }),
    ],
    [
      t('syncPlace.compare.cloud'),
      cloud === null ? t('syncPlace.compare.nothing') : t(`syncPlace.compare.cloudState.${cloud}`),
    ],
  ] as const;
  const officer = allows(facts, 'security-officer');
  return (
    <>
      <dl className="row-sides">
        {facets.map(([name, value], at) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={at < 2 ? 'mono' : ''}>{value}</dd>
          </div>
        ))}
      </dl>
      {decisions.length === 0 && row.list === 'cloud' && <p className="dim">{t('syncPlace.compare.undecided')}</p>}
      {decisions.length > 0 && !officer && <p className="dim">{t('syncPlace.compare.officer')}</p>}
      {officer && asked === null && (
        <div className="row-acts">
          {decisions.map((decision) => (
            <UnstyledButton
              key={decision}
              className="btn"
              aria-disabled={busy}
              onClick={() => {
                if (busy) return;
                if (decision === 'send-again') onDecide(decision, null);
                else setAsked(decision);
              }}
            >
              {t(`syncPlace.compare.do.${decision}`)}
            </UnstyledButton>
          ))}
        </div>
      )}
      {officer && asked !== null && (
        <Ask
          row={row}
          decision={asked}
          onAnswer={(yes, lotId) => {
            setAsked(null);
            if (yes) onDecide(asked, lotId);
          }}
        />
      )}
    </>
  );
}

interface AskProps {
  readonly row: ReconcileRow;
  readonly decision: 'adopt' | 'void';
  readonly onAnswer: (yes: boolean, lotId: string | null) => void;
}

function Ask({ row, decision, onAnswer }: AskProps) {
  const { t } = useTranslation();
  const keep = useRef<HTMLButtonElement>(null);
  const lot = useRef<HTMLInputElement>(null);
  useFocusBack(keep);
  useEffect(() => keep.current?.focus(), []);
  useKeys([['Escape', () => onAnswer(false, null)]]);
  return (
    <div className="row-asks">
      <p role="alert">{t(`syncPlace.compare.ask.${decision}`, { serial: row.deviceSerial })}</p>
      {decision === 'adopt' && row.list === 'cloud' && (
        <label>
          {t('syncPlace.compare.lot')}
          <input ref={lot} type="text" className="mono" autoComplete="off" spellCheck={false} maxLength={64} />
        </label>
      )}
      <div className="row-acts">
        <UnstyledButton className="btn pri" onClick={() => onAnswer(true, lot.current?.value.trim() || null)}>
          {t(`syncPlace.compare.ask.yes.${decision}`)}
        </UnstyledButton>
        <UnstyledButton className="btn" ref={keep} onClick={() => onAnswer(false, null)}>
          {t('syncPlace.compare.ask.no')}
        </UnstyledButton>
      </div>
    </div>
  );
}

// The question in front of the record: why, and whether it is meant; for a revocation the second officer too. Below it, or
// in its place, what came of the last one.
import { UnstyledButton } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import { ReworkReason, ScrapReason } from '../../../domain/device-word.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import type { StationView } from '../../view-state/station-view.ts';
import type { Look } from '../../view-state/tile-view.ts';
import { RevokeForm } from './RevokeForm.tsx';
import type { Decision, Said } from './use-decision.ts';
import type { DeviceText } from './use-device-text.ts';

interface DecisionPanelProps {
  readonly view: StationView;
  readonly decision: Decision;
  readonly record: DeviceRecord;
  readonly text: DeviceText;
}

export function DecisionPanel({ view, decision, record, text }: DecisionPanelProps) {
  const { t } = useTranslation();
  const { asks, said } = decision;
  const serial = record.device.deviceSerial ?? record.device.hwid;
  const isLive = record.identity?.state === 'live';
  if (asks === null && said === null) return null;
  return (
    <section className="panel decision">
      {asks === 'rework' && (
        <Asking ask={t('devices.rework.ask', { serial })} onCancel={decision.cancel}>
          {ReworkReason.options.map((reason) => (
            <UnstyledButton key={reason} className="btn" onClick={() => decision.rework(reason)}>
              {t(`devices.rework.reason.${reason}`)}
            </UnstyledButton>
          ))}
        </Asking>
      )}
      {asks === 'scrap' && (
        <Asking ask={t(isLive ? 'devices.scrap.askLive' : 'devices.scrap.ask', { serial })} onCancel={decision.cancel}>
          {ScrapReason.options.map((reason) => (
            <UnstyledButton key={reason} className="btn" onClick={() => decision.scrap(reason)}>
              {t(`devices.scrap.reason.${reason}`)}
            </UnstyledButton>
          ))}
        </Asking>
      )}
      {asks === 'revoke' && <RevokeForm {...{ view, decision, serial }} />}
      {said !== null && <Result {...{ said, serial, text }} />}
    </section>
  );
}

interface AskingProps {
  readonly ask: string;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A reason is the yes. The focus goes to the answer that changes nothing. */
function Asking({ ask, onCancel, children }: AskingProps) {
  const { t } = useTranslation();
  const keep = useRef<HTMLButtonElement>(null);
  useFocusBack(keep);
  useEffect(() => keep.current?.focus(), []);
  return (
    <>
      <p role="alert">{ask}</p>
      <fieldset>
        <legend>{t('devices.act.reason')}</legend>
        {children}
        <UnstyledButton className="btn quiet" ref={keep} onClick={onCancel}>
          {t('devices.act.cancel')}
        </UnstyledButton>
      </fieldset>
    </>
  );
}

interface ResultProps {
  readonly said: Said;
  readonly serial: string;
  readonly text: DeviceText;
}

function Result({ said, serial, text }: ResultProps) {
  const { t } = useTranslation();
  const words = (): readonly [Look, string] => {
    switch (said.kind) {
      case 'insert':
        return ['empty', t('devices.check.insert')];
      case 'saved':
        return ['pass', t('devices.act.saved', { file: said.file })];
      case 'refused':
        return ['need', text.refusal(said)];
      case 'done':
        if (said.act !== 'revoke') return ['pass', t(`devices.${said.act}.done`, { serial })];
        return said.by === null
          ? ['pass', t('devices.revoke.doneAlone', { serial })]
          : ['pass', t('devices.revoke.done', { serial, name: said.by })];
      case 'check': {
        const { slot, faults, isVoid, checkedMs } = said.check;
        if (faults.length > 0) {
          const said = faults.map((fault) => t(`devices.check.fault.${fault}`));
          return ['fail', t('devices.check.differs', { slot, faults: said })];
        }
        return isVoid
          ? ['need', t('devices.check.void', { slot })]
          : ['pass', t('devices.check.same', { slot, time: text.moment(checkedMs) })];
      }
    }
  };
  const [look, sentence] = words();
  return (
    <p className={`result m-${look}`} role="status">
      <SlotSymbol look={look} />
      <span>{sentence}</span>
    </p>
  );
}

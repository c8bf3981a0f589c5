// A revocation with its second officer: who, their badge where they have one, their PIN. The PIN's field is empty again once
// it is sent; no state of the page holds it.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RevokeReason } from '../../../domain/device-word.ts';
import type { PersonView } from '../../../domain/person.ts';
import { SecretForm } from '../../components/SecretForm.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useScans } from '../../scanner/use-scans.ts';
import type { StationView } from '../../view-state/station-view.ts';
import type { Decision } from './use-decision.ts';

interface RevokeFormProps {
  readonly view: StationView;
  readonly decision: Decision;
  readonly serial: string;
}

/** Digits of a PIN at most (domain/person.ts). */
const MOST_PIN = 12;

export function RevokeForm({ view, decision, serial }: RevokeFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState<RevokeReason>('stolen');
  const [secondId, setSecondId] = useState('');
  /** Whose badge it was is the station's to say. */
  const badge = useRef<string | null>(null);
  const [badgeShown, setBadgeShown] = useState(false);
  const { person, hasPeople } = view.facts;
  const officers = decision.officers.filter(({ personId }) => personId !== person?.personId);
  const second = officers.find(({ personId }) => personId === secondId) ?? officers[0] ?? null;
  const keep = useRef<HTMLButtonElement>(null);
  useFocusBack(keep);
  useEffect(() => keep.current?.focus(), []);
  useScans((scan) => {
    if (scan.kind !== 'badge' || second === null || !second.hasBadge) return null;
    badge.current = scan.badge;
    setBadgeShown(true);
    return { taken: true, words: t('devices.revoke.badgeShown') };
  });
  const confirm = (pin: string) => {
    if (second === null) return;
    decision.revoke(reason, { personId: second.personId, pin, badge: badge.current }, second.name);
    badge.current = null;
    setBadgeShown(false);
  };
  return (
    <div className="revoke">
      <p role="alert">{t('devices.revoke.ask', { serial })}</p>
      <label htmlFor={`${id}-why`}>
        <span>{t('devices.act.reason')}</span>
        <select
          id={`${id}-why`}
          value={reason}
          onChange={(event) => setReason(RevokeReason.parse(event.currentTarget.value))}
        >
          {RevokeReason.options.map((each) => (
            <option key={each} value={each}>
              {t(`devices.revoke.reason.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {hasPeople && <p>{t(second === null ? 'devices.revoke.nobody' : 'devices.revoke.second')}</p>}
      {hasPeople && second !== null && (
        <>
          <Officer
            {...{ officers, second }}
            onChoose={(personId) => {
              setSecondId(personId);
              // The badge that was shown is the other one's.
              badge.current = null;
              setBadgeShown(false);
            }}
          />
          {second.hasBadge && (
            <p role="status">
              {badgeShown ? t('devices.revoke.badgeShown') : t('devices.revoke.badge', { name: second.name })}
            </p>
          )}
          <SecretForm
            label={t('devices.revoke.pin', { name: second.name })}
            send={t('devices.revoke.yes')}
            most={MOST_PIN}
            busy={decision.busy}
            large={false}
            onSend={confirm}
          />
        </>
      )}
      <div className="answers">
        {!hasPeople && (
          <UnstyledButton className="btn pri" onClick={() => decision.revoke(reason, null, null)}>
            {t('devices.revoke.yes')}
          </UnstyledButton>
        )}
        <UnstyledButton className="btn quiet" ref={keep} onClick={decision.cancel}>
          {t('devices.act.cancel')}
        </UnstyledButton>
      </div>
    </div>
  );
}

interface OfficerProps {
  readonly officers: readonly PersonView[];
  readonly second: PersonView;
  readonly onChoose: (personId: string) => void;
}

function Officer({ officers, second, onChoose }: OfficerProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <label htmlFor={id}>
      <span>{t('devices.revoke.who')}</span>
      <select id={id} value={second.personId} onChange={(event) => onChoose(event.currentTarget.value)}>
        {officers.map(({ personId, name }) => (
          <option key={personId} value={personId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

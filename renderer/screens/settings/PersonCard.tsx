// One person on record: who they are to the station, and, open, what a security officer may change of them.
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PersonView, Pin, Role } from '../../../domain/person.ts';
import { SCAN_PREFIXES } from '../../../domain/scan.ts';
import { AskInPlace } from '../../components/AskInPlace.tsx';
import { Choice } from '../../components/Choice.tsx';
import { SecretForm } from '../../components/SecretForm.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useScans } from '../../scanner/use-scans.ts';
import { LANGUAGE_NAMES } from '../../strings/language-names.ts';
import { initials } from '../../view-state/initials.ts';
import { useLotText } from '../lots/use-lot-text.ts';
import { SaidRow } from './SaidRow.tsx';
import type { PanelOrder } from './use-order.ts';

interface PersonCardProps {
  readonly person: PersonView;
  readonly order: PanelOrder;
  /** Whoever looks may change people. */
  readonly officer: boolean;
  /** The only security officer: neither role nor record can go. */
  readonly last: boolean;
  readonly open: boolean;
  readonly nowMs: () => number;
  readonly onOpen: () => void;
  readonly onChanged: () => void;
}

export function PersonCard(props: PersonCardProps) {
  const { person, officer, open, nowMs, order, onOpen } = props;
  const { t } = useTranslation();
  const { time } = useLotText(nowMs);
  const { name, role, hasBadge, lastSignInMs, preferences } = person;
  const Chevron = open ? IconChevronUp : IconChevronDown;
  const words = (
    <>
      <span className="avatar" aria-hidden="true">
        {initials(name)}
      </span>
      <span className="words">
        <b>{name}</b>
        <small>{t('people.who', { role: t(`role.${role}`), language: LANGUAGE_NAMES[preferences.language] })}</small>
      </span>
      <span>{t(hasBadge ? 'people.badge' : 'people.noBadge')}</span>
      <span>{lastSignInMs === null ? t('people.never') : t('people.last', { time: time(lastSignInMs) })}</span>
    </>
  );
  return (
    <li className={open ? 'person-row open' : 'person-row'}>
      {officer ? (
        <UnstyledButton className="person-head" data-head="" aria-expanded={open} onClick={onOpen}>
          {words}
          <Chevron className="i" aria-hidden="true" />
        </UnstyledButton>
      ) : (
        <div className="person-head">{words}</div>
      )}
      {open && officer && <PersonOrders {...props} />}
      <SaidRow said={order.said} about={person.personId} />
    </li>
  );
}

function PersonOrders({ person, order, last, onChanged }: PersonCardProps) {
  const { t } = useTranslation();
  const { personId, name, role, hasBadge } = person;
  const orders = useRef<HTMLDivElement>(null);
  useFocusBack(orders);
  const [erasing, setErasing] = useState(false);
  const [pinWrong, setPinWrong] = useState(false);
  const setBadge = async (badge: string | null) => {
    const done = await order.send(
      (api) => api.people.setBadge({ personId, badge }),
      () => t(badge === null ? 'people.said.badgeGone' : 'people.said.badge', { name }),
      personId,
    );
    onChanged();
    return done !== null;
  };
  useScans((scan) => {
    if (scan.kind !== 'badge') return { taken: false, words: t('people.notABadge', { prefix: SCAN_PREFIXES.badge }) };
    if (order.busy) return { taken: false, words: t('cards.busy') };
    return setBadge(scan.badge).then((taken) => ({
      taken,
      words: taken ? t('people.tookBadge', { name }) : (order.lastSaid()?.words ?? ''),
    }));
  });
  const setRole = (next: Role) =>
    void order
      .send(
        (api) => api.people.setRole({ personId, role: next }),
        () => t('people.said.role', { name, role: t(`role.${next}`) }),
        personId,
      )
      .then(onChanged);
  const resetPin = (pin: string) => {
    const right = Pin.safeParse(pin).success;
    setPinWrong(!right);
    if (right)
      void order.send(
        (api) => api.people.resetPin({ personId, pin }),
        () => t('people.said.pin', { name }),
        personId,
      );
  };
  return (
    <div className="person-orders" ref={orders}>
      <Choice
        label={t('people.role')}
        of={Role.options.map((each) => [each, t(`role.${each}`)])}
        chosen={role}
        onChoose={(next) => next !== role && setRole(next)}
      />
      <div>
        <SecretForm
          label={t('people.pin')}
          send={t('people.setPin')}
          most={12}
          busy={order.busy}
          large={false}
          onSend={resetPin}
        />
        <p role="alert">{pinWrong ? t('people.pinWrong') : ''}</p>
      </div>
      <div className="person-badge">
        <p>{t(hasBadge ? 'people.badgeMore' : 'people.badgeNone')}</p>
        {hasBadge && (
          <UnstyledButton className="btn" aria-disabled={order.busy} onClick={() => void setBadge(null)}>
            {t('people.badgeGone')}
          </UnstyledButton>
        )}
      </div>
      {last ? (
        <p>{t('people.lastOfficer')}</p>
      ) : erasing ? (
        <AskInPlace
          ask={t('people.erase.ask', { name })}
          yes={t('people.erase.yes')}
          no={t('people.erase.no')}
          onAnswer={(yes) => {
            setErasing(false);
            if (yes)
              void order
                .send(
                  (api) => api.people.erase({ personId }),
                  () => t('people.said.erased'),
                )
                .then(onChanged);
          }}
        />
      ) : (
        <UnstyledButton className="btn" onClick={() => setErasing(true)}>
          {t('people.erase.button')}
        </UnstyledButton>
      )}
    </div>
  );
}

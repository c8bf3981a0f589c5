// Where a device's record is, its seal in the audit chain, and the rarer things that can be done with it.
import { UnstyledButton } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Look } from '../../view-state/tile-view.ts';
import type { Decision } from './use-decision.ts';
import type { DeviceText } from './use-device-text.ts';

interface PlacesPanelProps {
  readonly record: DeviceRecord;
  readonly text: DeviceText;
  readonly decision: Decision;
}

export function PlacesPanel({ record, text, decision }: PlacesPanelProps) {
  const { t } = useTranslation();
  return (
    <section className="panel places" aria-labelledby="places-title">
      <h3 id="places-title">{t('devices.places.title')}</h3>
      <ul>
        {placesOf(record, text, t).map(({ look, title, says }) => (
          <li key={title} className={`m-${look}`}>
            <SlotSymbol look={look} />
            <div>
              <b>{title}</b>
              <small>{says}</small>
            </div>
          </li>
        ))}
      </ul>
      <h3>{t('devices.seal.title')}</h3>
      <Seal seal={record.seal} />
      <Acts record={record} decision={decision} />
    </section>
  );
}

interface Placed {
  readonly look: Look;
  readonly title: string;
  readonly says: string;
}

function placesOf({ places }: DeviceRecord, text: DeviceText, t: TFunction): Placed[] {
  const { savedMs, copiedMs, onOtherDisk, lotClosedMs } = places;
  const copied = (time: string) =>
    onOtherDisk ? t('devices.places.otherDisk', { time }) : t('devices.places.sameDisk', { time });
  return [
    {
      look: savedMs === null ? 'empty' : 'pass',
      title: t('devices.places.station'),
      says: savedMs === null ? t('devices.places.inWork') : t('devices.places.saved', { time: text.moment(savedMs) }),
    },
    {
      look: copiedMs === null ? 'empty' : 'pass',
      title: t('devices.places.backup'),
      says: copiedMs === null ? t('devices.places.notCopied') : copied(text.moment(copiedMs)),
    },
    { title: t('devices.places.cloud'), ...cloudOf(places.cloud, text, t) },
    {
      look: lotClosedMs === null ? 'empty' : 'pass',
      title: t('devices.places.report'),
      says:
        lotClosedMs === null ? t('devices.places.open') : t('devices.places.closed', { time: text.time(lotClosedMs) }),
    },
  ];
}

function cloudOf(cloud: DeviceRecord['places']['cloud'], text: DeviceText, t: TFunction): Omit<Placed, 'title'> {
  if (cloud === null) return { look: 'empty', says: t('devices.places.nothing') };
  const { state, kind, code } = cloud;
  if (state === 'waiting') return { look: 'empty', says: t('devices.places.waits') };
  if (state === 'refused') return { look: 'need', says: t('devices.places.refused', { why: text.cloudWhy(code) }) };
  return { look: 'pass', says: t(kind === 'void' ? 'devices.places.voidTaken' : 'devices.places.taken') };
}

function Seal({ seal }: { readonly seal: DeviceRecord['seal'] }) {
  const { t } = useTranslation();
  if (seal === null) return <p>{t('devices.seal.none')}</p>;
  const { seq, before, after, state } = seal;
  if (state === 'broken')
    return (
      <p className="broken m-fail" role="alert">
        <SlotSymbol look="fail" />
        {t('devices.seal.broken')}
      </p>
    );
  const links = [before, seq, after].filter((each) => each !== null);
  const numbers = links.map((each) => t('devices.history.number', { number: each }));
  return (
    <>
      <p>{t(`devices.seal.${state}`)}</p>
      <div className="seal-chain" role="img" aria-label={t('devices.seal.picture', { numbers })}>
        {links.map((each, index) => (
          <span key={each} className={each === seq ? 'own' : undefined}>
            {numbers[index]}
          </span>
        ))}
      </div>
    </>
  );
}

function Acts({ record, decision }: { readonly record: DeviceRecord; readonly decision: Decision }) {
  const { t } = useTranslation();
  const { offers, ask, save, busy } = decision;
  const isLive = record.identity?.state === 'live';
  return (
    <div className="acts">
      {offers.save && (
        <UnstyledButton className="btn blk" aria-disabled={busy} onClick={save}>
          {t('devices.act.save')}
        </UnstyledButton>
      )}
      {offers.scrap && (
        <UnstyledButton className="btn blk" onClick={() => ask('scrap')}>
          {t('devices.act.scrap')}
        </UnstyledButton>
      )}
      {offers.revoke && (
        <UnstyledButton className="btn blk" onClick={() => ask('revoke')}>
          {t('devices.act.revoke')}
        </UnstyledButton>
      )}
      {isLive && <p className="dim">{t(offers.revoke ? 'devices.act.locked' : 'devices.act.officer')}</p>}
    </div>
  );
}

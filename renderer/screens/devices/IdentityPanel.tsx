// Who a device is: the tail of its key id, how its key came into it, whose certificate it has and how that stands.
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import { ends, groups, keyTail, pairs } from '../../view-state/hex-words.ts';
import type { DeviceText } from './use-device-text.ts';

interface IdentityPanelProps {
  readonly record: DeviceRecord;
  readonly text: DeviceText;
}

export function IdentityPanel({ record, text }: IdentityPanelProps) {
  const { t } = useTranslation();
  const { identity } = record;
  return (
    <section className="panel identity" aria-labelledby="identity-title">
      <h3 id="identity-title">{t('devices.identity.title')}</h3>
      {identity === null ? (
        <p className="dim">{t('devices.identity.none')}</p>
      ) : (
        <>
          <div className="tail mono">{keyTail(identity.spkiSha256)}</div>
          <p className="dim">{t('devices.identity.tail')}</p>
          <div className="key-mode">
            <IconLock className="i" aria-hidden="true" />
            <div>
              <b>{t(identity.keyMode === 'on-chip' ? 'devices.identity.onChip' : 'devices.identity.injected')}</b>
              <span className="dim">
                {identity.cableGuard === null
                  ? t('devices.identity.onChipMore')
                  : t(`devices.identity.guard.${identity.cableGuard}`)}
              </span>
            </div>
          </div>
          <Facts identity={identity} text={text} />
          <p className="dim caption">{t('devices.history.chip', { hwid: pairs(record.device.hwid) })}</p>
          <p className="dim caption digest">
            {t('devices.identity.digest')}
            <span className="mono">{groups(identity.spkiSha256)}</span>
          </p>
        </>
      )}
    </section>
  );
}

function Facts({ identity, text }: { identity: NonNullable<DeviceRecord['identity']>; text: DeviceText }) {
  const { t } = useTranslation();
  const { state, reason, signedBy, certificateSerialNumber, notAfterMs, notBeforeMs } = identity;
  const validity = () => {
    if (notBeforeMs === null) return t('devices.identity.unsigned');
    return notAfterMs === null
      ? t('devices.identity.noEnd')
      : t('devices.identity.until', { date: text.date(notAfterMs) });
  };
  const standing =
    state === 'void'
      ? t('devices.identity.certificate.voidWhy', { why: text.cause(null, reason) })
      : t(`devices.identity.certificate.${state}`);
  return (
    <dl className="kv">
      <dt>{t('devices.identity.type')}</dt>
      <dd>{t('devices.identity.p256')}</dd>
      <dt>{t('devices.identity.signedBy')}</dt>
      <dd>{signedBy ?? t('devices.identity.unknownCa')}</dd>
      <dt>{t('devices.identity.number')}</dt>
      <dd className="mono">{ends(certificateSerialNumber)}</dd>
      <dt>{t('devices.identity.valid')}</dt>
      <dd>{validity()}</dd>
      <dt>{t('devices.identity.state')}</dt>
      <dd>{standing}</dd>
    </dl>
  );
}

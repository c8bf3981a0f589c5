// Who the board in a slot is: serial, hardware id, which try.
import { useTranslation } from 'react-i18next';
import type { SlotView } from '../../../domain/station-event.ts';

export function SlotFacts({ slot: { deviceSerial, hwid, attempt } }: { readonly slot: SlotView }) {
  const { t } = useTranslation();
  if (deviceSerial === null && hwid === null && attempt === null) return null;
  return (
    <dl className="kv">
      {deviceSerial !== null && <Fact name={t('slot.serial')} value={deviceSerial} />}
      {hwid !== null && <Fact name={t('slot.hwid')} value={hwid} />}
      {attempt !== null && <Fact name={t('slot.attempt')} value={String(attempt)} />}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="mono">{value}</dd>
    </>
  );
}

// Who the board in a slot is: serial, hardware id, which try; and how the lot's keys come into it.
import { useTranslation } from 'react-i18next';
import type { LotView, SlotView } from '../../../domain/station-event.ts';
import { keyWordOf } from '../../view-state/key-word.ts';

interface SlotFactsProps {
  readonly slot: SlotView;
  /** The lot that its board is made for; null while there is none. */
  readonly lot: LotView | null;
}

export function SlotFacts({ slot: { deviceSerial, hwid, attempt, jobId }, lot }: SlotFactsProps) {
  const { t } = useTranslation();
  if (deviceSerial === null && hwid === null && attempt === null) return null;
  return (
    <dl className="kv">
      {deviceSerial !== null && <Fact name={t('slot.serial')} value={deviceSerial} />}
      {hwid !== null && <Fact name={t('slot.hwid')} value={hwid} />}
      {attempt !== null && <Fact name={t('slot.attempt')} value={String(attempt)} />}
      {jobId !== null && lot !== null && (
        <>
          <dt>{t('slot.key')}</dt>
          <dd>{t(`keyTerms.${keyWordOf(lot)}`)}</dd>
        </>
      )}
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

// One slot, in the queue's place (UX.md section 4.3): symbol, serial, stages, and what to do where it needs a person.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Stage } from '../../../domain/job.ts';
import type { SlotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { tileOf } from '../../view-state/tile-view.ts';
import { useTileText } from './use-tile-text.ts';

interface SlotDetailProps {
  readonly slot: SlotView;
  readonly onClose: () => void;
}

export function SlotDetail({ slot, onClose }: SlotDetailProps) {
  const { t } = useTranslation();
  const tile = tileOf(slot);
  const { word } = useTileText()(tile, false);
  const told = tile.word.kind === 'cause' ? tile.word.code : null;
  return (
    <aside className="queue detail" aria-label={t('slot.title', { slot: slot.slot })}>
      <div className={`hd m-${tile.look}`}>
        <SlotSymbol {...tile} />
        <div>
          <h2>{t('slot.title', { slot: slot.slot })}</h2>
          <span>{word}</span>
        </div>
      </div>
      {told !== null && (
        <div className="told">
          <p>{t(`cause.${told}.happened`)}</p>
          <p className="b">{t(`cause.${told}.todo`)}</p>
        </div>
      )}
      <Facts slot={slot} />
      {tile.segments.length > 0 && (
        <section aria-label={t('slot.stages')}>
          <h3>{t('slot.stages')}</h3>
          <ol className="stages">
            {Stage.options.map((stage, index) => {
              const segment = tile.segments[index] ?? 'ahead';
              return (
                <li key={stage} className={segment}>
                  <span>{t(`stageDense.${stage}`)}</span>
                  <span>{t(`slot.${segment}`)}</span>
                </li>
              );
            })}
          </ol>
        </section>
      )}
      <UnstyledButton className="btn lg blk" onClick={onClose}>
        {t('slot.close')} <kbd>Esc</kbd>
      </UnstyledButton>
    </aside>
  );
}

function Facts({ slot: { deviceSerial, hwid, attempt } }: { readonly slot: SlotView }) {
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

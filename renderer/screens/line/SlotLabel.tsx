// The label of the board in a slot, once it passed: its picture, its copies, whether it was read back, and one more.
import { UnstyledButton } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SlotView } from '../../../domain/station-event.ts';
import { LabelPicture } from '../../components/LabelPicture.tsx';
import { useLabel } from '../../components/use-label.ts';
import { useLabelWords } from '../../components/use-label-words.ts';
import type { StationFeed } from '../../station-feed.ts';
import { labelOrder } from '../../view-state/line-order.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { useRefusalText } from './use-card-text.ts';
import type { Orders } from './use-orders.ts';

interface SlotLabelProps {
  readonly slot: SlotView;
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly orders: Orders;
}

export function SlotLabel({ slot: { state, deviceSerial }, view, feed, orders }: SlotLabelProps) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const words = useLabelWords();
  const passed = state === 'passed' ? deviceSerial : null;
  const label = useLabel(feed, passed, view.labels);
  if (passed === null || label === null) return null;
  const { model, revision, keyTail, size, copies, printedMs } = label;
  const order = orders.ofLine(labelOrder(passed));
  return (
    <section className="slot-label" aria-label={t('labels.title')}>
      <LabelPicture
        {...{ model, revision, keyTail, size, deviceSerial: passed, copy: Math.max(1, copies) }}
        practice={view.practice}
      />
      <p>{words(label)}</p>
      <UnstyledButton className="btn" aria-disabled={order.busy} onClick={() => !order.busy && orders.print(passed)}>
        <IconPrinter className="i sm" aria-hidden="true" />
        {order.busy ? t('cards.busy') : t(printedMs === null ? 'labels.print' : 'labels.again')}
      </UnstyledButton>
      {order.refusal !== null && (
        <p className="refusal" role="status">
          {refusalText(order.refusal, order.detail)}
        </p>
      )}
    </section>
  );
}

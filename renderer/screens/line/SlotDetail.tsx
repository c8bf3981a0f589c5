// One slot, in the queue's place (UX.md section 4.3): symbol, serial, stages with their seconds, and what a person may
// tell it.
import { UnstyledButton } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotView } from '../../../domain/station-event.ts';
import { PlaceContext } from '../../components/page.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { choicesOf } from '../../view-state/card-choices.ts';
import { allows } from '../../view-state/permission.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { tileOf } from '../../view-state/tile-view.ts';
import { CardActions } from './CardActions.tsx';
import { SlotFacts } from './SlotFacts.tsx';
import { SlotLabel } from './SlotLabel.tsx';
import { SlotPast } from './SlotPast.tsx';
import { StageList } from './StageList.tsx';
import { useCardText } from './use-card-text.ts';
import type { Orders } from './use-orders.ts';
import { useTileText } from './use-tile-text.ts';
import { useTimings } from './use-timings.ts';

interface SlotDetailProps {
  readonly slot: SlotView;
  readonly view: StationView;
  readonly orders: Orders;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
  readonly onClose: () => void;
}

export function SlotDetail({ slot, view, orders, feed, nowMs, onClose }: SlotDetailProps) {
  const { t } = useTranslation();
  const cardText = useCardText();
  const go = useContext(PlaceContext);
  const timing = useTimings([slot], view.lot, nowMs).get(slot.slot) ?? null;
  const tile = tileOf(slot, timing);
  const { word, detail } = useTileText()(tile, false);
  const code = tile.word.kind === 'cause' ? tile.word.code : null;
  const told = code === null ? null : cardText(slot);
  return (
    <aside className="queue detail" aria-label={t('slot.title', { slot: slot.slot })}>
      <div className={`hd m-${tile.look}`}>
        <SlotSymbol {...tile} />
        <div>
          <h2>{t('slot.title', { slot: slot.slot })}</h2>
          <span>{word}</span>
          {told === null && <span>{detail}</span>}
        </div>
      </div>
      {told !== null && (
        <div className="told">
          <p>{told.happened}</p>
          <p className="b">{told.todo}</p>
        </div>
      )}
      <CardActions
        slot={slot.slot}
        code={code}
        choices={choicesOf({ code, actions: slot.actions }, view.facts)}
        order={orders.of(slot)}
        onCommand={(command, reason) => void orders.command(slot, command, reason)}
      />
      {slot.offReason !== null && slot.state !== 'off' && (
        <p className="told">{t('slot.offAfter', { reason: t(`cards.off.${slot.offReason}`) })}</p>
      )}
      <SlotFacts slot={slot} lot={view.lot} />
      <SlotLabel {...{ slot, view, feed, orders }} />
      <StageList slot={slot} nowMs={nowMs} />
      <SlotPast {...{ slot, feed, nowMs }} />
      {allows(view.facts, 'supervisor') && (
        <UnstyledButton
          className="btn lg blk"
          onClick={() => go('settings', { panel: 'diagnostics', slot: slot.slot })}
        >
          {t('slot.trace')}
        </UnstyledButton>
      )}
      <UnstyledButton className="btn lg blk close" onClick={onClose}>
        {t('slot.close')} <kbd>Esc</kbd>
      </UnstyledButton>
    </aside>
  );
}

// The words of a tile in the language of the window: full, or short enough for the densest grids.
import { useTranslation } from 'react-i18next';
import type { TileView } from '../../view-state/tile-view.ts';

export interface TileText {
  readonly word: string;
  /** Empty where the tile has nothing more to say. */
  readonly detail: string;
}

export function useTileText(): (tile: TileView, dense: boolean) => TileText {
  const { t } = useTranslation();

  function wordOf({ word }: TileView, dense: boolean): string {
    if (word.kind === 'cause') return t(`cause.${word.code}.${dense ? 'dense' : 'tile'}`);
    if (word.kind === 'stage') return t(`${dense ? 'stageDense' : 'stage'}.${word.stage}`);
    return t(`${dense ? 'wordDense' : 'word'}.${word.look}`);
  }

  function detailOf({ detail }: TileView): string {
    if (detail === null) return '';
    if (detail.kind === 'hint') return t(`cause.${detail.code}.hint`);
    if (detail.kind === 'do-not-remove') return t('detail.doNotRemove');
    const { tail } = detail;
    if (detail.kind === 'take-out') return tail === null ? t('detail.takeOut') : t('detail.takeOutTail', { tail });
    const { percent, attempt } = detail;
    if (percent !== null)
      return tail === null ? t('detail.percent', { percent }) : t('detail.tailPercent', { tail, percent });
    if (attempt > 1)
      return tail === null ? t('detail.attempt', { attempt }) : t('detail.tailAttempt', { tail, attempt });
    return tail === null ? '' : t('detail.tail', { tail });
  }

  return (tile, dense) => ({ word: wordOf(tile, dense), detail: detailOf(tile) });
}

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
    return t(`${dense ? 'wordDense' : 'word'}.${word.kind === 'slow' ? 'slow' : word.look}`);
  }

  function detailOf({ detail }: TileView): string {
    if (detail === null) return '';
    if (detail.kind === 'hint') return t(`cause.${detail.code}.hint`);
    if (detail.kind === 'do-not-remove') return t('detail.doNotRemove');
    if (detail.kind === 'off') return t(`cards.off.${detail.reason}`);
    const { tail } = detail;
    if (detail.kind === 'take-out') return tail === null ? t('detail.takeOut') : t('detail.takeOutTail', { tail });
    const { left, attempt } = detail;
    if (left?.kind === 'over') return tail === null ? t('detail.over') : t('detail.tailOver', { tail });
    if (left !== null) {
      const { seconds } = left;
      return tail === null ? t('detail.left', { seconds }) : t('detail.tailLeft', { tail, seconds });
    }
    if (attempt > 1)
      return tail === null ? t('detail.attempt', { attempt }) : t('detail.tailAttempt', { tail, attempt });
    return tail === null ? '' : t('detail.tail', { tail });
  }

  return (tile, dense) => ({ word: wordOf(tile, dense), detail: detailOf(tile) });
}

// How many boards a lot may lose, and after how many same failures it is held.
import { useTranslation } from 'react-i18next';
import { COUNTS, countOf, type TypedDraft } from '../../view-state/lot-draft.ts';
import { type FieldTexts, TextField } from './TextField.tsx';

interface LotRulesProps {
  readonly typed: TypedDraft;
  readonly onType: (change: Partial<TypedDraft>) => void;
  readonly texts: FieldTexts;
  readonly locked: boolean;
}

export function LotRules({ typed, onType, texts, locked }: LotRulesProps) {
  const { t } = useTranslation();
  const quantity = countOf(typed.quantity, COUNTS.quantity);
  const spare = countOf(typed.spare, COUNTS.spare);
  const share = quantity === null || spare === null ? null : Math.round((1000 * spare) / quantity) / 10;
  return (
    <section className="panel two last">
      <TextField
        {...{ locked, ...texts('spare') }}
        label={t('setUp.scrap')}
        hint={t('setUp.scrapHint')}
        kind="count"
        field="spare"
        unit={t('setUp.scrapBoards')}
        {...(share === null ? {} : { note: t('setUp.scrapShare', { share }) })}
        value={typed.spare}
        onChange={(text) => onType({ spare: text })}
      />
      <TextField
        {...{ locked, ...texts('stopAfter') }}
        label={t('setUp.stop')}
        hint={t('setUp.stopHint')}
        kind="count"
        field="stopAfter"
        unit={t('setUp.stopFailures')}
        value={typed.stopAfter}
        onChange={(stopAfter) => onType({ stopAfter })}
      />
    </section>
  );
}

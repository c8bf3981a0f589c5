// Which label a lot's boards get, how many it may lose, and after how many same failures it is held.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelSize, LotLabel } from '../../../domain/label.ts';
import { COUNTS, countOf, type TypedDraft } from '../../view-state/lot-draft.ts';
import { type FieldTexts, TextField } from './TextField.tsx';

interface LotRulesProps {
  readonly typed: TypedDraft;
  readonly onType: (change: Partial<TypedDraft>) => void;
  readonly texts: FieldTexts;
  readonly locked: boolean;
  /** The label that this station prints where nothing was chosen. */
  readonly usual: LotLabel;
}

export function LotRules({ typed, onType, texts, locked, usual }: LotRulesProps) {
  const { t } = useTranslation();
  const quantity = countOf(typed.quantity, COUNTS.quantity);
  const spare = countOf(typed.spare, COUNTS.spare);
  const share = quantity === null || spare === null ? null : Math.round((1000 * spare) / quantity) / 10;
  return (
    <section className="panel three last">
      <LabelChoice chosen={typed.label ?? usual} locked={locked} onChoose={(label) => onType({ label })} />
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

interface LabelChoiceProps {
  readonly chosen: LotLabel;
  readonly locked: boolean;
  readonly onChoose: (label: LotLabel) => void;
}

function LabelChoice({ chosen, locked, onChoose }: LabelChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('setUp.label')}</label>
      <select
        id={id}
        className="inp"
        value={chosen}
        disabled={locked}
        aria-describedby={`${id}-under`}
        onChange={(event) => onChoose(LotLabel.parse(event.currentTarget.value))}
      >
        {LabelSize.options.map((size) => (
          <option key={size} value={size}>
            {t(`labels.size.${size}`)}
          </option>
        ))}
        <option value="none">{t('setUp.labelNone')}</option>
      </select>
      <p id={`${id}-under`} className="hint">
        {t('setUp.labelHint')}
      </p>
    </div>
  );
}

// The serial numbers of a lot: first and last, the picture of them beside those used before, and where to start instead
// when some are taken.
import { UnstyledButton } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Readiness } from '../../../contract/lots-api.ts';
import type { TypedDraft } from '../../view-state/lot-draft.ts';
import { type Bar, serialPictureOf } from '../../view-state/serial-picture.ts';
import { type FieldTexts, TextField } from './TextField.tsx';

interface SerialRangeProps {
  readonly typed: TypedDraft;
  readonly onType: (change: Partial<TypedDraft>) => void;
  readonly readiness: Readiness | null;
  readonly texts: FieldTexts;
  readonly locked: boolean;
}

export function SerialRange({ typed, onType, readiness, texts, locked }: SerialRangeProps) {
  const { t } = useTranslation();
  const taken = takenWords(readiness, t);
  return (
    <fieldset className="panel">
      <legend>{t('setUp.serials')}</legend>
      <div className="serials">
        <TextField
          {...{ locked, ...texts('firstSerial') }}
          label={t('setUp.first')}
          labelHidden
          kind="code"
          field="firstSerial"
          value={typed.firstSerial}
          onChange={(firstSerial) => onType({ firstSerial })}
        />
        <span className="dim" aria-hidden="true">
          {t('setUp.to')}
        </span>
        <TextField
          {...{ locked, ...texts('lastSerial') }}
          label={t('setUp.last')}
          labelHidden
          kind="code"
          field="lastSerial"
          value={typed.lastSerial}
          onChange={(lastSerial) => onType({ lastSerial })}
        />
      </div>
      {taken !== null && (
        <div className="taken">
          <p>{taken.words}</p>
          {taken.start !== null && (
            <UnstyledButton className="btn" onClick={() => onType({ firstSerial: taken.start ?? '', lastSerial: '' })}>
              {t('setUp.startAt', { serial: taken.tail })}
            </UnstyledButton>
          )}
        </div>
      )}
      {readiness !== null && <Picture readiness={readiness} />}
    </fieldset>
  );
}

function takenWords(readiness: Readiness | null, t: TFunction) {
  const check = readiness?.checks.find(({ code }) => code === 'RANGE_USED');
  if (readiness === null || check === undefined) return null;
  const fact = (name: string) => String(check.facts[name] ?? '');
  const used = { first: fact('first'), last: fact('last'), lotId: fact('lotId') };
  const start = readiness.suggestedFirst;
  // The digits that count are enough on the button, as on the drawing: the prefix stands in the field.
  const tail = start === null ? '' : (/[0-9]+$/.exec(start)?.[0] ?? start);
  const words = start === null ? t('setUp.why.RANGE_USED.text', used) : t('setUp.taken', { ...used, start: tail });
  return { words, start, tail };
}

function Picture({ readiness }: { readonly readiness: Readiness }) {
  const { t } = useTranslation();
  const { used, range, wordsFrom, free } = serialPictureOf(readiness);
  if (range === null) return null;
  const bar = ({ from, width }: Bar) => ({ left: `${from * 100}%`, width: `${width * 100}%` });
  const [from, to] = [Math.round(range.from * 100), Math.round((range.from + range.width) * 100)];
  const usedAtWords = used.length > 0 && wordsFrom > 0.2;
  return (
    <div className="range">
      <div className="range-bars" role="img" aria-label={t('setUp.picture', { from, to, used: used.length })}>
        {used.map((one) => (
          <i key={one.lotId} className="used" style={bar(one)} />
        ))}
        <i className="this" style={bar(range)} />
      </div>
      <div className="range-words">
        <span className="dim">{usedAtWords ? t('setUp.used') : ''}</span>
        <b style={{ left: `${wordsFrom * 100}%` }}>{t('setUp.thisLot', { free })}</b>
      </div>
    </div>
  );
}

// Settings, Labels (UX.md section 4.8): size with its picture, the printer with what it said last, a test print, and the
// sheets that hang at a bench.
import { UnstyledButton } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelSize } from '../../../domain/label.ts';
import type { LabelSettings, LabelsView } from '../../../domain/labels-view.ts';
import { Choice } from '../../components/Choice.tsx';
import { LabelPicture } from '../../components/LabelPicture.tsx';
import { clockText } from '../../components/use-clock.ts';
import type { Answer, StationFeed } from '../../station-feed.ts';
import { formatLocale } from '../../strings/format-locale.ts';
import { printerRefusal, settingsOf, type TypedPrinter, typedPrinter } from '../../view-state/label-printer.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { useRefusalText } from '../line/use-card-text.ts';
import { Sheet, type SheetName } from '../sheets/Sheet.tsx';
import { PrinterFields } from './PrinterFields.tsx';

interface LabelsPanelProps {
  readonly view: StationView;
  readonly feed: StationFeed;
}

/** Long enough to show the two groups of a tail, and a serial as lots have them. */
const SAMPLE = { revision: 'C', deviceSerial: '48213-0869', keyTail: '7F3A91C2', copy: 1 } as const;
const SHEETS: readonly SheetName[] = ['commands', 'slots', 'traveller'];

export function LabelsPanel({ view, feed }: LabelsPanelProps) {
  const { t } = useTranslation();
  const { labels, lot, practice } = view;
  const [typed, setTyped] = useState(() => typedPrinter(labels.settings));
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const work = useWork();
  const wanted = settingsOf(typed);
  const used = wanted !== null && same(wanted, labels.settings);
  const sheets = SHEETS.filter((name) =>
    name === 'traveller' ? lot !== null : name === 'commands' || view.slots.length > 0,
  );
  if (sheet !== null) return <Sheet name={sheet} view={view} onBack={() => setSheet(null)} />;
  return (
    <div className="labels-panel">
      <section className="panel">
        <Choice
          label={t('labels.panel.size')}
          of={LabelSize.options.map((size) => [size, t(`labels.size.${size}`)] as const)}
          chosen={typed.size}
          onChoose={(size) => setTyped({ ...typed, size })}
        />
        <Choice
          label={t('labels.panel.printer')}
          of={(['none', 'network', 'system'] as const).map((kind) => [kind, t(`labels.panel.kind.${kind}`)] as const)}
          chosen={typed.kind}
          onChoose={(kind) => setTyped({ ...typed, kind })}
        />
        <PrinterFields typed={typed} onType={(change) => setTyped({ ...typed, ...change })} />
        <div className="row">
          <UnstyledButton
            className={used ? 'btn lg' : 'btn lg pri'}
            aria-disabled={work.busy || used || wanted === null}
            onClick={() => wanted !== null && !used && work.run(() => feed.ask((api) => api.labels.set(wanted)))}
          >
            {t('labels.panel.use')}
          </UnstyledButton>
          <p role="status">{used && wanted.printer.kind !== 'none' ? t('labels.panel.used') : ''}</p>
        </div>
        {wanted === null && <p className="bad">{t(`labels.panel.${printerRefusal(typed)}`)}</p>}
      </section>
      <section className="panel preview" aria-label={t('labels.panel.preview')}>
        <h2>{t('labels.panel.preview')}</h2>
        <div className={`paper of-${typed.size}`}>
          <LabelPicture {...SAMPLE} model={lot?.model ?? 'AQ-200'} size={typed.size} practice={practice} />
        </div>
      </section>
      <section className="panel">
        <h2>{t('labels.panel.last')}</h2>
        <LastAnswer labels={labels} refusal={work.refusal} />
        <div className="row">
          <UnstyledButton
            className="btn lg"
            aria-disabled={work.busy || labels.settings.printer.kind === 'none'}
            onClick={() =>
              labels.settings.printer.kind !== 'none' && work.run(() => feed.ask((api) => api.labels.test()))
            }
          >
            <IconPrinter className="i" aria-hidden="true" />
            {t(work.busy ? 'labels.panel.testing' : 'labels.panel.test')}
          </UnstyledButton>
          <UnstyledButton
            className="btn lg"
            aria-disabled={work.busy || labels.waiting === 0}
            onClick={() => labels.waiting > 0 && work.run(() => feed.ask((api) => api.labels.printWaiting()))}
          >
            {t('labels.printWaiting', { count: labels.waiting })}
          </UnstyledButton>
        </div>
      </section>
      <section className="panel">
        <h2>{t('labels.panel.sheets')}</h2>
        <p>{t('labels.panel.sheetsMore')}</p>
        <div className="row">
          {sheets.map((name) => (
            <UnstyledButton key={name} className="btn lg" data-opens={`sheet-${name}`} onClick={() => setSheet(name)}>
              {t(`labels.sheet.name.${name}`)}
            </UnstyledButton>
          ))}
        </div>
      </section>
    </div>
  );
}

function LastAnswer({
  labels: { last, waiting },
  refusal,
}: {
  readonly labels: LabelsView;
  readonly refusal: string | null;
}) {
  const { t, i18n } = useTranslation();
  const refusalText = useRefusalText();
  const time = last === null ? '' : clockText(formatLocale(i18n.language), last.timeMs);
  return (
    <div role="status" className="answer">
      <p>{last === null ? t('labels.panel.lastNone') : t(`labels.panel.said.${last.said}`, { time })}</p>
      <p>{t('labels.panel.waiting', { count: waiting })}</p>
      {refusal !== null && <p className="bad">{refusalText(refusalCode(refusal))}</p>}
    </div>
  );
}

/** One order at a time, and why the last one was refused. */
function useWork() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  return {
    ...{ busy, refusal },
    run(ask: () => Promise<Answer<LabelsView>>) {
      if (busy) return;
      setBusy(true);
      setRefusal(null);
      void ask().then((answer) => {
        setBusy(false);
        if (!answer.ok) setRefusal(answer.code);
      });
    },
  };
}

function same(a: LabelSettings, b: LabelSettings): boolean {
  const [before, after] = [typedPrinter(a), typedPrinter(b)];
  const keys: readonly (keyof TypedPrinter)[] = ['size', 'kind', 'host', 'port', 'name'];
  return keys.every((key) => before[key] === after[key]);
}

// A lot's report on paper: the figures of its page without anything to touch, and what signs them. Electron prints it when
// its title says that it is drawn (electron/print-report.ts).
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '../../app.css';
import '../lots/lots.css';
import './report.css';
import { MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import { useEffect, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import { useFeed, whole } from '../../components/use-feed.ts';
import type { StationFeed } from '../../station-feed.ts';
import { cssVariables, theme } from '../../theme/theme.ts';
import { ClosingPanel } from '../lots/ClosingPanel.tsx';
import { LotCounts } from '../lots/LotCounts.tsx';
import { LotFailures } from '../lots/LotFailures.tsx';
import { LotTime } from '../lots/LotTime.tsx';
import { LotYield } from '../lots/LotYield.tsx';
import { useLotText } from '../lots/use-lot-text.ts';

interface ReportSheetProps {
  readonly feed: StationFeed;
  readonly lotId: string;
  readonly language: i18n;
  readonly nowMs: () => number;
}

export function ReportSheet({ language, ...rest }: ReportSheetProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      <I18nextProvider i18n={language}>
        <Sheet {...rest} />
      </I18nextProvider>
    </MantineProvider>
  );
}

function Sheet({ feed, lotId, nowMs }: Omit<ReportSheetProps, 'language'>) {
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const sight = useFeed(feed, whole);
  const live = sight.kind === 'live';
  const [page, setPage] = useState<LotPage | null>(null);
  useEffect(() => {
    if (!live) return;
    void feed
      .ask((api) => api.lotPage.read({ lotId }))
      .then((answer) => {
        if (answer.ok) setPage(answer.value);
        else document.title = 'report refused';
      });
  }, [feed, live, lotId]);
  useEffect(() => {
    if (page !== null) void document.fonts.ready.then(() => setDrawn());
  }, [page]);
  if (page === null || !live) return null;
  const { lot, report } = page;
  const { stationId: station, practice } = sight.view;
  const signed = report && { id: report.reportId, station, time: text.time(report.signedMs) };
  return (
    <main className="report-sheet lot-page">
      <header>
        <h1>{t('lotPage.sheet.title', { lot: lotId })}</h1>
        <p>{text.product(lot)}</p>
        <p>{signed === null ? t('lotPage.sheet.soFar') : t('lotPage.sheet.signed', signed)}</p>
        <p>{t('lotPage.sheet.counted', { time: text.time(page.atMs) })}</p>
        {practice && <p>{t('practice')}</p>}
      </header>
      <LotCounts page={page} />
      <LotYield page={page} time={text.time} still />
      <LotTime page={page} still />
      <LotFailures page={page} still />
      <ClosingPanel page={page} time={text.time} />
      {report !== null && (
        <footer className="mono">{t('lotPage.sheet.digest', { digest: report.reportSha256 })}</footer>
      )}
    </main>
  );
}

/** Two pictures later all of it is laid out. */
function setDrawn(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.title = 'report drawn';
    }),
  );
}

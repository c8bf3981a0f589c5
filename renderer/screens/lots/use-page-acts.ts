// What a supervisor does on a lot's page: one thing at a time, with its result or its refusal in words.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import type { LotCommand } from '../../../domain/lot.ts';
import type { Answer } from '../../answer.ts';
import type { StationFeed } from '../../station-feed.ts';
import { closeResult } from '../../view-state/lot-closing.ts';
import type { LotPageNow } from './use-lot-page.ts';
import type { LotText } from './use-lot-text.ts';

export interface PageActs {
  readonly busy: boolean;
  /** What the last of them came to. */
  readonly says: string;
  readonly command: (command: Exclude<LotCommand, 'close'>, because: string | null) => Promise<void>;
  /** Its answer is also told in words, but for a PIN that is not taken: that is the pad's. */
  readonly close: (pin: string | null, writeOff: boolean) => Promise<Answer<LotPage>>;
  readonly exportCsv: () => Promise<void>;
  readonly soFar: () => Promise<void>;
  readonly makeReport: () => Promise<void>;
}

export function usePageActs(feed: StationFeed, lotId: string, text: LotText, now: LotPageNow, first: string): PageActs {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState(first);
  const working = useRef(false);
  const once = async <T>(work: () => Promise<Answer<T>>, words: (value: T) => string): Promise<Answer<T> | null> => {
    if (working.current) return null;
    working.current = true;
    setBusy(true);
    const answer = await work();
    working.current = false;
    setBusy(false);
    setSays(answer.ok ? words(answer.value) : answer.code.startsWith('PIN_') ? '' : text.refusal(answer));
    return answer;
  };
  return {
    busy,
    says,
    async command(command, because) {
      const order = { lotId, command, because, writeOff: false };
      await once(
        () => feed.ask((api) => api.lot.command(order)),
        () => t(`lots.result.${command}`, { lot: lotId }),
      );
      now.askAgain();
    },
    async close(pin, writeOff) {
      const answer = await once(
        () => feed.ask((api) => api.lotPage.close({ lotId, pin, writeOff })),
        (page) =>
          page.report === null
            ? t('lotPage.result.unsigned', closeResult(page))
            : t('lotPage.result.signed', { ...closeResult(page), id: page.report.reportId }),
      );
      if (answer?.ok) now.show(answer.value);
      return answer ?? { ok: false, code: 'LOT_STATE', detail: '' };
    },
    async exportCsv() {
      await once(
        () => feed.ask((api) => api.lotPage.exportCsv({ lotId })),
        ({ file, boards }) => t('lotPage.result.csv', { count: boards, file }),
      );
    },
    async soFar() {
      await once(
        () => feed.ask((api) => api.lotPage.reportSoFar({ lotId })),
        ({ pdf, csv }) => t('lotPage.result.soFar', { file: pdf ?? csv }),
      );
    },
    async makeReport() {
      const answer = await once(
        () => feed.ask((api) => api.lotPage.makeReport({ lotId })),
        ({ report }) => (report === null ? '' : t('lotPage.result.made', { id: report.reportId })),
      );
      if (answer?.ok) now.show(answer.value);
    },
  };
}

// The words of a signing CA (UX.md section 4.8): how it stands, where its key lies, and what an order came to.
import { useTranslation } from 'react-i18next';
import type { CaView } from '../../../contract/signing-api.ts';
import { type ChainLink, caWordOf } from '../../view-state/ca-card.ts';
import type { CaResult } from '../../view-state/signing-desk.ts';
import { useRefusalText } from '../line/use-card-text.ts';
import { useDateText } from './use-date-text.ts';

export interface CaText {
  readonly word: string;
  /** What it does now. */
  readonly does: string;
  readonly keyPlace: string;
  readonly link: (link: ChainLink) => { readonly name: string; readonly more: string };
  readonly date: (timeMs: number) => string;
  readonly result: (result: CaResult) => string;
}

export function useCaText(ca: CaView): CaText {
  const { t } = useTranslation();
  const refusal = useRefusalText();
  const date = useDateText();
  const { name, state, signing, signer } = ca;
  const waits = state === 'standby' && signing !== 'ready';
  return {
    word: t(`signing.word.${caWordOf(ca)}`),
    does: t(`signing.does.${waits ? 'standbyLocked' : state}`),
    keyPlace: signer.kind === 'file' ? t('signing.keyFile') : t('signing.keyToken', { token: signer.tokenLabel }),
    link({ kind, commonName, organization }) {
      const more =
        kind === 'signs'
          ? t('signing.signs')
          : organization === ''
            ? t(`signing.${kind}`)
            : t(`signing.${kind}Of`, { organization });
      return { name: commonName === '' ? t('signing.unnamed') : commonName, more };
    },
    date,
    result(result) {
      if (result.kind === 'refused' && result.code === 'LINE_RUNNING') return t('signing.refused.LINE_RUNNING');
      if (result.kind === 'refused') return refusal(result.code, result.detail);
      if (result.kind === 'opened') return t('signing.said.opened');
      if (result.kind === 'tested') return t('signing.said.tested', { ms: result.signMs });
      const { before, boards: count } = result;
      return before === null
        ? t('signing.said.activatedFirst', { name })
        : t('signing.said.activated', { name, before, count });
    },
  };
}

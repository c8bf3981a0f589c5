// Why an order of Settings was refused, in words: those of its code, or this place's own where the code's are for the
// command line; behind them what it knows beside its code.
import { useTranslation } from 'react-i18next';
import { en } from '../../strings/en.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import { useRefusalText } from '../line/use-card-text.ts';

export function useSettingsRefusal(): (refused: { readonly code: string; readonly detail: string }) => string {
  const { t } = useTranslation();
  const text = useRefusalText();
  return ({ code, detail }) => (isOwn(code) ? t(`settings.refused.${code}`) : text(refusalCode(code), detail));
}

function isOwn(code: string): code is keyof typeof en.settings.refused {
  return Object.hasOwn(en.settings.refused, code);
}

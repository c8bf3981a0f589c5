// Why the cloud refused an entry, in words.
import { useTranslation } from 'react-i18next';
import { en } from '../../strings/en.ts';

export function useWhy(): (code: string) => string {
  const { t } = useTranslation();
  return (code) => (isKnown(code) ? t(`syncPlace.refused.why.${code}`) : t('syncPlace.refused.whyOther', { code }));
}

function isKnown(code: string): code is keyof typeof en.syncPlace.refused.why {
  return Object.hasOwn(en.syncPlace.refused.why, code);
}

// The words of a device: its state with a look, moments, seconds, causes, and why a call about it was refused.
import { useTranslation } from 'react-i18next';
import type { DeviceState } from '../../../domain/device-word.ts';
import { ERRORS, type ErrorCode } from '../../../domain/error-table.ts';
import { en } from '../../strings/en.ts';
import { formatLocale } from '../../strings/format-locale.ts';
import type { Look } from '../../view-state/tile-view.ts';
import { useWhy } from '../sync/use-why.ts';

export interface DeviceText {
  /** Hours and minutes, with the day when it is not today. */
  readonly time: (timeMs: number) => string;
  /** Hours, minutes and seconds, with the day when it is not today. */
  readonly moment: (timeMs: number) => string;
  readonly date: (timeMs: number) => string;
  /** Date, hours and minutes: for paper. */
  readonly dated: (timeMs: number) => string;
  readonly seconds: (ms: number) => string;
  /** A cause on record: a code of the table, or one of the reasons that people choose from. */
  readonly cause: (code: string | null, reason?: string | null) => string;
  /** Why the cloud refused its entry. */
  readonly cloudWhy: (code: string | null) => string;
  readonly refusal: (refused: { readonly code: string }) => string;
}

/** Shape and colour beside the word of a state: they are the slots' own. */
export const STATE_LOOK: Readonly<Record<DeviceState, Look>> = {
  passed: 'pass',
  failed: 'fail',
  errored: 'need',
  aborted: 'empty',
  'in-work': 'work',
  'in-rework': 'held',
  scrapped: 'off',
  revoked: 'fail',
};

export function useDeviceText(nowMs: () => number): DeviceText {
  const { t, i18n } = useTranslation();
  const why = useWhy();
  const locale = formatLocale(i18n.language);
  const format = (timeMs: number, options: Intl.DateTimeFormatOptions) => {
    const today = new Date(timeMs).toDateString() === new Date(nowMs()).toDateString();
    const dated = today ? options : { day: 'numeric', month: 'short', ...options };
    return new Intl.DateTimeFormat(locale, dated as Intl.DateTimeFormatOptions).format(timeMs);
  };
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const cause: DeviceText['cause'] = (code, reason = null) => {
    if (isCode(code)) return t(`cause.${code}.tile`);
    const { rework, scrap, revoke } = en.devices;
    if (reason !== null && isKeyOf(rework.reason, reason)) return t(`devices.rework.reason.${reason}`);
    if (reason !== null && isKeyOf(scrap.reason, reason)) return t(`devices.scrap.reason.${reason}`);
    if (reason !== null && isKeyOf(revoke.reason, reason)) return t(`devices.revoke.reason.${reason}`);
    // A void certificate has a code in its reason.
    return isCode(reason) ? t(`cause.${reason}.tile`) : t('devices.history.noCause');
  };
  return {
    time: (timeMs) => format(timeMs, clock),
    moment: (timeMs) => format(timeMs, { ...clock, second: '2-digit' }),
    date: (timeMs) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(timeMs),
    dated: (timeMs) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(timeMs),
    seconds: (ms) => t('slot.seconds', { seconds: ms / 1_000 }),
    cause,
    cloudWhy: (code) => (code === null ? t('devices.history.noCause') : why(code)),
    refusal: ({ code }) => {
      const known = isCode(code) ? code : 'MESSAGE_INVALID';
      return t('refused', { happened: t(`cause.${known}.happened`), todo: t(`cause.${known}.todo`) });
    },
  };
}

function isCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(ERRORS, code);
}

function isKeyOf<Words extends object>(words: Words, key: string): key is keyof Words & string {
  return Object.hasOwn(words, key);
}

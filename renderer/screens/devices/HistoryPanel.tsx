// What happened to a device, oldest first: each attempt, each decision of a person by name where it is known, and last what
// still waits.
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import { type HistoryEntry, historyOf } from '../../view-state/device-history.ts';
import { pairs } from '../../view-state/hex-words.ts';
import type { DeviceText } from './use-device-text.ts';

interface HistoryPanelProps {
  readonly record: DeviceRecord;
  readonly text: DeviceText;
}

/** Shown at first: what fits beside the other panels. */
const LAST = 8;

export function HistoryPanel({ record, text }: HistoryPanelProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const entries = historyOf(record.events, record.attempts);
  const shown = all ? entries : entries.slice(-LAST);
  const { cloud } = record.places;
  return (
    <section className="panel history" aria-labelledby="history-title">
      <div className="head">
        <h3 id="history-title">{t('devices.history.title')}</h3>
        <span className="sp" />
        {entries.length > LAST && (
          <UnstyledButton className="btn quiet" onClick={() => setAll(!all)}>
            {all ? t('devices.history.fewer') : t('devices.history.all', { count: entries.length })}
          </UnstyledButton>
        )}
      </div>
      <ol>
        {shown.map((entry) => (
          <Entry key={entry.seq} {...{ entry, text }} hwid={record.device.hwid} />
        ))}
        {cloud?.place != null && (
          <li className="waits">
            <span className="dim">{t('devices.history.waiting')}</span>
            <span className="dot" aria-hidden="true" />
            <span>
              <b>{t(cloud.kind === 'void' ? 'devices.history.voiding' : 'devices.history.registering')}</b>
              <span className="dim">{t('devices.history.place', { place: cloud.place, of: cloud.waiting })}</span>
            </span>
          </li>
        )}
      </ol>
    </section>
  );
}

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly hwid: string;
  readonly text: DeviceText;
}

function Entry({ entry, hwid, text }: EntryProps) {
  const { t } = useTranslation();
  const { kind, slot, code, reason, timeMs, seq, person, attempt, foundAs, copy, read } = entry;
  const why = kind === 'registration-refused' ? text.cloudWhy(code) : text.cause(code, reason);
  const about = { slot: slot ?? '', why, number: copy ?? 1, read: read ?? '' };
  const facts = [
    kind === 'job-started' ? t('devices.history.chip', { hwid: pairs(hwid) }) : null,
    isLife(foundAs) ? t(`devices.history.foundAs.${foundAs}`) : null,
    attempt === null ? null : t('devices.history.attempt', { number: attempt }),
    person,
    t('devices.history.event', { seq }),
  ].filter((fact) => fact !== null);
  return (
    <li>
      <span className="dim">{text.moment(timeMs)}</span>
      <span className="dot" aria-hidden="true" />
      <span>
        <b>{t(`devices.history.${kind}`, about)}</b>
        <span className="dim facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
      </span>
    </li>
  );
}

function isLife(life: string | null): life is 'blank' | 'keyed' | 'enrolled' | 'locked' {
  return life === 'blank' || life === 'keyed' || life === 'enrolled' || life === 'locked';
}

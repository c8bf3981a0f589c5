// Devices of this station (UX.md section 4.6): find one, or the record of one. A scan of a board opens its record.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScans } from '../../scanner/use-scans.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { DeviceFind } from './DeviceFind.tsx';
import { DeviceRecordPage } from './DeviceRecordPage.tsx';
import './device-list.css';
import { useDeviceText } from './use-device-text.ts';
import { useFind } from './use-find.ts';
import { useRecord } from './use-record.ts';

export interface DevicesProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
  /** Grows with each Ctrl+K: the find is to be typed into. */
  readonly asked?: number;
}

export function Devices({ view, feed, nowMs, asked = 0 }: DevicesProps) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(0);
  const find = useFind(feed, rows, `${view.facts.person?.personId}`);
  const record = useRecord(view, feed);
  const { open, close } = record;
  const text = useDeviceText(nowMs);
  const field = useRef<HTMLInputElement>(null);
  /** The find is to be typed into once it is there: while a record is open it is not. */
  const wantsField = useRef(false);
  const back = useCallback(() => {
    wantsField.current = true;
    close();
  }, [close]);
  useEffect(() => {
    if (asked !== 0) back();
  }, [asked, back]);
  useEffect(() => {
    if (!wantsField.current || field.current === null) return;
    wantsField.current = false;
    field.current.focus();
  });
  useScans((scan) => {
    if (scan.kind !== 'board' && scan.kind !== 'work-order') return null;
    const device = scan.kind === 'board' ? scan.deviceSerial : scan.orderId;
    return open(device).then((answer) => {
      if (!answer.ok) return { taken: false, words: text.refusal(answer) };
      const found = answer.value !== null;
      const words = found ? t('scan.took.device', { serial: device }) : t('devices.find.none', { text: device });
      return { taken: found, words };
    });
  });
  if (record.shown !== null)
    return (
      <DeviceRecordPage
        key={record.shown.device.deviceId}
        {...{ view, feed, nowMs, onBack: back, record }}
        onRecord={find.page?.onRecord ?? 0}
      />
    );
  return (
    <DeviceFind
      {...{ view, feed, nowMs, field }}
      find={{
        ...find,
        refused: record.refused ?? find.refused,
        want(wanted) {
          close();
          find.want(wanted);
        },
      }}
      onRoom={setRows}
      missing={record.missing}
      onOpen={(device) => void open(device)}
    />
  );
}

// Devices of this station (UX.md section 4.6): find one, or the record of one. A scan of a board opens its record.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScans } from '../../scanner/use-scans.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { DeviceFind } from './DeviceFind.tsx';
import { DeviceRecordPage } from './DeviceRecordPage.tsx';
import './device-list.css';
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
  const record = useRecord(feed);
  const { open, close } = record;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked === 0) return;
    close();
    field.current?.focus();
  }, [asked, close]);
  useScans((scan) => {
    if (scan.kind !== 'board' && scan.kind !== 'work-order') return null;
    const device = scan.kind === 'board' ? scan.deviceSerial : scan.orderId;
    return open(device).then((found) => ({
      taken: found,
      words: found ? t('scan.took.device', { serial: device }) : t('devices.find.none', { text: device }),
    }));
  });
  const back = useCallback(() => {
    close();
    field.current?.focus();
  }, [close]);
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

// The label of the device whose record is open, once it passed, and one more copy of it.
import { useRef, useState } from 'react';
import type { LabelView } from '../../../domain/labels-view.ts';
import { useLabel } from '../../components/use-label.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import type { OpenRecord } from './use-record.ts';

export interface DeviceLabel {
  /** Null where it has none. */
  readonly label: LabelView | null;
  readonly busy: boolean;
  /** Code of why the last copy was not printed; null when it was. */
  readonly refused: string | null;
  readonly print: () => void;
}

export function useDeviceLabel(view: StationView, feed: StationFeed, { shown }: OpenRecord): DeviceLabel {
  const passed = shown?.device.state === 'passed' ? shown.device.deviceSerial : null;
  const label = useLabel(feed, passed, view.labels);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const sending = useRef(false);
  const print = async () => {
    if (passed === null || sending.current) return;
    sending.current = true;
    setBusy(true);
    const answer = await feed.ask((api) => api.labels.print({ deviceSerial: passed }));
    sending.current = false;
    setBusy(false);
    setRefused(answer.ok ? null : answer.code);
  };
  return { label, busy, refused, print: () => void print() };
}

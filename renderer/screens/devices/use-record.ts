// The record that is open: asked for by serial or hardware id, put in place by what is decided about its device, and asked
// for again while the line, the sending or the lot change what it says.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import type { Answer } from '../../answer.ts';
import { later } from '../../components/later.ts';
import type { StationFeed } from '../../station-feed.ts';
import { FreshAsk } from '../../view-state/fresh-ask.ts';
import { boardOnLine, NO_RECORD, RecordDesk, type RecordSight } from '../../view-state/record-desk.ts';
import type { StationView } from '../../view-state/station-view.ts';

export interface OpenRecord extends RecordSight {
  /** What the station answered; null: no such record. */
  readonly open: (device: string) => Promise<Answer<DeviceRecord | null>>;
  /** Asks for what is shown again. */
  readonly look: () => Promise<void>;
  readonly put: (record: DeviceRecord) => void;
  readonly close: () => void;
}

/** A record is read in some 10 ms; a busy line changes its counts twice a second. */
const REST_MS = 1_000;

export function useRecord(view: StationView, feed: StationFeed): OpenRecord {
  const [sight, setSight] = useState(NO_RECORD);
  const [desk] = useState(() => new RecordDesk(setSight));
  const ask = useCallback(
    (device: string) => feed.ask((api) => api.devices.show({ device: device.slice(0, 64) })),
    [feed],
  );
  const look = useCallback(() => desk.look(ask), [desk, ask]);
  const open = useCallback((device: string) => desk.open(device, () => ask(device)), [desk, ask]);
  const put = useCallback((record: DeviceRecord) => desk.put(record), [desk]);
  const close = useCallback(() => desk.close(), [desk]);

  const device = sight.shown?.device ?? null;
  const deviceId = device?.deviceId ?? null;
  const about = device === null ? '' : boardOnLine(view.slots, device.hwid);
  const fresh = useRef<FreshAsk | null>(null);
  useEffect(() => {
    if (deviceId === null) return;
    const asks = new FreshAsk(() => look().then(() => REST_MS), later);
    fresh.current = asks;
    return () => asks.end();
  }, [deviceId, look]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the line tells of the board is asked about at once
  useEffect(() => fresh.current?.wantAtOnce(), [about]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the record is about is what asks for it again
  useEffect(() => fresh.current?.want(), [view.sync, view.lot]);
  return { ...sight, open, look, put, close };
}

// The record that is open: asked for by serial or hardware id, and put in place by what is decided about its device.
import { useCallback, useState } from 'react';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import type { StationFeed } from '../../station-feed.ts';

export interface OpenRecord {
  /** Null while the find is open. */
  readonly shown: DeviceRecord | null;
  /** What was looked for and is not on record; null for nothing. */
  readonly missing: string | null;
  /** Whether there is such a record. */
  readonly open: (device: string) => Promise<boolean>;
  readonly put: (record: DeviceRecord) => void;
  readonly close: () => void;
}

export function useRecord(feed: StationFeed): OpenRecord {
  const [told, setTold] = useState<Pick<OpenRecord, 'shown' | 'missing'>>({ shown: null, missing: null });
  const open = useCallback(
    async (device: string) => {
      const answer = await feed.ask((api) => api.devices.show({ device: device.slice(0, 64) }));
      const shown = answer.ok ? answer.value : null;
      setTold({ shown, missing: shown === null ? device : null });
      return shown !== null;
    },
    [feed],
  );
  const put = useCallback((record: DeviceRecord) => setTold({ shown: record, missing: null }), []);
  const close = useCallback(() => setTold({ shown: null, missing: null }), []);
  return { ...told, open, put, close };
}

// The label of one board, asked again whenever labels change. Null while it is asked for, and where the board has none.
import { useEffect, useState } from 'react';
import type { LabelsView, LabelView } from '../../domain/labels-view.ts';
import type { StationFeed } from '../station-feed.ts';

export function useLabel(feed: StationFeed, deviceSerial: string | null, labels: LabelsView): LabelView | null {
  const [label, setLabel] = useState<LabelView | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view of the labels is why it is asked again
  useEffect(() => {
    let open = true;
    if (deviceSerial === null) return setLabel(null);
    void feed
      .ask((api) => api.labels.of({ deviceSerial }))
      .then((answer) => {
        if (open) setLabel(answer.ok ? answer.value : null);
      });
    return () => {
      open = false;
    };
  }, [feed, deviceSerial, labels]);
  return label?.deviceSerial === deviceSerial ? label : null;
}

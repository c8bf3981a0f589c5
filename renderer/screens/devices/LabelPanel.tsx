// The label of a device: its picture, its copies, and why one was not printed.
import { useTranslation } from 'react-i18next';
import { LabelPicture } from '../../components/LabelPicture.tsx';
import { useLabelWords } from '../../components/use-label-words.ts';
import type { DeviceLabel } from './use-device-label.ts';
import type { DeviceText } from './use-device-text.ts';

interface LabelPanelProps {
  readonly told: DeviceLabel;
  readonly practice: boolean;
  readonly text: DeviceText;
}

export function LabelPanel({ told: { label, refused }, practice, text }: LabelPanelProps) {
  const { t } = useTranslation();
  const words = useLabelWords();
  if (label === null) return null;
  const { model, revision, deviceSerial, keyTail, size, copies } = label;
  return (
    <section className="panel label" aria-label={t('labels.title')}>
      <LabelPicture {...{ model, revision, deviceSerial, keyTail, size, practice }} copy={Math.max(1, copies)} />
      <p className="caption dim">{words(label)}</p>
      {refused !== null && (
        <p className="refusal" role="status">
          {text.refusal({ code: refused })}
        </p>
      )}
    </section>
  );
}

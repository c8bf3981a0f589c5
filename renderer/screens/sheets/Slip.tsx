// The slip that is tied to a board in re-work or to one that is scrapped: what it is, why and by whom, a code that opens its
// record, and room for what was done.
import { useTranslation } from 'react-i18next';
import type { FoundDevice } from '../../../contract/devices-api.ts';
import type { BoardSlip } from '../../view-state/board-slip.ts';
import { pairs } from '../../view-state/hex-words.ts';
import type { DeviceText } from '../devices/use-device-text.ts';
import { useLotText } from '../lots/use-lot-text.ts';
import { Bars } from './Bars.tsx';

interface SlipProps {
  readonly slip: BoardSlip;
  readonly device: FoundDevice;
  readonly text: DeviceText;
}

export function Slip({ slip, device, text }: SlipProps) {
  const { t } = useTranslation();
  const { product } = useLotText(() => slip.timeMs);
  const { kind, code, reason, person, timeMs, seq } = slip;
  const { deviceSerial, hwid, model, revision, lotId } = device;
  const facts = [
    ['reason', text.cause(null, reason)],
    ['failed', device.code === null ? null : text.cause(device.code)],
    ['person', person],
    ['time', text.dated(timeMs)],
    ['event', t('labels.sheet.count', { count: seq })],
    ['lot', lotId],
    ['product', product({ model, revisions: [revision] })],
    ['serial', deviceSerial],
    ['hwid', pairs(hwid)],
  ] as const;
  return (
    <>
      <p className="slip-what">{t(`labels.sheet.slip.what.${kind}`)}</p>
      <div className="order">
        <dl>
          {facts.map(([name, value]) =>
            value === null ? null : (
              <div key={name}>
                <dt>{t(`labels.sheet.slip.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
        <div>
          <p>{t('labels.sheet.slip.scan')}</p>
          <Bars text={code} />
        </div>
      </div>
      <table>
        <tbody>
          {(['done', 'signed'] as const).map((row) => (
            <tr key={row}>
              <th scope="row">{t(`labels.sheet.slip.${row}`)}</th>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

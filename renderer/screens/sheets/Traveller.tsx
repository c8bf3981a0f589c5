// The traveller sheet of a lot: what goes with a tray of its boards, with the code that opens it on the Line.
import { useTranslation } from 'react-i18next';
import { scanText } from '../../../domain/scan.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { useLotText } from '../lots/use-lot-text.ts';
import { Bars } from './Bars.tsx';

/** Written by hand, a row a tray. */
const TRAYS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const COLUMNS = ['boards', 'passed', 'yellow', 'red', 'signed'] as const;

export function Traveller({ lot }: { readonly lot: LotView }) {
  const { t } = useTranslation();
  const { orderId, quantity, serialRange, firmwareVersion, model, revisions } = lot;
  const { product } = useLotText(() => lot.createdMs);
  const facts = [
    ['order', orderId],
    ['product', product({ model, revisions })],
    ['quantity', t('labels.sheet.count', { count: quantity })],
    ['serials', serialRange],
    ['firmware', firmwareVersion],
  ] as const;
  return (
    <>
      <h3>{t('labels.sheet.traveller', { lot: lot.lotId })}</h3>
      <div className="order">
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`labels.sheet.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div>
          <p>{t('labels.sheet.label')}</p>
          <Bars text={scanText({ kind: 'work-order', orderId })} />
        </div>
      </div>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`labels.sheet.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TRAYS.map((tray) => (
            <tr key={tray}>
              {COLUMNS.map((column) => (
                <td key={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

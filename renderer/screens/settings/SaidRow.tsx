// What the last order of a panel came to: a shape, a sentence, and below it what the station knows of a refusal.
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Said } from './use-order.ts';

interface SaidRowProps {
  readonly said: Said | null;
  readonly about?: string;
}

export function SaidRow({ said, about = '' }: SaidRowProps) {
  const told = said !== null && said.about === about ? said : null;
  const look = told?.ok ? 'pass' : 'fail';
  return (
    <div role="status" className="said">
      {told !== null && (
        <div className={`said-row m-${look}`}>
          <SlotSymbol look={look} />
          <p>
            {told.words}
            {told.detail !== '' && <small className="mono">{told.detail}</small>}
          </p>
        </div>
      )}
    </div>
  );
}

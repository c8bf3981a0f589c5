// What an order came to: a disc or an octagon, and a sentence. It is there before it says anything, so that it is heard.
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Said } from './use-order.ts';

export function Result({ said }: { readonly said: Said | null }) {
  const look = said?.ok === false ? 'fail' : 'pass';
  return (
    <div role="status" className={`sync-said m-${look}`}>
      {said !== null && said.words !== '' && (
        <>
          <SlotSymbol look={look} />
          <p>{said.words}</p>
        </>
      )}
    </div>
  );
}

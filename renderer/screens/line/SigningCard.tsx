// The card of a signing key that waits for its passphrase or PIN while no lot runs: a line would not start without it, so this
// is where a security officer opens it (UX.md section 6, card 34). Also of the station's own key alone: until it is open
// nothing is sent.
import type { StationFeed } from '../../station-feed.ts';
import type { QueueCard } from '../../view-state/queue.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { Card } from './Card.tsx';
import { useOrders } from './use-orders.ts';

const LOCKED: QueueCard = { slot: null, look: 'fail', code: 'SIGNER_LOCKED', details: null, actions: [], sinceMs: 0 };

interface SigningCardProps {
  readonly view: StationView;
  readonly feed: StationFeed;
}

export function SigningCard({ view, feed }: SigningCardProps) {
  const orders = useOrders(feed, view);
  const { signing, keysLocked } = view.facts;
  if (!keysLocked && signing !== 'locked' && signing !== 'pin-needed') return null;
  const { facts, labels } = view;
  return <Card card={LOCKED} {...{ facts, labels, orders }} whole shown onShow={() => {}} next={null} />;
}
